//! Sentences that say another day, month, year or version than the facts they cite.
//!
//! What stands between the start of a sentence and the citation behind it may name only what a fact
//! cited in the same paragraph or item knows, by its date, its releases, its sentence, its note or
//! the dates and titles of its sources.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::claim::{sentences, shown};
use crate::dating::{self, Dating};
use crate::facts::Facts;
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
    let paragraphs = page.paragraphs.iter().map(|paragraph| {
        let within: Vec<_> =
            calls.iter().filter(|call| paragraph.contains(&call.range.start)).collect();
        of_paragraph(page, paragraph.clone(), &within, facts)
    });
    paragraphs.flatten().collect()
}

fn of_paragraph(
    page: &Page,
    paragraph: Range<usize>,
    calls: &[&CitationCall],
    facts: &Facts,
) -> Vec<Finding> {
    if calls.is_empty() {
        return Vec::new();
    }
    let ids: BTreeSet<&str> =
        calls.iter().flat_map(|call| &call.ids).map(|(id, _)| id.as_str()).collect();
    let known: BTreeSet<Dating> = ids
        .iter()
        .filter_map(|id| facts.fact(id))
        .flat_map(|fact| dating::of_fact(fact, facts))
        .collect();
    let starts: Vec<usize> =
        sentences(page, paragraph).into_iter().map(|sentence| sentence.start).collect();
    let mut findings = Vec::new();
    let mut last_end = 0;
    for call in calls {
        let at = call.range.start;
        let start = starts.iter().rfind(|start| **start < at).copied().unwrap_or(at);
        let sentence = start.max(last_end)..at;
        last_end = call.range.end;
        let words = shown(page, sentence.clone());
        let said: Vec<String> =
            dating::of_words(&words).difference(&known).map(ToString::to_string).collect();
        if !said.is_empty() {
            let facts = ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
            let sentence_words = words.trim().to_owned();
            let mistake = Contradiction { sentence: sentence_words, said: said.join(", "), facts };
            findings.push(page.finding(sentence.start, mistake));
        }
    }
    findings
}
