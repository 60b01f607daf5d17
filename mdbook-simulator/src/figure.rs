//! A `simulator` block becomes the element of the simulator, with a static figure inside.
//!
//! ````text
//! ```simulator scenario=simple paths=dockershim,containerd
//! ```
//! ````

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use simulator_model::store::{Store, StoreError};
use simulator_model::{Recording, RuntimePath};
use simulator_view::{Lang, Run, static_figure};

use crate::block::Block;
use crate::finding::Finding;
use crate::html::without_blank_lines;
use crate::language::Language;
use crate::nearest::{did_you_mean, listed};

/// What can be wrong with a `simulator` block.
#[derive(Debug, thiserror::Error)]
pub enum FigureMistake {
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
    /// A path given twice.
    #[error("path `{name}` is given twice; keep one")]
    PathTwice {
        /// The path.
        name: String,
    },
    /// More lanes than a page has room for.
    #[error("{count} paths do not fit beside each other; give one or two")]
    TooManyPaths {
        /// How many were given.
        count: usize,
    },
    /// The recording cannot be read.
    #[error("the recording of `{scenario}` cannot be read: {source}")]
    Recording {
        /// The scenario.
        scenario: String,
        /// Why.
        #[source]
        source: StoreError,
    },
}

/// How many runs a figure shows at most.
const PATHS_MAX: usize = 2;

/// The recordings, each read once however many figures show it.
#[derive(Debug)]
pub struct Figures {
    root: PathBuf,
    read: RefCell<BTreeMap<(RuntimePath, String), Recording>>,
}

impl Figures {
    /// Figures of the recordings in a folder, which is looked at when the first figure is drawn.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), read: RefCell::default() }
    }

    /// The element for a block; `number` counts the figures of a page from 1.
    pub fn element(
        &self,
        block: &Block<'_>,
        number: usize,
        language: Language,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        let (scenario, paths) = self.named(block, findings)?;
        let id = format!("sim-{number}");
        match self.runs(scenario, &paths) {
            Ok(runs) => Some(element(&id, scenario, &paths, language, &runs)),
            Err(source) => {
                let mistake = FigureMistake::Recording { scenario: scenario.to_owned(), source };
                findings.push(block.page.finding(block.fence.range.start, mistake));
                None
            }
        }
    }

    /// The scenario and the paths that the block names, if all are there.
    fn named<'a>(
        &self,
        block: &Block<'a>,
        findings: &mut Vec<Finding>,
    ) -> Option<(&'a str, Vec<RuntimePath>)> {
        let mut note = |offset, mistake| findings.push(block.page.finding(offset, mistake));
        let start = block.fence.range.start;
        let missing = |key, example: &str| FigureMistake::Missing { key, example: example.into() };
        let paths = block.list("paths");
        if paths.is_empty() && block.is_whole {
            note(start, missing("paths", "`paths=dockershim,containerd`"));
        }
        let Some((scenario, offset)) = block.get("scenario") else {
            if block.is_whole {
                note(start, missing("scenario", "`scenario=simple`"));
            }
            return None;
        };
        let store = match Store::open(&self.root) {
            Ok(store) => store,
            Err(source) => {
                note(start, FigureMistake::Recording { scenario: scenario.to_owned(), source });
                return None;
            }
        };
        let known = store.scenarios();
        if !known.iter().any(|name| name == scenario) {
            note(
                offset,
                FigureMistake::UnknownScenario {
                    name: scenario.to_owned(),
                    hint: did_you_mean(scenario, known.iter().map(String::as_str)),
                    valid: listed(&known, " and "),
                },
            );
            return None;
        }
        let known = store.paths_of(scenario);
        let mut chosen = Vec::new();
        for (name, offset) in &paths {
            match path(name, scenario, &known, &chosen) {
                Ok(path) => chosen.push(path),
                Err(mistake) => note(*offset, mistake),
            }
        }
        if paths.len() > PATHS_MAX {
            note(paths[0].1, FigureMistake::TooManyPaths { count: paths.len() });
        }
        let is_right = block.is_whole
            && !paths.is_empty()
            && chosen.len() == paths.len()
            && paths.len() <= PATHS_MAX;
        is_right.then_some((scenario, chosen))
    }

    fn runs(&self, scenario: &str, paths: &[RuntimePath]) -> Result<Vec<Run>, StoreError> {
        let store = Store::open(&self.root)?;
        let mut read = self.read.borrow_mut();
        let mut runs = Vec::new();
        for path in paths {
            let key = (*path, scenario.to_owned());
            if !read.contains_key(&key) {
                read.insert(key.clone(), store.recording(*path, scenario)?);
            }
            runs.push(Run::new(read[&key].clone()));
        }
        Ok(runs)
    }
}

fn path(
    name: &str,
    scenario: &str,
    known: &[RuntimePath],
    chosen: &[RuntimePath],
) -> Result<RuntimePath, FigureMistake> {
    let names: Vec<&str> = known.iter().map(|path| path.name()).collect();
    let Some(path) = known.iter().copied().find(|path| path.name() == name) else {
        return Err(FigureMistake::UnknownPath {
            name: name.to_owned(),
            scenario: scenario.to_owned(),
            hint: did_you_mean(name, names.iter().copied()),
            valid: listed(&names, " and "),
        });
    };
    if chosen.contains(&path) {
        return Err(FigureMistake::PathTwice { name: name.to_owned() });
    }
    Ok(path)
}

/// The element that the browser brings to life; the tokens in it become addresses of files when
/// the site is put together.
fn element(
    id: &str,
    scenario: &str,
    paths: &[RuntimePath],
    language: Language,
    runs: &[Run],
) -> String {
    let names: Vec<&str> = paths.iter().map(|path| path.name()).collect();
    let data: Vec<String> = names
        .iter()
        .map(|path| format!("data-{path}=\"@asset:recordings/{path}/{scenario}.json@\""))
        .collect();
    let lang = match language {
        Language::En => Lang::En,
        Language::ZhCn => Lang::ZhCn,
    };
    let figure = without_blank_lines(&static_figure(id, runs, lang));
    format!(
        "<dockershim-simulator id=\"{id}\" scenario=\"{scenario}\" paths=\"{}\" lang=\"{language}\" \
         data-module=\"@asset:simulator/simulator_ui.js@\" \
         data-wasm=\"@asset:simulator/simulator_ui_bg.wasm@\" {}>\n{figure}\n\
         </dockershim-simulator>",
        names.join(","),
        data.join(" ")
    )
}
