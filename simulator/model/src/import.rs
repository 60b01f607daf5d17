//! Bringing recordings into the repository: compact, checked, the same bytes every time.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};

use crate::recording::ReadError;
use crate::store::{CALLS_FILE, NODE_FILE};
use crate::{Recording, RuntimePath};

/// What was brought in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Recordings, the repeated ones among them.
    pub recordings: usize,
    /// Files written.
    pub files: usize,
    /// Bytes written.
    pub bytes: usize,
}

/// Recordings that cannot be brought in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder cannot be read or written.
    #[error("cannot read or write `{}`: {source}", .file.display())]
    Io {
        /// The file or folder.
        file: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file is no recording.
    #[error("`{}` is no recording: {source}", .file.display())]
    Recording {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        #[source]
        source: ReadError,
    },
    /// A file is no JSON.
    #[error("`{}` is no JSON: {source}", .file.display())]
    Json {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// The folder holds nothing to import.
    #[error(
        "no recordings in `{}`; it must hold PATH/SCENARIO/calls.jsonl, where PATH is dockershim, \
         cri-dockerd, containerd or cri-o",
        .from.display()
    )]
    Nothing {
        /// The folder.
        from: PathBuf,
    },
}

/// Imports every recording under `from` into `recordings`, and the scenarios and manifests into
/// `scenarios`. What those folders held of an earlier import is replaced.
///
/// # Errors
///
/// When a file cannot be read or written, or is not what it should be; the repository's old
/// recordings are kept in that case if the mistake is in the input.
///
/// # Example
///
/// ```no_run
/// use std::path::Path;
/// let counts = simulator_model::import::import(
///     Path::new("recordings"),
///     Path::new("simulator/recordings"),
///     Path::new("simulator/scenarios"),
/// )?;
/// assert!(counts.recordings > 0);
/// # Ok::<(), simulator_model::import::ImportError>(())
/// ```
pub fn import(from: &Path, recordings: &Path, scenarios: &Path) -> Result<Imported, ImportError> {
    let mut plan = Plan::default();
    for path in RuntimePath::ALL {
        plan.recordings_of(&from.join(path.name()), &recordings.join(path.name()))?;
        let repeat = Path::new("repeat").join(path.name());
        plan.recordings_of(&from.join(&repeat), &recordings.join(&repeat))?;
        let deep = Path::new("deep").join(path.name());
        plan.deep(&from.join(&deep), &recordings.join(&deep))?;
    }
    if plan.recordings == 0 {
        return Err(ImportError::Nothing { from: from.to_owned() });
    }
    for name in ["timings.json", "repeat/figures.txt"] {
        plan.copy(&from.join(name), recordings.join(name))?;
    }
    plan.scenarios(&from.join("scenarios"), scenarios)?;
    plan.copy_all(&from.join("pods"), &scenarios.join("pods"))?;
    clear(recordings)?;
    plan.carry_out()
}

/// Where the words for a reader begin in a scenario file: they come last.
const WORDS: &str = "\ntitle:";

/// The files to write, and their bytes. Nothing is written before all of them are known.
#[derive(Default)]
struct Plan {
    recordings: usize,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Plan {
    fn recordings_of(&mut self, from: &Path, to: &Path) -> Result<(), ImportError> {
        for folder in entries(from)? {
            let calls = folder.join("calls.jsonl");
            if !calls.is_file() {
                continue;
            }
            let text = read(&calls)?;
            Recording::from_json_lines(&text)
                .map_err(|source| ImportError::Recording { file: calls, source })?;
            let to = to.join(folder.file_name().unwrap_or_default());
            self.recordings += 1;
            self.files.insert(to.join(CALLS_FILE), gzip(text.as_bytes()));
            if let Some(node) = node(&folder)? {
                self.files.insert(to.join(NODE_FILE), gzip(node.as_bytes()));
            }
        }
        Ok(())
    }

    fn deep(&mut self, from: &Path, to: &Path) -> Result<(), ImportError> {
        for file in entries(from)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = read(&file)?;
            for line in text.lines() {
                checked_json(&file, line)?;
            }
            self.files.insert(to.join(format!("{name}.gz")), gzip(text.as_bytes()));
        }
        Ok(())
    }

