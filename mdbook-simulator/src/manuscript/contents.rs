//! The list of contents of a book, with lines for messages.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_summary::{Summary, SummaryItem, parse_summary};

use super::FileMistake;
use crate::finding::Finding;
use crate::site::Site;

/// The name of the list.
pub(super) const FILE: &str = "SUMMARY.md";

/// The list of contents.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The list relative to the repository.
    pub file: PathBuf,
    /// Whether it could be read.
    pub is_readable: bool,
    /// Its lines that mean something, in order.
    pub entries: Vec<Entry>,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How deep it is indented, from 0.
    pub depth: usize,
    /// What it is.
    pub kind: EntryKind,
    /// The line, from 1.
    pub line: usize,
}

/// What a line of the list can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A page, relative to the list.
    Page(PathBuf),
    /// A page to be written.
    Draft,
    /// A heading over some pages.
    Part,
    /// A rule between pages.
    Separator,
}

impl Contents {
    /// Reads the list of the book whose Markdown is in `source`.
    pub(super) fn load(site: &Site, source: &Path, findings: &mut Vec<Finding>) -> Self {
        let file = site.shown(&source.join(FILE));
        let mut contents = Self { file, is_readable: false, entries: Vec::new() };
        let text = match fs::read_to_string(source.join(FILE)) {
            Ok(text) => text,
            Err(source) => {
                findings.push(contents.finding(1, FileMistake::Unreadable { source }));
                return contents;
            }
        };
        match parse_summary(&text) {
            Ok(summary) => {
                contents.entries = Lines::new(&text).entries(&summary);
                contents.is_readable = true;
            }
            Err(error) => {
                let message = format!("{error:#}");
                findings.push(contents.finding(1, FileMistake::Contents { message }));
            }
        }
        contents
    }

    /// The pages of the list with their lines.
    pub fn pages(&self) -> impl Iterator<Item = (&Path, usize)> {
        self.entries.iter().filter_map(|entry| match &entry.kind {
            EntryKind::Page(path) => Some((path.as_path(), entry.line)),
            _ => None,
        })
    }

    /// The mistake in a line of the list.
    pub fn finding(&self, line: usize, mistake: impl std::fmt::Display) -> Finding {
        Finding { file: self.file.clone(), line, message: mistake.to_string() }
    }
}

/// The text of a list, to find the line of an entry; entries are asked for in order.
struct Lines<'a> {
    lines: Vec<&'a str>,
    /// The line of the last entry, from 1.
    at: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { lines: text.lines().collect(), at: 1 }
    }

    fn entries(mut self, summary: &Summary) -> Vec<Entry> {
        let parts =
            [&summary.prefix_chapters, &summary.numbered_chapters, &summary.suffix_chapters];
        let mut entries = Vec::new();
        for items in parts {
            self.add(items, 0, &mut entries);
        }
        entries
    }

    fn add(&mut self, items: &[SummaryItem], depth: usize, entries: &mut Vec<Entry>) {
        for item in items {
            match item {
                SummaryItem::Link(link) => {
                    let kind = link.location.clone().map_or(EntryKind::Draft, EntryKind::Page);
                    if let EntryKind::Page(path) = &kind {
                        self.seek(&format!("{})", path.display()));
                    }
                    entries.push(Entry { depth, kind, line: self.at });
                    self.add(&link.nested_items, depth + 1, entries);
                }
                SummaryItem::PartTitle(title) => {
                    self.seek(title);
                    entries.push(Entry { depth, kind: EntryKind::Part, line: self.at });
                }
                _ => entries.push(Entry { depth, kind: EntryKind::Separator, line: self.at }),
            }
        }
    }

    /// Goes on to the next line that holds the text, if there is one.
    fn seek(&mut self, text: &str) {
        let found = self.lines.iter().skip(self.at - 1).position(|line| line.contains(text));
        self.at += found.unwrap_or_default();
    }
}
