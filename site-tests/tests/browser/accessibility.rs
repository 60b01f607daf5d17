//! axe-core finds nothing on any page, in either theme, nor in the states that a reader can open.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::{Browser, Look};

use crate::Context;

pub(crate) fn trials(context: &Context, pages: &[String]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for page in pages {
        let name = format!("accessibility::{page}");
        let page = page.clone();
        trials.push(context.test(name, move |pool, browser| {
            browser.look(Look { still: true, ..Look::default() })?;
            browser.go(&pool.site.url(&page))?;
            for dark in [false, true] {
                browser.look(Look { dark, still: true, ..Look::default() })?;
                // Colours may take a moment to change.
                browser.wait_for("return document.getAnimations().length === 0")?;
                let theme = if dark { "dark" } else { "light" };
                if page.ends_with("/print.html") {
                    none(theme, &browser.axe_colours_in_parts()?)?;
                } else {
                    no_violations(browser, theme)?;
                }
            }
            if page.ends_with("/print.html") {
                none("any theme", &browser.axe_but_colours()?)?;
            }
            Ok(())
        }));
    }
    for language in site_tests::site::LANGUAGES {
        for (state, width, open) in STATES {
            let name = format!("accessibility::{state}::{language}");
            trials.push(context.test(name, move |pool, browser| {
                for dark in [false, true] {
                    browser.look(Look {
                        dark,
                        still: true,
                        size: (width, 900),
                        ..Look::default()
                    })?;
                    browser.go(&pool.site.url(&format!("{language}/history/index.html")))?;
                    browser.wait_for("return document.readyState === 'complete'")?;
                    browser.run(open)?;
                    std::thread::sleep(std::time::Duration::from_millis(400));
                    no_violations(browser, if dark { "dark" } else { "light" })?;
                }
                Ok(())
            }));
        }
    }
    trials
}

/// What a reader can open: its name, the width of the window, and the script that opens it.
const STATES: [(&str, u32, &str); 4] = [
    ("drawer_open", 390, "document.querySelector('#contents-toggle').click()"),
    ("search_open", 1280, "document.querySelector('[data-search-open]').click()"),
    ("help_open", 1280, "document.querySelector('[data-help-open]').click()"),
    ("phone", 390, ""),
];

fn no_violations(browser: &Browser, theme: &str) -> Result<()> {
    none(theme, &browser.axe()?)
}

fn none(theme: &str, violations: &[String]) -> Result<()> {
    ensure!(violations.is_empty(), "{theme}: {}", violations.join("\n"));
    Ok(())
}
