//! What a page is made of, each part with its place in the Markdown.

use std::ops::Range;

/// The parts of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) html_ids: Vec<(String, usize)>,
    pub(super) fences: Vec<Fence>,
    pub(super) breaks: Vec<Break>,
    pub(super) opaque: Vec<Range<usize>>,
    pub(super) words: Vec<Range<usize>>,
    pub(super) prose: Vec<Range<usize>>,
    pub(super) paragraphs: Vec<Range<usize>>,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// The id written as `{#id}`, if any.
    pub id: Option<String>,
    /// The words of the heading.
    pub title: String,
    /// The heading in the Markdown, marks and attributes included.
    pub range: Range<usize>,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct Link {
    /// Which of the two, and how it was written.
    pub kind: LinkKind,
    /// Where it leads, as written.
    pub target: String,
    /// An image's description; empty for a link.
    pub description: String,
    /// The link in the Markdown.
    pub range: Range<usize>,
}

/// What sort of link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](target)`, or `<target>`.
    Link,
    /// `![description](target)`.
    Image,
    /// `href="…"` or `src="…"` in raw HTML.
    Html,
    /// `[text][name]` with no line `[name]: …`.
    UnknownReference,
}

/// A fenced code block.
#[derive(Clone, Debug)]
pub struct Fence {
    /// What follows the backticks.
    pub info: String,
    /// What is between the fences.
    pub body: String,
    /// The block in the Markdown, fences included.
    pub range: Range<usize>,
    /// Whether it stands in a list, a quotation or the like.
    pub nested: bool,
}

impl Fence {
    /// The first word of the info string, with the words after it.
    pub fn words(&self) -> (&str, impl Iterator<Item = &str>) {
        let mut words = self.info.split_whitespace();
        (words.next().unwrap_or_default(), words)
    }
}

/// A line break inside a paragraph, which HTML shows as a space.
#[derive(Clone, Debug)]
pub struct Break {
    /// From the end of the words before it to the start of the words after it.
    pub range: Range<usize>,
    /// The visible character before it; a backtick where code ends.
    pub before: Option<char>,
    /// The visible character after it; a backtick where code starts.
    pub after: Option<char>,
}
