//! `cargo xtask bench`: sizes and times, printed for the README and for comparison.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::budget::Sizes;
use crate::site::{self, Scope};
use crate::wasm::{self, Module};
use crate::{browser, paths, toolchain};

/// Options of `bench`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the model, which needs no site: how fast it is, natively and in the browser
    #[arg(long)]
    model: bool,

    /// Only the player of the site as it was built last: loading, frames, memory
    #[arg(long, conflicts_with = "model")]
    player: bool,

    /// Leave out the cold build, which compiles everything anew and takes minutes
    #[arg(long)]
    no_cold: bool,
}

/// Builds the site, then prints one table after the other.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.model {
        return model();
    }
    let out = paths::default_out();
    if options.player {
        return player(&out);
    }
    let everything = site::Options {
        out: out.clone(),
        site_url: None,
        source_url: None,
        live: false,
        scope: Scope::Everything,
    };
    let built = site::build(&everything)?;
    println!("\nSimulator, {}", if built.bundle.optimised { "optimised" } else { "NOT optimised" });
    let files = |module| [built.bundle.wasm(module), built.bundle.javascript(module)];
    for file in Module::ALL.into_iter().flat_map(files) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("  {name:28} {}", Sizes::of_file(&file)?);
    }
    in_browser(
        "Pages (first visit, everything that the browser asks for)",
        "page-weight",
        &["en/history/cri.html", "zh-CN/history/cri.html", "en/simulator/index.html"],
        &out,
    )?;
    player(&out)?;
    model()?;
    hostile_links()?;
    println!("\nBuild times");
    timed("warm: nothing changed", || site::build(&everything).map(|_| ()))?;
    let quick = site::Options {
        out: paths::target().join("served"),
        site_url: None,
        source_url: None,
        live: true,
        scope: Scope::Book("en"),
    };
    // The first finishes every page anew, which `serve` did before anybody changed one.
    site::build(&quick)?;
    timed("warm: a page changed, as `serve` builds it", || site::build(&quick).map(|_| ()))?;
    if !options.no_cold {
        cold_build()?;
    }
    Ok(())
}

/// Runs a program of `site-tests` that looks at a folder in the browser and prints a table.
fn in_browser(title: &str, program: &str, arguments: &[&str], folder: &Path) -> Result<()> {
    let Some(chromium) = browser::ensure(&browser::CHROMIUM)? else { return Ok(()) };
    println!("\n{title}");
    toolchain::run(
        toolchain::cargo()
            .args(["run", "--quiet", "--package", "site-tests", "--bin", program, "--"])
            .args(arguments)
            .env("SITE_DIR", folder)
            .envs(chromium),
        program,
    )
}

/// What a reader waits for, how long a frame takes, and what an hour of play leaves in memory.
fn player(site: &Path) -> Result<()> {
    let title = "Simulator, in the browser (loads at a quarter of the speed; goals in brackets)";
    in_browser(title, "player-speed", &[], site)
}

/// How fast the model is, natively and in the browser.
fn model() -> Result<()> {
    println!("\nModel, native (the shortest of several times)");
    toolchain::run(
        toolchain::cargo().args(["run", "--quiet", "--release", "--package", "simulator-proofs"]),
        "simulator-bench",
    )?;
    let module = wasm::model()?;
    let folder = paths::target().join("model-speed");
    std::fs::create_dir_all(&folder)?;
    std::fs::copy(&module, folder.join("model.wasm")).context("copying the model")?;
    std::fs::write(folder.join("index.html"), "<!doctype html><title>model</title>")?;
    let title = "Model, in the browser (compiled for size, as in the simulator)";
    in_browser(title, "model-speed", &[], &folder)
}

/// How many links that nobody wrote are read.
const HOSTILE_LINKS: &str = "1000000";

/// A million links, each of which must lead somewhere or be refused.
fn hostile_links() -> Result<()> {
    println!("\nHostile links");
    timed(&format!("{HOSTILE_LINKS} read"), || {
        let mut command = toolchain::cargo();
        command.args(["test", "--quiet", "--package", "simulator-ui", "--test", "it"]);
        command.args(["hostile_links_end"]).env("FUZZ_INPUTS", HOSTILE_LINKS);
        toolchain::run(&mut command, "reading hostile links")
    })
}

fn timed(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    work()?;
    println!("  {name:28} {:7.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Compiles and builds everything in a target folder of its own, as a fresh clone would.
fn cold_build() -> Result<()> {
    let target = paths::target().join("cold");
    if target.exists() {
        std::fs::remove_dir_all(&target).context("emptying the folder of the cold build")?;
    }
    timed("cold: fresh target folder", || {
        let mut command: Command = toolchain::cargo();
        command.args(["run", "--quiet", "--package", "xtask", "--", "build"]);
        toolchain::run(command.env("CARGO_TARGET_DIR", &target), "the cold build")
    })?;
    std::fs::remove_dir_all(&target).context("removing the folder of the cold build")
}
