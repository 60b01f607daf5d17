//! Claims: sentences with a date or a version, and the citation that bears each out.
//!
//! A *claim* is a sentence in a paragraph or an item of a list that names a year from 2010 to 2039
//! or a version such as 1.24. Quotations, tables, headings and code make none: a quotation has its
//! own author, tables come from the facts and recordings, and a heading is borne out by its text.
//! Nor do the phrases that a question is also asked with, which are other people's.
//!
//! A claim is *covered* by a citation in its own paragraph or in a later one of its section, up to
//! the next heading; or by a block of the section whose rows carry their documents or come from a
//! recording. A sentence with a link to another page of the book leans on that page, and so does an
//! item of a list with such a link.

use std::ops::Range;
use std::path::Path;

use crate::block::Block;
use crate::dating::{self, Dating};
use crate::finding::Finding;
use crate::page::{Link, LinkKind, Page};

/// A claim that nothing on the page bears out.
#[derive(Debug, thiserror::Error)]
#[error("“{sentence}” has a date or a version and no source; add `{{{{cite fact-id}}}}` behind it")]
pub struct Uncited {
    /// The sentence, without its marks.
    pub sentence: String,
}

/// The page that says how this project knows what it says: what we did ourselves has no other source.
const OWN_METHOD: &str = "how-we-know.md";

/// The claims of a page: how many there are, and those without a citation.
pub fn claims(page: &Page) -> (usize, Vec<Finding>) {
    if is_own_method(page) {
        return (0, Vec::new());
    }
    let covers = covers(page);
    let mut count = 0;
    let mut uncited = Vec::new();
    for paragraph in page.paragraphs.iter().filter(|it| !is_asked(page, it.start)) {
        for sentence in sentences(page, paragraph.clone()) {
            let shown = shown(page, sentence.clone());
            if !is_claim(&shown) {
                continue;
            }
            count += 1;
            let rest_of_section = paragraph.start..section(page, paragraph.start).end;
            let is_covered = covers.iter().any(|at| rest_of_section.contains(at));
            if !is_covered && !leans_on_a_page(page, paragraph, &sentence) {
                let mistake = Uncited { sentence: shown.trim().to_owned() };
                uncited.push(page.finding(sentence.start, mistake));
            }
        }
    }
    (count, uncited)
}

/// Where citations and blocks stand.
fn covers(page: &Page) -> Vec<usize> {
    let calls = page.citation_calls().0.into_iter().map(|call| call.range.start);
    let blocks = page.fences.iter().filter_map(|fence| {
        Block::read(page, fence, &mut Vec::new())?;
        Some(fence.range.start)
    });
    calls.chain(blocks).collect()
}

/// Whether the page says how this project knows what it says.
pub(crate) fn is_own_method(page: &Page) -> bool {
    page.path == Path::new(OWN_METHOD)
}

/// From the heading before a place to the next one.
pub(crate) fn section(page: &Page, at: usize) -> Range<usize> {
    let starts = || page.headings.iter().map(|heading| heading.range.start);
    let start = starts().rfind(|start| *start <= at).unwrap_or(0);
    start..starts().find(|start| *start > at).unwrap_or(page.text.len())
}

/// Whether the words stand in the section of the ways in which a question is asked.
pub(crate) fn is_asked(page: &Page, at: usize) -> bool {
    let heading = page.headings.iter().rfind(|heading| heading.range.start <= at);
    heading.is_some_and(|heading| heading.id.as_deref() == Some("also-asked"))
}

fn is_item(page: &Page, paragraph: &Range<usize>) -> bool {
    let text = page.text[paragraph.clone()].trim_start_matches(|c: char| c.is_ascii_digit());
    ["- ", "* ", ". "].iter().any(|mark| text.starts_with(mark))
}

/// Whether a sentence, or all of its item of a list, has a link to another page of the book.
fn leans_on_a_page(page: &Page, paragraph: &Range<usize>, sentence: &Range<usize>) -> bool {
    links_to_pages(page, paragraph, sentence).next().is_some()
}

/// The links of a sentence, or of all of its item of a list, to pages of the book.
pub(crate) fn links_to_pages<'a>(
    page: &'a Page,
    paragraph: &Range<usize>,
    sentence: &Range<usize>,
) -> impl Iterator<Item = &'a Link> {
    let words = if is_item(page, paragraph) { paragraph.clone() } else { sentence.clone() };
    page.links.iter().filter(move |link| {
        let is_page = link.kind == LinkKind::Link && !link.target.contains("://");
        is_page && words.contains(&link.range.start)
    })
}

/// The sentences of a paragraph: one a line, and as many as its full stops make.
pub(crate) fn sentences(page: &Page, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = paragraph.start;
    let text = &page.text[paragraph.clone()];
    let mut characters = text.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let ends = match character {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' => next.is_none_or(|next| next == ' ' || next == '{'),
            _ => false,
        };
        let end = paragraph.start + offset + character.len_utf8();
        if ends && !page.is_opaque(end - 1) {
            found.push(start..end);
            start = end;
        }
    }
    found.push(start..paragraph.end);
    found.retain(|range| !page.text[range.clone()].trim().is_empty());
    found
}

/// The words of a sentence: without code, comments, directives and the addresses of links.
pub(crate) fn shown(page: &Page, sentence: Range<usize>) -> String {
    let mut words = String::new();
    let mut rest = page.text[sentence.clone()].char_indices();
    let mut braces = 0_usize;
    while let Some((offset, character)) = rest.next() {
        let at = sentence.start + offset;
        match character {
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            ']' if page.text[at + 1..].starts_with('(') => {
                rest.by_ref().find(|(_, character)| *character == ')');
                continue;
            }
            _ => {}
        }
        if braces == 0 && character != '}' && !page.is_opaque(at) {
            words.push(character);
        } else if !words.ends_with('\u{FFFC}') {
            // A stand-in, so that the words around code do not become one.
            words.push('\u{FFFC}');
        }
    }
    words.replace('\u{FFFC}', "…")
}

/// A year or a version; a month alone tells no reader when.
fn is_claim(sentence: &str) -> bool {
    let named = dating::of_words(sentence);
    named.iter().any(|it| matches!(it, Dating::Year(_) | Dating::Version(_)))
}
