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
        context.test("reading::a_table_on_a_phone_is_read_row_by_row", stacked_tables),
        context.test("reading::commands_on_paper_go_on_at_spaces", on_paper),
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

/// A table that does not fit has each cell with its column's name, and is still a table to a screen
/// reader; where there is room it is as it was written.
fn stacked_tables(pool: &Pool, browser: &Browser) -> Result<()> {
    for language in ["en", "zh-CN"] {
        for (width, stacked) in [(390, true), (1280, false)] {
            browser.look(Look { size: (width, 800), still: true, ..Look::default() })?;
            browser.go(&pool.site.url(&format!("{language}/reference/flags.html")))?;
            browser.wait_for("return document.readyState === 'complete'")?;
            browser.wait_for(&format!(
                "window.table = document.querySelector('.table-wrapper');
                 return table.matches('.stacked') === {stacked}"
            ))?;
            let fits = browser.run("return table.scrollWidth <= table.clientWidth")?;
            ensure!(fits == true, "{language} at {width} px: the table has to be scrolled");
            let cells = browser.run(
                "const cells = [...table.querySelectorAll('td')];
                 return [cells.length, cells.filter((cell) =>
                     cell.role === 'cell' && cell.dataset.column).length]",
            )?;
            ensure!(cells[0] != 0, "{language}: no cells");
            ensure!(!stacked || cells[0] == cells[1], "{language}: {cells} cells are named");
        }
    }
    Ok(())
}

/// Before printing, each word of a command is kept in one piece, and the text stays what it was.
fn on_paper(pool: &Pool, browser: &Browser) -> Result<()> {
    for language in ["en", "zh-CN"] {
        browser.go(&pool.site.url(&format!("{language}/migrate/containerd.html")))?;
        browser.wait_for("return document.readyState === 'complete'")?;
        let texts = "[...document.querySelectorAll('main pre > code')].map((it) => it.textContent)";
        browser
            .run(&format!("window.before = {texts}; dispatchEvent(new Event('beforeprint'))"))?;
        let words = browser.run("return document.querySelectorAll('pre .code-word').length")?;
        ensure!(words.as_u64().is_some_and(|count| count > 20), "{language}: {words} words");
        let same = browser.run(&format!("return before.join('|') === {texts}.join('|')"))?;
        ensure!(same == true, "{language}: printing changes a command");
    }
    Ok(())
}
