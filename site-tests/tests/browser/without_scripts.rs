//! Without JavaScript a reader loses motion and search, nothing else.

use std::path::Path;

use anyhow::ensure;
use libtest_mimic::Trial;
use site_tests::browser::Look;

use crate::Context;

pub(crate) fn trials(context: &Context, dir: &Path, pages: &[String]) -> Vec<Trial> {
    let figures: Vec<String> = pages
        .iter()
        .filter(|page| {
            std::fs::read_to_string(dir.join(page))
                .is_ok_and(|html| html.contains("<dockershim-simulator"))
        })
        .cloned()
        .collect();
    let none = figures.is_empty();
    let mut trials = vec![
        Trial::test("without_scripts::there_are_figures", move || {
            if none { Err("no page has a simulation".into()) } else { Ok(()) }
        }),
        context.test("without_scripts::the_root_links_to_both_languages", |pool, browser| {
            browser.look(Look { scripts: false, ..Look::default() })?;
            browser.go(pool.site.base())?;
            let text = browser.page_source()?;
            ensure!(text.contains("href=\"en/\"") && text.contains("href=\"zh-CN/\""), "{text}");
            Ok(())
        }),
    ];
    for page in figures {
        let html = std::fs::read_to_string(dir.join(&page)).unwrap_or_default();
        trials.push(Trial::test(format!("without_scripts::{page}"), move || {
            let figure = html.split("<dockershim-simulator").nth(1).unwrap_or_default();
            let figure = figure.split("</dockershim-simulator>").next().unwrap_or_default();
            for part in ["<svg", "<ol", "RunPodSandbox", "StartContainer"] {
                if !figure.contains(part) {
                    return Err(format!("the static figure has no {part}").into());
                }
            }
            Ok(())
        }));
    }
    trials
}
