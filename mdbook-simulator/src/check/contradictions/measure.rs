//! How many wrong years and versions are found: each one in the books is changed by one, in both
//! languages alike. What is changed in one language only is found by [`super::super::numbers`], all
//! of it.

use std::path::Path;

use super::of_page;
use crate::claim::is_asked;
use crate::dating::{self, Dating};
use crate::facts::{self, Facts};
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::page::Page;
use crate::site::Site;

/// Of a hundred years and a hundred versions, how many are found at the least; the figures of a run
/// are in the message when there are fewer.
const FOUND: [usize; 2] = [88, 77];

/// A number that was changed.
struct Change {
    is_version: bool,
    line: usize,
    number: String,
}

#[test]
fn most_years_and_versions_that_are_wrong_in_both_languages_are_found() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    let site = Site::around(&book).expect("the book");
    let (facts, _) = facts::load(&site.facts, Path::new("book/facts"));
    let books = Language::ALL.map(|language| Manuscript::load(&site, language));
    let (mut all, mut found) = ([0, 0], [0, 0]);
    let pages = books.iter().flat_map(|book| book.pages.iter().map(move |page| (book, page)));
    for (book, page) in pages {
        for by in [1, -1] {
            let (wrong, changes) = change(page, by);
            let lines = lines_and_numbers(&wrong, book, &facts);
            for change in changes {
                let kind = usize::from(change.is_version);
                all[kind] += 1;
                found[kind] += usize::from(lines.contains(&(change.line, change.number)));
            }
        }
    }
    let figures =
        format!("years: {} of {}, versions: {} of {}", found[0], all[0], found[1], all[1]);
    assert!(all.iter().all(|all| *all > 400), "the numbers were not found; {figures}");
    for kind in [0, 1] {
        assert!(found[kind] * 100 >= all[kind] * FOUND[kind], "fewer are found; {figures}");
    }
}

/// The page with the years and versions of its paragraphs greater by so much.
fn change(page: &Page, by: i32) -> (Page, Vec<Change>) {
    let mut text = String::new();
    let mut changes = Vec::new();
    let mut end = 0;
    for words in page.words.iter().filter(|words| is_claimed(page, words.start)) {
        for (range, dating) in dating::years_and_versions(&page.text[words.clone()]) {
            let Some(number) = greater(&dating, by) else { continue };
            let start = words.start + range.start;
            text.push_str(&page.text[end..start]);
            text.push_str(&number);
            end = words.start + range.end;
            let line = page.finding(start, "").line;
            changes.push(Change { is_version: matches!(dating, Dating::Version(_)), line, number });
        }
    }
    text.push_str(&page.text[end..]);
    (Page::read(page.path.clone(), page.file.clone(), text), changes)
}

fn is_claimed(page: &Page, at: usize) -> bool {
    page.paragraphs.iter().any(|it| it.contains(&at)) && !is_asked(page, at)
}

/// The year after or before, and the version after or before of the same major.
fn greater(dating: &Dating, by: i32) -> Option<String> {
    match dating {
        Dating::Year(year) => Some((i32::from(*year) + by).to_string()),
        Dating::Version(version) => {
            let mut parts: Vec<i32> = version.split('.').flat_map(str::parse).collect();
            *parts.get_mut(1)? += by;
            let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
            Some(parts.join(".")).filter(|version| !version.contains('-'))
        }
        Dating::Month(..) | Dating::Day(..) => None,
    }
}

/// What the check finds: the numbers, each with its line.
fn lines_and_numbers(page: &Page, book: &Manuscript, facts: &Facts) -> Vec<(usize, String)> {
    let findings = of_page(page, book, facts).into_iter();
    let numbers = findings.flat_map(|finding| {
        let said = finding.message.split("” says ").nth(1).unwrap_or_default();
        let said = said.split(", which is not in ").next().unwrap_or_default();
        let is_apart = |c: char| !c.is_ascii_digit() && c != '.';
        let numbers: Vec<String> = said.split(is_apart).map(str::to_owned).collect();
        numbers.into_iter().map(move |number| (finding.line, number))
    });
    numbers.collect()
}
