//! `cargo xtask test`: everything that can be tested, and one closing line that counts it.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::progress::{notice, step};
use crate::site::{self, Scope};
use crate::tally::{Reader, Tally};
use crate::wasm::{self, Module};
use crate::{browser, budget, offline, paths, toolchain};

/// Options of `test`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leave out the tests in a real browser; they then count as skipped
    #[arg(long)]
    no_browser: bool,
}

/// Runs everything; any failure is an error after all has run.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut browsers = Vec::new();
    if !options.no_browser {
        for wanted in [browser::CHROMIUM, browser::FIREFOX, browser::WEBKIT] {
            browsers.extend(browser::ensure(&wanted)?.into_iter().flatten());
        }
    }
    let out = paths::default_out();
    let built = site::build(&site::Options {
        out: out.clone(),
        site_url: None,
        source_url: None,
        live: false,
        scope: Scope::Everything,
    })?;
    let mut tally = Tally::default();
    tally.add(budget_test(&built)?);
    tally.add(own_paths_test(&built)?);
    let model = wasm::model()?;
    println!("\nUnit and integration tests");
    let mut everything = toolchain::cargo();
    everything.args(["test", "--workspace", "--exclude", "site-tests", "--no-fail-fast"]);
    everything.env("SIMULATOR_MODEL_WASM", model);
    tally.add(counted(&mut everything)?);
    println!("\nThe site in a browser");
    // By itself: the browser's client has serde_json keep the order of keys, for all of the command.
    let mut in_browser = toolchain::cargo();
    in_browser.args(["test", "--package", "site-tests", "--no-fail-fast"]);
    if !options.no_browser {
        in_browser.env("SITE_DIR", &out).env("OFFLINE_DIR", offline::folder()).envs(browsers);
    }
    tally.add(counted(&mut in_browser)?);
    let Tally { passed, failed, skipped, failures } = tally;
    if failed > 0 {
        println!("\nWhat failed:\n\n{}", failures.join("\n\n"));
    }
    println!("\n{passed} passed, {failed} failed, {skipped} skipped");
    if failed > 0 {
        bail!("{failed} of the tests failed; they are named above");
    }
    Ok(())
}

/// The size budget of the bundle. It holds for the optimised file; without wasm-opt nothing is tested.
fn budget_test(built: &site::Built) -> Result<Tally> {
    if !built.bundle.optimised {
        notice("the size budget is not checked: it holds for the file that wasm-opt made");
        return Ok(Tally::default());
    }
    let mut tally = Tally::default();
    let most = budget::BROTLI_MAX;
    for module in [Module::Player, Module::Studio] {
        let file = built.bundle.wasm(module);
        let sizes = step(&format!("size of {}", module.name()), || budget::Sizes::of_file(&file))?;
        let kept = sizes.brotli <= most;
        let line = format!("{sizes}; budget {most} bytes brotli: {}", said(kept));
        println!("    {line}");
        tally.add(Tally::of_one(kept, &format!("size of {}: {line}", module.name())));
    }
    Ok(tally)
}

/// The wasm names no folder of the machine that built it.
fn own_paths_test(built: &site::Built) -> Result<Tally> {
    let own = wasm::own_paths()?;
    let mut tally = Tally::default();
    for module in Module::ALL {
        let file = built.bundle.wasm(module);
        let bytes = std::fs::read(&file).with_context(|| paths::shown(&file))?;
        let text = String::from_utf8_lossy(&bytes);
        let folders = own.iter().map(|(folder, _)| folder.display().to_string());
        let named: Vec<_> = folders.filter(|folder| text.contains(folder.as_str())).collect();
        let failure = format!("{} names folders of this machine: {named:?}", paths::shown(&file));
        tally.add(Tally::of_one(named.is_empty(), &failure));
    }
    Ok(tally)
}

fn said(kept: bool) -> &'static str {
    if kept { "kept" } else { "EXCEEDED" }
}

/// Runs a test command, shows its output, and adds up the results it reports.
fn counted(command: &mut Command) -> Result<Tally> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("could not start cargo test")?;
    let output = child.stdout.take().context("cargo test has no output")?;
    let mut reader = Reader::default();
    for line in BufReader::new(output).lines() {
        let line = line.context("reading the output of cargo test")?;
        println!("{line}");
        reader.line(&toolchain::without_colours(&line));
    }
    let status = child.wait()?;
    let mut tally = reader.end();
    // A test binary that does not compile or dies reports no result; it must not count as passed.
    if !status.success() && tally.failed == 0 {
        tally.add(Tally::of_one(false, &format!("{command:?} ended with {status}; see above")));
    }
    Ok(tally)
}
