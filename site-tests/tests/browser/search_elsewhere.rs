//! Search where a reader would not expect it to work: from a disk, and in the other language.

use std::path::Path;

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use serde_json::json;
use site_tests::browser::Browser;
use site_tests::pool::Pool;

use crate::Context;

pub(crate) fn trials(context: &Context, site: &Path) -> Vec<Trial> {
    let mut trials =
        vec![context.test("search::the_other_language_is_offered", the_other_language)];
    for (language, query) in [("en", "deprecation"), ("zh-CN", "弃用")] {
        let page = format!("file://{}/{language}/history/index.html", site.display());
        let name = format!("search::from_a_disk::{language}");
        trials.push(context.test(name, move |_, browser| from_a_disk(browser, &page, query)));
    }
    trials
}

fn open(browser: &Browser, page: &str, query: &str) -> Result<()> {
    browser.go(page)?;
    browser.wait_for("return document.readyState === 'complete'")?;
    browser.click("[data-search-open]")?;
    browser.wait_for("return document.activeElement.id === 'search-input'")?;
    browser.run_with(
        "document.activeElement.value = arguments[0];
         document.activeElement.dispatchEvent(new Event('input'));",
        vec![json!(query)],
    )?;
    Ok(())
}

fn from_a_disk(browser: &Browser, page: &str, query: &str) -> Result<()> {
    open(browser, page, query)?;
    browser.wait_for("return document.querySelectorAll('.search-results a').length > 0")?;
    let first = browser.run("return document.querySelector('.search-results a').href")?;
    let names_a_file = first.as_str().is_some_and(|url| url.contains(".html"));
    ensure!(names_a_file, "a disk needs the name of a file, but the first result is {first}");
    Ok(())
}

fn the_other_language(pool: &Pool, browser: &Browser) -> Result<()> {
    open(browser, &pool.site.url("en/history/index.html"), "镜像")?;
    browser.wait_for("return !!document.querySelector('.search-advice a')")?;
    browser.click(".search-advice a")?;
    browser.wait_for("return document.documentElement.lang === 'zh-CN'")?;
    browser.wait_for("return document.querySelectorAll('.search-results a').length > 0")?;
    Ok(())
}
