//! What every page keeps to, on one load of it: nothing on it talks to a third party, it works below
//! a path, it is never wider than the window, and axe-core finds nothing, in either theme.

use std::path::Path;

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::{Browser, Look};
use site_tests::server::Served;
use site_tests::site;

use crate::Context;
use crate::accessibility::none;

/// The widths of windows, in CSS pixels: from a phone to a projector.
const WIDTHS: [u32; 4] = [320, 390, 768, 1440];

pub(crate) fn trials(context: &Context, dir: &Path, pages: &[String]) -> Vec<Trial> {
    let css = site::files(dir, &[".css"]);
    let mut trials = vec![Trial::test("page::styles_load_nothing_from_elsewhere", move || {
        for file in &css {
            let text = std::fs::read_to_string(file)?;
            let bad = ["url(http", "url(\"http", "url('http", "url(//", "@import"];
            if let Some(found) = bad.iter().find(|bad| text.contains(*bad)) {
                return Err(format!("{} has {found}", file.display()).into());
            }
        }
        Ok(())
    })];
    for page in pages {
        let name = format!("page::{page}");
        let page = page.clone();
        trials.push(context.test(name, move |pool, browser| {
            browser.look(Look { size: (WIDTHS[0], 900), still: true, ..Look::default() })?;
            // Below a path, where an address that starts at the root of the host leads outside.
            let served = &pool.below_path;
            browser.go(&served.url(&page))?;
            browser.wait_for("return document.readyState === 'complete'")?;
            let at_root = page == "404.html" || page.ends_with("/404.html");
            asks_for_its_own(browser, served, at_root)?;
            if at_root {
                // Shown at any address, it finds its style sheet from the root only.
                browser.go(&pool.site.url(&page))?;
            }
            fits_every_window(browser)?;
            if page.ends_with("/print.html") {
                shuts_nobody_out_of_the_whole_book(browser)
            } else {
                shuts_nobody_out(browser)
            }
        }));
    }
    trials
}

/// All that the page has loaded is there, and from this site.
fn asks_for_its_own(browser: &Browser, served: &Served, at_root: bool) -> Result<()> {
    let loaded = browser.run(
        "return performance.getEntriesByType('resource').map((r) => r.name + ' ' + r.responseStatus)",
    )?;
    for entry in loaded.as_array().into_iter().flatten() {
        let entry = entry.as_str().unwrap_or_default();
        let ours =
            entry.starts_with(served.base()) || (at_root && entry.starts_with(served.host()));
        ensure!(ours, "it asks for {entry}");
        ensure!(at_root || entry.ends_with(" 200"), "it asks for {entry}");
    }
    Ok(())
}

fn fits_every_window(browser: &Browser) -> Result<()> {
    for width in WIDTHS {
        browser.look(Look { size: (width, 900), still: true, ..Look::default() })?;
        let shown = browser.run("return document.documentElement.scrollWidth")?;
        let shown = shown.as_u64().unwrap_or(u64::MAX);
        ensure!(shown <= u64::from(width), "{shown} px wide in a window of {width}");
    }
    Ok(())
}

/// axe-core finds nothing on the page, in either theme.
pub(crate) fn shuts_nobody_out(browser: &Browser) -> Result<()> {
    look_in(browser, false)?;
    none("light", &browser.axe()?)?;
    look_in(browser, true)?;
    none("dark", &browser.axe_colours()?)
}

fn shuts_nobody_out_of_the_whole_book(browser: &Browser) -> Result<()> {
    for dark in [false, true] {
        look_in(browser, dark)?;
        none(if dark { "dark" } else { "light" }, &browser.axe_colours_of_every_look()?)?;
    }
    none("any theme", &browser.axe_but_colours()?)
}

fn look_in(browser: &Browser, dark: bool) -> Result<()> {
    browser.look(Look { dark, still: true, ..Look::default() })?;
    // Themes and their colours may take a moment to change.
    browser.wait_for(&format!(
        "return matchMedia('(prefers-color-scheme: dark)').matches === {dark}
           && document.getAnimations().length === 0"
    ))?;
    Ok(())
}
