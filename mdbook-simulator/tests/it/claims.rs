//! A claim is a sentence with a date or a version, and something bears it out.

use expect_test::{Expect, expect};
use mdbook_simulator::claim::claims;
use mdbook_simulator::page::Page;

/// How many claims a page makes, then those that nothing bears out.
fn check(text: &str, expected: &Expect) {
    let (count, uncited) = claims(&Page::read("page.md", "page.md", text.to_owned()));
    let uncited: Vec<String> = uncited.iter().map(|finding| format!("{finding}\n")).collect();
    expected.assert_eq(&format!("{count}\n{}", uncited.concat()));
}

#[test]
fn dates_and_versions_make_a_claim() {
    check(
        "# In 2022 {#a}\n\nIt went in 2022. It went in 1.24.\nSince v1.24.\n2021 年移除，1.24 起。再说 1.25。\n\n\
         > In 2020.\n\n| 2019 |\n|---|\n\n`1.24`, 1.5 s, 23.5 GiB, port 2375, #2017, CC BY 4.0, 3 cats.\n",
        &expect![[r#"
            5
            page.md:3: “It went in 2022.” has a date or a version and no source; add `{{cite fact-id}}` behind it
            page.md:3: “It went in 1.24.” has a date or a version and no source; add `{{cite fact-id}}` behind it
            page.md:4: “Since v1.24.” has a date or a version and no source; add `{{cite fact-id}}` behind it
            page.md:5: “2021 年移除，1.24 起。” has a date or a version and no source; add `{{cite fact-id}}` behind it
            page.md:5: “再说 1.25。” has a date or a version and no source; add `{{cite fact-id}}` behind it
        "#]],
    );
}

#[test]
fn a_citation_bears_out_what_stands_before_it_in_the_section() {
    check(
        "# A {#a}\n\nIn 2020.\n\nMore.{{cite x}}\n\nIn 2021.\n\n## B {#b}\n\nIn 2022.\n\n```timeline\n```\n",
        &expect![[r#"
            3
            page.md:7: “In 2021.” has a date or a version and no source; add `{{cite fact-id}}` behind it
        "#]],
    );
}

#[test]
fn a_link_to_another_page_bears_out_its_sentence_or_item() {
    check(
        "# A {#a}\n\nIn 2020, [told there](b.md). In 2021. In 2022, [there](https://example.org).\n\n\
         - [Why?](c.md) It ended with 1.24.\n- And 1.25.\n",
        &expect![[r#"
            5
            page.md:3: “In 2021.” has a date or a version and no source; add `{{cite fact-id}}` behind it
            page.md:3: “In 2022, [there.” has a date or a version and no source; add `{{cite fact-id}}` behind it
            page.md:6: “- And 1.25.” has a date or a version and no source; add `{{cite fact-id}}` behind it
        "#]],
    );
}

#[test]
fn other_peoples_questions_are_no_claims() {
    check("# A {#a}\n\n## Also {#also-asked}\n\n- Docker in 1.24?\n", &expect![["0\n"]]);
}
