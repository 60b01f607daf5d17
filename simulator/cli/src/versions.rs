//! `dockershim-sim versions`: what changes from one kubelet version to the next, and who says so.

use std::fmt::Write;

use simulator_model::versions::{FACTS, KubeletVersion, VersionFact};

/// How wide the words of a row are, in columns; the two columns before them take 24.
const WORDS: usize = 76;

/// The table, or the rows of it that hold for one version.
pub(crate) fn text(only: Option<KubeletVersion>) -> String {
    let mut text = match only {
        None => "What changes with the version of the kubelet (simulate --kubelet 1.20 to 1.37).\n",
        Some(_) => "What holds for this version of the kubelet.\n",
    }
    .to_owned();
    text.push_str(
        "recorded: held against a real node; source: read in the program; documents: release notes, \
         issues\nand manuals. Calls at a version other than 1.20 are those of 1.20, but for these \
         rows.\n\n",
    );
    let _ = writeln!(text, "{:12}{:12}what, and where it is written", "versions", "basis");
    let mut facts: Vec<_> =
        FACTS.iter().filter(|fact| only.is_none_or(|version| fact.holds_for(version))).collect();
    facts.sort_by_key(|fact| (fact.since, fact.until.is_none(), fact.until));
    for fact in facts {
        let mut lines = wrapped(fact.what.en);
        lines.extend(wrapped(&format!("[{}]", fact.source.en)));
        let mut heads = [format!("{:12}{:12}", versions(fact), fact.basis.name())].into_iter();
        for line in lines {
            let head = heads.next().unwrap_or_else(|| " ".repeat(24));
            let _ = writeln!(text, "{head}{line}");
        }
    }
    text
}

/// `1.20-1.23`, `1.20`, or `from 1.24`
fn versions(fact: &VersionFact) -> String {
    match fact.until {
        None => format!("from {}", fact.since),
        Some(until) if until == fact.since => fact.since.to_string(),
        Some(until) => format!("{}-{until}", fact.since),
    }
}

/// The words in lines; one that is too long for a line has it to itself.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WORDS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
