//! Every mistake is named with its place, all at once, in both languages.

use expect_test::expect_file;

use crate::told;

fn check(name: &str) {
    let folder = format!("{}/tests/it/all_mistakes_at_once", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(format!("{folder}/{name}.yaml")).expect("the case is there");
    expect_file![format!("{folder}/{name}.txt")].assert_eq(&told(&text));
}

#[test]
fn yaml() {
    check("yaml");
}

#[test]
fn shapes() {
    check("shapes");
}

#[test]
fn rules() {
    check("rules");
}

#[test]
fn controllers() {
    check("controllers");
}

#[test]
fn notes() {
    check("notes");
}

#[test]
fn nothing() {
    assert!(told("# only a comment\n").contains("there is no manifest in this text"));
}
