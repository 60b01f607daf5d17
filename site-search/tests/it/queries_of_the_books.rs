//! The lists in `queries/`: what must be found first, and what must not be found.

use std::collections::BTreeSet;

use site_search::query_list::QueryList;

use crate::books::{self, LANGUAGES};
use crate::browser::{Browser, Hit};

#[test]
fn each_query_finds_its_page_first() {
    let mut wrong: Vec<String> = Vec::new();
    for language in LANGUAGES {
        let list = QueryList::load(language).expect("the list reads");
        let browser = Browser::with(language, &books::pages(language));
        for expected in list.found {
            let hits = browser.query(&expected.query);
            let is_right = hits.first().is_some_and(|first| {
                first.path == expected.page
                    && expected.anchor.as_ref().is_none_or(|anchor| *anchor == first.anchor)
            });
            if !is_right {
                wrong.push(format!("{language}, `{}`: expected {expected:?}", expected.query));
                wrong.extend(hits.iter().take(5).map(|hit| {
                    let Hit { score, kind, heading, .. } = hit;
                    format!("    {score:6.2} {kind} {} {heading}", hit.place())
                }));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_not_in_the_book_is_not_found() {
    for language in LANGUAGES {
        let list = QueryList::load(language).expect("the list reads");
        let browser = Browser::with(language, &books::pages(language));
        for query in list.nothing.iter().map(|nothing| &nothing.query) {
            assert_eq!(browser.places(query), [""; 0], "{language}, `{query}`");
        }
    }
}

#[test]
fn the_lists_are_long_enough_and_ask_nothing_twice() {
    for language in LANGUAGES {
        let list = QueryList::load(language).expect("the list reads");
        assert!(list.found.len() >= 22, "{language}: {}", list.found.len());
        assert!(list.nothing.len() >= 6, "{language}: {}", list.nothing.len());
        assert!(list.nothing.iter().any(|nothing| nothing.query == "除垫"), "{language}");
        let found = list.found.iter().map(|found| &found.query);
        let queries: BTreeSet<_> = found.chain(list.nothing.iter().map(|it| &it.query)).collect();
        assert_eq!(queries.len(), list.found.len() + list.nothing.len(), "{language}");
    }
}
