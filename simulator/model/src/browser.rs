//! The recordings as a page loads them: one JSON file for each path and scenario.

use std::fs;
use std::path::{Path, PathBuf};

use crate::RuntimePath;
use crate::store::{Store, StoreError};

/// Writes `OUT/PATH/SCENARIO.json` for every path on which each scenario was recorded, and gives
/// the names of the files relative to `OUT`. An empty list of scenarios means all.
///
/// A file is a JSON array of the lines of the recording: [`crate::Recording::from_json_array`]
/// reads it.
///
/// # Errors
///
/// When a scenario is not known, or a file cannot be read or written.
pub fn write(store: &Store, out: &Path, scenarios: &[String]) -> Result<Vec<PathBuf>, StoreError> {
    let all = store.scenarios();
    let scenarios = if scenarios.is_empty() { &all } else { scenarios };
    let mut written = Vec::new();
    for scenario in scenarios {
        if !all.contains(scenario) {
            let known = all.clone();
            return Err(StoreError::UnknownScenario { scenario: scenario.clone(), known });
        }
        for path in store.paths_of(scenario) {
            written.push(write_one(store, out, path, scenario)?);
        }
    }
    Ok(written)
}

fn write_one(
    store: &Store,
    out: &Path,
    path: RuntimePath,
    scenario: &str,
) -> Result<PathBuf, StoreError> {
    let text = store.calls_text(path, scenario)?;
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let name = Path::new(path.name()).join(format!("{scenario}.json"));
    let file = out.join(&name);
    let folder = file.parent().unwrap_or(out);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&file, format!("[{}]\n", lines.join(",\n"))))
        .map_err(|source| StoreError::Io { file, source })?;
    Ok(name)
}
