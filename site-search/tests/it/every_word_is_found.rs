//! The two halves agree on what a word is: whatever stands in a section finds that section.

use std::collections::BTreeSet;

use crate::books::{self, LANGUAGES};
use crate::browser::Browser;

#[test]
fn whatever_stands_in_a_section_finds_it() {
    for language in LANGUAGES {
        let pages = books::pages(language);
        let browser = Browser::with(language, &pages);
        let mut asked = BTreeSet::new();
        let mut lost = Vec::new();
        for page in &pages {
            for section in &page.sections {
                for text in words(&section.body).chain(words(&section.heading)) {
                    if !asked.insert(text) || browser.is_common(&without_possessive(text)) {
                        continue;
                    }
                    // A space after it: the word is finished, so nothing is found as its beginning.
                    let place = (page.path.as_str(), section.anchor.as_str());
                    let hits = browser.query(&format!("{text} "));
                    if !hits.iter().any(|hit| (hit.path.as_str(), hit.anchor.as_str()) == place) {
                        lost.push(format!("`{text}` of {}#{}", place.0, place.1));
                    }
                }
            }
        }
        assert!(lost.is_empty(), "{language}: {} words are lost:\n{}", lost.len(), lost.join("\n"));
    }
}

/// A word as it is looked up: in small letters, and `other's` as `other`.
fn without_possessive(word: &str) -> String {
    let word = word.to_lowercase();
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word).to_owned()
}

/// What stands between spaces and Chinese punctuation, if there is anything in it to find.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "，。；：、“”（）《》".contains(c))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}
