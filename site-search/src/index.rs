//! The sections of a language as one script, `window.siteSearch = {…}`.
//!
//! A script and not JSON, because a page opened from a disk may not fetch anything else. The
//! postings are elasticlunr's own, written shorter than elasticlunr writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use elasticlunr::{Index, IndexBuilder};
use serde::Serialize;
use serde_json::Value;

use crate::page::{Kind, Page, Section};
use crate::token::Mixed;

/// The fields that are searched: the section's own heading, the headings above it, its text.
const FIELDS: [&str; 3] = ["heading", "above", "body"];

/// The script that holds the index of the pages of one language.
pub fn script(language: &str, pages: &[Page]) -> String {
    let mut index = IndexBuilder::with_language(Box::new(Mixed::default()))
        .save_docs(false)
        .add_fields(FIELDS)
        .build();
    let mut stored = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for section in &page.sections {
            let (heading, above) = headings(page, section);
            index.add_doc(&stored.len().to_string(), [&heading, &above, &section.body]);
            stored.push((number, code(page, section.kind), section));
        }
    }
    let contents = Contents {
        language,
        pages: pages.iter().map(|page| (page.path.as_str(), page.name.as_str())).collect(),
        sections: stored
            .iter()
            .map(|(page, kind, section)| {
                let Section { anchor, heading, within, body, .. } = section;
                (*page, *kind, anchor.as_str(), heading.as_str(), within.as_str(), body.as_str())
            })
            .collect(),
        index: compact(&index),
    };
    format!("window.siteSearch={};\n", to_json(&contents))
}

/// What the script holds; the order inside the tuples is the one that `search-engine.js` reads.
#[derive(Serialize)]
struct Contents<'a> {
    language: &'a str,
    /// Path and name.
    pages: Vec<(&'a str, &'a str)>,
    /// Page, kind, anchor, heading, heading around it, text.
    sections: Vec<(usize, &'static str, &'a str, &'a str, &'a str, &'a str)>,
    index: BTreeMap<String, Field>,
}

/// One field of the index.
#[derive(Serialize)]
struct Field {
    /// How many tokens each section has in this field.
    lengths: Vec<u64>,
    /// A line for each token: the token, then the sections that have it. A section is given as its
    /// distance from the one before, with `*N` when it has the token N times.
    tokens: String,
}

/// A section's own heading, and what stands above it; a query may take words from both.
///
/// An entry or a figure has no heading that anyone thought about, so it counts no more than those
/// above.
fn headings(page: &Page, section: &Section) -> (String, String) {
    let (name, Section { heading, within, .. }) = (&page.name, section);
    match section.kind {
        Kind::Page => (format!("{heading} {name}"), String::new()),
        Kind::Section => (heading.clone(), format!("{name} {within}")),
        Kind::Entry | Kind::Simulation => (String::new(), format!("{name} {within} {heading}")),
    }
}

/// How `search-engine.js` calls the kinds. The front page leads to others and answers little.
fn code(page: &Page, kind: Kind) -> &'static str {
    match kind {
        _ if page.path == "index.html" => "front",
        Kind::Page => "page",
        Kind::Section => "section",
        Kind::Entry => "entry",
        Kind::Simulation => "simulation",
    }
}

/// Writes the postings of elasticlunr's index short. Its own form is a tree with an object for each
/// letter, of which the browser would download several times as much.
fn compact(index: &Index) -> BTreeMap<String, Field> {
    let stored = serde_json::to_value(index).expect("elasticlunr's index is plain data");
    let field = |name: &str| {
        let lengths = (0..)
            .map_while(|section: usize| stored["documentStore"]["docInfo"].get(section.to_string()))
            .map(|lengths| lengths[name].as_u64().unwrap_or(0))
            .collect();
        let mut tokens = String::new();
        write_tokens(&stored["index"][name]["root"], &mut String::new(), &mut tokens);
        Field { lengths, tokens }
    };
    FIELDS.map(|name| (name.to_owned(), field(name))).into()
}

/// Writes a line for each token that begins with `prefix`, whose letters led to `node`.
fn write_tokens(node: &Value, prefix: &mut String, lines: &mut String) {
    let Some(node) = node.as_object() else { return };
    let postings = postings(&node["docs"]);
    if !postings.is_empty() {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(prefix);
        let mut before = 0;
        for (section, count) in postings {
            let _ = write!(lines, " {}", section - before);
            if count != "1" {
                let _ = write!(lines, "*{count}");
            }
            before = section;
        }
    }
    for (letter, child) in node {
        if letter.chars().count() == 1 {
            prefix.push_str(letter);
            write_tokens(child, prefix, lines);
            prefix.truncate(prefix.len() - letter.len());
        }
    }
}

/// The sections that have a token, and how often; elasticlunr keeps the square root of that.
fn postings(docs: &Value) -> BTreeMap<usize, String> {
    let Some(docs) = docs.as_object() else { return BTreeMap::new() };
    let count = |posting: &Value| format!("{:.0}", posting["tf"].as_f64().unwrap_or(1.0).powi(2));
    docs.iter()
        .filter_map(|(section, posting)| Some((section.parse().ok()?, count(posting))))
        .collect()
}

fn to_json(contents: &Contents<'_>) -> String {
    serde_json::to_string(contents).expect("the contents are plain data")
}
