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
const AS_WELL: [&str; 34] = [
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
    "simulator_page::docker_ps_is_empty_on_containerd::en",
    "simulator_page::docker_ps_is_empty_on_containerd::zh-CN",
    "simulator_page::mistakes_in_a_pod_have_their_place::en",
    "simulator_page::mistakes_in_a_pod_have_their_place::zh-CN",
    "simulator_files::pictures_stand_by_themselves",
    "simulator_page::states_come_back_from_their_address::en",
    "simulator_page::states_come_back_from_their_address::zh-CN",
    "simulator_page::tabs_by_keyboard::en",
    "simulator_page::tabs_by_keyboard::zh-CN",
    "simulator_page::the_language_switch_keeps_the_state",
];

/// A test that only Firefox needs: it alone tells screen readers nothing of rows not laid out.
const ROWS: &str = "rows_out_of_sight_have_names";

/// What else Firefox is asked: all that the simulator promises. Left out are reduced motion, a file
/// that does not load and the widths of axe, which are set by Chromium's own protocol.
const IN_FIREFOX: [&str; 45] = [
    ROWS,
    "simulator::it_loads_only_when_it_comes_near",
    "simulator::one_program_for_all_figures_of_a_page",
    "simulator::a_hostile_address_gives_a_message",
    "simulator::page_keys_stay_out",
    "simulator::polls_are_folded_until_asked_for",
    "simulator::an_unfolded_list_shows_where_it_stands",
    "simulator::shows_request_and_response::en",
    "simulator::shows_request_and_response::zh-CN",
    "simulator::the_address_brings_back_the_moment::en",
    "simulator::the_address_brings_back_the_moment::zh-CN",
    "simulator_boundary::the_engine_fails",
    "simulator_choosing::a_pod_that_runs_is_not_hidden_by_its_text",
    "simulator_choosing::chinese_words_for_what_is_no_command",
    "simulator_choosing::a_long_list_of_changes_leaves_a_phone_free",
    "simulator_choosing::a_simulated_node_has_its_processes",
    "simulator_choosing::the_scale_keeps_the_moment_in_sight",
    "simulator_keeping::a_link_keeps_a_text_that_cannot_be_played::en",
    "simulator_keeping::a_link_keeps_a_text_that_cannot_be_played::zh-CN",
    "simulator_keeping::the_address_follows_what_plays::en",
    "simulator_keeping::the_address_follows_what_plays::zh-CN",
    "simulator_keeping::whoever_mends_or_takes_away_stays_in_the_lanes::en",
    "simulator_keeping::whoever_mends_or_takes_away_stays_in_the_lanes::zh-CN",
    "simulator_keeping::what_cannot_break_is_not_offered::en",
    "simulator_keeping::what_cannot_break_is_not_offered::zh-CN",
    "simulator_page::every_scenario_of_the_library_plays::en",
    "simulator_page::every_scenario_of_the_library_plays::zh-CN",
    "simulator_page::a_kubelet_that_calls_nothing_says_why::en",
    "simulator_page::a_kubelet_that_calls_nothing_says_why::zh-CN",
    "simulator_page::what_opens_from_below_comes_into_sight::en",
    "simulator_page::what_opens_from_below_comes_into_sight::zh-CN",
    "simulator_page::a_scenario_asks_first::en",
    "simulator_page::a_scenario_asks_first::zh-CN",
    "simulator_page::what_breaks_leaves_the_old_future_beside::en",
    "simulator_page::what_breaks_leaves_the_old_future_beside::zh-CN",
    "simulator_page::one_call_fails",
    "simulator_page::hostile_addresses_give_a_message::en",
    "simulator_page::hostile_addresses_give_a_message::zh-CN",
    "simulator_page::an_embedded_one_leads_to_the_whole::en",
    "simulator_page::an_embedded_one_leads_to_the_whole::zh-CN",
    "simulator_page::what_is_pressed_keeps_the_focus::en",
    "simulator_page::what_is_pressed_keeps_the_focus::zh-CN",
    "simulator_files::of_every_format::en",
    "simulator_files::of_every_format::zh-CN",
    "simulator_boundary::errors_of_others_change_nothing",
];

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
        let only = (self.prefix == "firefox::").then_some(&IN_FIREFOX);
        let tests = AS_WELL.iter().chain(only.into_iter().flatten());
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
