//! A paragraph says the same numbers as its twin, each as often: days, years, versions, ports and
//! sizes, in words and in code.
//!
//! Paragraphs and items are compared one by one; what stands between them in a section (its heading,
//! code, quotations) and sections with more paragraphs than their twin are compared as a whole. The
//! ways in which a question is also asked are each language's own. A page that is behind its twin is
//! not compared: the report and the page itself say that it is, until somebody brings it up to date.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::claim::{is_asked, section};
use crate::drift::{Record, Standing};
use crate::finding::Finding;
use crate::manuscript::Manuscript;
use crate::numbers;
use crate::page::Page;

/// A paragraph with other numbers than its twin.
#[derive(Debug, thiserror::Error)]
#[error(
    "this says {here} and its twin in {other} says {there} beside what both say; let both say the \
     same numbers, each as often"
)]
pub struct OtherNumbers {
    /// The numbers that only this one has.
    pub here: String,
    /// The numbers that only the twin has.
    pub there: String,
    /// Where the twin is.
    pub other: String,
}

/// Some text of a page, and where it begins.
struct Part {
    start: usize,
    text: String,
}

/// Where two books differ in numbers; told of the second. The first is the English one.
pub(super) fn findings(first: &Manuscript, second: &Manuscript, record: &Record) -> Vec<Finding> {
    let pairs = first.pages.iter().filter_map(|page| Some((page, second.page(&page.path)?)));
    let even = pairs.filter(|(page, twin)| {
        let standing = record.standing(&page.path, &page.text, &twin.text);
        !matches!(standing, Standing::Behind(_))
    });
    even.flat_map(|(page, twin)| of_pages(page, twin)).collect()
}

fn of_pages(page: &Page, twin: &Page) -> Vec<Finding> {
    let [theirs, ours] = [page, twin].map(sections);
    if theirs.len() != ours.len() {
        return Vec::new(); // It lacks a heading, and is told so elsewhere.
    }
    let parts = theirs.into_iter().zip(ours).flat_map(|(theirs, ours)| {
        if theirs.len() == ours.len() {
            theirs.into_iter().zip(ours).collect()
        } else {
            vec![(joined(theirs), joined(ours))]
        }
    });
    parts.filter_map(|(there, here)| difference(page, &there, twin, &here)).collect()
}

/// The parts of each section but those of other people's questions.
fn sections(page: &Page) -> Vec<Vec<Part>> {
    let starts = page.headings.iter().map(|heading| heading.range.start);
    let starts = std::iter::once(0).chain(starts).filter(|start| !is_asked(page, *start));
    starts.map(|start| parts(page, &section(page, start))).collect()
}

/// What stands between the paragraphs of a section, then each of them.
fn parts(page: &Page, section: &Range<usize>) -> Vec<Part> {
    let mut between = Part { start: section.start, text: String::new() };
    let mut parts = Vec::new();
    let mut end = section.start;
    for paragraph in page.paragraphs.iter().filter(|it| section.contains(&it.start)) {
        between.text.push_str(&page.text[end..paragraph.start]);
        parts.push(Part { start: paragraph.start, text: page.text[paragraph.clone()].to_owned() });
        end = paragraph.end;
    }
    between.text.push_str(&page.text[end..section.end]);
    parts.insert(0, between);
    parts
}

fn joined(parts: Vec<Part>) -> Part {
    let start = parts.first().map_or(0, |part| part.start);
    Part { start, text: parts.into_iter().map(|part| part.text + "\n").collect() }
}

fn difference(page: &Page, there: &Part, twin: &Page, here: &Part) -> Option<Finding> {
    let [theirs, ours] =
        [there, here].map(|part| numbers::of_text(&UNSAID.replace_all(&part.text, " ")));
    if theirs == ours {
        return None;
    }
    let at = page.finding(there.start, "");
    let mistake = OtherNumbers {
        here: numbers::listed(&numbers::beside(&ours, &theirs)),
        there: numbers::listed(&numbers::beside(&theirs, &ours)),
        other: format!("{}:{}", at.file.display(), at.line),
    };
    Some(twin.finding(here.start, mistake))
}

/// Directives, ids of headings and addresses of links.
static UNSAID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{[^}]*\}\}|\{#[^}]*\}|\]\([^)]*\)").expect("the pattern is a constant")
});
