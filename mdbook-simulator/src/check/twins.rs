//! The books mirror each other: the same pages in the same order, with the same headings.

use std::path::Path;

use crate::finding::Finding;
use crate::manuscript::{Entry, Manuscript};
use crate::page::{Heading, Page};

/// How two books can differ.
#[derive(Debug, thiserror::Error)]
pub enum TwinMistake {
    /// A page in one language only.
    #[error("page `{page}` is in {other} but not here; translate it and list it here")]
    MissingPage {
        /// The page.
        page: String,
        /// Where the other list has it.
        other: String,
    },
    /// The lists have the same pages in another order or depth.
    #[error(
        "the list of contents differs from {other} from this line on; give both the same order, parts and indentation"
    )]
    Order {
        /// Where the other list is.
        other: String,
    },
    /// A heading that is not the other's.
    #[error(
        "heading {here} does not match {there} in {other}; both pages need the same headings, levels and ids"
    )]
    Heading {
        /// The heading here.
        here: String,
        /// The heading there.
        there: String,
        /// Where it is there.
        other: String,
    },
    /// A page with fewer headings than the other.
    #[error(
        "heading {there} of {other} is missing here; both pages need the same headings, levels and ids"
    )]
    MissingHeading {
        /// The heading there.
        there: String,
        /// Where it is there.
        other: String,
    },
    /// A page with more headings than the other.
    #[error(
        "heading {here} is missing in {other}; both pages need the same headings, levels and ids"
    )]
    ExtraHeading {
        /// The heading here.
        here: String,
        /// The other page.
        other: String,
    },
}

/// How the books differ; a difference in headings is told of the second.
pub(super) fn findings(first: &Manuscript, second: &Manuscript) -> Vec<Finding> {
    let mut findings = Vec::new();
    if first.contents.is_readable && second.contents.is_readable {
        findings.extend(missing_pages(first, second));
        findings.extend(missing_pages(second, first));
        if findings.is_empty() {
            findings.extend(order(first, second));
        }
    }
    for page in &first.pages {
        if let Some(twin) = second.page(&page.path) {
            findings.extend(headings(page, twin));
        }
    }
    findings
}

fn missing_pages(from: &Manuscript, book: &Manuscript) -> Vec<Finding> {
    let lacks = |path: &Path| !book.contents.pages().any(|(page, _)| page == path);
    let last = book.contents.entries.last().map_or(1, |entry| entry.line);
    from.contents
        .pages()
        .filter(|(path, _)| lacks(path))
        .map(|(path, line)| {
            let page = path.display().to_string();
            let other = format!("{}:{line}", from.contents.file.display());
            book.contents.finding(last, TwinMistake::MissingPage { page, other })
        })
        .collect()
}

fn order(first: &Manuscript, second: &Manuscript) -> Option<Finding> {
    let (ours, theirs) = (&second.contents.entries, &first.contents.entries);
    let same = |a: &Entry, b: &Entry| a.depth == b.depth && a.kind == b.kind;
    let length = ours.len().max(theirs.len());
    let index = (0..length).find(|index| match (ours.get(*index), theirs.get(*index)) {
        (Some(a), Some(b)) => !same(a, b),
        _ => true,
    })?;
    let line =
        |entries: &[Entry]| entries.get(index).or(entries.last()).map_or(1, |entry| entry.line);
    let other = format!("{}:{}", first.contents.file.display(), line(theirs));
    Some(second.contents.finding(line(ours), TwinMistake::Order { other }))
}

/// The first difference in headings. Headings without ids are told of elsewhere.
fn headings(page: &Page, twin: &Page) -> Option<Finding> {
    let has_ids = |page: &Page| page.headings.iter().all(|heading| heading.id.is_some());
    if !has_ids(page) || !has_ids(twin) {
        return None;
    }
    let length = page.headings.len().max(twin.headings.len());
    let at = |heading: &Heading| {
        let place = page.finding(heading.range.start, "");
        format!("{}:{}", place.file.display(), place.line)
    };
    (0..length).find_map(|index| match (page.headings.get(index), twin.headings.get(index)) {
        (Some(there), Some(here)) if there.level != here.level || there.id != here.id => {
            let mistake =
                TwinMistake::Heading { here: named(here), there: named(there), other: at(there) };
            Some(twin.finding(here.range.start, mistake))
        }
        (Some(there), None) => {
            let mistake = TwinMistake::MissingHeading { there: named(there), other: at(there) };
            Some(twin.finding(twin.text.trim_end().len(), mistake))
        }
        (None, Some(here)) => {
            let other = page.file.display().to_string();
            let mistake = TwinMistake::ExtraHeading { here: named(here), other };
            Some(twin.finding(here.range.start, mistake))
        }
        _ => None,
    })
}

/// A heading as it would be written without its words: `` `## … {#id}` ``.
fn named(heading: &Heading) -> String {
    let id = heading.id.as_deref().unwrap_or_default();
    format!("`{} … {{#{id}}}`", "#".repeat(heading.level.into()))
}
