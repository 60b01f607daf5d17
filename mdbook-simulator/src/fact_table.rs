//! A `facts` block becomes a table of facts.
//!
//! ````text
//! ```facts table=sockets
//! ```
//! ````
//!
//! Most tables are in the data (see [`FactTable`]); those about kubelet versions are the model's own
//! ([`simulator_model::versions`]).

mod versions;

use crate::bibliography::Bibliography;
use crate::block::Block;
use crate::facts::{Fact, FactTable, Facts, Row};
use crate::finding::Finding;
use crate::language::Language;
use crate::nearest::{did_you_mean, listed};
use crate::table::MarkdownTable;

/// What can be wrong with a `facts` block.
#[derive(Debug, thiserror::Error)]
pub enum FactTableMistake {
    /// No such table.
    #[error("unknown table `{name}`; valid tables are {valid}{hint}")]
    Unknown {
        /// As written.
        name: String,
        /// A guess at what was meant.
        hint: String,
        /// The names there are.
        valid: String,
    },
    /// No `table`.
    #[error("the block has no `table`; add one of {valid}")]
    Missing {
        /// The names there are.
        valid: String,
    },
}

/// The table for a block.
pub fn table<'a>(
    block: &Block<'_>,
    facts: &'a Facts,
    language: Language,
    bibliography: &mut Bibliography<'a>,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let Some((name, offset)) = block.get("table") else {
        if block.is_whole {
            let mistake = FactTableMistake::Missing { valid: listed(&names(facts), " and ") };
            findings.push(block.page.finding(block.fence.range.start, mistake));
        }
        return None;
    };
    if let Some(table) = versions::table(name, language) {
        return Some(table);
    }
    let Some(table) = facts.tables.get(name) else {
        let names = names(facts);
        let mistake = FactTableMistake::Unknown {
            name: name.to_owned(),
            hint: did_you_mean(name, names.iter().copied()),
            valid: listed(&names, " and "),
        };
        findings.push(block.page.finding(offset, mistake));
        return None;
    };
    Some(written(table, facts, language, bibliography))
}

/// Whether a block shows a table whose rows are cited.
pub(crate) fn is_cited(block: &Block<'_>, facts: &Facts) -> bool {
    block.get("table").is_some_and(|(name, _)| facts.tables.contains_key(name))
}

fn names(facts: &Facts) -> Vec<&str> {
    let mut names: Vec<&str> = facts.tables.keys().map(String::as_str).collect();
    names.extend(versions::NAMES);
    names.sort_unstable();
    names
}

fn written<'a>(
    table: &'a FactTable,
    facts: &'a Facts,
    language: Language,
    bibliography: &mut Bibliography<'a>,
) -> String {
    let headings: Vec<&str> = table.columns.iter().map(|column| column.get(language)).collect();
    let mut markdown = MarkdownTable::new(&headings);
    for row in &table.rows {
        let mut cells: Vec<String> =
            row.cells.iter().map(|cell| cell.get(language).to_owned()).collect();
        let citation = bibliography.cite(&borne_out_by(row, facts));
        if let Some(last) = cells.last_mut() {
            last.push_str(&citation);
        }
        markdown.row(&cells);
    }
    markdown.finish()
}

fn borne_out_by<'a>(row: &'a Row, facts: &'a Facts) -> Vec<&'a Fact> {
    let named = row.facts.iter().filter_map(|id| facts.facts.get(id));
    named.chain(row.own.as_ref()).collect()
}
