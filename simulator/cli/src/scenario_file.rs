//! Reading scenarios and manifests from files or from standard input.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use simulator_manifest::scenario::{
    Course, ScenarioReading, assumed, implied, is_scenario, read_scenario,
};
use simulator_manifest::{Lang, Mistake, Note, Options, Reading, TEXT_MAX};
use simulator_model::Scenario;
use simulator_model::clock::Duration;
use simulator_model::pod::Source;
use simulator_model::versions::KubeletVersion;

/// A scenario or a bare manifest, and how a bare manifest is played.
#[derive(Args)]
pub(crate) struct Input {
    /// A scenario file, or a manifest of a Pod, Deployment, `DaemonSet`, Job and others; `-` reads
    /// standard input. A manifest is put on the node at 0 s and deleted later.
    #[arg(value_name = "SCENARIO|MANIFEST")]
    file: PathBuf,
    /// The version of the kubelet, 1.20 to 1.37, in place of the scenario's.
    #[arg(long)]
    kubelet: Option<KubeletVersion>,
    /// Of a manifest: `api` as if from an API server, `static` as a file in the manifest folder.
    #[arg(long, value_enum, default_value_t = From::Api)]
    source: From,
    /// Of a manifest: when its pods are deleted.
    #[arg(long, value_name = "SPAN", default_value = "20s", value_parser = span)]
    delete_at: Duration,
    /// Of a manifest: when the run ends, in place of when the node has cleaned up.
    #[arg(long, value_name = "SPAN", value_parser = span)]
    end_at: Option<Duration>,
    /// Of a manifest: programs take no notice of SIGTERM, in place of ending at once.
    #[arg(long)]
    ignore_term: bool,
}

/// Where the pods of a manifest come from.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum From {
    Api,
    Static,
}

fn span(text: &str) -> Result<Duration, String> {
    let known = "write a number and `ms`, `s`, `m` or `h`, such as `20s`";
    simulator_model::scenario::span(text).ok_or_else(|| format!("no span of time; {known}"))
}

impl Input {
    /// The scenario, or the one that the manifest stands for. Notes go to standard error.
    pub(crate) fn read(&self) -> Result<Scenario> {
        let text = text(&self.file)?;
        let (mut scenario, notes) =
            if is_scenario(&text) { scenario(&self.file, &text)? } else { self.manifest(&text)? };
        if let Some(version) = self.kubelet {
            scenario.node.kubelet = version;
        }
        for note in notes {
            writeln!(std::io::stderr(), "note: {note}").context("cannot write a note")?;
        }
        Ok(scenario)
    }

    fn manifest(&self, text: &str) -> Result<(Scenario, Vec<String>)> {
        let source = match self.source {
            From::Api => Source::Api,
            From::Static => Source::Static,
        };
        let kubelet = self.kubelet.unwrap_or_default().minor().into();
        let options = Options { file: name(&self.file), source, kubelet, ..Options::default() };
        let Reading { pods, notes, mistakes } = simulator_manifest::read(text, &options);
        refuse(&mistakes)?;
        let stem = self.file.file_stem().map_or("manifest".into(), |stem| stem.to_string_lossy());
        let course = Course {
            delete_at: self.delete_at,
            end_at: self.end_at,
            ignore_term: self.ignore_term,
        };
        let mut notes = told(&notes);
        notes.extend(assumed(&pods).map(|remark| remark.text(Lang::En)));
        Ok((implied(&stem, source, pods, course), notes))
    }
}

/// Reads a scenario file and its manifests.
pub(crate) fn read(path: &Path) -> Result<Scenario> {
    let (scenario, _) = scenario(path, &text(path)?)?;
    Ok(scenario)
}

fn scenario(path: &Path, text: &str) -> Result<(Scenario, Vec<String>)> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut load = |file: &str| limited(&folder.join(file)).map_err(|error| format!("{error:#}"));
    let ScenarioReading { scenario, notes, mistakes } = read_scenario(text, &name(path), &mut load);
    refuse(&mistakes)?;
    let scenario = scenario.context("the scenario cannot be read")?;
    Ok((scenario, told(&notes)))
}

fn told(notes: &[Note]) -> Vec<String> {
    notes.iter().map(|note| note.text(Lang::En)).collect()
}

fn refuse(mistakes: &[Mistake]) -> Result<()> {
    if mistakes.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = mistakes.iter().map(|mistake| mistake.text(Lang::En)).collect();
    let count = match mistakes.len() {
        1 => "1 mistake".to_owned(),
        count => format!("{count} mistakes"),
    };
    bail!("{count}:\n{}", lines.join("\n"))
}

fn name(path: &Path) -> String {
    if path == Path::new("-") { "stdin".into() } else { path.display().to_string() }
}

fn text(path: &Path) -> Result<String> {
    let read =
        if path == Path::new("-") { bounded(std::io::stdin().lock()) } else { limited(path) };
    read.with_context(|| format!("cannot read `{}`", name(path)))
}

fn limited(path: &Path) -> Result<String> {
    bounded(std::fs::File::open(path)?)
}

/// Reads no more than is understood, so that no file fills the memory.
fn bounded(from: impl Read) -> Result<String> {
    let mut text = String::new();
    from.take(TEXT_MAX as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}
