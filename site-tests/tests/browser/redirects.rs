//! Short addresses, and those of pages that have moved, lead to a page that is there.

use std::path::Path;

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::Browser;
use site_tests::pool::Pool;
use site_tests::site;

use crate::Context;

pub(crate) fn trials(context: &Context, dir: &Path) -> Vec<Trial> {
    let (dir, redirects) = (dir.to_owned(), site::redirects(dir));
    vec![
        Trial::test("redirects::each_leads_to_a_page", move || {
            let lost: Vec<&String> =
                redirects.iter().filter(|page| !leads_to_a_page(&dir, page)).collect();
            if lost.is_empty() { Ok(()) } else { Err(format!("{lost:?} lead nowhere").into()) }
        }),
        context.test("redirects::a_short_address_leads_to_its_question", a_short_address),
    ]
}

/// Whether the page that a redirect names is in the site.
fn leads_to_a_page(dir: &Path, redirect: &str) -> bool {
    let html = std::fs::read_to_string(dir.join(redirect)).unwrap_or_default();
    let target = html.split("0; url=").nth(1).and_then(|rest| rest.split('"').next());
    let Some(folder) = Path::new(redirect).parent() else { return false };
    target.is_some_and(|target| {
        let page = target.split('#').next().unwrap_or(target);
        dir.join(folder).join(page).is_file()
    })
}

fn a_short_address(pool: &Pool, browser: &Browser) -> Result<()> {
    for language in site::LANGUAGES {
        browser.go(&pool.site.url(&format!("{language}/faq/docker-ps-empty/?a=b#why")))?;
        browser.wait_for("return location.pathname.endsWith('docker-ps-empty.html')")?;
        let address = browser.address()?;
        ensure!(address.ends_with("?a=b#why"), "{address} has lost its end");
    }
    Ok(())
}
