//! The words that the Chinese book does not use: the glossary names them.

use std::path::Path;

use crate::facts::{Facts, Term};
use crate::finding::Finding;
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::page::Page;

/// A word that the glossary rules out.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{word}` is not the word for {term} here; write `{wanted}`, or, where the word has to be quoted, \
     add the page to `except` of term `{id}`"
)]
pub struct AvoidedWord {
    /// The word.
    pub word: String,
    /// The term in English.
    pub term: String,
    /// The term in Chinese.
    pub wanted: String,
    /// The id of the term.
    pub id: String,
}

/// The words that the pages of a book should not use, and those of its facts.
pub(super) fn findings(book: &Manuscript, facts: &Facts) -> Vec<Finding> {
    if book.language != Language::ZhCn {
        return Vec::new();
    }
    book.pages.iter().flat_map(|page| of_page(page, facts)).collect()
}

fn of_page(page: &Page, facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for term in facts.terms.iter().filter(|term| !is_excepted(&page.path, term)) {
        for word in &term.avoid {
            for range in &page.words {
                let found = page.text[range.clone()].match_indices(word.as_str());
                findings.extend(
                    found.map(|(at, _)| page.finding(range.start + at, avoided(word, term))),
                );
            }
        }
    }
    findings
}

/// The words that facts, tables and the glossary itself should not use, with the names of the texts.
pub fn in_facts(facts: &Facts) -> Vec<(String, AvoidedWord)> {
    let mut found = Vec::new();
    for (owner, text) in facts.chinese_texts() {
        for term in &facts.terms {
            let words = term.avoid.iter().filter(|word| text.contains(word.as_str()));
            found.extend(words.map(|word| (owner.clone(), avoided(word, term))));
        }
    }
    found
}

fn is_excepted(page: &Path, term: &Term) -> bool {
    term.except.iter().any(|except| except == page)
}

fn avoided(word: &str, term: &Term) -> AvoidedWord {
    AvoidedWord {
        word: word.to_owned(),
        term: term.name.en.clone(),
        wanted: term.name.zh_cn.clone(),
        id: term.id.clone(),
    }
}
