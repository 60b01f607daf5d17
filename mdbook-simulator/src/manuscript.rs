//! A book as it is on disk: its contents list and its pages.

mod contents;

use std::fs;
use std::path::{Path, PathBuf};

pub use contents::{Contents, Entry, EntryKind};

use crate::finding::Finding;
use crate::language::Language;
use crate::nearest::did_you_mean;
use crate::page::Page;
use crate::site::Site;

/// The page for addresses that are no page; mdBook renders it without preprocessors.
pub const NOT_FOUND: &str = "404.md";

/// One book.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// Its language.
    pub language: Language,
    /// The folder of its Markdown.
    pub source: PathBuf,
    /// The list of its contents, `SUMMARY.md`.
    pub contents: Contents,
    /// The pages in the order of the list, then [`NOT_FOUND`] if there is one.
    pub pages: Vec<Page>,
    /// What was wrong with the files themselves.
    pub findings: Vec<Finding>,
}

/// What can be wrong with the files of a book.
#[derive(Debug, thiserror::Error)]
pub enum FileMistake {
    /// The list of contents cannot be read.
    #[error("the list of contents cannot be read: {message}")]
    Contents {
        /// Why.
        message: String,
    },
    /// A page of the list is not there.
    #[error("page `{page}` does not exist; write `{file}`, or remove the line{hint}")]
    MissingPage {
        /// The page as the list has it.
        page: String,
        /// A guess at what was meant.
        hint: String,
        /// The file that should be there.
        file: String,
    },
    /// A page that the list does not have.
    #[error("the page is not listed in SUMMARY.md; add a line `- [Title]({page})`, or remove it")]
    Unlisted {
        /// The page relative to the list.
        page: String,
    },
    /// A file that cannot be read.
    #[error("cannot be read: {source}")]
    Unreadable {
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl Manuscript {
    /// Reads the book of a language.
    pub fn load(site: &Site, language: Language) -> Self {
        let source = site.book(language).join("src");
        let mut findings = Vec::new();
        let contents = Contents::load(site, &source, &mut findings);
        let on_disk = markdown_files(&source);
        let mut pages = Vec::new();
        for (path, line) in contents.pages() {
            let file = source.join(path);
            if file.is_file() {
                pages.extend(read_page(site, &source, path, &mut findings));
            } else {
                let page = path.to_string_lossy().into_owned();
                let names: Vec<String> =
                    on_disk.iter().map(|path| path.to_string_lossy().into_owned()).collect();
                let hint = did_you_mean(&page, names.iter().map(String::as_str));
                let file = site.shown(&file).display().to_string();
                let mistake = FileMistake::MissingPage { page, hint, file };
                findings.push(contents.finding(line, mistake));
            }
        }
        for path in on_disk {
            if path == Path::new(NOT_FOUND) {
                pages.extend(read_page(site, &source, &path, &mut findings));
            } else if contents.is_readable && !contents.pages().any(|(listed, _)| listed == path) {
                let page = path.to_string_lossy().into_owned();
                let file = site.shown(&source.join(&path));
                let message = FileMistake::Unlisted { page }.to_string();
                findings.push(Finding { file, line: 1, message });
            }
        }
        Self { language, source, contents, pages, findings }
    }

    /// The page of this path, relative to `src`.
    pub fn page(&self, path: &Path) -> Option<&Page> {
        self.pages.iter().find(|page| page.path == path)
    }
}

fn read_page(site: &Site, source: &Path, path: &Path, findings: &mut Vec<Finding>) -> Option<Page> {
    let file = source.join(path);
    let shown = site.shown(&file);
    match fs::read_to_string(&file) {
        Ok(text) => {
            let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
            Some(Page::read(path, shown, text))
        }
        Err(source) => {
            let message = FileMistake::Unreadable { source }.to_string();
            findings.push(Finding { file: shown, line: 1, message });
            None
        }
    }
}

/// All Markdown files below a folder but its list of contents, sorted.
fn markdown_files(source: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md")
                && let Ok(relative) = path.strip_prefix(source)
                && relative != Path::new(contents::FILE)
            {
                files.push(relative.to_owned());
            }
        }
    }
    files.sort();
    files
}
