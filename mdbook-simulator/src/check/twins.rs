//! The books mirror each other: the same pages in the same order, with the same headings, the same
//! facts cited, and the same figures and timelines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::block::Block;
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
    /// A fact cited on one of two pages only.
    #[error("fact `{id}` is cited in {other} but not on this page; cite it after the same claim")]
    MissingCitation {
        /// The fact.
        id: String,
        /// Where the other page cites it.
        other: String,
    },
    /// A figure or a timeline on one of two pages only.
    #[error("block `{info}` of {other} is not on this page; put it at the same place")]
    MissingBlock {
        /// What follows the backticks.
        info: String,
        /// Where the other page has it.
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
            for (page, twin) in [(page, twin), (twin, page)] {
                findings.extend(missing_citations(page, twin));
                findings.extend(missing_blocks(page, twin));
            }
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
    let at = |heading: &Heading| place(page, heading.range.start);
    (0..length).find_map(|index| match (page.headings.get(index), twin.headings.get(index)) {
        (Some(there), Some(here)) if there.level != here.level || there.id != here.id => {
            let mistake =
                TwinMistake::Heading { here: named(here), there: named(there), other: at(there) };
            Some(twin.finding(here.range.start, mistake))
        }
        (Some(there), None) => {
            let mistake = TwinMistake::MissingHeading { there: named(there), other: at(there) };
            Some(twin.finding(end(twin), mistake))
        }
        (None, Some(here)) => {
            let other = page.file.display().to_string();
            let mistake = TwinMistake::ExtraHeading { here: named(here), other };
            Some(twin.finding(here.range.start, mistake))
        }
        _ => None,
    })
}

/// The facts that a page cites and its twin does not, each told at the end of the twin.
fn missing_citations(page: &Page, twin: &Page) -> Vec<Finding> {
    let cited = |page: &Page| page.citation_calls().0.into_iter().flat_map(|call| call.ids);
    let there: BTreeSet<String> = cited(twin).map(|(id, _)| id).collect();
    let missing: BTreeMap<String, usize> =
        cited(page).filter(|(id, _)| !there.contains(id)).collect();
    missing
        .into_iter()
        .map(|(id, offset)| {
            let other = place(page, offset);
            twin.finding(end(twin), TwinMistake::MissingCitation { id, other })
        })
        .collect()
}

/// The figures and timelines that a page has and its twin does not.
fn missing_blocks(page: &Page, twin: &Page) -> Vec<Finding> {
    let blocks = |page: &Page| -> Vec<(String, usize)> {
        let fences = page.fences.iter();
        let ours = fences.filter(|fence| Block::read(page, fence, &mut Vec::new()).is_some());
        ours.map(|fence| (fence.info.clone(), fence.range.start)).collect()
    };
    let mut there = blocks(twin);
    let mut missing = Vec::new();
    for (info, offset) in blocks(page) {
        if let Some(index) = there.iter().position(|(other, _)| *other == info) {
            there.remove(index);
        } else {
            let other = place(page, offset);
            missing.push(twin.finding(end(twin), TwinMistake::MissingBlock { info, other }));
        }
    }
    missing
}

/// A place on a page, as a finding would say it.
fn place(page: &Page, offset: usize) -> String {
    let at = page.finding(offset, "");
    format!("{}:{}", at.file.display(), at.line)
}

/// The end of the words of a page.
fn end(page: &Page) -> usize {
    page.text.trim_end().len()
}

/// A heading as it would be written without its words: `` `## … {#id}` ``.
fn named(heading: &Heading) -> String {
    let id = heading.id.as_deref().unwrap_or_default();
    format!("`{} … {{#{id}}}`", "#".repeat(heading.level.into()))
}
