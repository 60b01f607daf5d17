//! `cargo xtask book-report`: what the books hold, counted; and the word that pages match.

use std::process::Command;

use anyhow::Result;

use crate::{books, paths, toolchain};

/// Options of `book-report`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Note that these pages say the same as their twins (history/cri.md); without PAGE, all pages
    /// that have changed in both languages
    #[arg(long, num_args = 0.., value_name = "PAGE")]
    accept: Option<Vec<String>>,
}

/// Prints the report, after noting what was accepted.
pub(crate) fn run(options: &Options) -> Result<()> {
    books::build_preprocessor()?;
    if let Some(pages) = &options.accept {
        call("accept", pages)?;
    }
    call("report", &[])
}

fn call(what: &str, pages: &[String]) -> Result<()> {
    let mut command = Command::new(books::preprocessor());
    command.arg(what).arg(paths::book("en")).args(pages);
    toolchain::run(&mut command, &format!("mdbook-simulator {what}"))
}
