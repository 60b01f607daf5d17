//! The same promises in Firefox and WebKit: those that differ most between engines, told once and
//! kept by all. Chromium is asked all the rest.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use serde_json::json;
use site_tests::browser::{Browser, Look};
use site_tests::engine::{Engine, Installed};
use site_tests::pool::Pool;

use crate::Context;
use crate::page::shuts_nobody_out;

/// The engines, and what goes before the names of their tests.
const ENGINES: [(Engine, &str); 2] = [(Engine::Firefox, "firefox::"), (Engine::WebKit, "webkit::")];

/// The tests of the other modules that run here as well.
const AS_WELL: [&str; 30] = [
    "guide::boxes_are_ticked_by_keyboard_and_stay",
    "guide::questions_lead_to_a_path_by_keyboard",
    "language::the_switch_keeps_page_and_anchor",
    "offline::recorded_and_simulated::en",
    "offline::recorded_and_simulated::zh-CN",
    "offline::search::en",
    "offline::search::zh-CN",
    "offline::the_figure_plays::en",
    "offline::the_figure_plays::zh-CN",
    "offline::the_way_in",
    "reading::tab_reaches_what_comes_to_scroll",
    "search::by_keyboard::en",
    "search::by_keyboard::zh-CN",
    "search::from_a_disk::en",
    "search::from_a_disk::zh-CN",
    "search::queries::en",
    "search::queries::zh-CN",
    "simulator::plays_and_pauses::en",
    "simulator::plays_and_pauses::zh-CN",
    "simulator::steps_and_scrubs_by_keyboard::en",
    "simulator::steps_and_scrubs_by_keyboard::zh-CN",
    "simulator_boundary::the_player_fails::en",
    "simulator_boundary::the_player_fails::zh-CN",
    "simulator_choosing::a_scenario_by_keyboard",
    "simulator_page::docker_ps_is_empty_on_containerd",
    "simulator_page::mistakes_in_a_pod_have_their_place",
    "simulator_page::pictures_stand_by_themselves",
    "simulator_page::states_come_back_from_their_address",
    "simulator_page::tabs_by_keyboard",
    "simulator_page::the_language_switch_keeps_the_state",
];

/// A test that only Firefox needs: it alone tells screen readers nothing of rows not laid out.
const ROWS: &str = "rows_out_of_sight_have_names";

/// One page of each kind.
const PAGES: [&str; 6] = [
    "en/index.html",
    "zh-CN/history/timeline.html",
    "en/faq/docker-ps-empty.html",
    "zh-CN/migrate/index.html",
    "en/reference/flags.html",
    "zh-CN/simulator/index.html",
];

/// An engine whose tests are these.
pub(crate) struct Other {
    prefix: &'static str,
    /// The engine with the site in it; `None` where it is not.
    context: Option<Context>,
}

/// Makes the engines ready, as far as they are there.
pub(crate) fn start(site: &Path) -> Result<Vec<Other>> {
    let start = |(engine, prefix)| {
        let pool =
            Installed::from_environment(engine).map(|it| Pool::start(it, site)).transpose()?;
        let context = pool.map(|pool| Context { pool: Arc::new(pool), prefix });
        Ok(Other { prefix, context })
    };
    ENGINES.into_iter().map(start).collect()
}

impl Other {
    /// `every` gives the tests that a context can have. What cannot run counts as skipped.
    pub(crate) fn trials(&self, every: impl FnOnce(&Context) -> Vec<Trial>) -> Vec<Trial> {
        let mut there = self.context.as_ref().map(every).unwrap_or_default();
        there.extend(self.context.iter().flat_map(pages));
        there.extend(self.context.iter().map(|context| context.test(ROWS, rows)));
        let only = (self.prefix == "firefox::").then_some(&ROWS);
        let tests = AS_WELL.iter().chain(only);
        let names = tests.map(|&name| name.to_owned()).chain(PAGES.map(page_name));
        let wanted = names.map(|name| {
            let name = format!("{}{name}", self.prefix);
            match there.iter().position(|trial| trial.name() == name) {
                Some(place) => there.swap_remove(place),
                None => Trial::test(name, || Ok(())).with_ignored_flag(true),
            }
        });
        wanted.collect()
    }

    /// Closes every window and ends what was started.
    pub(crate) fn stop(&self) {
        if let Some(context) = &self.context {
            context.pool.stop();
        }
    }
}

fn pages(context: &Context) -> impl Iterator<Item = Trial> {
    PAGES.into_iter().map(|page| {
        context.test(page_name(page), move |pool, browser| renders(pool, browser, page))
    })
}

fn page_name(page: &str) -> String {
    format!("renders_without_violations::{page}")
}

/// The page has its styles, pictures and scripts, fits the window, and keeps no reader out.
fn renders(pool: &Pool, browser: &Browser, page: &str) -> Result<()> {
    browser.look(Look { still: true, ..Look::default() })?;
    browser.go(&pool.site.url(page))?;
    browser.wait_for("return document.readyState === 'complete'")?;
    let seen = browser.run(
        "const broken = [...document.images].filter((image) => !image.naturalWidth);
         return {
           title: document.querySelector('h1').checkVisibility(),
           styled: [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0),
           broken: broken.map((image) => image.src),
           wider: document.documentElement.scrollWidth - innerWidth > 0,
         }",
    )?;
    let right = json!({"title": true, "styled": true, "broken": [], "wider": false});
    ensure!(seen == right, "{seen}");
    shuts_nobody_out(browser)
}

fn rows(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url("en/simulator/index.html"))?;
    browser.wait_for("return document.querySelectorAll('.sim-live .sim-steps li').length > 50")?;
    let skipped = browser.run(
        "const rows = [...document.querySelectorAll('.sim-live .sim-steps li > *')];
         return rows.filter((row) => !row.checkVisibility({contentVisibilityAuto: true})).length",
    )?;
    ensure!(skipped == 0, "{skipped} rows have no name");
    Ok(())
}
