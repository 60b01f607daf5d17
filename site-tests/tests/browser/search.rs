//! The tested queries, asked of the very search that readers use, and the dialog by keyboard.

use anyhow::{Context as _, Result, ensure};
use libtest_mimic::Trial;
use serde_json::json;
use site_search::query_list::QueryList;
use site_tests::browser::Browser;
use site_tests::pool::Pool;
use thirtyfour::Key;

use crate::Context;

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    let mut trials = vec![context.test("search::nothing_is_loaded_before_it_is_opened", lazy)];
    for language in site_tests::site::LANGUAGES {
        trials.push(context.test(format!("search::queries::{language}"), move |pool, browser| {
            queries(pool, browser, language)
        }));
        trials.push(
            context.test(format!("search::by_keyboard::{language}"), move |pool, browser| {
                by_keyboard(pool, browser, language)
            }),
        );
    }
    trials
}

fn queries(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    let list = QueryList::load(language)?;
    browser.go(&pool.site.url(&format!("{language}/history/index.html")))?;
    browser.wait_for("return !!window.siteSearchQuery")?;
    let ask = |query: &str| {
        browser.run_async(
            "const done = arguments[1]; siteSearchQuery(arguments[0]).then(done, (e) => done([{page: `${e}`}]))",
            vec![json!(query)],
        )
    };
    let mut wrong = Vec::new();
    for found in &list.found {
        let results = ask(&found.query)?;
        let first = results.get(0);
        let page = first.and_then(|first| first["page"].as_str()).unwrap_or("nothing");
        let anchor = first.and_then(|first| first["anchor"].as_str());
        let anchored = found.anchor.is_none() || found.anchor.as_deref() == anchor;
        if page != found.page || !anchored {
            wrong.push(format!("{}: {page}#{anchor:?}", found.query));
        }
    }
    for nothing in &list.nothing {
        let results = ask(&nothing.query)?;
        if results.as_array().is_none_or(|results| !results.is_empty()) {
            wrong.push(format!("{} should find nothing: {results}", nothing.query));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    ensure!(list.found.len() >= 20 && list.nothing.len() >= 5, "the list is too short");
    Ok(())
}

fn by_keyboard(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    browser.go(&pool.site.url(&format!("{language}/history/index.html")))?;
    browser.wait_for("return !!window.siteSearchQuery")?;
    browser.run("document.querySelector('#contents-toggle').focus()")?;
    browser.keys("/")?;
    browser.wait_for("return document.activeElement.id === 'search-input'")?;
    browser.keys("RunPodSandbox")?;
    browser.wait_for("return document.querySelectorAll('.search-results a').length > 0")?;
    let marked = browser.run("return document.querySelectorAll('.search-results mark').length")?;
    ensure!(marked.as_u64() > Some(0), "no result shows what was found");
    browser.keys(Key::Escape)?;
    browser
        .wait_for("return document.activeElement.id === 'contents-toggle'")
        .context("the focus is not given back")?;
    browser.keys("/")?;
    browser.wait_for("return document.activeElement.id === 'search-input'")?;
    browser.run("document.activeElement.select()")?;
    browser.keys("RunPodSandbox")?;
    browser.wait_for("return document.querySelectorAll('.search-results a').length > 0")?;
    browser.keys(Key::Enter)?;
    browser
        .wait_for("return location.pathname.endsWith('/how/cri-calls.html')")
        .context("Enter does not open the first result")?;
    Ok(())
}

fn lazy(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url("en/history/cri.html"))?;
    browser.wait_for("return document.readyState === 'complete'")?;
    let loaded = browser.run(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)
           .filter((name) => /elasticlunr|search-(engine|dialog|en|zh)|\\/search\\//.test(name))",
    )?;
    ensure!(loaded.as_array().is_some_and(Vec::is_empty), "loaded early: {loaded}");
    Ok(())
}
