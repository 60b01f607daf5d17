//! The documents cited on one page: numbered marks in the text, and the list at its end.

use std::collections::BTreeMap;

use crate::facts::{Confidence, Fact, Facts, Source, SourceId};
use crate::html::escape;
use crate::language::Language;

/// The citations of a page so far.
#[derive(Debug)]
pub struct Bibliography<'a> {
    facts: &'a Facts,
    language: Language,
    /// The sources in the order in which the page cites them.
    sources: Vec<&'a Source>,
    numbers: BTreeMap<&'a SourceId, usize>,
    /// For each source, the numbers of the citations that name it.
    places: Vec<Vec<usize>>,
    /// How many citations the page has.
    count: usize,
}

impl<'a> Bibliography<'a> {
    /// Starts a page.
    pub fn new(facts: &'a Facts, language: Language) -> Self {
        Self {
            facts,
            language,
            sources: Vec::new(),
            numbers: BTreeMap::new(),
            places: Vec::new(),
            count: 0,
        }
    }

    /// Whether nothing has been cited.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The citation of some facts, as HTML for the middle of a sentence.
    ///
    /// A word joiner keeps it on the line of the word before. The note is hidden, so that it is
    /// not read twice; the theme shows it when the pointer or the focus is on the mark, and the
    /// marks are described by it.
    pub fn cite(&mut self, facts: &[&'a Fact]) -> String {
        self.count += 1;
        let place = self.count;
        let mut numbers = Vec::new();
        for source in facts.iter().flat_map(|fact| self.facts.sources_of(fact)) {
            let number = self.number(source);
            if !numbers.contains(&number) {
                numbers.push(number);
                self.places[number - 1].push(place);
            }
        }
        let remarks: String = facts.iter().filter_map(|fact| self.remark(fact)).collect();
        let remark = format!("cite-{place}-remark");
        let note = |number| format!("cite-{place}-{number}");
        let marks: String = numbers
            .iter()
            .map(|&number| match remarks.as_str() {
                "" => self.mark(number, &note(number)),
                _ => self.mark(number, &format!("{remark} {}", note(number))),
            })
            .collect();
        let entries: String =
            numbers.iter().map(|&number| self.entry(number, &note(number))).collect();
        let remarks = if remarks.is_empty() {
            remarks
        } else {
            format!("<span class=\"cite-remarks\" id=\"{remark}\">{remarks}</span>")
        };
        let class = doubt_class(facts);
        let sign = if class.is_empty() { "" } else { DOUBT_SIGN };
        format!(
            "<span class=\"cite{class}\" id=\"cite-{place}\">&#8288;<sup class=\"cite-marks\">\
             {marks}{sign}</sup><span class=\"cite-note\" role=\"note\" hidden>{remarks}{entries}\
             </span></span>"
        )
    }

    /// The number of a source on this page.
    fn number(&mut self, source: &'a Source) -> usize {
        *self.numbers.entry(&source.id).or_insert_with(|| {
            self.sources.push(source);
            self.places.push(Vec::new());
            self.sources.len()
        })
    }

    fn mark(&self, number: usize, described_by: &str) -> String {
        let word = self.language.words().source;
        format!(
            "<a class=\"cite-mark\" href=\"#source-{number}\" role=\"doc-biblioref\" \
             aria-describedby=\"{described_by}\"><span class=\"visually-hidden\">{word} </span>{number}</a>"
        )
    }

    /// A document in the note of a citation.
    fn entry(&self, number: usize, id: &str) -> String {
        let reference = reference(self.sources[number - 1], self.language);
        format!(
            "<span class=\"cite-entry\" id=\"{id}\"><span class=\"cite-number\" \
             aria-hidden=\"true\">{number}</span> {reference}</span>"
        )
    }

    /// What there is to say about a fact beside its sources: doubts, and its note.
    fn remark(&self, fact: &Fact) -> Option<String> {
        let words = self.language.words();
        let label = match fact.confidence {
            Confidence::Confirmed => None,
            Confidence::Unverified => Some(words.unverified),
            Confidence::Disputed => Some(words.disputed),
        };
        let note = fact.note.as_ref().map(|note| escape(note.get(self.language)));
        let text = match (label, note) {
            (None, None) => return None,
            (None, Some(note)) => note,
            (Some(label), None) => format!("<strong>{label}</strong>"),
            (Some(label), Some(note)) => format!("<strong>{label}</strong>{}{note}", words.colon),
        };
        Some(format!("<span class=\"cite-remark\">{text}</span>"))
    }

    /// The list of the documents, as Markdown for the end of the page; empty without citations.
    pub fn section(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let words = self.language.words();
        let items: String = (1..=self.sources.len()).map(|number| self.item(number)).collect();
        format!(
            "\n\n<section class=\"sources\">\
             \n\n## {} {{#sources}}\n\n<ol class=\"source-list\">\n{items}</ol>\n</section>\n",
            words.sources
        )
    }

    fn item(&self, number: usize) -> String {
        let reference = reference(self.sources[number - 1], self.language);
        let places = &self.places[number - 1];
        let back: Vec<String> = places.iter().map(|place| self.way_back(*place)).collect();
        format!(
            "<li class=\"source\" id=\"source-{number}\">{reference} \
             <span class=\"source-back\">{}</span></li>\n",
            back.join(" ")
        )
    }

    fn way_back(&self, place: usize) -> String {
        format!(
            "<a class=\"source-back-link\" href=\"#cite-{place}\" role=\"doc-backlink\">\
             <span aria-hidden=\"true\">↩</span><span class=\"visually-hidden\">{} </span>{place}\
             </a>",
            self.language.words().back
        )
    }
}

/// A document in words: title with link, author, site, dates.
pub(crate) fn reference(source: &Source, language: Language) -> String {
    let words = language.words();
    let (url, title, site) = (escape(&source.url), escape(&source.title), escape(&source.site()));
    let lang = if source.lang == language.code() {
        String::new()
    } else {
        format!(" lang=\"{}\"", escape(&source.lang))
    };
    let mut parts =
        vec![format!("<a class=\"source-link\" href=\"{url}\"><cite{lang}>{title}</cite></a>")];
    if let Some(by) = &source.by {
        parts.push(format!("<span class=\"source-by\">{}</span>", escape(by)));
    }
    parts.push(format!("<span class=\"source-site\">{site}</span>"));
    if let Some(date) = source.published {
        let date_words = date.in_words(language);
        parts.push(format!(
            "<time class=\"source-published\" datetime=\"{date}\">{date_words}</time>"
        ));
    }
    let read = source.read.in_words(language);
    parts.push(format!(
        "<span class=\"source-read\">{} <time datetime=\"{}\">{read}</time></span>",
        words.read, source.read
    ));
    parts.join(words.comma)
}

/// Follows the numbers of a citation that is in doubt; the note says the same in words.
const DOUBT_SIGN: &str = "<span class=\"cite-doubt-sign\" aria-hidden=\"true\">?</span>";

/// The extra class of a citation whose facts are not all confirmed.
fn doubt_class(facts: &[&Fact]) -> &'static str {
    let any = |confidence| facts.iter().any(|fact| fact.confidence == confidence);
    if any(Confidence::Disputed) {
        " cite-disputed"
    } else if any(Confidence::Unverified) {
        " cite-unverified"
    } else {
        ""
    }
}
