//! A broken include fails, where mdBook would only warn.

use expect_test::expect;

use crate::sample::Sample;

#[test]
fn every_mistake_has_its_line() {
    let text = "<!-- description: The story. -->\n# Story {#story}\n\n## End {#end}\n\n\
                ```yaml\n{{#include pod.yaml}}\n{{#include pod.yaml:spec}}\n\
                {{#include pod.yaml:2:3}}\n```\n\n\
                ```yaml\n{{#include pods.yaml}}\n{{#include ../pod.yaml}}\n\
                {{#include pod.yaml:specs}}\n{{#include pod.yaml:2:9}}\n```\n\n\
                {{#include ../index.md}}\n{{#inclde pod.yaml}}\n{{#include}}\n\
                {{#include pod.yaml\n\\{{#include escaped.yaml}}\n{{#title Other title}}\n";
    let sample = Sample::with(&[
        ("book/en/src/story/cri.md", text),
        ("book/en/src/story/pod.yaml", "kind: Pod\n# ANCHOR: spec\nspec: {}\n# ANCHOR_END: spec\n"),
    ]);
    expect![[r#"
        book/en/src/story/cri.md:13: included file `pods.yaml` does not exist; the path starts at the folder of the page; did you mean `pod.yaml`?
        book/en/src/story/cri.md:14: included file `../pod.yaml` does not exist; the path starts at the folder of the page
        book/en/src/story/cri.md:15: `pod.yaml` has no line `ANCHOR: specs`; did you mean `spec`?
        book/en/src/story/cri.md:16: `pod.yaml` has 4 lines, so there is no line 9
        book/en/src/story/cri.md:19: `../index.md` is Markdown, in which directives would not be seen; put its text into this page
        book/en/src/story/cri.md:20: unknown directive `{{#inclde}}`; valid ones are `include`, `rustdoc_include`, `playground` and `title`; did you mean `include`?
        book/en/src/story/cri.md:21: `{{#include` names no file; write `{{#include path/to/file}}` on one line
        book/en/src/story/cri.md:22: `{{#include` names no file; write `{{#include path/to/file}}` on one line
    "#]].assert_eq(&sample.findings());
}
