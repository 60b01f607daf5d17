//! The recordings, each read once however often a book shows it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use simulator_model::store::{NODE_FILE, Store, StoreError, read_gzip};
use simulator_model::{Recording, RuntimePath};

use crate::block::Block;
use crate::finding::Finding;
use crate::nearest::{did_you_mean, listed};

/// The file of the durations, in the folder of the recordings.
const TIMINGS_FILE: &str = "timings.json";
/// The recording of all hops, in the same folder.
const DEEP_FILE: &str = "deep/dockershim/simple.jsonl.gz";

/// What can be wrong with what a block says about recordings.
#[derive(Debug, thiserror::Error)]
pub enum RecordingMistake {
    /// A key that must be there is not.
    #[error("the block has no `{key}`; add {example}")]
    Missing {
        /// The key.
        key: &'static str,
        /// How it could look.
        example: String,
    },
    /// Nothing was recorded under this name.
    #[error("unknown scenario `{name}`; valid scenarios are {valid}{hint}")]
    UnknownScenario {
        /// The name.
        name: String,
        /// A guess at what was meant.
        hint: String,
        /// The names there are.
        valid: String,
    },
    /// The scenario was not recorded on this path.
    #[error("unknown path `{name}` for scenario `{scenario}`; valid paths are {valid}{hint}")]
    UnknownPath {
        /// The path.
        name: String,
        /// The scenario.
        scenario: String,
        /// A guess at what was meant.
        hint: String,
        /// The paths there are.
        valid: String,
    },
    /// The recording cannot be read.
    #[error("the recording of `{scenario}` cannot be read: {source}")]
    Unreadable {
        /// The scenario.
        scenario: String,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// A file beside the recordings cannot be read.
    #[error("`{}` is no JSON: {source}", .file.display())]
    Json {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

/// How long calls of one name took, in µs, over all recordings of a path.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// How many were measured.
    pub count: u64,
    /// The middle one.
    pub median: i64,
    /// One in ten was faster.
    pub p10: i64,
    /// One in ten was slower.
    pub p90: i64,
}

/// The recordings of a folder.
#[derive(Debug)]
pub struct Recordings {
    root: PathBuf,
    read: RefCell<BTreeMap<(RuntimePath, String), Recording>>,
}

impl Recordings {
    /// The recordings of a folder, which is looked at when something is asked for.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), read: RefCell::default() }
    }

    /// The folder as a store.
    ///
    /// # Errors
    ///
    /// When there is no recording in it.
    pub fn store(&self) -> Result<Store, StoreError> {
        Store::open(&self.root)
    }

    /// One recording.
    ///
    /// # Errors
    ///
    /// When it is not there or cannot be read.
    pub fn recording(&self, path: RuntimePath, scenario: &str) -> Result<Recording, StoreError> {
        let mut read = self.read.borrow_mut();
        let key = (path, scenario.to_owned());
        if !read.contains_key(&key) {
            read.insert(key.clone(), self.store()?.recording(path, scenario)?);
        }
        Ok(read[&key].clone())
    }

    /// The OCI specifications that runc was given, by what they are for: `container:main:0`.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn oci(
        &self,
        path: RuntimePath,
        scenario: &str,
    ) -> Result<BTreeMap<String, Value>, StoreError> {
        let file = self.root.join(path.name()).join(scenario).join(NODE_FILE);
        if !file.is_file() {
            return Ok(BTreeMap::new());
        }
        let node: Value = serde_json::from_str(&read_gzip(&file)?).unwrap_or_default();
        let specs = node.get("oci").and_then(Value::as_object).into_iter().flatten();
        Ok(specs.map(|(name, spec)| (subject(name), spec.clone())).collect())
    }

    /// The lines of the one recording that shows the hops below Docker too: `simple`, dockershim.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn deep(&self) -> Result<Vec<Value>, RecordingMistake> {
        let text = read_gzip(&self.root.join(DEEP_FILE)).map_err(|source| {
            RecordingMistake::Unreadable { scenario: DEEP_FILE.to_owned(), source }
        })?;
        let lines: Result<Vec<Value>, _> = text.lines().map(serde_json::from_str).collect();
        lines.map_err(|source| RecordingMistake::Json { file: DEEP_FILE.into(), source })
    }

    /// The durations of the calls of a path, by name.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn timings(&self, path: RuntimePath) -> Result<BTreeMap<String, Timing>, RecordingMistake> {
        let file = self.root.join(TIMINGS_FILE);
        let text = fs::read_to_string(&file).map_err(|source| RecordingMistake::Unreadable {
            scenario: TIMINGS_FILE.to_owned(),
            source: StoreError::Io { file: file.clone(), source },
        })?;
        let all: Value = serde_json::from_str(&text)
            .map_err(|source| RecordingMistake::Json { file, source })?;
        let of_path = all.get(path.name()).and_then(Value::as_object).into_iter().flatten();
        Ok(of_path.filter_map(|(name, it)| Some((name.clone(), timing(it)?))).collect())
    }

    /// The scenario that a block names, if it was recorded.
    pub fn scenario<'a>(
        &self,
        block: &Block<'a>,
        findings: &mut Vec<Finding>,
    ) -> Option<(&'a str, Store)> {
        let mut note = |offset, mistake| findings.push(block.page.finding(offset, mistake));
        let start = block.fence.range.start;
        let Some((scenario, offset)) = block.get("scenario") else {
            if block.is_whole {
                note(start, missing("scenario", "`scenario=simple`"));
            }
            return None;
        };
        let store = match self.store() {
            Ok(store) => store,
            Err(source) => {
                let scenario = scenario.to_owned();
                note(start, RecordingMistake::Unreadable { scenario, source });
                return None;
            }
        };
        let known = store.scenarios();
        if !known.iter().any(|name| name == scenario) {
            note(
                offset,
                RecordingMistake::UnknownScenario {
                    name: scenario.to_owned(),
                    hint: did_you_mean(scenario, known.iter().map(String::as_str)),
                    valid: listed(&known, " and "),
                },
            );
            return None;
        }
        Some((scenario, store))
    }
}

/// A key is missing.
pub(crate) fn missing(key: &'static str, example: &str) -> RecordingMistake {
    RecordingMistake::Missing { key, example: example.into() }
}

/// The path of this name, if the scenario was recorded on it.
///
/// # Errors
///
/// When it was not.
pub fn path(
    name: &str,
    scenario: &str,
    known: &[RuntimePath],
) -> Result<RuntimePath, RecordingMistake> {
    let names: Vec<&str> = known.iter().map(|path| path.name()).collect();
    known.iter().copied().find(|path| path.name() == name).ok_or_else(|| {
        RecordingMistake::UnknownPath {
            name: name.to_owned(),
            scenario: scenario.to_owned(),
            hint: did_you_mean(name, names.iter().copied()),
            valid: listed(&names, " and "),
        }
    })
}

/// `container-my-app-0`, as the file has it, as `container:my-app:0`, as the calls have it.
fn subject(name: &str) -> String {
    match (name.split_once('-'), name.rsplit_once('-')) {
        (Some((kind, rest)), Some((_, attempt))) if rest.len() > attempt.len() => {
            format!("{kind}:{}:{attempt}", &rest[..rest.len() - attempt.len() - 1])
        }
        _ => name.to_owned(),
    }
}

fn timing(value: &Value) -> Option<Timing> {
    let number = |key: &str| value.get(key)?.as_i64();
    Some(Timing {
        count: value.get("count")?.as_u64()?,
        median: number("median")?,
        p10: number("p10")?,
        p90: number("p90")?,
    })
}
