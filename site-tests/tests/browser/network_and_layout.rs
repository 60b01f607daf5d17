//! Nothing on the site talks to a third party, everything works below a path, and no page is wider
//! than the window, from a phone to a projector.

use std::path::Path;

use anyhow::ensure;
use libtest_mimic::Trial;
use site_tests::browser::Look;
use site_tests::site;

use crate::Context;

/// The widths of windows, in CSS pixels.
const WIDTHS: [u32; 4] = [320, 390, 768, 1440];

pub(crate) fn trials(context: &Context, dir: &Path, pages: &[String]) -> Vec<Trial> {
    let css = site::files(dir, &[".css"]);
    let mut trials =
        vec![Trial::test("network_and_layout::styles_load_nothing_from_elsewhere", move || {
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
        let name = format!("network_and_layout::{page}");
        let page = page.clone();
        trials.push(context.test(name, move |pool, browser| {
            // Below a path, where an address that starts at the root of the host leads outside.
            let served = &pool.below_path;
            let url = served.url(&page);
            let window = |width| Look { size: (width, 900), ..Look::default() };
            browser.look(window(WIDTHS[0]))?;
            browser.go(&url)?;
            browser.wait_for("return document.readyState === 'complete'")?;
            let at_root = page == "404.html" || page.ends_with("/404.html");
            let loaded = browser.run(
                "return performance.getEntriesByType('resource')
                   .map((r) => r.name + ' ' + r.responseStatus)",
            )?;
            for entry in loaded.as_array().into_iter().flatten() {
                let entry = entry.as_str().unwrap_or_default();
                let ours = entry.starts_with(served.base())
                    || (at_root && entry.starts_with(served.host()));
                ensure!(ours, "{url} asks for {entry}");
                ensure!(at_root || entry.ends_with(" 200"), "{url} asks for {entry}");
            }
            if at_root {
                // Shown at any address, it finds its style sheet from the root only.
                browser.go(&pool.site.url(&page))?;
            }
            for width in WIDTHS {
                browser.look(window(width))?;
                let shown = browser.run("return document.documentElement.scrollWidth")?;
                let shown = shown.as_u64().unwrap_or(u64::MAX);
                ensure!(shown <= u64::from(width), "{shown} px wide in a window of {width}");
            }
            Ok(())
        }));
    }
    trials
}
