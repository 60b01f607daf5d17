//! What the commands print for a person is aligned, whole and short enough to read.

use std::process::Command;

use simulator_model::versions::FACTS;

fn printed(arguments: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_dockershim-sim");
    let output = Command::new(program).args(arguments).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).expect("it is text")
}

#[test]
fn each_section_of_the_list_has_two_columns() {
    let text = printed(&["list"]);
    let mut sections = 0;
    for section in text.split("\n\n") {
        let rows: Vec<_> = section.lines().filter(|line| line.starts_with("  ")).collect();
        let names: Vec<_> = rows.iter().filter(|row| !row.starts_with("   ")).collect();
        let longest = names.iter().filter_map(|row| row.trim().split("  ").next()).map(str::len);
        let Some(longest) = longest.max() else { continue };
        let column = 2 + longest + 2;
        for row in &rows {
            assert_eq!(&row[column - 2..column], "  ", "{row}");
            assert_ne!(&row[column..=column], " ", "{row}");
        }
        sections += 1;
    }
    assert_eq!(sections, 3, "{text}");
}

#[test]
fn every_version_fact_is_printed_with_its_source() {
    let text = printed(&["versions"]);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let whole = words(&text).join(" ");
    for fact in FACTS {
        let source = words(&format!("[{}]", fact.source.en)).join(" ");
        assert!(whole.contains(&source), "{}", fact.id);
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let of_one = printed(&["versions", "1.24"]);
    assert!(of_one.lines().count() < text.lines().count());
    assert!(of_one.contains("dockershim is gone"));
}

#[test]
fn an_unknown_version_is_named_with_those_there_are() {
    let program = env!("CARGO_BIN_EXE_dockershim-sim");
    let output = Command::new(program).args(["versions", "1.2"]).output().expect("it runs");
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("write one from `1.20` to `1.37`"), "{text}");
}
