//! Addresses that were published stay: `book/published.txt` lists them, and where a page has moved.
//!
//! One page a line, as `SUMMARY.md` names it; a page that is gone has the page that took its place
//! behind an arrow, `faq/old.md -> faq/new.md`. Lines that begin with `#` are comments.

use std::fs;
use std::path::Path;

use crate::finding::{Finding, Place};
use crate::manuscript::{Manuscript, NOT_FOUND};
use crate::nearest::did_you_mean;
use crate::site::Site;

/// What can be wrong with the list of published pages.
#[derive(Debug, thiserror::Error)]
pub enum PublishedMistake {
    /// The list cannot be read.
    #[error("the list of published pages cannot be read: {source}")]
    Unreadable {
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A page is not in the list.
    #[error("page `{page}` is not in this list; add a line `{page}`, so that its address is kept")]
    Missing {
        /// The page.
        page: String,
    },
    /// A published page is gone.
    #[error(
        "page `{page}` was published and is gone; bring it back, or say where its readers go: \
         `{page} -> other/page.md`{hint}"
    )]
    Gone {
        /// The page.
        page: String,
        /// A guess at its new name.
        hint: String,
    },
    /// A page moved to one that does not exist.
    #[error("page `{page}` is said to have moved to `{target}`, which does not exist{hint}")]
    Nowhere {
        /// The page.
        page: String,
        /// Where it is said to have moved.
        target: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// A page that is there is said to have moved.
    #[error("page `{page}` exists and is said to have moved; remove the arrow, or the page")]
    StillThere {
        /// The page.
        page: String,
    },
}

/// What is wrong with the list, held against the pages of one book.
pub(super) fn findings(site: &Site, book: &Manuscript) -> Vec<Finding> {
    let file = site.shown(&site.published);
    let text = match fs::read_to_string(&site.published) {
        Ok(text) => text,
        Err(source) => {
            let message = PublishedMistake::Unreadable { source }.to_string();
            return vec![Finding { file, line: 1, message }];
        }
    };
    let pages = book.pages.iter().filter(|page| page.path != Path::new(NOT_FOUND));
    let pages: Vec<String> = pages.map(|page| page.path.to_string_lossy().into_owned()).collect();
    let place = Place { file: &file, text: &text };
    let mut findings = Vec::new();
    let mut listed = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let entry = line.trim();
        if !entry.is_empty() && !entry.starts_with('#') {
            findings.extend(mistake(entry, &pages).map(|it| place.finding(offset, it)));
            listed.push(entry.split(" -> ").next().unwrap_or(entry));
        }
        offset += line.len();
    }
    for page in pages.iter().filter(|page| !listed.contains(&page.as_str())) {
        findings.push(place.finding(text.len(), PublishedMistake::Missing { page: page.clone() }));
    }
    findings
}

fn mistake(entry: &str, pages: &[String]) -> Option<PublishedMistake> {
    let exists = |page: &str| pages.iter().any(|it| it == page);
    let hint = |page: &str| did_you_mean(page, pages.iter().map(String::as_str));
    match entry.split_once(" -> ") {
        None if exists(entry) => None,
        None => Some(PublishedMistake::Gone { page: entry.to_owned(), hint: hint(entry) }),
        Some((page, _)) if exists(page) => {
            Some(PublishedMistake::StillThere { page: page.to_owned() })
        }
        Some((_, target)) if exists(target.split('#').next().unwrap_or(target)) => None,
        Some((page, target)) => Some(PublishedMistake::Nowhere {
            page: page.to_owned(),
            target: target.to_owned(),
            hint: hint(target),
        }),
    }
}
