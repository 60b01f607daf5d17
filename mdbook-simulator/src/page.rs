//! One page: its Markdown, read once, with everything the checks and directives ask for.

mod directive;
mod outline;
mod reader;

use std::ops::Range;
use std::path::{Path, PathBuf};

pub use directive::{AnswerCall, AnswerEnd, CitationCall, DirectiveMistake};
pub use outline::{Break, Fence, Heading, Link, LinkKind};
pub(crate) use reader::options as markdown_options;

use crate::finding::{Finding, Place};

/// A page of a book.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file relative to the book's `src`, such as `history/cri.md`.
    pub path: PathBuf,
    /// The file relative to the repository, for messages.
    pub file: PathBuf,
    /// The Markdown as it is on disk.
    pub text: String,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Links and images, Markdown's and HTML's, in order.
    pub links: Vec<Link>,
    /// The values of `id` in raw HTML, with their places.
    pub html_ids: Vec<(String, usize)>,
    /// Fenced code blocks, in order.
    pub fences: Vec<Fence>,
    /// Line breaks inside paragraphs.
    pub breaks: Vec<Break>,
    /// Code and comments: nothing in them is a directive.
    pub opaque: Vec<Range<usize>>,
    /// All words outside code and comments, wherever they stand.
    pub words: Vec<Range<usize>>,
    /// Words in running text: not in headings, links, tables, quotations, and not stressed.
    pub prose: Vec<Range<usize>>,
    /// Paragraphs and items of lists, each without those inside it; not those of quotations.
    pub paragraphs: Vec<Range<usize>>,
}

impl Page {
    /// Reads the Markdown of a page.
    pub fn read(path: impl Into<PathBuf>, file: impl Into<PathBuf>, text: String) -> Self {
        let outline = reader::read(&text);
        Self {
            path: path.into(),
            file: file.into(),
            headings: outline.headings,
            links: outline.links,
            html_ids: outline.html_ids,
            fences: outline.fences,
            breaks: outline.breaks,
            opaque: outline.opaque,
            words: outline.words,
            prose: outline.prose,
            paragraphs: outline.paragraphs,
            text,
        }
    }

    /// The `{{cite …}}` calls of the page, and what is wrong with its directives.
    pub fn citation_calls(&self) -> (Vec<CitationCall>, Vec<Finding>) {
        directive::citation_calls(self)
    }

    /// The `{{answer …}}` calls of the page.
    pub fn answer_calls(&self) -> Vec<AnswerCall> {
        directive::answer_calls(self)
    }

    /// The mistake at a byte offset of the page.
    pub fn finding(&self, offset: usize, mistake: impl std::fmt::Display) -> Finding {
        self.place().finding(offset, mistake)
    }

    /// The page as a place for findings.
    pub fn place(&self) -> Place<'_> {
        Place { file: &self.file, text: &self.text }
    }

    /// The folder of the page, relative to the book's `src`.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// Whether the page answers one of the questions.
    pub fn is_question(&self) -> bool {
        self.path.starts_with("faq") && self.path.file_stem().is_some_and(|name| name != "index")
    }

    /// Whether the offset lies in code or in a comment.
    pub fn is_opaque(&self, offset: usize) -> bool {
        self.opaque.iter().any(|range| range.contains(&offset))
    }
}
