//! The model held against every recording of this repository.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use simulator_model::compare::{self, Figures};
use simulator_model::store::{self, Store};
use simulator_model::{RuntimePath, export, simulate};

use crate::scenario_file;

/// One line of the table: the figures of the first seed, and the best of all seeds.
///
/// Chance decides some orders on a real node, and each recording shows one outcome of it. A seed for
/// which the model says exactly what was recorded shows that the outcome is among the model's own.
pub(crate) struct Row {
    pub(crate) scenario: String,
    pub(crate) path: RuntimePath,
    pub(crate) first: Figures,
    pub(crate) best: Figures,
    pub(crate) best_seed: u64,
}

/// The table: every scenario on every path that was recorded, or only those named.
pub(crate) fn table(only: &[String], paths: &[RuntimePath], seeds: u64) -> Result<Vec<Row>> {
    let root = store::folder();
    let scenarios = root.parent().unwrap_or(Path::new(".")).join("scenarios");
    let store = Store::open(root).context("cannot read the recordings")?;
    let mut rows = Vec::new();
    for scenario in store.scenarios() {
        if !only.is_empty() && !only.contains(&scenario) {
            continue;
        }
        let played = scenario_file::read(&scenarios.join(format!("{scenario}.yaml")))?;
        for path in store.paths_of(&scenario) {
            if !paths.is_empty() && !paths.contains(&path) {
                continue;
            }
            let text = store.calls_text(path, &scenario)?;
            let lines: Result<Vec<Value>, _> = text.lines().map(serde_json::from_str).collect();
            let recorded = lines.context("a recording has a line that is no JSON")?;
            let figures =
                |seed| compare::figures(&recorded, &export::lines(&simulate(&played, path, seed)));
            rows.push(row(scenario.clone(), path, seeds, figures));
        }
    }
    Ok(rows)
}

fn row(scenario: String, path: RuntimePath, seeds: u64, figures: impl Fn(u64) -> Figures) -> Row {
    let first = figures(0);
    let (mut best, mut best_seed) = (first.clone(), 0);
    for seed in 1..seeds {
        if best.agree() {
            break;
        }
        let found = figures(seed);
        if wrong(&found) < wrong(&best) {
            (best, best_seed) = (found, seed);
        }
    }
    Row { scenario, path, first, best, best_seed }
}

/// How much differs, calls first.
fn wrong(figures: &Figures) -> (usize, usize, usize) {
    let missing = |share: compare::Share| share.of - share.same;
    (missing(figures.calls), missing(figures.polls), missing(figures.fields))
}
