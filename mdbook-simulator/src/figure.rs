//! A `simulator` block becomes the element of the simulator, with a static figure inside.
//!
//! ````text
//! ```simulator scenario=simple paths=dockershim,containerd
//! ```
//! ````
//!
//! With `size=page` it is the big one, with the library and everything else around it.

use std::path::Path;

use simulator_model::RuntimePath;
use simulator_model::store::StoreError;
use simulator_view::{Run, static_figure};

use crate::block::Block;
use crate::finding::Finding;
use crate::html::without_blank_lines;
use crate::language::Language;
use crate::recordings::{RecordingMistake, Recordings, missing, path};

/// What can be wrong with a `simulator` block, besides its [scenario](RecordingMistake).
#[derive(Debug, thiserror::Error)]
pub enum FigureMistake {
    /// A path given twice.
    #[error("path `{name}` is given twice; keep one")]
    PathTwice {
        /// The path.
        name: String,
    },
    /// A size that is none.
    #[error("unknown size `{name}`; the only one to give is `page`")]
    UnknownSize {
        /// The size.
        name: String,
    },
    /// More lanes than a page has room for.
    #[error("{count} paths do not fit beside each other; give one or two")]
    TooManyPaths {
        /// How many were given.
        count: usize,
    },
}

/// How many runs a figure shows at most.
const PATHS_MAX: usize = 2;

/// The figures of the recordings.
#[derive(Debug)]
pub struct Figures {
    /// The recordings.
    pub recordings: Recordings,
}

impl Figures {
    /// Figures of the recordings in a folder, which is looked at when the first figure is drawn.
    pub fn new(root: &Path) -> Self {
        Self { recordings: Recordings::new(root) }
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
        let recording = |path: &RuntimePath| self.recordings.recording(*path, scenario);
        let runs: Result<Vec<Run>, StoreError> =
            paths.iter().map(|path| Ok(Run::new(recording(path)?))).collect();
        match runs {
            Ok(runs) => {
                let page = block.get("size").is_some();
                Some(element(&id, scenario, (&paths, page), language, &runs))
            }
            Err(source) => {
                let scenario = scenario.to_owned();
                let mistake = RecordingMistake::Unreadable { scenario, source };
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
        let paths = block.list("paths");
        if paths.is_empty() && block.is_whole {
            let mistake = missing("paths", "`paths=dockershim,containerd`");
            findings.push(block.page.finding(block.fence.range.start, mistake));
        }
        let (scenario, store) = self.recordings.scenario(block, findings)?;
        let mut note = |offset, mistake: &dyn std::fmt::Display| {
            findings.push(block.page.finding(offset, mistake));
        };
        let known = store.paths_of(scenario);
        let mut chosen = Vec::new();
        for (name, offset) in &paths {
            match path(name, scenario, &known) {
                Ok(path) if chosen.contains(&path) => {
                    note(*offset, &FigureMistake::PathTwice { name: (*name).to_owned() });
                }
                Ok(path) => chosen.push(path),
                Err(mistake) => note(*offset, &mistake),
            }
        }
        let size = block.get("size").filter(|(name, _)| *name != "page");
        if let Some((name, offset)) = size {
            note(offset, &FigureMistake::UnknownSize { name: name.to_owned() });
        }
        if paths.len() > PATHS_MAX {
            note(paths[0].1, &FigureMistake::TooManyPaths { count: paths.len() });
        }
        let is_right = block.is_whole
            && size.is_none()
            && !paths.is_empty()
            && chosen.len() == paths.len()
            && paths.len() <= PATHS_MAX;
        is_right.then_some((scenario, chosen))
    }
}

/// The element that the browser brings to life; the tokens in it become addresses of files when
/// the site is put together.
fn element(
    id: &str,
    scenario: &str,
    (paths, page): (&[RuntimePath], bool),
    language: Language,
    runs: &[Run],
) -> String {
    let size =
        if page { " size=\"page\" data-recordings=\"@asset:recordings/index.json@\"" } else { "" };
    // The big page has a player of its own, with more in it than a figure needs.
    let module = if page { "simulator_studio" } else { "simulator_ui" };
    let names: Vec<&str> = paths.iter().map(|path| path.name()).collect();
    let data: Vec<String> = names
        .iter()
        .map(|path| format!("data-{path}=\"@asset:recordings/{path}/{scenario}.json@\""))
        .collect();
    let figure = without_blank_lines(&static_figure(id, runs, language.in_view()));
    format!(
        "<dockershim-simulator id=\"{id}\" scenario=\"{scenario}\" paths=\"{}\" lang=\"{language}\" \
         data-module=\"@asset:simulator/{module}.js@\" \
         data-wasm=\"@asset:simulator/{module}_bg.wasm@\" \
         data-engine-module=\"@asset:simulator/simulator_engine.js@\" \
         data-engine-wasm=\"@asset:simulator/simulator_engine_bg.wasm@\" \
         data-scenarios=\"@asset:recordings/scenarios.json@\"{size} {}>\n{figure}\n\
         </dockershim-simulator>",
        names.join(","),
        data.join(" ")
    )
}
