//! The places on pages that links can lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::block::{Block, BlockKind};
use crate::fact_table;
use crate::facts::{Facts, Term};
use crate::manuscript::Manuscript;
use crate::page::Page;
use crate::timeline;

/// The ids of each page, by its path relative to `src`.
#[derive(Debug)]
pub(super) struct Anchors(BTreeMap<PathBuf, BTreeSet<String>>);

impl Anchors {
    /// The ids of a page.
    pub(super) fn of(&self, page: &Path) -> Option<&BTreeSet<String>> {
        self.0.get(page)
    }
}

/// The ids of all pages of a book: those written, and those that directives will make.
pub(super) fn of_book(book: &Manuscript, facts: &Facts) -> Anchors {
    let pages = book.pages.iter().map(|page| (page.path.clone(), of_page(page, facts)));
    Anchors(pages.collect())
}

fn of_page(page: &Page, facts: &Facts) -> BTreeSet<String> {
    let written = page.headings.iter().filter_map(|heading| heading.id.clone());
    let mut ids: BTreeSet<String> = written.collect();
    ids.extend(page.html_ids.iter().map(|(id, _)| id.clone()));
    let mut has_sources = !page.citation_calls().0.is_empty();
    let mut figures = 0;
    for fence in &page.fences {
        let Some(block) = Block::read(page, fence, &mut Vec::new()) else { continue };
        match block.kind {
            BlockKind::Simulator => {
                figures += 1;
                ids.insert(format!("sim-{figures}"));
            }
            BlockKind::Timeline => {
                has_sources = true;
                let shown = timeline::facts_of(&block, facts, &mut Vec::new());
                ids.extend(shown.into_iter().map(timeline::anchor));
            }
            BlockKind::Facts => has_sources |= fact_table::is_cited(&block, facts),
            BlockKind::Glossary => ids.extend(facts.terms.iter().map(Term::anchor)),
            BlockKind::Calls
            | BlockKind::Methods
            | BlockKind::Hops
            | BlockKind::Mapping
            | BlockKind::Sources
            | BlockKind::DecisionAid => {}
        }
    }
    if has_sources {
        ids.insert("sources".to_owned());
    }
    ids
}
