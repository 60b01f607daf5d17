//! Every page describes itself in its first line.

use expect_test::expect;

use crate::sample::Sample;

fn findings(first_line: &str) -> String {
    let text = format!("{first_line}\n\n# Front {{#front}}\n");
    Sample::with(&[("book/en/src/index.md", &text)]).findings()
}

#[test]
fn missing_empty_and_too_long() {
    let long = format!("<!-- description: {} -->", "x".repeat(161));
    let right = format!("<!-- description: {} -->", "字".repeat(160));
    assert_eq!(findings(&right), "");
    expect![[r#"
        book/en/src/index.md:1: the page has no description; make its first line `<!-- description: one sentence, at most 160 characters -->`
        book/en/src/index.md:1: the page has no description; make its first line `<!-- description: one sentence, at most 160 characters -->`
        book/en/src/index.md:1: the page has no description; make its first line `<!-- description: one sentence, at most 160 characters -->`
        book/en/src/index.md:1: the description is empty; say in one sentence what the page tells
        book/en/src/index.md:1: the description has 161 characters; shorten it to 160
    "#]].assert_eq(
        &["", "Text", "<!-- something else -->", "<!-- description: -->", &long].map(findings).concat(),
    );
}
