//! Reads Markdown the way mdBook does, and notes where everything is.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser};
use pulldown_cmark::{Tag, TagEnd};

use super::outline::{Break, Fence, Heading, Link, LinkKind, Outline};

/// Reads a page.
pub(super) fn read(text: &str) -> Outline {
    let mut unknown = Vec::new();
    let mut note_unknown = |link: BrokenLink<'_>| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            unknown.push((link.reference.to_string(), link.span));
        }
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let events: Vec<(Event<'_>, Range<usize>)> =
        Parser::new_with_broken_link_callback(text, options(), Some(&mut note_unknown))
            .into_offset_iter()
            .collect();
    let mut reader = Reader {
        text,
        outline: Outline::default(),
        open: Vec::new(),
        last: None,
        in_html_link: false,
    };
    for (index, (event, range)) in events.iter().enumerate() {
        if matches!(event, Event::SoftBreak) {
            reader.line_break(range, &events[index + 1..]);
        } else {
            reader.event(event, range);
        }
    }
    let mut outline = reader.outline;
    outline.links.extend(unknown.into_iter().map(|(target, range)| Link {
        kind: LinkKind::UnknownReference,
        target,
        description: String::new(),
        range,
    }));
    outline.links.sort_by_key(|link| link.range.start);
    outline.paragraphs = without_inner(std::mem::take(&mut outline.paragraphs));
    outline
}

/// Paragraphs and items without the paragraphs and items inside them.
fn without_inner(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    for index in 1..ranges.len() {
        let next = ranges[index].start;
        for outer in &mut ranges[..index] {
            outer.end = outer.end.min(next);
        }
    }
    ranges.retain(|range| !range.is_empty());
    ranges
}

