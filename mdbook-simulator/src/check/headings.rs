//! Headings have explicit ids, each once on a page, and form an outline without gaps.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::page::{Heading, Page};

/// What can be wrong with a heading.
#[derive(Debug, thiserror::Error)]
pub enum HeadingMistake {
    /// No id, so that the other language could not have the same.
    #[error(
        "heading `{title}` has no id; write `{{#{example}}}` at its end, the same in both books"
    )]
    NoId {
        /// The heading.
        title: String,
        /// An id that would do.
        example: String,
    },
    /// An id used before on the page.
    #[error("id `{id}` is already in line {first}; give this one another id")]
    Duplicate {
        /// The id.
        id: String,
        /// The line of the first.
        first: usize,
    },
    /// An id that the preprocessor gives to something else.
    #[error("id `{id}` is kept for {owner}; choose another one")]
    Reserved {
        /// The id.
        id: String,
        /// What it is kept for.
        owner: &'static str,
    },
    /// An id that would be awkward in an address.
    #[error("id `{id}` may hold only lower-case letters, digits and hyphens")]
    Form {
        /// The id.
        id: String,
    },
    /// A page without a title.
    #[error("the page has no title; start it with a line `# Title {{#id}}`")]
    NoTitle,
    /// A second title.
    #[error("a page has one title (`#`); make this heading `##` or deeper")]
    SecondTitle,
    /// A heading more than one level below the one before.
    #[error("the heading skips a level; write {wanted} instead of {written}")]
    Skip {
        /// The marks it should have.
        wanted: String,
        /// The marks it has.
        written: String,
    },
}

/// The ids that the preprocessor gives, by how they start.
const RESERVED: [(&str, &str); 5] = [
    ("sources", "the list of sources"),
    ("source-", "the list of sources"),
    ("cite-", "citations"),
    ("event-", "timelines"),
    ("sim-", "figures"),
];

/// The mistakes of a page.
pub(super) fn findings(page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !page.headings.iter().any(|heading| heading.level == 1) {
        findings.push(page.finding(0, HeadingMistake::NoTitle));
    }
    let mut level = 0;
    let mut titles = 0;
    for heading in &page.headings {
        let mut note = |mistake| findings.push(page.finding(heading.range.start, mistake));
        titles += usize::from(heading.level == 1);
        if heading.level == 1 && titles > 1 {
            note(HeadingMistake::SecondTitle);
        } else if heading.level > level + 1 && level > 0 {
            let marks = |level: u8| format!("`{}`", "#".repeat(level.into()));
            note(HeadingMistake::Skip { wanted: marks(level + 1), written: marks(heading.level) });
        }
        level = heading.level;
        if heading.id.is_none() {
            let (title, example) = (heading.title.clone(), example_id(heading));
            note(HeadingMistake::NoId { title, example });
        }
    }
    findings.extend(id_findings(page));
    findings
}

fn id_findings(page: &Page) -> Vec<Finding> {
    let of_headings =
        page.headings.iter().filter_map(|heading| Some((heading.id.clone()?, heading.range.start)));
    let mut ids: Vec<(String, usize)> = of_headings.chain(page.html_ids.clone()).collect();
    ids.sort_by_key(|(_, offset)| *offset);
    let mut first = BTreeMap::new();
    let mut findings = Vec::new();
    for (id, offset) in ids {
        let mut note = |mistake| findings.push(page.finding(offset, mistake));
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || !id.bytes().all(is_plain) {
            note(HeadingMistake::Form { id: id.clone() });
        }
        if let Some((_, owner)) = RESERVED
            .iter()
            .find(|(start, _)| id == *start || (start.ends_with('-') && id.starts_with(start)))
        {
            note(HeadingMistake::Reserved { id: id.clone(), owner });
        }
        let line = page.finding(offset, "").line;
        if let Some(first) = first.get(&id) {
            note(HeadingMistake::Duplicate { id, first: *first });
        } else {
            first.insert(id, line);
        }
    }
    findings
}

/// An id made of the Latin words of a heading.
fn example_id(heading: &Heading) -> String {
    let lower = heading.title.to_lowercase();
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() { "short-name".to_owned() } else { words.join("-") }
}
