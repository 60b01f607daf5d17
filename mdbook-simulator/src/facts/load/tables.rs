//! Reads the tables of facts and their rows.

use toml::de::DeTable;

use super::super::read::Table;
use super::super::{Confidence, Fact, FactId, FactMistake, FactTable, Row, SourceId, Translated};
use super::Loader;
use crate::finding::Place;

impl Loader {
    pub(super) fn table(&mut self, table: (&DeTable<'_>, usize), place: Place<'_>) {
        let mut table = Table::new("table", table, place);
        let id = table.id("id = \"short-name\"");
        let columns = table.cells("columns");
        self.first(&mut table, id);
        self.findings.extend(table.finish());
        if let Some(id) = id {
            let of_this = FactTable { id: id.to_owned(), columns, rows: Vec::new() };
            self.facts.tables.entry(id.to_owned()).or_insert(of_this);
        }
    }

    pub(super) fn row(&mut self, table: (&DeTable<'_>, usize), place: Place<'_>) {
        let mut table = Table::new("row", table, place);
        let of = table.required("table", "table = \"…\", the id of a table above");
        let cells = table.cells("cells");
        let facts = table.texts_if_any("facts");
        let sources = table.texts_if_any("sources");
        let confidence = table.text("confidence");
        let confidence = confidence
            .and_then(|word| table.word("confidence", word, &Confidence::NAMES))
            .unwrap_or(Confidence::Confirmed);
        let note = table.translated("note");
        let owner = of.map_or_else(|| table.owner.clone(), |(of, _)| format!("a row of `{of}`"));
        if facts.is_empty() && sources.is_empty() {
            table.note_here(FactMistake::RowWithoutSource { owner: owner.clone() });
        }
        if confidence == Confidence::Disputed && note.is_none() {
            table.note_here(FactMistake::DisputedWithoutNote { owner: owner.clone() });
        }
        if let Some((of, offset)) = of {
            self.names(&owner, "table", &[(of, offset)], place);
            let width = self.facts.tables.get(of).map_or(cells.len(), |table| table.columns.len());
            if width != cells.len() {
                let mistake = FactMistake::RowWidth { owner: owner.clone(), width };
                table.note_here(mistake);
            }
        }
        self.names(&owner, "source", &sources, place);
        self.names(&owner, "fact", &facts, place);
        self.findings.extend(table.finish());
        let Some((of, _)) = of else { return };
        let facts = facts.into_iter().map(|(id, _)| FactId(id.to_owned())).collect();
        let sources: Vec<SourceId> =
            sources.into_iter().map(|(id, _)| SourceId(id.to_owned())).collect();
        let claim = cells.first().cloned();
        let own = (!sources.is_empty() || note.is_some()).then(|| row_fact(claim, sources));
        let own = own.map(|fact| Fact { confidence, note, ..fact });
        self.rows.push((of.to_owned(), Row { cells, facts, own }));
    }
}

/// The documents of a row as a fact, so that they are cited in the same way.
fn row_fact(claim: Option<Translated>, sources: Vec<SourceId>) -> Fact {
    let nothing = || Translated { en: String::new(), zh_cn: String::new() };
    Fact {
        id: FactId("row".to_owned()),
        date: None,
        versions: None,
        kind: None,
        timeline: false,
        claim: claim.unwrap_or_else(nothing),
        sources,
        confidence: Confidence::Confirmed,
        note: None,
    }
}
