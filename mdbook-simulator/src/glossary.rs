//! A `glossary` block becomes the list of the book's terms; and the first use of one on a page is
//! explained there.

use std::fmt::Write as _;
use std::ops::Range;

use crate::edit::Edits;
use crate::facts::{Facts, Term};
use crate::html::escape;
use crate::language::Language;
use crate::page::Page;

/// The page of the glossary, relative to `src`.
const PAGE: &str = "reference/glossary";

/// The list of all terms, sorted by their names in English.
pub fn list(facts: &Facts, language: Language) -> String {
    let mut terms: Vec<&Term> = facts.terms.iter().collect();
    terms.sort_by_key(|term| term.name.en.to_lowercase());
    let mut html = String::from("<dl class=\"glossary\">\n");
    for term in terms {
        let name = escape(term.name.get(language));
        let other = language.twin();
        let also = if term.name.en == term.name.zh_cn {
            String::new()
        } else {
            let name = escape(term.name.get(other));
            format!(" <span class=\"term-other\" lang=\"{other}\">{name}</span>")
        };
        let means = escape(term.means.get(language));
        let _ = write!(
            html,
            "<dt id=\"{}\"><dfn>{name}</dfn>{also}</dt>\n<dd>{means}</dd>\n",
            term.anchor()
        );
    }
    html.push_str("</dl>");
    html
}

/// Explains the first use of each term in the prose of a page, except where another replacement
/// already stands.
///
/// A term becomes a link to the glossary, which works without scripts and by keyboard; what it means
/// is beside it, hidden until the pointer or the focus is on the link, which is described by it.
pub fn explain(page: &Page, facts: &Facts, language: Language, edits: &mut Edits) {
    let is_left_alone = page.path.with_extension("") == std::path::Path::new(PAGE)
        || page.path == std::path::Path::new("index.md");
    if is_left_alone {
        return;
    }
    let mut forms: Vec<(&str, &Term)> = facts
        .terms
        .iter()
        .flat_map(|term| term.forms(language).map(move |form| (form, term)))
        .collect();
    forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    let up = "../".repeat(page.folder().components().count());
    let mut explained: Vec<&str> = Vec::new();
    for prose in &page.prose {
        for (range, term) in uses(&page.text, prose, &forms) {
            let is_first = term.tooltip && !explained.contains(&term.id.as_str());
            if is_first && !edits.touches(&range) {
                explained.push(&term.id);
                let word = page.text[range.clone()].to_owned();
                edits.replace(range, tooltip(&word, term, &up, language));
            }
        }
    }
}

/// Keeps the names with a hyphen in the prose of a page from being broken there, except where another
/// replacement already stands.
pub fn keep_whole(page: &Page, facts: &Facts, language: Language, edits: &mut Edits) {
    let is_hyphened = |(name, _): &(&str, &Term)| name.contains('-') && !name.contains(' ');
    let names = facts.terms.iter().map(|term| (term.name.get(language), term));
    let names: Vec<(&str, &Term)> = names.filter(is_hyphened).collect();
    for prose in &page.prose {
        for (range, _) in uses(&page.text, prose, &names) {
            if !edits.touches(&range) {
                let name = &page.text[range.clone()];
                edits.replace(range, format!("<span class=\"unbroken\">{name}</span>"));
            }
        }
    }
}

/// The uses of terms in a piece of prose, the longest form at each place.
fn uses<'a>(
    text: &str,
    prose: &Range<usize>,
    forms: &[(&str, &'a Term)],
) -> Vec<(Range<usize>, &'a Term)> {
    let mut found = Vec::new();
    let mut at = prose.start;
    while at < prose.end {
        let rest = &text[at..prose.end];
        if rest.starts_with("{{") {
            at += rest.find("}}").map_or(rest.len(), |end| end + 2);
            continue;
        }
        // Most forms differ in the first letter already.
        let begins = |form: &str| form.as_bytes().first() == rest.as_bytes().first();
        let fits = |form: &str| {
            begins(form) && rest.starts_with(form) && is_whole(text, at, at + form.len())
        };
        if let Some((form, term)) = forms.iter().find(|(form, _)| fits(form)) {
            found.push((at..at + form.len(), *term));
            at += form.len();
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Whether no Latin word goes on at either end.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '/');
    let first = text[start..].chars().next().is_some_and(joins);
    let last = text[..end].chars().next_back().is_some_and(joins);
    let before = text[..start].chars().next_back().is_some_and(|it| joins(it) || it == '.');
    let after = text[end..].chars().next().is_some_and(joins);
    !(first && before || last && after)
}

fn tooltip(word: &str, term: &Term, up: &str, language: Language) -> String {
    let (anchor, means) = (term.anchor(), escape(term.means.get(language)));
    format!(
        "<span class=\"term\"><a class=\"term-link\" href=\"{up}{PAGE}.html#{anchor}\" \
         aria-describedby=\"{anchor}-note\">{word}</a><span class=\"term-note\" role=\"tooltip\" \
         id=\"{anchor}-note\" hidden>{means}</span></span>"
    )
}
