//! The command line: which task, with which options.

use std::path::PathBuf;

use anyhow::Result;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::site::Scope;
use crate::{bench, book_report, clean, fidelity, links, lint, offline, paths, serve, site, test};

/// Builds, serves, tests and measures the dockershim site.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Set up what is missing, build the site, serve it, and rebuild on every change
    Serve(serve::Options),
    /// Build the whole site into a folder
    Build(BuildOptions),
    /// Build the site as a zip that works from a disk
    Offline(offline::Options),
    /// Run every test: unit, integration, books, wasm, real browser
    Test(test::Options),
    /// Hold the simulated node against every recording of a real one
    Fidelity(fidelity::Options),
    /// Count what the books hold, and note that pages match their twins
    BookReport(book_report::Options),
    /// Measure sizes and times
    Bench(bench::Options),
    /// Ask whether the addresses outside the site are still there (needs a network)
    Links,
    /// Check formatting, lints and documentation
    Lint,
    /// Bring recordings of real nodes into the repository (see simulator/recordings/README.md)
    ImportRecordings {
        /// The folder with the recordings: PATH/SCENARIO/calls.jsonl and the rest
        dir: PathBuf,
    },
    /// Remove everything that was generated
    Clean,
}

/// Options of `build`.
#[derive(clap::Args)]
struct BuildOptions {
    /// The folder to write the site to (replaced if it exists)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The address the site will have, e.g. <https://example.org/dockershim/>
    #[arg(long, value_name = "URL")]
    site_url: Option<String>,
    /// The address of the repository, for the links to edit a page, e.g. <https://github.com/a/b>
    #[arg(long, value_name = "URL")]
    source_url: Option<String>,
    /// Add the script that reloads pages; used by `serve`
    #[arg(long, hide = true)]
    live: bool,
    /// Use the programs and the simulator of the last build; used by `serve`
    #[arg(long, hide = true)]
    pages_only: bool,
    /// Use the pages of the other language of the last build too; used by `serve`
    #[arg(long, hide = true, requires = "pages_only", value_parser = paths::LANGUAGES)]
    book: Option<String>,
}

/// Reads the command line and runs the task it names.
pub(crate) fn run() -> Result<()> {
    let cli = Cli::try_parse().unwrap_or_else(|error| explain(&error));
    match cli.task {
        Task::Serve(options) => serve::run(&options),
        Task::Build(options) => {
            let out = options.out.unwrap_or_else(paths::default_out);
            let site_url = options.site_url.as_deref().map(site::SiteUrl::parse).transpose()?;
            let named = |language: &&str| Some(*language) == options.book.as_deref();
            let scope = match paths::LANGUAGES.into_iter().find(|it| named(it)) {
                Some(language) => Scope::Book(language),
                None if options.pages_only => Scope::Pages,
                None => Scope::Everything,
            };
            let BuildOptions { source_url, live, .. } = options;
            site::build(&site::Options { out, site_url, source_url, live, scope })?;
            Ok(())
        }
        Task::Offline(options) => offline::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Fidelity(options) => fidelity::run(&options),
        Task::BookReport(options) => book_report::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Links => links::run(),
        Task::Lint => lint::run(),
        Task::ImportRecordings { dir } => site::import_recordings(&dir),
        Task::Clean => clean::run(),
    }
}

/// Prints a usage error; for an unknown or missing task, with the list of the valid ones.
fn explain(error: &clap::Error) -> ! {
    if error.kind() == ErrorKind::InvalidSubcommand {
        let word = std::env::args().nth(1).unwrap_or_default();
        eprintln!("error: unknown task `{word}`; the tasks are:\n");
        for task in Cli::command().get_subcommands() {
            let about = task.get_about().map(ToString::to_string).unwrap_or_default();
            eprintln!("  {:18} {about}", task.get_name());
        }
        eprintln!("\n`cargo xtask <task> --help` shows the options of one.");
        std::process::exit(2);
    }
    error.exit()
}
