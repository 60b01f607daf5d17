//! The site in a real browser. One test a page or promise; `cargo xtask test` builds the site first.
#![allow(clippy::print_stderr, reason = "a test run says why it skips")]

mod accessibility;
mod guide;
mod language;
mod offline;
mod other_engines;
mod page;
mod reading;
mod redirects;
mod search;
mod search_elsewhere;
mod simulator;
mod simulator_boundary;
mod simulator_choosing;
mod simulator_files;
mod simulator_keeping;
mod simulator_layout;
mod simulator_page;
mod simulator_parts;
mod without_scripts;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use libtest_mimic::{Arguments, Conclusion, Failed, Trial};
use site_tests::browser::Browser;
use site_tests::engine::{Engine, Installed};
use site_tests::pool::Pool;
use site_tests::site::{self, LANGUAGES};

use crate::simulator_page::Kept;

/// What a test is given besides its window.
struct Context {
    pool: Arc<Pool>,
    /// What the names of its tests begin with.
    prefix: &'static str,
}

impl Context {
    /// A test that uses one window.
    fn test(
        &self,
        name: impl std::fmt::Display,
        test: impl FnOnce(&Pool, &Browser) -> Result<()> + Send + 'static,
    ) -> Trial {
        let pool = Arc::clone(&self.pool);
        Trial::test(format!("{}{name}", self.prefix), move || {
            pool.with_browser(|browser| test(&pool, browser))
                .map_err(|error| Failed::from(format!("{error:#}")))
        })
    }

    /// Tests of what a page promises, each in both languages.
    fn in_both<const N: usize>(&self, file: &str, promises: [(&str, Kept); N]) -> Vec<Trial> {
        let promises = LANGUAGES.into_iter().flat_map(|language| promises.map(|it| (language, it)));
        let trials = promises.map(|(language, (promise, kept))| {
            let name = format!("{file}::{promise}::{language}");
            self.test(name, move |pool, browser| kept(pool, browser, language))
        });
        trials.collect()
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // The machine's two cores are the browser's; more windows make every one of them slow.
    arguments.test_threads.get_or_insert(2);
    let installed = Installed::from_environment(Engine::Chromium);
    let (Some(dir), Some(installed)) = (site::dir(), installed) else {
        eprintln!("skipped: needs the built site (SITE_DIR) and Chromium; see `cargo xtask test`");
        let skipped = Trial::test("site_in_a_browser", || Ok(())).with_ignored_flag(true);
        return libtest_mimic::run(&arguments, vec![skipped]).exit_code();
    };
    match run(&arguments, installed, &dir) {
        Ok(conclusion) => conclusion.exit_code(),
        Err(error) => {
            eprintln!("the browser tests cannot start: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments, installed: Installed, dir: &Path) -> Result<Conclusion> {
    let chromium = Context { pool: Arc::new(Pool::start(installed, dir)?), prefix: "" };
    let others = other_engines::start(dir)?;
    let pages = site::pages(dir);
    let mut trials = every(&chromium, dir, &pages);
    trials.extend(others.iter().flat_map(|other| other.trials(|it| every(it, dir, &pages))));
    let conclusion = libtest_mimic::run(arguments, trials);
    chromium.pool.stop();
    others.iter().for_each(other_engines::Other::stop);
    Ok(conclusion)
}

/// The tests of all modules, for windows of one engine.
fn every(context: &Context, dir: &Path, pages: &[String]) -> Vec<Trial> {
    let mut trials = Vec::new();
    trials.extend(accessibility::trials(context));
    trials.extend(guide::trials(context));
    trials.extend(language::trials(context, pages));
    match site::offline() {
        Some(edition) => trials.extend(offline::trials(context, &edition)),
        None => trials.push(Trial::test("offline", || Ok(())).with_ignored_flag(true)),
    }
    trials.extend(page::trials(context, dir, pages));
    trials.extend(reading::trials(context));
    trials.extend(redirects::trials(context, dir));
    trials.extend(search::trials(context));
    trials.extend(search_elsewhere::trials(context, dir));
    trials.extend(simulator::trials(context));
    trials.extend(simulator_boundary::trials(context));
    trials.extend(simulator_choosing::trials(context));
    trials.extend(simulator_files::trials(context));
    trials.extend(simulator_keeping::trials(context));
    trials.extend(simulator_layout::trials(context));
    trials.extend(simulator_parts::trials(context));
    trials.extend(simulator_page::trials(context));
    trials.extend(without_scripts::trials(context, dir, pages));
    trials
}
