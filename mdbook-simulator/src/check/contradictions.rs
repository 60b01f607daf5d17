//! Sentences that say another day, month, year or version than the facts they cite.
//!
//! What stands between the start of a sentence and the citation behind it may name only what a fact
//! cited in the same paragraph or item knows, by its date, its releases, its sentence, its note or
//! the dates and titles of its sources. A sentence without a citation may name what any fact cited
//! in its section knows, or a table of facts in it, which also knows when its documents were read;
//! it is left alone where it leads to another page, as does its item of a list, and where the section
//! shows a recording or a timeline, which know more than facts. The description and the headings may
//! name what anything on the page knows.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::block::{Block, BlockKind};
use crate::claim::{is_asked, is_own_method, leans_on_a_page, section, sentences, shown};
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
    /// The facts that the paragraph cites.
    pub facts: String,
}

pub(super) fn findings(book: &Manuscript, facts: &Facts) -> Vec<Finding> {
    book.pages.iter().flat_map(|page| of_page(page, facts)).collect()
}

fn of_page(page: &Page, facts: &Facts) -> Vec<Finding> {
    let (calls, _) = page.citation_calls();
    let mut findings = Vec::new();
    for paragraph in page.paragraphs.iter().filter(|it| !is_asked(page, it.start)) {
        let within = calls_within(&calls, paragraph);
        findings.extend(of_cited(page, paragraph.clone(), &within, facts));
        if !is_own_method(page) {
            findings.extend(of_uncited(page, paragraph, &calls, facts));
        }
    }
    findings.extend(of_titles(page, &calls, facts));
    findings
}

/// The description and the headings, held against all that the page cites and shows in tables.
fn of_titles(page: &Page, calls: &[CitationCall], facts: &Facts) -> Vec<Finding> {
    let whole = 0..page.text.len();
    let mut known = Known::of_calls(&calls_within(calls, &whole), facts);
    for fence in &page.fences {
        match Block::read(page, fence, &mut Vec::new()) {
            Some(block) if block.kind == BlockKind::Facts => known.add_table(&block, facts),
            Some(block) if block.kind == BlockKind::Timeline => return Vec::new(),
            _ => {}
        }
    }
    if known.names.is_empty() {
        return Vec::new();
    }
    let description = page.text.lines().next().unwrap_or_default();
    let titles = page.headings.iter().map(|it| (it.range.start, it.title.as_str()));
    let titles = std::iter::once((0, description)).chain(titles);
    titles.filter_map(|(at, words)| known.finding(page, at, words)).collect()
}

/// The sentences with a citation behind them.
fn of_cited(
    page: &Page,
    paragraph: Range<usize>,
    calls: &[&CitationCall],
    facts: &Facts,
) -> Vec<Finding> {
    let known = Known::of_calls(calls, facts);
    let starts: Vec<usize> =
        sentences(page, paragraph).into_iter().map(|sentence| sentence.start).collect();
    let mut findings = Vec::new();
    let mut last_end = 0;
    for call in calls {
        let at = call.range.start;
        let start = starts.iter().rfind(|start| **start < at).copied().unwrap_or(at);
        let sentence = start.max(last_end)..at;
        last_end = call.range.end;
        findings.extend(known.finding(page, sentence.start, &shown(page, sentence)));
    }
    findings
}

/// The sentences without one, held against all that their section cites.
fn of_uncited(
    page: &Page,
    paragraph: &Range<usize>,
    calls: &[CitationCall],
    facts: &Facts,
) -> Vec<Finding> {
    let section = section(page, paragraph.start);
    let mut known = Known::of_calls(&calls_within(calls, &section), facts);
    for fence in page.fences.iter().filter(|it| section.contains(&it.range.start)) {
        match Block::read(page, fence, &mut Vec::new()) {
            Some(block) if block.kind == BlockKind::Facts => known.add_table(&block, facts),
            Some(block) if block.kind != BlockKind::DecisionAid => return Vec::new(),
            _ => {}
        }
    }
    if known.names.is_empty() {
        return Vec::new();
    }
    let is_cited = |it: &Range<usize>| !calls_within(calls, it).is_empty();
    let sentences = sentences(page, paragraph.clone()).into_iter();
    let uncited = sentences.filter(|it| !is_cited(it) && !leans_on_a_page(page, paragraph, it));
    uncited
        .filter_map(|sentence| known.finding(page, sentence.start, &shown(page, sentence)))
        .collect()
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
}

impl Known {
    fn of_calls(calls: &[&CitationCall], facts: &Facts) -> Self {
        let mut known = Self::default();
        for (id, _) in calls.iter().flat_map(|call| &call.ids) {
            known.names.insert(format!("`{id}`"));
            known.add(facts.fact(id), facts);
        }
        known
    }

    fn add<'a>(&mut self, of: impl IntoIterator<Item = &'a Fact>, facts: &Facts) {
        self.datings.extend(of.into_iter().flat_map(|fact| dating::of_fact(fact, facts)));
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
            for cell in &row.cells {
                self.datings.extend(dating::of_words(&cell.en));
                self.datings.extend(dating::of_words(&cell.zh_cn));
            }
        }
    }

    /// What the words of a sentence say that is not known.
    fn finding(&self, page: &Page, at: usize, words: &str) -> Option<Finding> {
        let said: Vec<String> =
            dating::of_words(words).difference(&self.datings).map(ToString::to_string).collect();
        if said.is_empty() {
            return None;
        }
        let facts = self.names.iter().cloned().collect::<Vec<_>>().join(", ");
        let sentence = words.trim().to_owned();
        let mistake = Contradiction { sentence, said: said.join(", "), facts };
        Some(page.finding(at, mistake))
    }
}
