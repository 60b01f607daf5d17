//! The checks that a book must pass before it is rendered.

mod anchors;
mod contradictions;
mod description;
mod headings;
mod includes;
mod links;
mod numbers;
mod published;
mod terms;
mod twins;
mod typography;

use std::path::Path;

pub use contradictions::Contradiction;
pub use description::DescriptionMistake;
pub use headings::HeadingMistake;
pub use includes::IncludeMistake;
pub use links::LinkMistake;
pub use numbers::OtherNumbers;
pub use published::PublishedMistake;
pub use terms::{AvoidedWord, in_facts};
pub use twins::TwinMistake;
pub use typography::{TypographyMistake, typography_in_facts};

use crate::drift::Record;
use crate::facts::{self, Facts};
use crate::figure::Figures;
use crate::finding::{Finding, Findings};
use crate::language::Language;
use crate::manuscript::{Manuscript, NOT_FOUND};
use crate::page::Page;
use crate::render::Renderer;
use crate::site::Site;

/// A directive on a page that no preprocessor sees.
#[derive(Debug, thiserror::Error)]
#[error("404.md is rendered without citations, timelines and figures; remove this one")]
struct DirectiveNotSeen;

/// Checks all books of the site, the facts, and how the books mirror each other.
///
/// # Errors
///
/// With every mistake there is.
pub fn check(site: &Site) -> Result<(), Findings> {
    let (facts, mut findings) = facts::load(&site.facts, &site.shown(&site.facts));
    let figures = Figures::new(&site.recordings);
    let books = Language::ALL.map(|language| Manuscript::load(site, language));
    for book in &books {
        findings.extend(book_findings(book, &facts));
        let (language, pages) = (book.language, &book.pages[..]);
        let renderer = Renderer { facts: &facts, figures: &figures, language, pages };
        for page in seen_pages(book) {
            findings.extend(renderer.page(page).1);
        }
    }
    findings.extend(twin_findings(&books[0], &books[1], &Record::load(site)));
    findings.extend(published::findings(site, &books[0]));
    Findings::none_or_all(findings)
}

/// What is wrong with a book apart from its directives, and apart from its twin.
pub(crate) fn book_findings(book: &Manuscript, facts: &Facts) -> Vec<Finding> {
    let mut findings = book.findings.clone();
    findings.extend(terms::findings(book, facts));
    findings.extend(typography::findings(book));
    findings.extend(contradictions::findings(book, facts));
    let anchors = anchors::of_book(book, facts);
    for page in &book.pages {
        findings.extend(description::finding(page));
        findings.extend(headings::findings(page));
        findings.extend(includes::findings(page, &book.source));
        findings.extend(links::findings(page, book, facts, &anchors));
        if page.path == Path::new(NOT_FOUND) {
            findings.extend(unseen_directives(page));
        }
    }
    findings
}

/// How two books fail to mirror each other.
pub(crate) fn twin_findings(one: &Manuscript, other: &Manuscript, record: &Record) -> Vec<Finding> {
    let (first, second) = if one.language < other.language { (one, other) } else { (other, one) };
    let mut findings = twins::findings(first, second);
    findings.extend(numbers::findings(first, second, record));
    findings
}

/// The pages that the preprocessor gets to see.
fn seen_pages(book: &Manuscript) -> impl Iterator<Item = &Page> {
    book.pages.iter().filter(|page| page.path != Path::new(NOT_FOUND))
}

fn unseen_directives(page: &Page) -> Vec<Finding> {
    let (calls, mut findings) = page.citation_calls();
    let blocks = page.fences.iter().filter_map(|fence| {
        crate::block::Block::read(page, fence, &mut Vec::new())?;
        Some(fence.range.start)
    });
    let starts: Vec<usize> = calls.iter().map(|call| call.range.start).chain(blocks).collect();
    findings.extend(starts.into_iter().map(|start| page.finding(start, DirectiveNotSeen)));
    findings
}
