//! What programs read of the built site: questions as data, and the feeds. No browser is needed.
#![allow(clippy::print_stderr, reason = "a test run says why it skips")]

mod feeds;
mod questions;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use site_tests::site;

/// A test of the files of the site.
fn test(
    name: impl Into<String>,
    test: impl FnOnce() -> anyhow::Result<()> + Send + 'static,
) -> Trial {
    Trial::test(name, move || test().map_err(|error| Failed::from(format!("{error:#}"))))
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let Some(dir) = site::dir() else {
        eprintln!("skipped: needs the built site (SITE_DIR); see `cargo xtask test`");
        let skipped = Trial::test("files_of_the_site", || Ok(())).with_ignored_flag(true);
        return libtest_mimic::run(&arguments, vec![skipped]).exit_code();
    };
    let trials = feeds::trials(&dir).into_iter().chain(questions::trials(&dir)).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
