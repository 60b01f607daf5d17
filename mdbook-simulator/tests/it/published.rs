//! Addresses that were published stay.

use expect_test::expect;

use crate::sample::Sample;

fn findings(published: &str) -> String {
    Sample::with(&[("book/published.txt", published)]).findings()
}

#[test]
fn a_page_that_is_gone_needs_a_page_in_its_place() {
    expect![[r#"
        book/published.txt:3: page `story/gone.md` was published and is gone; bring it back, or say where its readers go: `story/gone.md -> other/page.md`; did you mean `story/cri.md`?
    "#]].assert_eq(&findings("index.md\nstory/cri.md\nstory/gone.md\n"));
}

#[test]
fn a_page_that_moved_leads_to_one_that_is_there() {
    let moved = "# moved\nindex.md\nstory/cri.md\nold.md -> story/cri.md#end\n";
    assert_eq!(findings(moved), "");
    expect![[r#"
        book/published.txt:3: page `old.md` is said to have moved to `story/cry.md`, which does not exist; did you mean `story/cri.md`?
    "#]].assert_eq(&findings("index.md\nstory/cri.md\nold.md -> story/cry.md\n"));
}

#[test]
fn a_page_is_there_or_has_moved() {
    expect![[r#"
        book/published.txt:1: page `index.md` exists and is said to have moved; remove the arrow, or the page
    "#]].assert_eq(&findings("index.md -> story/cri.md\nstory/cri.md\n"));
}

#[test]
fn a_new_page_is_listed() {
    expect![[r#"
        book/published.txt:2: page `story/cri.md` is not in this list; add a line `story/cri.md`, so that its address is kept
    "#]].assert_eq(&findings("index.md\n"));
}

#[test]
fn the_list_is_there() {
    let findings = Sample::with(&[]).without("book/published.txt").findings();
    assert!(findings.starts_with("book/published.txt:1: "), "{findings}");
}
