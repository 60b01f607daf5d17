//! The model held against every recording of this repository.

mod expected;
mod print;
mod specs;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::Value;
use simulator_model::compare::{self, Figures, Share};
use simulator_model::store::{self, CALLS_FILE, Store};
use simulator_model::{Run, RuntimePath, Scenario, export, simulate};

use expected::Expected;

use crate::{scenario_file, write_out};

/// Options of `fidelity`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only these scenarios.
    scenarios: Vec<String>,
    /// Only these paths.
    #[arg(long)]
    path: Vec<RuntimePath>,
    /// How many seeds to try for a run that is wholly the recorded one, where seed 0 is not.
    #[arg(long, default_value_t = 0)]
    seeds: u64,
    /// Names each difference of seed 0, replies included.
    #[arg(long)]
    verbose: bool,
    /// Prints what differs as `simulator/fidelity.yaml` lists it, in place of the table.
    #[arg(long)]
    list: bool,
}

/// Prints the table. Fails when a difference is not listed, or is listed and gone.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let expected = Expected::read()?;
    let rows = table(options, &expected)?;
    if options.list {
        write_out(&expected::listing(&expected, &rows))?;
        return Ok(ExitCode::SUCCESS);
    }
    write_out(&print::table(&rows, &expected))?;
    if options.verbose {
        write_out(&print::differences(&rows))?;
    }
    let selected = !options.scenarios.is_empty() || !options.path.is_empty();
    let mistakes = expected.mistakes(&rows, selected);
    if mistakes.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let list = mistakes.join("\n  ");
    anyhow::bail!("`simulator/fidelity.yaml` does not say what is so:\n  {list}")
}

/// One line of the table: how far the typical run agrees with a recording.
pub(crate) struct Row {
    pub(crate) scenario: String,
    pub(crate) path: RuntimePath,
    /// The figures of seed 0.
    pub(crate) typical: Figures,
    /// How many leaves of the OCI specifications agree at seed 0.
    pub(crate) specs: Share,
    /// What differs in them.
    pub(crate) other_specs: Vec<String>,
    /// How far a second recording of a real node agrees with the first, where there is one.
    pub(crate) ceiling: Option<Figures>,
    /// A seed whose run is wholly the recorded one, where one was found.
    pub(crate) hit: Option<u64>,
}

impl Row {
    /// Every difference of the typical run by a short name, replies apart.
    pub(crate) fn differences(&self) -> Vec<String> {
        let specs = self.other_specs.iter().map(|line| format!("oci {line}"));
        let all = self.typical.differences.iter().cloned().chain(specs);
        all.map(|line| expected::short(&line)).collect()
    }
}

/// The table: every scenario on every path that was recorded, or only those selected.
fn table(options: &Options, expected: &Expected) -> Result<Vec<Row>> {
    let root = store::folder();
    let scenarios = root.parent().unwrap_or(Path::new(".")).join("scenarios");
    let store = Store::open(&root).context("cannot read the recordings")?;
    let mut rows = Vec::new();
    for scenario in store.scenarios() {
        if !options.scenarios.is_empty() && !options.scenarios.contains(&scenario) {
            continue;
        }
        let played = scenario_file::read(&scenarios.join(format!("{scenario}.yaml")))?;
        for path in store.paths_of(&scenario) {
            if !options.path.is_empty() && !options.path.contains(&path) {
                continue;
            }
            let recorded = lines(&store.calls_text(path, &scenario)?)?;
            let known = expected.hit(&scenario, path);
            let seeds = known.into_iter().chain(0..options.seeds);
            rows.push(row(&played, path, &recorded, seeds)?);
        }
    }
    Ok(rows)
}

fn lines(text: &str) -> Result<Vec<Value>> {
    let lines: Result<_, _> = text.lines().map(serde_json::from_str).collect();
    lines.context("a recording has a line that is no JSON")
}

fn row(
    scenario: &Scenario,
    path: RuntimePath,
    recorded: &[Value],
    mut seeds: impl Iterator<Item = u64>,
) -> Result<Row> {
    let figures = |run: &Run| compare::figures(recorded, &export::lines(run));
    let run = simulate(scenario, path, 0);
    let typical = figures(&run);
    let folder = store::folder().join(path.name()).join(&scenario.name);
    let (specs, other_specs) = specs::held_against(&folder, &run)?;
    let is_hit = |seed: &u64| figures(&simulate(scenario, path, *seed)).agree();
    let hit = if typical.agree() { Some(0) } else { seeds.find(is_hit) };
    let ceiling = ceiling(&scenario.name, path, recorded)?;
    let name = scenario.name.clone();
    Ok(Row { scenario: name, path, typical, specs, other_specs, ceiling, hit })
}

/// How far reality agrees with itself: a second recording, compared with the first.
fn ceiling(scenario: &str, path: RuntimePath, recorded: &[Value]) -> Result<Option<Figures>> {
    let folder: PathBuf = store::folder().join("repeat").join(path.name()).join(scenario);
    let file = folder.join(CALLS_FILE);
    if !file.is_file() {
        return Ok(None);
    }
    let again = lines(&store::read_gzip(&file)?)?;
    Ok(Some(compare::figures(recorded, &again)))
}