/// The extensions mdBook 0.5.4 turns on (mdbook-markdown, `new_cmark_parser`), without smart
/// punctuation, which both books turn off.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// What a page has shown so far.
struct Reader<'a> {
    text: &'a str,
    outline: Outline,
    /// The blocks that are open, outermost first.
    open: Vec<TagEnd>,
    /// The last visible character of the paragraph.
    last: Option<char>,
    /// Whether a link in raw HTML is open.
    in_html_link: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => {
                self.open.pop();
                if matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) {
                    self.last = None;
                }
            }
            Event::Text(words) => {
                self.words(words);
                self.note_words(words, range);
            }
            Event::Code(words) => {
                self.outline.opaque.push(range.clone());
                self.title(words);
                self.last = Some('`');
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, range.start),
            Event::HardBreak => self.last = None,
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => self.outline.headings.push(Heading {
                level: *level as u8,
                id: id.as_ref().map(ToString::to_string),
                title: String::new(),
                range: range.clone(),
            }),
            Tag::Link { dest_url, .. } => self.link(LinkKind::Link, dest_url, range),
            Tag::Image { dest_url, .. } => self.link(LinkKind::Image, dest_url, range),
            Tag::CodeBlock(kind) => {
                self.outline.opaque.push(range.clone());
                if let CodeBlockKind::Fenced(info) = kind {
                    self.outline.fences.push(Fence {
                        info: info.to_string(),
                        body: String::new(),
                        range: range.clone(),
                        nested: !self.open.is_empty(),
                    });
                }
            }
            Tag::HtmlBlock => self.comments(range),
            Tag::Paragraph | Tag::Item if !self.is_quoted() => {
                self.outline.paragraphs.push(range.clone());
            }
            _ => {}
        }
        self.open.push(tag.to_end());
    }

    fn is_quoted(&self) -> bool {
        self.open.iter().any(|tag| matches!(tag, TagEnd::BlockQuote(_)))
    }

    fn link(&mut self, kind: LinkKind, target: &str, range: &Range<usize>) {
        self.outline.links.push(Link {
            kind,
            target: target.to_owned(),
            description: String::new(),
            range: range.clone(),
        });
    }

    fn words(&mut self, words: &str) {
        if self.open.contains(&TagEnd::CodeBlock) {
            if let Some(fence) = self.outline.fences.last_mut() {
                fence.body.push_str(words);
            }
            return;
        }
        if self.open.contains(&TagEnd::Image)
            && let Some(image) = self.outline.links.last_mut()
        {
            image.description.push_str(words);
        }
        self.title(words);
        self.last = without_trailing_directives(words).chars().next_back().or(self.last);
    }

    /// Notes where words stand; words with an escape or an entity differ from the file and are
    /// left out.
    fn note_words(&mut self, words: &str, range: &Range<usize>) {
        if self.open.contains(&TagEnd::CodeBlock) || self.text.get(range.clone()) != Some(words) {
            return;
        }
        self.outline.words.push(range.clone());
        let is_plain =
            |tag: &TagEnd| matches!(tag, TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Item);
        if self.open.iter().all(is_plain) && !self.in_html_link {
            self.outline.prose.push(range.clone());
        }
    }

    /// Adds words to the title of the heading that is open.
    fn title(&mut self, words: &str) {
        if self.open.iter().any(|tag| matches!(tag, TagEnd::Heading(_)))
            && let Some(heading) = self.outline.headings.last_mut()
        {
            heading.title.push_str(words);
        }
    }

    /// Notes ids, links and comments of raw HTML.
    fn html(&mut self, html: &str, start: usize) {
        self.in_html_link = match (html.rfind("<a "), html.rfind("</a>")) {
            (None, None) => self.in_html_link,
            (open, close) => open > close,
        };
        for (name, value, offset) in attributes(html) {
            match name {
                "id" => self.outline.html_ids.push((value.to_owned(), start + offset)),
                "href" | "src" => {
                    let range = start + offset..start + offset + value.len();
                    self.link(LinkKind::Html, value, &range);
                }
                _ => {}
            }
        }
        self.comments(&(start..start + html.len()));
    }

    fn comments(&mut self, range: &Range<usize>) {
        let mut from = range.start;
        let end = range.end.min(self.text.len());
        while let Some(open) = self.text.get(from..end).and_then(|rest| rest.find("<!--")) {
            let open = from + open;
            let close = self.text[open..end].find("-->").map_or(end, |close| open + close + 3);
            self.outline.opaque.push(open..close);
            from = close;
        }
    }

    fn line_break(&mut self, range: &Range<usize>, rest: &[(Event<'_>, Range<usize>)]) {
        let start = self.text[..range.start].trim_end_matches([' ', '\t']).len();
        let end = rest.first().map_or(range.end, |(_, next)| next.start.max(range.end));
        let after = rest
            .iter()
            .map(|(event, _)| first_visible(event))
            .find(|shown| *shown != Shown::Nothing);
        let after = after.and_then(Shown::character);
        self.outline.breaks.push(Break { range: start..end, before: self.last, after });
    }
}

/// What an event shows first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// This character.
    Character(char),
    /// Nothing itself; the next event may.
    Nothing,
    /// The paragraph or the line ends.
    End,
}

impl Shown {
    fn character(self) -> Option<char> {
        match self {
            Self::Character(character) => Some(character),
            Self::Nothing | Self::End => None,
        }
    }
}

fn first_visible(event: &Event<'_>) -> Shown {
    match event {
        Event::Text(words) => without_leading_directives(words)
            .chars()
            .next()
            .map_or(Shown::Nothing, Shown::Character),
        Event::Code(_) => Shown::Character('`'),
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
        | Event::FootnoteReference(_)
        | Event::InlineHtml(_) => Shown::Nothing,
        _ => Shown::End,
    }
}

/// A citation shows a small raised number, which does not count as the end of the words.
fn without_trailing_directives(words: &str) -> &str {
    let mut words = words.trim_end();
    while words.ends_with("}}")
        && let Some(open) = words.rfind("{{")
    {
        words = words[..open].trim_end();
    }
    words
}

fn without_leading_directives(words: &str) -> &str {
    let mut words = words.trim_start();
    while words.starts_with("{{")
        && let Some(close) = words.find("}}")
    {
        words = words[close + 2..].trim_start();
    }
    words
}

/// The attributes with quoted values in raw HTML: name, value, offset of the value.
fn attributes(html: &str) -> Vec<(&str, &str, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(equals) = html[from..].find("=\"") {
        let value_start = from + equals + 2;
        let Some(length) = html[value_start..].find('"') else { break };
        let name = html[from..from + equals]
            .rsplit(|character: char| character.is_whitespace() || character == '"')
            .next()
            .unwrap_or_default();
        found.push((name, &html[value_start..value_start + length], value_start));
        from = value_start + length + 1;
    }
    found
}
