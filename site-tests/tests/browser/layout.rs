//! No page is wider than the window, from a phone to a projector.

use anyhow::ensure;
use libtest_mimic::Trial;
use site_tests::browser::Look;

use crate::Context;

pub(crate) fn trials(context: &Context, pages: &[String]) -> Vec<Trial> {
    pages
        .iter()
        .map(|page| {
            let name = format!("layout::{page}");
            let page = page.clone();
            context.test(name, move |pool, browser| {
                for (place, width) in [320, 390, 768, 1440].into_iter().enumerate() {
                    browser.look(Look { size: (width, 900), ..Look::default() })?;
                    if place == 0 {
                        browser.go(&pool.site.url(&page))?;
                    }
                    let shown = browser.run("return document.documentElement.scrollWidth")?;
                    let shown = shown.as_u64().unwrap_or(u64::MAX);
                    ensure!(shown <= u64::from(width), "{shown} px wide in a window of {width}");
                }
                Ok(())
            })
        })
        .collect()
}
