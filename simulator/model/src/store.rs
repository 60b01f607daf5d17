//! The recordings kept in this repository, on disk.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;

use crate::recording::ReadError;
use crate::{Recording, RuntimePath};

/// The file of a recording's calls, inside its folder.
pub const CALLS_FILE: &str = "calls.jsonl.gz";
/// The file of everything else that was written down about the node, inside the same folder.
pub const NODE_FILE: &str = "node.json.gz";

/// The folder of recordings in this repository, as it was when the program was compiled.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("recordings")
}

/// A folder of recordings: `PATH/SCENARIO/calls.jsonl.gz`.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

/// A recording that cannot be had from the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder has no recordings in it.
    #[error(
        "no recordings in `{}`; run `cargo xtask import-recordings DIR` or name another folder",
        .root.display()
    )]
    NoRecordings {
        /// The folder.
        root: PathBuf,
    },
    /// No recording of the scenario on any path.
    #[error("unknown scenario `{scenario}`; the scenarios are {}", .known.join(", "))]
    UnknownScenario {
        /// The name as it was given.
        scenario: String,
        /// The names that would have worked.
        known: Vec<String>,
    },
    /// The scenario was recorded, but not on this path.
    #[error("no recording of `{scenario}` on `{path}`; it was recorded on {}", .on.join(", "))]
    NotRecorded {
        /// The scenario.
        scenario: String,
        /// The path that was asked for.
        path: RuntimePath,
        /// The paths that would have worked.
        on: Vec<String>,
    },
    /// The file cannot be read.
    #[error("cannot read `{}`: {source}", .file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is no recording.
    #[error("`{}` is no recording: {source}", .file.display())]
    Recording {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        #[source]
        source: ReadError,
    },
}

impl Store {
    /// Opens a folder of recordings.
    ///
    /// # Errors
    ///
    /// When there is no recording in it.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let store = Self { root: root.into() };
        if store.scenarios().is_empty() {
            return Err(StoreError::NoRecordings { root: store.root });
        }
        Ok(store)
    }

    /// The names of all scenarios, sorted.
    pub fn scenarios(&self) -> Vec<String> {
        let names: BTreeSet<String> =
            RuntimePath::ALL.into_iter().flat_map(|path| self.scenarios_on(path)).collect();
        names.into_iter().collect()
    }

    /// The names of the scenarios that were recorded on the path, sorted.
    pub fn scenarios_on(&self, path: RuntimePath) -> Vec<String> {
        let folders = fs::read_dir(self.root.join(path.name())).into_iter().flatten().flatten();
        let names: BTreeSet<String> = folders
            .filter(|folder| folder.path().join(CALLS_FILE).is_file())
            .filter_map(|folder| folder.file_name().into_string().ok())
            .collect();
        names.into_iter().collect()
    }

    /// The paths on which the scenario was recorded.
    pub fn paths_of(&self, scenario: &str) -> Vec<RuntimePath> {
        let recorded = |path: &RuntimePath| self.calls_file(*path, scenario).is_file();
        RuntimePath::ALL.into_iter().filter(recorded).collect()
    }

    /// Reads one recording.
    ///
    /// # Errors
    ///
    /// When the scenario or the path is not there (with the names that are), or when the file
    /// cannot be read.
    pub fn recording(&self, path: RuntimePath, scenario: &str) -> Result<Recording, StoreError> {
        let text = self.calls_text(path, scenario)?;
        let file = self.calls_file(path, scenario);
        Recording::from_json_lines(&text).map_err(|source| StoreError::Recording { file, source })
    }

    /// The text of one recording, line by line as it was written down.
    ///
    /// # Errors
    ///
    /// As [`Store::recording`].
    pub fn calls_text(&self, path: RuntimePath, scenario: &str) -> Result<String, StoreError> {
        let on = self.paths_of(scenario);
        if on.is_empty() {
            let known = self.scenarios();
            return Err(StoreError::UnknownScenario { scenario: scenario.to_owned(), known });
        }
        if !on.contains(&path) {
            let on = on.iter().map(ToString::to_string).collect();
            return Err(StoreError::NotRecorded { scenario: scenario.to_owned(), path, on });
        }
        read_gzip(&self.calls_file(path, scenario))
    }

    fn calls_file(&self, path: RuntimePath, scenario: &str) -> PathBuf {
        self.root.join(path.name()).join(scenario).join(CALLS_FILE)
    }
}

/// Reads a gzip file as text.
///
/// # Errors
///
/// When it is not there, no gzip, or no UTF-8.
pub fn read_gzip(file: &Path) -> Result<String, StoreError> {
    let read = || -> io::Result<String> {
        let mut text = String::new();
        GzDecoder::new(fs::File::open(file)?).read_to_string(&mut text)?;
        Ok(text)
    };
    read().map_err(|source| StoreError::Io { file: file.to_owned(), source })
}
