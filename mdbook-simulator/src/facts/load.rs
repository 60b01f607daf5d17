//! Loads all facts, with all that is wrong with them.

mod tables;
mod terms;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::read::Table;
use super::{Confidence, Fact, FactId, FactMistake, Facts, Row, Source, SourceId, Track};
use crate::finding::{Finding, Place};
use crate::nearest::{did_you_mean, listed};
use crate::outside;

/// Loads every `*.toml` of a folder; `shown` is how the folder is called in messages.
///
/// The facts come even when there are mistakes, without those that could not be read, so that the
/// checks of the pages can go on.
pub fn load(folder: &Path, shown: &Path) -> (Facts, Vec<Finding>) {
    let mut loader = Loader::default();
    let mut files = Vec::new();
    match list(folder) {
        Ok(names) => {
            for name in names {
                match fs::read_to_string(folder.join(&name)) {
                    Ok(text) => files.push((shown.join(name), text)),
                    Err(error) => loader.unreadable(&shown.join(name), &error),
                }
            }
        }
        Err(error) => loader.unreadable(shown, &error),
    }
    for (file, text) in &files {
        loader.file(Place { file, text });
    }
    loader.finish()
}

fn list(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = PathBuf::from(entry?.file_name());
        if name.extension().is_some_and(|extension| extension == "toml") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// What a file may hold.
const KINDS: [&str; 5] = ["source", "fact", "table", "row", "term"];

/// What has been read so far.
#[derive(Default)]
struct Loader {
    facts: Facts,
    findings: Vec<Finding>,
    /// Where each thing with an id was first met.
    seen: BTreeMap<String, String>,
    /// What facts and rows name: who, what, and the finding if there is no such thing.
    named: Vec<Named>,
    /// The rows, with the tables that they name.
    rows: Vec<(String, Row)>,
}

/// A thing named by another.
struct Named {
    /// Who names it.
    owner: String,
    /// `source`, `fact` or `table`.
    kind: &'static str,
    /// Its id.
    id: String,
    /// Where, without a message yet.
    at: Finding,
}

impl Loader {
    fn unreadable(&mut self, file: &Path, error: &std::io::Error) {
        let message = format!("cannot be read: {error}");
        self.findings.push(Finding { file: file.to_owned(), line: 1, message });
    }

    fn file(&mut self, place: Place<'_>) {
        let (document, errors) = DeTable::parse_recoverable(place.text);
        if !errors.is_empty() {
            for error in errors {
                let mistake = FactMistake::Syntax { message: error.message().to_owned() };
                let offset = error.span().map_or(0, |span| span.start);
                self.findings.push(place.finding(offset, mistake));
            }
            return;
        }
        for (name, value) in document.get_ref() {
            let tables = value.get_ref().as_array().map_or(&[][..], |tables| tables);
            let kind = name.get_ref().as_ref();
            if !KINDS.contains(&kind) {
                let valid = KINDS.map(|kind| format!("[[{kind}]]"));
                let mistake = FactMistake::UnknownKey {
                    key: kind.to_owned(),
                    owner: "the file".to_owned(),
                    hint: did_you_mean(kind, KINDS),
                    valid: listed(&valid, " and "),
                };
                self.findings.push(place.finding(name.span().start, mistake));
                continue;
            }
            for table in tables {
                if let DeValue::Table(inner) = table.get_ref() {
                    let table = (inner, table.span().start);
                    match kind {
                        "source" => self.source(table, place),
                        "fact" => self.fact(table, place),
                        "term" => self.term(table, place),
                        "table" => self.table(table, place),
                        _ => self.row(table, place),
                    }
                }
            }
        }
    }

    fn source(&mut self, table: (&DeTable<'_>, usize), place: Place<'_>) {
        let mut table = Table::new("source", table, place);
        let id = table.id("id = \"short-name\"");
        let title = table.required("title", "title = \"…\", as the document has it");
        let by = table.text("by").map(|(by, _)| by.to_owned());
        let url = table.required("url", "url = \"https://…\"").filter(|(url, offset)| {
            let mistake = outside::mistake(url);
            if let Some(why) = mistake {
                let owner = table.owner.clone();
                table.note(*offset, FactMistake::Url { owner, url: (*url).to_owned(), why });
            }
            mistake.is_none()
        });
        let published = table.date("published");
        let read = table.required("read", "read = \"YYYY-MM\", when it was read");
        let read = read.and_then(|_| table.date("read"));
        let lang = table.text("lang").map_or("en", |(lang, _)| lang).to_owned();
        self.first(&mut table, id);
        self.findings.extend(table.finish());
        if let (Some(id), Some((title, _)), Some((url, _)), Some(read)) = (id, title, url, read) {
            let id = SourceId(id.to_owned());
            let (title, url) = (title.to_owned(), url.to_owned());
            let source = Source { id: id.clone(), title, by, url, published, read, lang };
            self.facts.sources.entry(id).or_insert(source);
        }
    }

    fn fact(&mut self, table: (&DeTable<'_>, usize), place: Place<'_>) {
        let mut table = Table::new("fact", table, place);
        let id = table.id("id = \"short-name\"");
        let date = table.date("date");
        let versions = table.versions();
        let tracks = Track::ALL.map(|track| (track.name(), track));
        let kind = table.text("kind").and_then(|kind| table.word("kind", kind, &tracks));
        let timeline = table.flag("timeline");
        let claim = claim(&mut table);
        let sources = table.texts("sources", "sources = [\"…\"], the ids of documents that say so");
        let confidence = table
            .required("confidence", "confidence = \"confirmed\", \"unverified\" or \"disputed\"")
            .and_then(|word| table.word("confidence", word, &Confidence::NAMES));
        let note = table.translated("note");
        needs(&mut table, timeline && date.is_none(), "date");
        needs(&mut table, timeline && kind.is_none(), "kind");
        if confidence == Some(Confidence::Disputed) && note.is_none() {
            let owner = table.owner.clone();
            table.note_here(FactMistake::DisputedWithoutNote { owner });
        }
        self.first(&mut table, id);
        self.names(&table.owner, "source", &sources, place);
        self.findings.extend(table.finish());
        if let (Some(id), Some(claim), Some(confidence)) = (id, claim, confidence) {
            let id = FactId(id.to_owned());
            let sources = sources.iter().map(|(id, _)| SourceId((*id).to_owned())).collect();
            let key = id.clone();
            let fact =
                Fact { id, date, versions, kind, timeline, claim, sources, confidence, note };
            self.facts.facts.entry(key).or_insert(fact);
        }
    }

    fn names(&mut self, owner: &str, kind: &'static str, ids: &[(&str, usize)], place: Place<'_>) {
        self.named.extend(ids.iter().map(|(id, offset)| Named {
            owner: owner.to_owned(),
            kind,
            id: (*id).to_owned(),
            at: place.finding(*offset, ""),
        }));
    }

    /// Notes a second table of the same kind with the same id.
    fn first(&mut self, table: &mut Table<'_>, id: Option<&str>) {
        if id.is_none() {
            return;
        }
        if let Some(first) = self.seen.get(&table.owner) {
            let (owner, first) = (table.owner.clone(), first.clone());
            table.note_here(FactMistake::Duplicate { owner, first });
        } else {
            self.seen.insert(table.owner.clone(), table.here());
        }
    }

    fn finish(mut self) -> (Facts, Vec<Finding>) {
        for named in std::mem::take(&mut self.named) {
            let Named { owner, kind, id, mut at } = named;
            if self.seen.contains_key(&format!("{kind} `{id}`")) {
                continue;
            }
            let known = self
                .seen
                .keys()
                .filter_map(|seen| seen.strip_prefix(kind)?.strip_prefix(" `")?.strip_suffix('`'));
            let hint = did_you_mean(&id, known);
            at.message = FactMistake::unknown(kind, owner, id, hint).to_string();
            self.findings.push(at);
        }
        for (table, row) in self.rows {
            if let Some(table) = self.facts.tables.get_mut(&table) {
                table.rows.push(row);
            }
        }
        (self.facts, self.findings)
    }
}

fn claim(table: &mut Table<'_>) -> Option<super::Translated> {
    if table.has("claim") {
        return table.translated("claim");
    }
    let owner = table.owner.clone();
    let example = "claim.en = \"…\" and claim.zh-CN = \"…\"";
    table.note_here(FactMistake::Missing { owner, key: "claim", example });
    None
}

fn needs(table: &mut Table<'_>, lacking: bool, key: &'static str) {
    if lacking && !table.has(key) {
        let owner = table.owner.clone();
        table.note_here(FactMistake::TimelineNeeds { owner, key });
    }
}
