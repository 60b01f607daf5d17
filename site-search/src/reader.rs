//! From a page's HTML to its sections.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Node, Selector};

use crate::page::{Kind, Section};

/// The name and the sections of a page, or nothing when it has no `<main>`.
pub(crate) fn read(html: &str) -> Option<(String, Vec<Section>)> {
    let document = Html::parse_document(html);
    let main = document.select(&selector("main")).next()?;
    let title = document.select(&selector("title")).next();
    let title = title.map_or(String::new(), |title| text_of(title, ""));
    let name = title.rsplit_once(" · ").map_or(title.as_str(), |(name, _)| name);
    let mut reader = Reader::default();
    reader.children(main);
    Some((name.to_owned(), reader.finish()))
}

/// Elements that flow inside a line; all others part the text before them from the text after.
const INLINE: [&str; 27] = [
    "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
    "data",
];

/// What is not text of the page, or says again what a figure shows.
const LEFT_OUT: &str = "script, style, template, noscript, svg, nav, button, [hidden], \
     [aria-hidden=true], .cite, .sources, .source-sites, .mapping, .sim-scroll, \
     .sim-legend, .sim-source, .byline, .behind";

/// The selectors that are asked about every element, parsed once.
struct Selectors {
    left_out: Selector,
    entry: Selector,
}

static SELECTORS: LazyLock<Selectors> = LazyLock::new(|| Selectors {
    left_out: selector(LEFT_OUT),
    entry: selector(".timeline-entry[id]"),
});

/// Collects sections while it walks down the tree.
#[derive(Default)]
struct Reader {
    /// Headings and the text under them, in order.
    sections: Vec<Section>,
    /// Entries of timelines and captions of figures, which do not end the section around them.
    inserts: Vec<Section>,
    /// The last heading of the second level.
    chapter: String,
    /// What the page is about, until its first heading begins.
    description: String,
}

impl Reader {
    fn children(&mut self, parent: ElementRef<'_>) {
        for child in parent.children() {
            match (child.value(), ElementRef::wrap(child)) {
                (Node::Text(text), _) => self.text(text),
                (Node::Comment(comment), _) => self.comment(comment),
                (_, Some(element)) => self.element(element),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if SELECTORS.left_out.matches(&element) {
            return;
        }
        match name {
            "h1" | "h2" | "h3" => self.heading(element, name),
            "dockershim-simulator" => self.simulation(element),
            _ if SELECTORS.entry.matches(&element) => self.entry(element),
            _ => {
                let gap = match name {
                    "th" | "td" => " · ",
                    _ if INLINE.contains(&name) => "",
                    _ => " ",
                };
                self.text(gap);
                self.children(element);
                self.text(gap.trim_end_matches("· "));
            }
        }
    }

    /// What the author says that the page is about, in words that its headings may lack.
    fn comment(&mut self, comment: &str) {
        if let Some(description) = comment.trim().strip_prefix("description:") {
            description.trim().clone_into(&mut self.description);
        }
    }

    fn heading(&mut self, element: ElementRef<'_>, name: &str) {
        let heading = text_of(element, "");
        let kind = if self.sections.is_empty() { Kind::Page } else { Kind::Section };
        let anchor = match kind {
            Kind::Page => String::new(),
            _ => element.attr("id").unwrap_or_default().to_owned(),
        };
        let within = if name == "h3" { self.chapter.clone() } else { String::new() };
        if name == "h2" {
            self.chapter.clone_from(&heading);
        }
        let body = std::mem::take(&mut self.description);
        self.sections.push(Section { kind, anchor, heading, within, body });
    }

    fn entry(&mut self, element: ElementRef<'_>) {
        let part = |class: &str| {
            let part = element.select(&selector(class)).next();
            part.map_or(String::new(), |part| text_of(part, ""))
        };
        self.insert(
            Kind::Entry,
            element.attr("id").unwrap_or_default(),
            part(".timeline-head"),
            part(".timeline-claim"),
        );
    }

    /// Each caption once: lanes beside each other, and polls, say the same many times.
    fn simulation(&mut self, element: ElementRef<'_>) {
        let mut captions: Vec<String> = Vec::new();
        for step in element.select(&selector(".sim-phases li")) {
            let caption = text_of(step, "ol, details, .sim-time, .sim-took, .sim-phase");
            if !caption.is_empty() && !captions.contains(&caption) {
                captions.push(caption);
            }
        }
        let heading = self.sections.last().map_or(String::new(), |last| last.heading.clone());
        let anchor = element.attr("id").unwrap_or_default();
        self.insert(Kind::Simulation, anchor, heading, captions.join(" · "));
    }

    fn insert(&mut self, kind: Kind, anchor: &str, heading: String, body: String) {
        let within = self.sections.last().map_or(String::new(), |last| last.heading.clone());
        let anchor = anchor.to_owned();
        self.inserts.push(Section { kind, anchor, heading, within, body });
    }

    /// Adds to the section that is open; a page may begin without a heading.
    fn text(&mut self, text: &str) {
        if self.sections.is_empty() && !text.trim().is_empty() {
            self.sections.push(Section {
                kind: Kind::Page,
                anchor: String::new(),
                heading: String::new(),
                within: String::new(),
                body: String::new(),
            });
        }
        if let Some(last) = self.sections.last_mut() {
            last.body.push_str(text);
        }
    }

    fn finish(self) -> Vec<Section> {
        let mut sections = self.sections;
        sections.extend(self.inserts);
        for section in &mut sections {
            section.body = tidy(&section.body);
        }
        sections
    }
}

/// The text of an element without what the selector `but` names.
fn text_of(element: ElementRef<'_>, but: &str) -> String {
    let left_out = match but {
        "" => LEFT_OUT.to_owned(),
        _ => format!("{LEFT_OUT}, {but}"),
    };
    let mut text = String::new();
    gather(element, &selector(&left_out), &mut text);
    tidy(&text)
}

fn gather(element: ElementRef<'_>, left_out: &Selector, text: &mut String) {
    for child in element.children() {
        match (child.value(), ElementRef::wrap(child)) {
            (Node::Text(piece), _) => text.push_str(piece),
            (_, Some(child)) if !left_out.matches(&child) => gather(child, left_out, text),
            _ => {}
        }
    }
}

/// One space where there was white space; nothing where there was an invisible character.
fn tidy(text: &str) -> String {
    let visible: String =
        text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}')).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("the selectors of this module are constants that parse")
}
