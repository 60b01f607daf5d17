//! Pages that have changed in one language only are found, told, and accepted.

use std::fs;

use expect_test::expect;
use mdbook_simulator::drift::{Record, accept, standings, warnings};
use mdbook_simulator::language::Language;
use mdbook_simulator::manuscript::Manuscript;

use crate::sample::Sample;

const CHANGED: &str = "<!-- description: x -->\n\n# Front {#front}\n\nMore.\n";

fn told(sample: &Sample) -> String {
    let site = sample.site();
    let [en, zh_cn] = Language::ALL.map(|language| Manuscript::load(&site, language));
    warnings(&standings(&Record::load(&site), &en, &zh_cn)).join("\n") + "\n"
}

fn accepted(sample: &Sample, names: &[&str]) -> Vec<String> {
    let pages = accept(&sample.site(), names).expect("the pages are there");
    pages.iter().map(|page| page.display().to_string()).collect()
}

#[test]
fn a_page_that_changed_alone_leaves_its_twin_behind() {
    let sample = Sample::with(&[]);
    assert_eq!(accepted(&sample, &[]), ["index.md", "story/cri.md"]);
    assert_eq!(told(&sample), "\n");
    sample.write("book/en/src/index.md", CHANGED);
    expect![[r#"
        book/zh-CN/src/index.md is behind: the page in `en` has changed since; bring it up to date, or, where nothing is to do, say `cargo xtask book-report --accept index.md`
    "#]]
    .assert_eq(&told(&sample));
    assert_eq!(accepted(&sample, &[]), [""; 0], "one side alone has to be named");
    assert_eq!(accepted(&sample, &["book/en/src/index.md"]), ["index.md"]);
    assert_eq!(told(&sample), "\n");
}

#[test]
fn pages_that_changed_together_wait_for_a_word() {
    let sample = Sample::with(&[]);
    accepted(&sample, &[]);
    sample.write("book/en/src/index.md", CHANGED);
    sample.write("book/zh-CN/src/index.md", &CHANGED.replace("More", "更多"));
    expect![[r#"
        index.md has changed in both languages; where both say the same, say `cargo xtask book-report --accept`
    "#]]
    .assert_eq(&told(&sample));
    assert_eq!(accepted(&sample, &[]), ["index.md"]);
}

#[test]
fn the_lines_of_both_sides_of_a_merge_are_read() {
    let sample = Sample::with(&[]);
    accepted(&sample, &[]);
    let twins = sample.site().twins;
    let before = fs::read_to_string(&twins).expect("the record");
    let merged = format!("{before}index.md 000000000000 111111111111\n");
    fs::write(&twins, &merged).expect("the record is written");
    assert_eq!(told(&sample), "\n");
    accepted(&sample, &[]);
    assert_eq!(fs::read_to_string(&twins).expect("the record"), before, "it is tidy again");
}

#[test]
fn a_page_that_is_not_there_cannot_be_accepted() {
    let error = accept(&Sample::with(&[]).site(), &["story/cry.md"]).expect_err("no such page");
    expect![
        "no page `story/cry.md` in both books; name it as SUMMARY.md does, such as history/cri.md"
    ]
    .assert_eq(&error.to_string());
}
