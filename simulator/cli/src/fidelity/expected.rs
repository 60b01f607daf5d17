//! The differences that are known, each with its cause, and a seed at which there is none.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;
use simulator_model::{RuntimePath, store};

use crate::fidelity::Row;

/// `simulator/fidelity.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    /// Causes by their short names.
    causes: BTreeMap<String, String>,
    /// The recordings from which the typical run differs.
    differences: Vec<Known>,
}

/// How the typical run differs from one recording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    scenario: String,
    path: String,
    /// A seed at which nothing differs.
    seed: Option<u64>,
    /// Each difference, by its cause.
    differs: BTreeMap<String, Vec<String>>,
}

/// The file in this repository.
fn file() -> PathBuf {
    store::folder().with_file_name("fidelity.yaml")
}

impl Expected {
    /// Reads the file.
    pub(crate) fn read() -> Result<Self> {
        let file = file();
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        serde_yaml_ng::from_str(&text)
            .with_context(|| format!("cannot understand `{}`", file.display()))
    }

    fn known(&self, scenario: &str, path: RuntimePath) -> Option<&Known> {
        self.differences
            .iter()
            .find(|known| known.scenario == scenario && known.path == path.name())
    }

    /// A seed that is known to give wholly the recorded run.
    pub(crate) fn hit(&self, scenario: &str, path: RuntimePath) -> Option<u64> {
        self.known(scenario, path)?.seed
    }

    /// The causes by which a recording differs from the typical run.
    pub(crate) fn causes_of(&self, row: &Row) -> String {
        let known = self.known(&row.scenario, row.path);
        let causes = known.into_iter().flat_map(|known| known.differs.keys().cloned());
        causes.collect::<Vec<_>>().join(", ")
    }

    /// What the file says and the rows do not, and the other way round; nothing when all is well.
    pub(crate) fn mistakes(&self, rows: &[Row], selected: bool) -> Vec<String> {
        let mut mistakes = Vec::new();
        for row in rows {
            self.check(row, &mut mistakes);
        }
        for known in &self.differences {
            let (scenario, path) = (&known.scenario, &known.path);
            let is_it = |row: &Row| row.scenario == *scenario && row.path.name() == path;
            if !selected && !rows.iter().any(is_it) {
                mistakes
                    .push(format!("{scenario} on {path}: listed, but there is no such recording"));
            }
            for cause in known.differs.keys().filter(|cause| !self.causes.contains_key(*cause)) {
                mistakes
                    .push(format!("{scenario} on {path}: the cause `{cause}` is not described"));
            }
        }
        mistakes
    }

    fn check(&self, row: &Row, mistakes: &mut Vec<String>) {
        let known = self.known(&row.scenario, row.path);
        let place = format!("{} on {}", row.scenario, row.path);
        let mut listed: Vec<_> =
            known.into_iter().flat_map(|known| known.differs.values().flatten().cloned()).collect();
        for found in row.differences() {
            match listed.iter().position(|line| *line == found) {
                Some(index) => drop(listed.swap_remove(index)),
                None => mistakes.push(format!("{place}: new difference: {found}")),
            }
        }
        mistakes.extend(listed.iter().map(|gone| format!("{place}: listed, but gone: {gone}")));
        if let Some(seed) = known.and_then(|known| known.seed).filter(|seed| row.hit != Some(*seed))
        {
            mistakes.push(format!("{place}: seed {seed} does not give the recorded run any more"));
        }
    }
}

/// A difference without what is nested in it: enough to know it again.
pub(super) fn short(line: &str) -> String {
    let ends = [" [", " Some(", " None", ": \""];
    let end = ends.iter().filter_map(|end| line.find(end)).min().unwrap_or(line.len());
    line[..end].trim().to_owned()
}

/// The rows as the file would list them, with the causes that are known already.
pub(crate) fn listing(expected: &Expected, rows: &[Row]) -> String {
    let mut text = String::from("differences:\n");
    for row in rows.iter().filter(|row| !row.differences().is_empty()) {
        let _ = writeln!(text, "- scenario: {}\n  path: {}", row.scenario, row.path);
        if let Some(seed) = row.hit {
            let _ = writeln!(text, "  seed: {seed}");
        }
        text.push_str("  differs:\n");
        let known = expected.known(&row.scenario, row.path);
        let mut by_cause: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for found in row.differences() {
            let causes = known.into_iter().flat_map(|known| &known.differs);
            let mut causes = causes.filter(|(_, lines)| lines.contains(&found));
            let cause = causes.next().map_or("unknown", |(cause, _)| cause);
            by_cause.entry(cause).or_default().push(found);
        }
        for (cause, lines) in by_cause {
            let _ = writeln!(text, "    {cause}:");
            for line in lines {
                let _ = writeln!(text, "    - {}", serde_json::Value::from(line));
            }
        }
    }
    text
}
