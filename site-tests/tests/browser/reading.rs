//! Reading with a keyboard: what is reached first, what opens, what closes.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::{Browser, Look};
use site_tests::pool::Pool;
use thirtyfour::Key;

use crate::Context;

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    vec![
        context.test("reading::tab_reaches_the_skip_link_first", the_skip_link),
        context.test("reading::tab_reaches_every_control_of_the_page", every_control),
        context.test("reading::the_drawer_opens_and_closes_by_keyboard", the_drawer),
        context.test("reading::the_theme_is_remembered", the_theme),
        context.test("reading::tab_reaches_what_comes_to_scroll", what_scrolls),
    ]
}

const FOCUSED: &str = "const e = document.activeElement; return e.outerHTML.slice(0, 200)";

fn the_skip_link(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url("en/history/index.html"))?;
    browser.keys(Key::Tab)?;
    let focused = browser.run("return document.activeElement.getAttribute('href')")?;
    ensure!(focused == "#content", "first focus on {}", browser.run(FOCUSED)?);
    browser.keys(Key::Enter)?;
    browser.wait_for("return location.hash === '#content'")?;
    Ok(())
}

fn every_control(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url("en/history/index.html"))?;
    browser.run(
        "window.reached = new Set(); document.addEventListener('focusin',
        (event) => window.reached.add(event.target));",
    )?;
    for _ in 0..40 {
        browser.keys(Key::Tab)?;
    }
    let missed = browser.run(
        "return ['#contents-toggle', '[data-search-open]', '[popovertarget=theme-menu]',
             'a[data-language]']
           .filter((s) => ![...document.querySelectorAll(s)]
             .some((e) => window.reached.has(e) || !e.checkVisibility()))",
    )?;
    ensure!(missed.as_array().is_some_and(Vec::is_empty), "Tab never reaches {missed}");
    Ok(())
}

fn the_drawer(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.look(Look { size: (390, 800), still: true, ..Look::default() })?;
    browser.go(&pool.site.url("en/history/index.html"))?;
    browser.wait_for("return document.readyState === 'complete'")?;
    browser.run("document.querySelector('#contents-toggle').focus()")?;
    browser.keys(Key::Enter)?;
    let expanded = "return document.querySelector('#contents-toggle')
        .getAttribute('aria-expanded') === ";
    browser.wait_for(&format!("{expanded}'true'"))?;
    browser.keys(Key::Escape)?;
    browser.wait_for(&format!("{expanded}'false'"))?;
    let back = browser.run("return document.activeElement.matches('#contents-toggle')")?;
    ensure!(back == true, "the focus went to {}", browser.run(FOCUSED)?);
    Ok(())
}

fn the_theme(pool: &Pool, browser: &Browser) -> Result<()> {
    for (asked, dark) in [("dark", false), ("light", true)] {
        browser.look(Look { dark, ..Look::default() })?;
        browser.go(&pool.site.url("en/history/index.html"))?;
        browser.run(&format!("localStorage.setItem('theme', '{asked}')"))?;
        browser.go(&pool.site.url("zh-CN/history/index.html"))?;
        browser
            .wait_for(&format!("return document.documentElement.classList.contains('{asked}')"))?;
    }
    Ok(())
}

/// Styles may come after the scripts, and narrow what was wide.
fn what_scrolls(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url("en/reference/flags.html"))?;
    browser.wait_for("return document.readyState === 'complete'")?;
    // The last table has room in the window.
    for (style, reached) in [("", false), ("min-width: 0; width: 5rem", true), ("", false)] {
        browser.run(&format!(
            "window.table = [...document.querySelectorAll('.table-wrapper')].at(-1);
             table.style = '{style}'"
        ))?;
        browser
            .wait_for(&format!("return table.matches('[tabindex][aria-label]') === {reached}"))?;
    }
    Ok(())
}
