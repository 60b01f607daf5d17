//! Sentences that say another day, month, year or version than the facts they cite.
//!
//! A sentence may name only what the facts know that are cited in it or right behind it: by their
//! date, their releases, their sentence, their note or the dates and titles of their sources. That
//! something is so from a version on, up to it or before it has to be known as such. A sentence
//! without a citation may name what any fact cited in its section knows, or a table of facts in it,
//! which also knows when its documents were read; and, where it or its item of a list leads to other
//! pages, what those know. It is left alone where the section shows a recording or a timeline, which
//! know more than facts, or where it leads to a moment of the simulator or to a page that cites
//! nothing. The description and the headings may name what anything on the page knows.

#[cfg(test)]
mod measure;

use std::collections::BTreeSet;
use std::ops::Range;

use super::links::resolve;
use crate::block::{Block, BlockKind};
use crate::claim::{is_asked, is_own_method, links_to_pages, section, sentences, shown};
use crate::dating::turn::{self, Turns};
use crate::dating::{self, Dating};
use crate::facts::{Fact, Facts};
use crate::finding::Finding;
use crate::manuscript::Manuscript;
use crate::page::{CitationCall, Page};

/// A sentence that its facts do not bear out.
#[derive(Debug, thiserror::Error)]
#[error(
    "“{sentence}” says {said}, which is not in {facts}; mend the sentence or the facts in \
     book/facts, or cite a fact that has it"
)]
pub struct Contradiction {
    /// The sentence, without its marks.
    pub sentence: String,
    /// The dates and versions that no fact has.
    pub said: String,
    /// The facts and tables behind it.
    pub facts: String,
}

pub(super) fn findings(book: &Manuscript, facts: &Facts) -> Vec<Finding> {
    book.pages.iter().flat_map(|page| of_page(page, book, facts)).collect()
}

fn of_page(page: &Page, book: &Manuscript, facts: &Facts) -> Vec<Finding> {
    let (calls, _) = page.citation_calls();
    let mut findings = Vec::new();
    for paragraph in page.paragraphs.iter().filter(|it| !is_asked(page, it.start)) {
        for sentence in sentences(page, paragraph.clone()) {
            let words = shown(page, sentence.clone());
            if dating::of_words(&words).is_empty() {
                continue;
            }
            let cited = Known::of_calls(&calls_behind(&calls, page, &sentence), facts);
            let known = if cited.names.is_empty() {
                around(page, paragraph, &sentence, book, facts)
            } else {
                Some(cited)
            };
            findings.extend(known.and_then(|it| it.finding(page, sentence.start, &words)));
        }
    }
    let known = Known::of_part(page, 0..page.text.len(), &[], facts);
    findings.extend(known.map(|known| of_titles(page, &known)).unwrap_or_default());
    findings
}

/// The citations in a sentence and the one that follows it, but not the one that its line begins
/// with, which is that of the sentence before.
fn calls_behind<'a>(
    calls: &'a [CitationCall],
    page: &Page,
    sentence: &Range<usize>,
) -> Vec<&'a CitationCall> {
    let text = &page.text[sentence.clone()];
    let words = sentence.start + (text.len() - text.trim_start().len());
    let is_behind =
        |call: &&CitationCall| call.range.start > words && call.range.start <= sentence.end;
    calls.iter().filter(is_behind).collect()
}

/// What a sentence without a citation may say: what its section knows, and the pages that it, or
/// its item of a list, leads to. None where one of them knows more than facts, or cites none.
fn around(
    page: &Page,
    paragraph: &Range<usize>,
    sentence: &Range<usize>,
    book: &Manuscript,
    facts: &Facts,
) -> Option<Known> {
    if is_own_method(page) {
        return None;
    }
    let shown_by_section = [BlockKind::Facts, BlockKind::DecisionAid];
    let section = section(page, paragraph.start);
    let mut known = Known::of_part(page, section, &shown_by_section, facts)?;
    for link in links_to_pages(page, paragraph, sentence) {
        let target = target(page, &link.target, book).filter(|it| !is_own_method(it))?;
        let there = Known::of_part(target, 0..target.text.len(), &[], facts)?;
        known.take(Some(there).filter(|it| !it.names.is_empty())?);
    }
    Some(known)
}

/// The page that a link leads to; none if it leads to a moment of the simulator.
fn target<'a>(page: &Page, target: &str, book: &'a Manuscript) -> Option<&'a Page> {
    let (path, _) = target.split_once('#').unwrap_or((target, ""));
    let path = if path.is_empty() { page.path.clone() } else { resolve(page.folder(), path)? };
    book.page(&path)
}

