//! Headings have ids, once each, and levels without gaps.

use expect_test::{Expect, expect};

use crate::sample::Sample;

/// The same text in both languages, so that the twins agree.
fn check(text: &str, expected: &Expect) {
    let text = format!("<!-- description: The story. -->\n{text}");
    let sample = Sample::with(&[
        ("book/en/src/story/cri.md", &text),
        ("book/zh-CN/src/story/cri.md", "<!-- description: x -->\n# x\n"),
    ]);
    let findings = sample.findings();
    let english = findings.lines().filter(|line| line.starts_with("book/en"));
    expected.assert_eq(&english.collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_mistake_has_its_line() {
    check(
        "# Story {#story}\n\n## `runc` & Co.\n\n## 中文\n\n#### Deep {#deep}\n\n# Again {#again}\n\n\
         ## Deep {#deep}\n\n<p id=\"deep\">x</p>\n\n## S {#sources}\n\n## C {#cite-1}\n\n\
         ## Form {#Form}\n",
        &expect![[r#"
            book/en/src/story/cri.md:4: heading `runc & Co.` has no id; write `{#runc-co}` at its end, the same in both books
            book/en/src/story/cri.md:6: heading `中文` has no id; write `{#short-name}` at its end, the same in both books
            book/en/src/story/cri.md:8: the heading skips a level; write `###` instead of `####`
            book/en/src/story/cri.md:10: a page has one title (`#`); make this heading `##` or deeper
            book/en/src/story/cri.md:12: id `deep` is already in line 8; give this one another id
            book/en/src/story/cri.md:14: id `deep` is already in line 8; give this one another id
            book/en/src/story/cri.md:16: id `sources` is kept for the list of sources; choose another one
            book/en/src/story/cri.md:18: id `cite-1` is kept for citations; choose another one
            book/en/src/story/cri.md:20: id `Form` may hold only lower-case letters, digits and hyphens"#]],
    );
}

#[test]
fn a_page_without_a_title() {
    check(
        "Text.\n\n## Part {#part}\n",
        &expect![
            "book/en/src/story/cri.md:1: the page has no title; start it with a line `# Title {#id}`"
        ],
    );
}
