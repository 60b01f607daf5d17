//! The feed of changes in each language is XML, and leads to pages of the site.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use libtest_mimic::Trial;
use quick_xml::Reader;
use quick_xml::events::Event;
use site_tests::site::LANGUAGES;

use crate::test;

pub(crate) fn trials(dir: &Path) -> Vec<Trial> {
    let trial = |language: &'static str| {
        let book = dir.join(language);
        test(format!("feeds::{language}"), move || check(&book))
    };
    LANGUAGES.into_iter().map(trial).collect()
}

fn check(book: &Path) -> Result<()> {
    let xml = std::fs::read_to_string(book.join("feed.xml")).context("reading feed.xml")?;
    let links = links(&xml)?;
    ensure!(links.len() > 3, "the feed has {} links", links.len());
    for link in links {
        ensure!(!link.contains("://"), "{link} is absolute, though no address was given");
        let file = if link.ends_with('/') { format!("{link}index.html") } else { link.clone() };
        ensure!(book.join(file).is_file(), "{link} leads nowhere");
    }
    let page = std::fs::read_to_string(book.join("index.html"))?;
    ensure!(
        page.contains("type=\"application/atom+xml\""),
        "the front page does not name the feed"
    );
    Ok(())
}

/// Where the links of a feed lead.
fn links(xml: &str) -> Result<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    let mut links = Vec::new();
    loop {
        match reader.read_event().context("feed.xml is no XML")? {
            Event::Empty(element) if element.name().as_ref() == "link" => {
                let href = element.try_get_attribute("href")?.context("a link without href")?;
                links.push(href.value.into_owned());
            }
            Event::Eof => return Ok(links),
            _ => {}
        }
    }
}
