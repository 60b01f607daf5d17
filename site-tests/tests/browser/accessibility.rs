//! axe-core finds nothing in the states that a reader can open; `page` looks at the pages themselves.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::Look;

use crate::Context;

/// What a reader can open: its name, the width of the window, and the script that opens it.
const STATES: [(&str, u32, &str); 4] = [
    ("drawer_open", 390, "document.querySelector('#contents-toggle').click()"),
    ("search_open", 1280, "document.querySelector('[data-search-open]').click()"),
    ("help_open", 1280, "document.querySelector('[data-help-open]').click()"),
    ("phone", 390, ""),
];

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    let mut trials = Vec::new();
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
                    none(if dark { "dark" } else { "light" }, &browser.axe()?)?;
                }
                Ok(())
            }));
        }
    }
    trials
}

/// Fails with what axe-core found.
pub(crate) fn none(theme: &str, violations: &[String]) -> Result<()> {
    ensure!(violations.is_empty(), "{theme}: {}", violations.join("\n"));
    Ok(())
}
