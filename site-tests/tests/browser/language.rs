//! Each page has its mirror, and a reader stays where they are when they change the language.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::Browser;
use site_tests::pool::Pool;

use crate::Context;

pub(crate) fn trials(context: &Context, pages: &[String]) -> Vec<Trial> {
    let known: std::collections::BTreeSet<String> = pages.iter().cloned().collect();
    vec![
        Trial::test("language::every_page_has_its_mirror", move || {
            let missing: Vec<String> = known
                .iter()
                .filter_map(|page| mirror(page))
                .filter(|mirror| !known.contains(mirror))
                .collect();
            if missing.is_empty() { Ok(()) } else { Err(missing.join(", ").into()) }
        }),
        context.test("language::the_switch_keeps_page_and_anchor", the_switch_keeps_the_place),
        context.test("language::the_root_follows_the_remembered_choice", the_root_remembers),
        context.test("language::the_root_follows_the_browser", the_root_follows_the_browser),
        context.test("language::the_404_page_speaks_the_language_of_the_path", the_404_page),
    ]
}

/// `en/a.html` ↔ `zh-CN/a.html`; nothing for the pages at the root.
fn mirror(page: &str) -> Option<String> {
    let english = page.strip_prefix("en/").map(|rest| format!("zh-CN/{rest}"));
    english.or_else(|| page.strip_prefix("zh-CN/").map(|rest| format!("en/{rest}")))
}

fn the_switch_keeps_the_place(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url("en/history/cri.html?x=1#top"))?;
    browser.wait_for("return document.readyState === 'complete'")?;
    browser.click("a[data-language]")?;
    browser.wait_for("return document.documentElement.lang === 'zh-CN'")?;
    let address = browser.address()?;
    ensure!(address.ends_with("/zh-CN/history/cri.html?x=1#top"), "went to {address}");
    Ok(())
}

fn the_root_remembers(pool: &Pool, browser: &Browser) -> Result<()> {
    for language in ["zh-CN", "en"] {
        browser.go(&pool.site.url("en/404.html"))?;
        browser.run(&format!("localStorage.setItem('lang', '{language}')"))?;
        browser.go(pool.site.base())?;
        browser.wait_for(&format!("return location.pathname === '/{language}/'"))?;
    }
    Ok(())
}

fn the_root_follows_the_browser(pool: &Pool, browser: &Browser) -> Result<()> {
    for (asked, language) in [("zh-TW,en", "zh-CN"), ("de,en", "en"), ("fr", "en")] {
        browser.go(&pool.site.url("en/404.html"))?;
        browser.run("localStorage.clear()")?;
        browser.devtools(
            "Emulation.setUserAgentOverride",
            serde_json::json!({"userAgent": "test", "acceptLanguage": asked}),
        )?;
        browser.go(pool.site.base())?;
        browser.wait_for(&format!("return location.pathname === '/{language}/'"))?;
    }
    Ok(())
}

fn the_404_page(pool: &Pool, browser: &Browser) -> Result<()> {
    for (path, language) in [("zh-CN/nothing/here", "zh-CN"), ("en/nothing", "en")] {
        browser.go(&pool.site.url(path))?;
        browser.wait_for(&format!("return document.documentElement.lang === '{language}'"))?;
        let links = browser.run(
            "return [...document.querySelectorAll('a')].filter((a) => a.checkVisibility())
               .map((a) => a.getAttribute('href'))",
        )?;
        let home = format!("/{language}/");
        let found = links.as_array().into_iter().flatten().any(|link| link == home.as_str());
        ensure!(found, "no link to {home} among {links}");
    }
    Ok(())
}
