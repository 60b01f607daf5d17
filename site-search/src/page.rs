//! A page as search sees it: its sections, in plain text.

use crate::reader;

/// Why a page cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// There is no text to search.
    #[error("the page `{path}` has no <main> element; theme/index.hbs must put the text in one")]
    NoMain {
        /// The page, from the root of its book.
        path: String,
    },
}

/// A page of one book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path from the root of the book, such as `history/cri.html`.
    pub path: String,
    /// What the contents call it, which is shorter than its heading: `<title>` up to the last ` · `.
    pub name: String,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

impl Page {
    /// Reads a page from the HTML that mdBook wrote.
    pub fn read(path: impl Into<String>, html: &str) -> Result<Self, PageError> {
        let path = path.into();
        match reader::read(html) {
            Some((name, sections)) => Ok(Self { path, name, sections }),
            None => Err(PageError::NoMain { path }),
        }
    }
}

/// What is found, linked and shown as one: the text from one heading to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What kind of text it is.
    pub kind: Kind,
    /// The `id` that a link leads to; empty for the top of the page.
    pub anchor: String,
    /// Its heading.
    pub heading: String,
    /// The heading of the section around it, when that is not the page itself.
    pub within: String,
    /// Its text, in paragraphs that one space parts.
    pub body: String,
}

/// The kinds of section. Search weighs them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The start of a page, under its title; its text begins with the page's description.
    Page,
    /// A section under a heading of its own.
    Section,
    /// An entry of a timeline; its heading is the date.
    Entry,
    /// The captions of a figure of the simulator.
    Simulation,
}
