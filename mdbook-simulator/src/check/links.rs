//! Links inside the book lead to a page that is there, and to a heading that is on it.

use std::path::{Component, Path, PathBuf};

use super::anchors::Anchors;
use crate::block::Block;
use crate::facts::{FactTable, Facts};
use crate::finding::Finding;
use crate::manuscript::{Manuscript, NOT_FOUND};
use crate::nearest::did_you_mean;
use crate::outside;
use crate::page::{Link, LinkKind, Page};

/// What can be wrong with a link.
#[derive(Debug, thiserror::Error)]
pub enum LinkMistake {
    /// It leads nowhere.
    #[error("the link leads nowhere; write an address between its round brackets")]
    Empty,
    /// `[text][name]` without a definition.
    #[error("`[{name}]` is not defined; add a line `[{name}]: address`")]
    UnknownReference {
        /// The name.
        name: String,
    },
    /// An address that is wrong when the site is in a folder.
    #[error(
        "`{target}` starts at the server's root, where the site need not be; write it relative to this page"
    )]
    Absolute {
        /// As written.
        target: String,
    },
    /// An address of another site that is none.
    #[error("`{target}` is no address to link to: {why}")]
    Form {
        /// As written.
        target: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A link to what a page will be, not to what it is.
    #[error("link to `{written}`, not to `{target}`: mdBook turns it into the page")]
    Html {
        /// As written.
        target: String,
        /// What to write.
        written: String,
    },
    /// A query that mdBook would drop.
    #[error("mdBook drops what follows `.md` in `{target}`; write `{written}`")]
    Query {
        /// As written.
        target: String,
        /// What to write.
        written: String,
    },
    /// No such page.
    #[error("page `{path}` does not exist{hint}")]
    NoPage {
        /// The path as written.
        path: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// A file above the book.
    #[error("`{path}` is outside the book, and would not be on the site")]
    Outside {
        /// The path as written.
        path: String,
    },
    /// No such file.
    #[error("file `{path}` does not exist; put it beside the page, or mend the path")]
    NoFile {
        /// The path as written.
        path: String,
    },
    /// No such heading.
    #[error("{page} has no heading or element with the id `{anchor}`{hint}")]
    NoAnchor {
        /// The page, for people.
        page: String,
        /// The id.
        anchor: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// A picture that some readers would not get.
    #[error("the image has no description; say between its square brackets what it shows")]
    NoDescription,
}

/// The mistakes of a page.
pub(super) fn findings(
    page: &Page,
    book: &Manuscript,
    facts: &Facts,
    anchors: &Anchors,
) -> Vec<Finding> {
    let checker = Checker { page, book, anchors };
    let mut findings = Vec::new();
    for link in &page.links {
        let mut note = |mistake| findings.push(page.finding(link.range.start, mistake));
        if link.kind == LinkKind::Image && link.description.trim().is_empty() {
            note(LinkMistake::NoDescription);
        }
        if let Err(mistake) = checker.check(link) {
            note(mistake);
        }
    }
    for fence in &page.fences {
        let block = Block::read(page, fence, &mut Vec::new());
        let name = block.as_ref().and_then(|block| block.get("table"));
        let Some(table) = name.and_then(|(name, _)| facts.tables.get(name)) else { continue };
        for link in links_in(table, page, book) {
            if let Err(mistake) = checker.check(&link) {
                findings.push(page.finding(fence.range.start, mistake));
            }
        }
    }
    findings
}

/// The links in the cells of a table that a page shows; they are relative to that page.
fn links_in(table: &FactTable, page: &Page, book: &Manuscript) -> Vec<Link> {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let read = |text: &str| Page::read(page.path.clone(), page.file.clone(), text.to_owned());
    cells.flat_map(|cell| read(cell.get(book.language)).links).collect()
}

struct Checker<'a> {
    page: &'a Page,
    book: &'a Manuscript,
    anchors: &'a Anchors,
}

impl Checker<'_> {
    fn check(&self, link: &Link) -> Result<(), LinkMistake> {
        let target = link.target.as_str();
        if link.kind == LinkKind::UnknownReference {
            return Err(LinkMistake::UnknownReference { name: target.to_owned() });
        }
        if target.is_empty() {
            return Err(LinkMistake::Empty);
        }
        if target.starts_with('/') {
            return Err(LinkMistake::Absolute { target: target.to_owned() });
        }
        if target.starts_with('@') || target.starts_with("mailto:") {
            return Ok(());
        }
        if has_scheme(target) {
            let form = |why| LinkMistake::Form { target: target.to_owned(), why };
            return outside::mistake(target).map_or(Ok(()), |why| Err(form(why)));
        }
        let (address, anchor) = target.split_once('#').unwrap_or((target, ""));
        let (path, query) =
            address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
        if path.is_empty() {
            return self.has_anchor(&self.page.path, anchor);
        }
        let Some(resolved) = resolve(self.page.folder(), path) else {
            return Err(LinkMistake::Outside { path: path.to_owned() });
        };
        let is = |extension: &str| resolved.extension().is_some_and(|found| found == extension);
        if is("html") {
            self.has_page(&resolved.with_extension("md"), path)?;
            if query.is_none() {
                let target = target.to_owned();
                let written = target.replacen(".html", ".md", 1);
                return Err(LinkMistake::Html { target, written });
            }
            return self.has_anchor(&resolved.with_extension("md"), anchor);
        }
        if !is("md") {
            let path = path.to_owned();
            let is_file = self.book.source.join(&resolved).is_file();
            return if is_file { Ok(()) } else { Err(LinkMistake::NoFile { path }) };
        }
        self.has_page(&resolved, path)?;
        if query.is_some() {
            let target = target.to_owned();
            let written = target.replacen(".md", ".html", 1);
            return Err(LinkMistake::Query { target, written });
        }
        self.has_anchor(&resolved, anchor)
    }

    fn has_page(&self, resolved: &Path, written: &str) -> Result<(), LinkMistake> {
        let listed = self.book.contents.pages().any(|(page, _)| page == resolved);
        if listed && resolved != Path::new(NOT_FOUND) {
            return Ok(());
        }
        let known: Vec<String> = self
            .book
            .contents
            .pages()
            .map(|(page, _)| relative(self.page.folder(), page))
            .collect();
        let hint = did_you_mean(written, known.iter().map(String::as_str));
        Err(LinkMistake::NoPage { path: written.to_owned(), hint })
    }

    fn has_anchor(&self, page: &Path, anchor: &str) -> Result<(), LinkMistake> {
        // A page that is listed but missing has been told of already.
        let Some(known) = self.anchors.of(page) else { return Ok(()) };
        if anchor.is_empty() || known.contains(anchor) {
            return Ok(());
        }
        let page = if page == self.page.path {
            "this page".to_owned()
        } else {
            format!("`{}`", page.display())
        };
        let hint = did_you_mean(anchor, known.iter().map(String::as_str));
        Err(LinkMistake::NoAnchor { page, anchor: anchor.to_owned(), hint })
    }
}

/// Whether an address starts with a scheme such as `https:`.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
    })
}

/// The path seen from `src`, if it stays inside.
pub(super) fn resolve(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for component in folder.join(path.replace("%20", " ")).components() {
        match component {
            Component::Normal(name) => resolved.push(name),
            Component::ParentDir if !resolved.pop() => return None,
            _ => {}
        }
    }
    Some(resolved)
}

/// The path of a page as a link on a page in `folder` would write it.
fn relative(folder: &Path, page: &Path) -> String {
    let shared = folder.components().zip(page.components()).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folder.components().count() - shared);
    let down: PathBuf = page.components().skip(shared).collect();
    format!("{up}{}", down.display())
}