/// The description and the headings, held against all that the page knows.
fn of_titles(page: &Page, known: &Known) -> Vec<Finding> {
    let description = page.text.lines().next().unwrap_or_default();
    let titles = page.headings.iter().map(|it| (it.range.start, it.title.as_str()));
    let titles = std::iter::once((0, description)).chain(titles);
    titles.filter_map(|(at, words)| known.finding(page, at, words)).collect()
}

fn calls_within<'a>(calls: &'a [CitationCall], range: &Range<usize>) -> Vec<&'a CitationCall> {
    calls.iter().filter(|call| range.contains(&call.range.start)).collect()
}

/// What some facts and tables know.
#[derive(Default)]
struct Known {
    /// The ids of the facts and tables.
    names: BTreeSet<String>,
    /// The dates and versions in them.
    datings: BTreeSet<Dating>,
    /// How the versions stand in them.
    turns: Turns,
}

impl Known {
    /// What part of a page cites and shows in tables. None if it has a timeline, or a block of
    /// another kind than these, unless all are allowed.
    fn of_part(
        page: &Page,
        part: Range<usize>,
        allowed: &[BlockKind],
        facts: &Facts,
    ) -> Option<Self> {
        let (calls, _) = page.citation_calls();
        let mut known = Self::of_calls(&calls_within(&calls, &part), facts);
        for fence in page.fences.iter().filter(|it| part.contains(&it.range.start)) {
            let Some(block) = Block::read(page, fence, &mut Vec::new()) else { continue };
            if block.kind == BlockKind::Facts {
                known.add_table(&block, facts);
            }
            let is_allowed = allowed.is_empty() || allowed.contains(&block.kind);
            if block.kind == BlockKind::Timeline || !is_allowed {
                return None;
            }
        }
        Some(known)
    }

    fn of_calls(calls: &[&CitationCall], facts: &Facts) -> Self {
        let mut known = Self::default();
        for (id, _) in calls.iter().flat_map(|call| &call.ids) {
            known.names.insert(format!("`{id}`"));
            known.add(facts.fact(id), facts);
        }
        known
    }

    fn add<'a>(&mut self, of: impl IntoIterator<Item = &'a Fact>, facts: &Facts) {
        for fact in of {
            self.datings.extend(dating::of_fact(fact, facts));
            self.turns.add_fact(fact, facts);
        }
    }

    /// A row knows what it says as well as what bears it out.
    fn add_table(&mut self, block: &Block<'_>, facts: &Facts) {
        let Some((id, _)) = block.get("table") else { return };
        self.names.insert(format!("`{id}`"));
        for row in facts.tables.get(id).iter().flat_map(|table| &table.rows) {
            let behind: Vec<&Fact> =
                row.facts.iter().filter_map(|id| facts.fact(&id.0)).chain(&row.own).collect();
            let read = behind.iter().flat_map(|fact| facts.sources_of(fact)).map(|it| it.read);
            self.datings.extend(read.flat_map(dating::of_date));
            self.add(behind, facts);
            for text in row.cells.iter().flat_map(|cell| [&cell.en, &cell.zh_cn]) {
                self.datings.extend(dating::of_words(text));
                self.turns.add_words(text);
            }
        }
    }

    /// Adds what others know.
    fn take(&mut self, others: Self) {
        self.names.extend(others.names);
        self.datings.extend(others.datings);
        self.turns.take(others.turns);
    }

    /// What the words of a sentence say that is not known; nothing if nobody is asked.
    fn finding(&self, page: &Page, at: usize, words: &str) -> Option<Finding> {
        if self.names.is_empty() {
            return None;
        }
        let unknown = dating::of_words(words).into_iter().filter(|it| !self.datings.contains(it));
        let mut said: Vec<String> = unknown.map(|it| it.to_string()).collect();
        let versions = turn::of_words(words).into_iter();
        let misplaced = versions.filter(|it| !self.turns.bear_out(it)).map(|it| it.to_string());
        said.extend(misplaced.filter(|it| !said.contains(it)).collect::<Vec<_>>());
        if said.is_empty() {
            return None;
        }
        let facts = self.names.iter().cloned().collect::<Vec<_>>().join(", ");
        let sentence = words.trim().to_owned();
        let mistake = Contradiction { sentence, said: said.join(", "), facts };
        Some(page.finding(at, mistake))
    }
}
