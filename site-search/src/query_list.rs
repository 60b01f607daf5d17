//! The tested queries of a language: what must be found first, and what must not be found.
//!
//! ```toml
//! [[found]]
//! query = "who wrote it"
//! page = "history/people.html"    # the page of the first result
//! anchor = "authors"              # optional: the section of it
//!
//! [[nothing]]
//! query = "除垫"
//! ```

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum QueryListError {
    /// The file cannot be read.
    #[error("the list of queries `{file}` cannot be read: {source}")]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is no list of queries.
    #[error("the list of queries `{file}` is not right: {source}")]
    Parse {
        /// The file.
        file: PathBuf,
        /// Where, and why.
        #[source]
        source: toml::de::Error,
    },
}

/// The queries of a language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryList {
    /// Queries, and what each must find first.
    pub found: Vec<Found>,
    /// Queries that must find nothing.
    pub nothing: Vec<Nothing>,
}

/// A query that must find something.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// What the reader types.
    pub query: String,
    /// The page of the first result, from the root of its book.
    pub page: String,
    /// The anchor of the first result, where it matters.
    pub anchor: Option<String>,
}

/// A query that must find nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {
    /// What the reader types.
    pub query: String,
}

impl QueryList {
    /// Reads the list of a language, such as `zh-CN`.
    pub fn load(language: &str) -> Result<Self, QueryListError> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
        let file = folder.join(format!("{language}.toml"));
        let text = std::fs::read_to_string(&file)
            .map_err(|source| QueryListError::Read { file: file.clone(), source })?;
        toml::from_str(&text).map_err(|source| QueryListError::Parse { file, source })
    }
}
