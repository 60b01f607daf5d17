//! The tasks of this project: `cargo xtask <task>`.
//!
//! `cli` reads the command line, one module does each task, and `site` (build the whole site) is the
//! plan that `build`, `serve`, `test` and `bench` share.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to its user")]

mod assets;
mod bench;
mod book_report;
mod books;
mod browser;
mod budget;
mod clean;
mod cli;
mod contents;
mod feed;
mod fidelity;
mod kept;
mod links;
mod lint;
mod live;
mod modules;
mod offline;
mod pages;
mod paths;
mod progress;
mod redirects;
mod serve;
mod server;
mod short_names;
mod site;
mod sitemap;
mod tally;
mod terse;
mod test;
mod toolchain;
mod unbroken;
mod wasm;
mod wasm_opt;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
