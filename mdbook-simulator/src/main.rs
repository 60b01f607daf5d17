//! `mdbook-simulator`: what mdBook calls, and the book checks on their own.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use mdbook_simulator::check::check;
use mdbook_simulator::preprocess::{preprocess, supports};
use mdbook_simulator::site::Site;

const USAGE: &str = "\
mdbook-simulator                     read a book from mdBook, write it without directives
mdbook-simulator supports RENDERER   succeed if RENDERER is html
mdbook-simulator check BOOK          check both books, given the folder of one, such as book/en";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match choose(&arguments) {
        Ok(code) => code,
        Err(error) => {
            // Where standard error is closed there is nobody to tell.
            let _ = writeln!(io::stderr().lock(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn choose(arguments: &[&str]) -> Result<ExitCode> {
    match arguments {
        [] => run(),
        ["supports", renderer] if supports(renderer) => Ok(ExitCode::SUCCESS),
        ["supports", _] => Ok(ExitCode::FAILURE),
        ["check", book] => run_check(book),
        _ => bail!("unknown arguments `{}`; valid ones are\n{USAGE}", arguments.join(" ")),
    }
}

fn run() -> Result<ExitCode> {
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin().lock())
        .map_err(|error| anyhow::anyhow!("{error:#}"))
        .context("this program is called by mdBook; to check the books, add `check book/en`")?;
    match preprocess(&context, book) {
        Ok(book) => {
            serde_json::to_writer(io::stdout().lock(), &book).context("writing the book")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => fail(&error),
    }
}

fn run_check(book: &str) -> Result<ExitCode> {
    let site = Site::around(Path::new(book)).with_context(|| format!("no folder `{book}`"))?;
    match check(&site) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(findings) => fail(&findings),
    }
}

/// Prints all mistakes, one a line, and nothing else.
fn fail(error: &dyn std::error::Error) -> Result<ExitCode> {
    writeln!(io::stderr().lock(), "{error}").context("writing to standard error")?;
    Ok(ExitCode::FAILURE)
}
