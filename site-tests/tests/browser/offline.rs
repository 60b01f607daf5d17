//! The offline edition, opened from a disk: the way in, search, and the simulator to its engine.

use std::path::Path;

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use serde_json::json;
use site_tests::browser::Browser;
use site_tests::site::LANGUAGES;

use crate::Context;

pub(crate) fn trials(context: &Context, edition: &Path) -> Vec<Trial> {
    let root = format!("file://{}", edition.display());
    let mut trials = Vec::new();
    let start = format!("{root}/index.html");
    trials.push(context.test("offline::the_way_in", move |_, browser| way_in(browser, &start)));
    for language in LANGUAGES {
        let page = format!("{root}/{language}/simulator/index.html");
        let name = format!("offline::recorded_and_simulated::{language}");
        trials.push(context.test(name, move |_, browser| simulator(browser, &page)));
        let page = format!("{root}/{language}/index.html");
        let name = format!("offline::the_figure_plays::{language}");
        trials.push(context.test(name, move |_, browser| figure(browser, &page)));
        let page = format!("{root}/{language}/faq/docker-ps-empty.html");
        let name = format!("offline::search::{language}");
        trials.push(context.test(name, move |_, browser| search(browser, &page)));
    }
    trials
}

/// The page at the root leads to a page of a language, and its links to files.
fn way_in(browser: &Browser, start: &str) -> Result<()> {
    browser.go(start)?;
    browser.wait_for("return location.pathname.endsWith('/en/index.html')")?;
    let folders = browser.run(
        "return [...document.links].map((link) => link.href)
           .filter((href) => href.startsWith('file:') && href.split('#')[0].endsWith('/'))",
    )?;
    ensure!(folders == json!([]), "links that show a folder: {folders}");
    Ok(())
}

fn alive(browser: &Browser, page: &str) -> Result<()> {
    browser.go("about:blank")?;
    browser.go(page)?;
    browser.wait_for("return !!document.querySelector('dockershim-simulator')")?;
    browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
    browser.wait_for("return !!document.querySelector('dockershim-simulator.is-live')")?;
    Ok(())
}

fn figure(browser: &Browser, page: &str) -> Result<()> {
    alive(browser, page)?;
    let caption = "return document.querySelector('.sim-caption').textContent";
    let before = browser.run(caption)?;
    browser.run("document.querySelector('dockershim-simulator [data-act=\"forward\"]').click()")?;
    browser.wait_for(&format!(
        "return document.querySelector('.sim-caption').textContent !== {before}"
    ))?;
    Ok(())
}

fn simulator(browser: &Browser, page: &str) -> Result<()> {
    alive(browser, page)?;
    let lane = "document.querySelector('.sim-lanes li .sim-made')";
    browser.wait_for(&format!("return {lane}.classList.contains('is-recorded')"))?;
    browser.run(&format!("{lane}.click()"))?;
    browser.wait_for(&format!("return {lane}.classList.contains('is-simulated')"))?;
    Ok(())
}

fn search(browser: &Browser, page: &str) -> Result<()> {
    browser.go(page)?;
    browser.wait_for("return document.readyState === 'complete'")?;
    browser.click("[data-search-open]")?;
    browser.wait_for("return document.activeElement.id === 'search-input'")?;
    browser.run(
        "document.activeElement.value = 'crictl';
         document.activeElement.dispatchEvent(new Event('input'));",
    )?;
    browser.wait_for("return document.querySelectorAll('.search-results a').length > 0")?;
    Ok(())
}
