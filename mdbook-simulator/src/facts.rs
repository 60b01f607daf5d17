//! The dated, sourced facts of the book: `book/facts/*.toml`.
//!
//! A *source* is a document somebody read; a *fact* is one sentence that sources bear out, in
//! every language of the book, with its date, versions and how sure it is. Pages cite facts,
//! timelines are made of them, and other tools may read them as plain data.
//!
//! ```toml
//! [[source]]
//! id = "post-2022-05-03"
//! title = "The document's own title, never translated"
//! by = "Who wrote or published it"              # optional
//! url = "https://example.org/post"
//! published = "2022-05-03"                       # optional; YYYY, YYYY-MM or YYYY-MM-DD
//! read = "2026-11"                               # when it was read
//! lang = "en"                                    # optional: language of the title; English if absent
//!
//! [[fact]]
//! id = "dockershim-removed"
//! date = "2022-05-03"                            # optional, but a timeline needs it
//! versions = "1.24"                              # optional; "1.3 to 1.5", "≤1.0", "containerd 1.1, 1.10"
//! kind = "dockershim"                            # optional, but a timeline needs it: a Track
//! timeline = true                                # optional; false if absent
//! claim.en = "One sentence."
//! claim.zh-CN = "一句话。"
//! sources = ["post-2022-05-03"]
//! confidence = "confirmed"                       # or "unverified", "disputed"
//! note.en = "What each source says"              # optional; a disputed fact needs it
//! note.zh-CN = "各来源的说法"
//! ```
//!
//! A *table* shows facts side by side (see [`FactTable`]), and a *term* belongs to the glossary
//! (see [`Term`]).

mod date;
mod load;
mod mistake;
mod read;
mod table;
mod term;
mod track;
mod version;

use std::collections::BTreeMap;
use std::fmt;

pub use date::{Date, DateMistake, MONTHS};
pub use load::load;
pub use mistake::FactMistake;
pub use table::{FactTable, Row};
pub use term::Term;
pub use track::Track;
pub use version::{Releases, VersionMistake, VersionSpan, Versions};

use crate::language::Language;

/// All that the files hold, by id.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The documents.
    pub sources: BTreeMap<SourceId, Source>,
    /// The facts.
    pub facts: BTreeMap<FactId, Fact>,
    /// The tables.
    pub tables: BTreeMap<String, FactTable>,
    /// The terms of the glossary, in the order of the files.
    pub terms: Vec<Term>,
}

impl Facts {
    /// The fact with this id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.get(&FactId(id.to_owned()))
    }

    /// The ids of all facts, sorted.
    pub fn fact_ids(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(FactId::as_str)
    }

    /// All that is said in Chinese, each text with the name of what says it.
    pub fn chinese_texts(&self) -> Vec<(String, &str)> {
        let facts = self.facts.values().flat_map(|fact| {
            let note = fact.note.as_ref().map(|note| note.zh_cn.as_str());
            let texts = std::iter::once(fact.claim.zh_cn.as_str()).chain(note);
            texts.map(|text| (format!("fact `{}`", fact.id), text))
        });
        let tables = self.tables.values().flat_map(|table| {
            let rows = table.rows.iter().flat_map(|row| {
                let note = row.own.as_ref().and_then(|own| own.note.as_ref());
                row.cells.iter().chain(note)
            });
            let texts = table.columns.iter().chain(rows);
            texts.map(|text| (format!("table `{}`", table.id), text.zh_cn.as_str()))
        });
        let terms = self
            .terms
            .iter()
            .map(|term| (format!("term `{}`", term.id), term.means.zh_cn.as_str()));
        facts.chain(tables).chain(terms).collect()
    }

    /// The sources of a fact, in its order.
    pub fn sources_of<'a>(&'a self, fact: &'a Fact) -> impl Iterator<Item = &'a Source> {
        fact.sources.iter().filter_map(|id| self.sources.get(id))
    }
}

/// Names a source: lower-case words with hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub String);

/// Names a fact: lower-case words with hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub String);

impl SourceId {
    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FactId {
    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// Its own title, never translated.
    pub title: String,
    /// Who wrote or published it.
    pub by: Option<String>,
    /// Its address.
    pub url: String,
    /// When it was published.
    pub published: Option<Date>,
    /// When it was read.
    pub read: Date,
    /// The language tag of the title.
    pub lang: String,
}

impl Source {
    /// Where the document is kept, in words: the host, with owner and name for a repository.
    ///
    /// `https://www.cncf.io/news/` gives `cncf.io`; `https://github.com/a/b/pull/1` gives
    /// `github.com/a/b`.
    pub fn site(&self) -> String {
        let address = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        let address = address.strip_prefix("www.").unwrap_or(address);
        let mut parts = address.split(['/', '?', '#']);
        let host = parts.next().unwrap_or_default();
        match (host, parts.next(), parts.next()) {
            ("github.com", Some(owner), Some(name)) => format!("{host}/{owner}/{name}"),
            _ => host.to_owned(),
        }
    }
}

/// One sentence that sources bear out.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its id.
    pub id: FactId,
    /// When it happened.
    pub date: Option<Date>,
    /// The releases it is about.
    pub versions: Option<Versions>,
    /// Its track on a timeline.
    pub kind: Option<Track>,
    /// Whether timelines show it.
    pub timeline: bool,
    /// The sentence.
    pub claim: Translated,
    /// The documents that say so, the weightiest first; never empty.
    pub sources: Vec<SourceId>,
    /// How sure it is.
    pub confidence: Confidence,
    /// What each source says, when they differ or leave doubt.
    pub note: Option<Translated>,
}

/// A text in every language of the book.
#[derive(Clone, Debug)]
pub struct Translated {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh_cn: String,
}

impl Translated {
    /// The text in this language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::ZhCn => &self.zh_cn,
        }
    }
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// A first-hand document says so.
    Confirmed,
    /// No first-hand document was found.
    Unverified,
    /// Documents differ.
    Disputed,
}

impl Confidence {
    /// All of them, by their names in the data.
    pub const NAMES: [(&'static str, Self); 3] = [
        ("confirmed", Self::Confirmed),
        ("unverified", Self::Unverified),
        ("disputed", Self::Disputed),
    ];
}