    fn copy(&mut self, from: &Path, to: PathBuf) -> Result<(), ImportError> {
        if from.is_file() {
            self.files.insert(to, read(from)?.into_bytes());
        }
        Ok(())
    }

    fn copy_all(&mut self, from: &Path, to: &Path) -> Result<(), ImportError> {
        for file in entries(from)? {
            self.copy(&file, to.join(file.file_name().unwrap_or_default()))?;
        }
        Ok(())
    }

    /// Scenarios come without the words that this repository tells its readers: those are kept.
    fn scenarios(&mut self, from: &Path, to: &Path) -> Result<(), ImportError> {
        for file in entries(from)? {
            let target = to.join(file.file_name().unwrap_or_default());
            let mut text = read(&file)?;
            let kept = fs::read_to_string(&target).unwrap_or_default();
            if let Some(words) = kept.find(WORDS).filter(|_| !text.contains(WORDS)) {
                text.push_str(&kept[words + 1..]);
            }
            self.files.insert(target, text.into_bytes());
        }
        Ok(())
    }

    fn carry_out(self) -> Result<Imported, ImportError> {
        let mut counts = Imported { recordings: self.recordings, ..Imported::default() };
        for (file, bytes) in self.files {
            let folder = file.parent().unwrap_or(Path::new("."));
            fs::create_dir_all(folder).map_err(at(folder))?;
            fs::write(&file, &bytes).map_err(at(&file))?;
            counts.files += 1;
            counts.bytes += bytes.len();
        }
        Ok(counts)
    }
}

/// All JSON beside the calls as one object: `{"down": …, "oci": {"container-main-0": …}, "up": …}`.
/// The texts are put in as they are, so that nothing is rounded or reordered.
fn node(folder: &Path) -> Result<Option<String>, ImportError> {
    let mut members = json_members(folder)?;
    let specs = json_members(&folder.join("oci"))?;
    if !specs.is_empty() {
        members.insert("oci".to_owned(), object(&specs));
    }
    Ok((!members.is_empty()).then(|| object(&members)))
}

fn json_members(folder: &Path) -> Result<BTreeMap<String, String>, ImportError> {
    let mut members = BTreeMap::new();
    for file in entries(folder)? {
        if file.extension().is_some_and(|extension| extension == "json") {
            let text = read(&file)?;
            checked_json(&file, &text)?;
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            members.insert(name, text.trim().to_owned());
        }
    }
    Ok(members)
}

fn object(members: &BTreeMap<String, String>) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, text)| format!("{name:?}: {text}")).collect();
    format!("{{{}}}\n", members.join(",\n"))
}

fn checked_json(file: &Path, text: &str) -> Result<(), ImportError> {
    serde_json::from_str::<serde::de::IgnoredAny>(text)
        .map(|_| ())
        .map_err(|source| ImportError::Json { file: file.to_owned(), source })
}

/// gzip without a time or a name in its head: equal input, equal bytes.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("writing to memory cannot fail")
}

/// Removes what an earlier import wrote, so that a recording that is gone goes here too.
fn clear(recordings: &Path) -> Result<(), ImportError> {
    let paths = RuntimePath::ALL.map(RuntimePath::name);
    for name in paths.into_iter().chain(["repeat", "deep"]) {
        let folder = recordings.join(name);
        if folder.is_dir() {
            fs::remove_dir_all(&folder).map_err(at(&folder))?;
        }
    }
    Ok(())
}

/// The entries of a folder, sorted; none when there is no such folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let listed: io::Result<Vec<PathBuf>> =
        fs::read_dir(folder).and_then(|all| all.map(|entry| Ok(entry?.path())).collect());
    let mut entries = listed.map_err(at(folder))?;
    entries.sort();
    Ok(entries)
}

fn read(file: &Path) -> Result<String, ImportError> {
    fs::read_to_string(file).map_err(at(file))
}

fn at(file: &Path) -> impl FnOnce(io::Error) -> ImportError {
    let file = file.to_owned();
    |source| ImportError::Io { file, source }
}
