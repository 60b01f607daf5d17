//! The books mirror each other.

use expect_test::expect;

use crate::sample::Sample;

const EXTRA: &str = "<!-- description: Extra. -->\n# Extra {#extra}\n";

#[test]
fn a_page_in_one_language_only() {
    let summary = "[Front](index.md)\n\n# Part\n\n- [Story](story/cri.md)\n- [Extra](extra.md)\n";
    let sample =
        Sample::with(&[("book/en/src/SUMMARY.md", summary), ("book/en/src/extra.md", EXTRA)]);
    expect![[r#"
        book/published.txt:3: page `extra.md` is not in this list; add a line `extra.md`, so that its address is kept
        book/zh-CN/src/SUMMARY.md:7: page `extra.md` is in book/en/src/SUMMARY.md:6 but not here; translate it and list it here
    "#]].assert_eq(&sample.findings());
}

#[test]
fn contents_in_another_order() {
    let summary = "[Front](index.md)\n\n- [Story](story/cri.md)\n\n# Part\n";
    let sample = Sample::with(&[("book/zh-CN/src/SUMMARY.md", summary)]);
    expect![[r#"
        book/zh-CN/src/SUMMARY.md:3: the list of contents differs from book/en/src/SUMMARY.md:5 from this line on; give both the same order, parts and indentation
    "#]].assert_eq(&sample.findings());
}

#[test]
fn headings_that_differ() {
    let page = |headings: &str| format!("<!-- description: x -->\n{headings}\n\nText.\n");
    let findings = |headings: &str| {
        Sample::with(&[("book/zh-CN/src/story/cri.md", &page(headings))]).findings()
    };
    expect![[r#"
        book/zh-CN/src/story/cri.md:4: heading `## … {#the-end}` does not match `## … {#end}` in book/en/src/story/cri.md:5; both pages need the same headings, levels and ids
        book/zh-CN/src/story/cri.md:4: heading `### … {#end}` does not match `## … {#end}` in book/en/src/story/cri.md:5; both pages need the same headings, levels and ids
        book/zh-CN/src/story/cri.md:4: the heading skips a level; write `##` instead of `###`
        book/zh-CN/src/story/cri.md:4: heading `## … {#end}` of book/en/src/story/cri.md:5 is missing here; both pages need the same headings, levels and ids
        book/zh-CN/src/story/cri.md:6: heading `## … {#more}` is missing in book/en/src/story/cri.md; both pages need the same headings, levels and ids
    "#]].assert_eq(
        &[
            "# 一 {#story}\n\n## 二 {#the-end}",
            "# 一 {#story}\n\n### 二 {#end}",
            "# 一 {#story}",
            "# 一 {#story}\n\n## 二 {#end}\n\n## 三 {#more}",
        ]
        .map(findings)
        .concat(),
    );
}

#[test]
fn citations_and_blocks_that_differ() {
    let page =
        |text: &str| format!("<!-- description: x -->\n# x {{#story}}\n\n## y {{#end}}\n\n{text}");
    let sample = Sample::with(&[
        (
            "book/en/src/story/cri.md",
            &page("One. {{cite cri-introduced docker-only}}\n\n```timeline\n```\n"),
        ),
        (
            "book/zh-CN/src/story/cri.md",
            &page("One. {{cite docker-only}}\n\n```timeline from=2015\n```\n"),
        ),
    ]);
    expect![[r#"
        book/en/src/story/cri.md:9: block `timeline from=2015` of book/zh-CN/src/story/cri.md:8 is not on this page; put it at the same place
        book/zh-CN/src/story/cri.md:4: this says 2015 and its twin in book/en/src/story/cri.md:4 says nothing beside what both say; let both say the same numbers, each as often
        book/zh-CN/src/story/cri.md:9: block `timeline` of book/en/src/story/cri.md:8 is not on this page; put it at the same place
        book/zh-CN/src/story/cri.md:9: fact `cri-introduced` is cited in book/en/src/story/cri.md:6 but not on this page; cite it after the same claim
    "#]].assert_eq(&sample.findings());
}

#[test]
fn pages_and_files_that_do_not_agree() {
    let summary = "[Front](index.md)\n\n# Part\n\n- [Story](story/cry.md)\n";
    let sample = Sample::with(&[
        ("book/en/src/SUMMARY.md", summary),
        ("book/zh-CN/src/SUMMARY.md", summary),
    ]);
    expect![[r#"
        book/en/src/SUMMARY.md:5: page `story/cry.md` does not exist; write `book/en/src/story/cry.md`, or remove the line; did you mean `story/cri.md`?
        book/en/src/story/cri.md:1: the page is not listed in SUMMARY.md; add a line `- [Title](story/cri.md)`, or remove it
        book/published.txt:2: page `story/cri.md` was published and is gone; bring it back, or say where its readers go: `story/cri.md -> other/page.md`
        book/zh-CN/src/SUMMARY.md:5: page `story/cry.md` does not exist; write `book/zh-CN/src/story/cry.md`, or remove the line; did you mean `story/cri.md`?
        book/zh-CN/src/story/cri.md:1: the page is not listed in SUMMARY.md; add a line `- [Title](story/cri.md)`, or remove it
    "#]].assert_eq(&sample.findings());
}

#[test]
fn no_book_in_the_other_language() {
    let sample = Sample::with(&[]).without("book/zh-CN/src/SUMMARY.md");
    expect![[r#"
        book/zh-CN/src/SUMMARY.md:1: cannot be read: No such file or directory (os error 2)
    "#]]
    .assert_eq(&sample.findings());
}

#[test]
fn contents_that_mdbook_cannot_read() {
    let summary = "- [Front](index.md)\n- [Front](index.md)\n";
    let sample = Sample::with(&[("book/en/src/SUMMARY.md", summary)]);
    expect![[r#"
        book/en/src/SUMMARY.md:1: the list of contents cannot be read: Duplicate file in SUMMARY.md: "index.md"
        book/published.txt:1: page `index.md` was published and is gone; bring it back, or say where its readers go: `index.md -> other/page.md`
        book/published.txt:2: page `story/cri.md` was published and is gone; bring it back, or say where its readers go: `story/cri.md -> other/page.md`
    "#]].assert_eq(&sample.findings());
}

#[test]
fn the_page_for_lost_readers_takes_no_directives() {
    let text = "<!-- description: Lost. -->\n# Lost {#lost}\n\nText. {{cite cri-introduced}}\n\n\
                ```timeline\n```\n\n[Front](index.md)\n";
    let sample = Sample::with(&[("book/en/src/404.md", text), ("book/zh-CN/src/404.md", text)]);
    expect![[r#"
        book/en/src/404.md:4: 404.md is rendered without citations, timelines and figures; remove this one
        book/en/src/404.md:6: 404.md is rendered without citations, timelines and figures; remove this one
        book/zh-CN/src/404.md:4: 404.md is rendered without citations, timelines and figures; remove this one
        book/zh-CN/src/404.md:6: 404.md is rendered without citations, timelines and figures; remove this one
    "#]].assert_eq(&sample.findings());
}
