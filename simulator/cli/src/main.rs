//! `dockershim-sim`: plays scenarios on a simulated node, and compares recordings.

mod fidelity;
mod format;
mod list;
mod recording_file;
mod scenario_file;
mod state;
mod versions;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use simulator_model::versions::KubeletVersion;
use simulator_model::{Run, RuntimePath, compare, simulate};

/// What a Kubernetes node says, simulated: kubelet, dockershim, cri-dockerd, containerd and CRI-O.
#[derive(Parser)]
#[command(version, about, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Plays a scenario and writes every call: as a table, as JSON, or as a recording.
    Simulate {
        #[command(flatten)]
        input: scenario_file::Input,
        /// What is between the kubelet and the containers; `dockershim-sim list` says what each is.
        #[arg(long, value_name = "dockershim|cri-dockerd|containerd|cri-o")]
        path: RuntimePath,
        /// Where chance starts.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// How it is written.
        #[arg(long, value_enum, default_value_t = format::Format::CriRecording)]
        format: format::Format,
    },
    /// Shows the node at an instant, as `docker ps`, `crictl pods`, `ls` and others would.
    State(state::Arguments),
    /// Lists the scenarios that ship with this repository, the paths and the views.
    List,
    /// Prints what changes from one kubelet version to the next, each row with its source.
    Versions {
        /// Only what holds for this version, such as 1.24.
        version: Option<KubeletVersion>,
    },
    /// Compares two recordings: how far the calls, their fields and the polls agree.
    Compare {
        /// The recording of a real node.
        recorded: PathBuf,
        /// The other.
        other: PathBuf,
        /// Names each difference.
        #[arg(long)]
        verbose: bool,
    },
    /// Holds the model against every recording of this repository.
    Fidelity(fidelity::Options),
}

const EXAMPLES: &str = "\
Examples:
  dockershim-sim list
  dockershim-sim simulate pod.yaml --path dockershim --format table
  dockershim-sim state pod.yaml --path containerd --at 10s --view crictl-ps
  dockershim-sim simulate pod.yaml --path cri-o > calls.jsonl

A file is a scenario or the manifest of a Pod, Deployment, Job and others; `-` reads standard input.";

fn main() -> ExitCode {
    run(Arguments::parse().command).unwrap_or_else(|error| {
        // Standard error may be gone; there is nobody else to tell.
        let _ = writeln!(std::io::stderr(), "error: {error:#}");
        ExitCode::from(2)
    })
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Simulate { input, path, seed, format } => {
            let run = simulate(&input.read()?, path, seed);
            write_out(&format::text(&run, format))?;
            write_log(&run)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::State(arguments) => {
            write_out(&state::text(&arguments)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::List => {
            write_out(&list::text()?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Versions { version } => {
            write_out(&versions::text(version))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Compare { recorded, other, verbose } => {
            let recorded = recording_file::lines(&recorded)?;
            let figures = compare::figures(&recorded, &recording_file::lines(&other)?);
            if verbose {
                write_out(&figures.differences.join("\n"))?;
                write_out("\n")?;
            }
            write_out(&format!("{figures}\n"))?;
            Ok(if figures.agree() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Fidelity(options) => fidelity::run(&options),
    }
}

/// Writes what the programs of the node logged to standard error, apart from the recording.
fn write_log(run: &Run) -> Result<()> {
    let mut log = std::io::stderr();
    for line in &run.node_log {
        let ms = line.at.as_micros() / 1_000;
        let (who, text, basis) = (line.who, &line.text, line.basis.name());
        writeln!(log, "{:>6}.{:03} s  {who}: {text}  [{basis}]", ms / 1_000, ms % 1_000)
            .context("cannot write to standard error")?;
    }
    Ok(())
}

/// Writes to standard output; a reader that has gone away is no error.
fn write_out(text: &str) -> Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}
