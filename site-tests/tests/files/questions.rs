//! Each question of the site says itself and its short answer as data (JSON-LD).

use std::path::Path;

use anyhow::{Context, Result, ensure};
use libtest_mimic::Trial;
use serde_json::Value;
use site_tests::site::{self, LANGUAGES};

use crate::test;

pub(crate) fn trials(dir: &Path) -> Vec<Trial> {
    let pages = site::pages(dir);
    let of_faq = |page: &&String| page.contains("/faq/") && !page.ends_with("/index.html");
    let questions: Vec<&String> = pages.iter().filter(of_faq).collect();
    let (count, languages) = (questions.len(), LANGUAGES.len());
    let mut trials = vec![test("questions::there_are_as_many_in_each_language", move || {
        ensure!(count > 100 && count % languages == 0, "{count} questions");
        Ok(())
    })];
    for page in questions {
        let (file, language) = (dir.join(page), page.split('/').next().unwrap_or_default());
        let language = language.to_owned();
        trials.push(test(format!("questions::{page}"), move || check(&file, &language)));
    }
    trials
}

fn check(file: &Path, language: &str) -> Result<()> {
    const OPEN: &str = "<script type=\"application/ld+json\">";
    let html = std::fs::read_to_string(file)?;
    let (_, rest) = html.split_once(OPEN).context("the page has no data")?;
    let (data, rest) = rest.split_once("</script>").context("the data do not end")?;
    ensure!(!rest.contains(OPEN), "the page has data twice");
    let data: Value = serde_json::from_str(data).context("the data are no JSON")?;
    ensure!(data["@type"] == "FAQPage" && data["inLanguage"] == language, "{data}");
    let question = &data["mainEntity"][0];
    let name = question["name"].as_str().context("no question")?;
    let answer = question["acceptedAnswer"]["text"].as_str().context("no answer")?;
    ensure!(answer.chars().count() > 5, "the answer is `{answer}`");
    let left = ["**", "`", "{{", "](", "<"].into_iter().find(|mark| answer.contains(mark));
    ensure!(left.is_none(), "{left:?} is left in the answer `{answer}`");
    let title = title(&html).context("the page has no title")?;
    ensure!(title == name, "the question `{name}` is not the title `{title}`");
    Ok(())
}

/// The words of the title.
fn title(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<h1")?;
    let (title, _) = rest.split_once('>')?.1.split_once("</h1>")?;
    let mut words = String::new();
    let mut in_tag = false;
    for character in title.chars() {
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => words.push(character),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let plain = entities.iter().fold(words, |words, (from, to)| words.replace(from, to));
    Some(plain.trim().to_owned())
}
