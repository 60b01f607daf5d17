//! Finds the `{{…}}` directives in the words of a page.

use std::ops::Range;

use super::{LinkKind, Page};
use crate::finding::Finding;
use crate::nearest::did_you_mean;
use crate::word::words;

/// A `{{cite …}}` in a page.
#[derive(Clone, Debug)]
pub struct CitationCall {
    /// What the citation replaces: the directive and the white space before it.
    pub range: Range<usize>,
    /// The ids of the facts, with their places; at least one.
    pub ids: Vec<(String, usize)>,
}

/// An `{{answer …}}` in a page: the id of an answer of a decision aid.
#[derive(Clone, Debug)]
pub struct AnswerCall {
    /// The directive.
    pub range: Range<usize>,
    /// The id of the answer, which stays when its words change.
    pub id: String,
    /// What becomes of a reader who gives it.
    pub end: AnswerEnd,
}

/// Where an answer leaves its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerEnd {
    /// On the way: its last link leads to the next question, or to the page to take.
    On,
    /// At the end: nothing more is asked.
    End,
    /// Before a task: its words say how to find the answer out.
    Find,
}

/// What stands in double braces.
enum Call {
    Citation(CitationCall),
    Answer(AnswerCall),
}

/// What can be wrong with a directive.
#[derive(Debug, thiserror::Error)]
pub enum DirectiveMistake {
    /// The name is not one of ours, nor one of mdBook's.
    #[error(
        "unknown directive `{{{{{name}}}}}`; there are `{{{{cite fact-id}}}}` and, in a decision aid, \
         `{{{{answer id}}}}`; text that only looks like one goes into `code`{hint}"
    )]
    Unknown {
        /// The first word in the braces.
        name: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// `}}` is missing on the line.
    #[error("`{{{{{name}` has no `}}}}` on its line; write `{{{{cite fact-id}}}}` on one line")]
    Unclosed {
        /// The first word in the braces.
        name: String,
    },
    /// No id was given.
    #[error(
        "citation without a fact; write the id of a fact, as in `{{{{cite dockershim-removed}}}}`"
    )]
    NoFact,
    /// An answer needs one id, and may say how it ends.
    #[error("write `{{{{answer id}}}}`, `{{{{answer id end}}}}` or `{{{{answer id find}}}}`")]
    AnswerForm,
    /// A heading is repeated in menus and search results, where a citation cannot work.
    #[error("citation in a heading; put it after a sentence of the text below")]
    InHeading,
    /// A link cannot hold another link.
    #[error("citation inside a link or an image; put it after the closing bracket")]
    InLink,
}

/// The citations of a page, and what is wrong with its directives.
pub(super) fn citation_calls(page: &Page) -> (Vec<CitationCall>, Vec<Finding>) {
    let (calls, findings) = calls(page);
    let citations = calls.into_iter().filter_map(|call| match call {
        Call::Citation(call) => Some(call),
        Call::Answer(_) => None,
    });
    (citations.collect(), findings)
}

/// The answers of a page; what is wrong with directives is told with the citations.
pub(super) fn answer_calls(page: &Page) -> Vec<AnswerCall> {
    let answers = calls(page).0.into_iter().filter_map(|call| match call {
        Call::Answer(call) => Some(call),
        Call::Citation(_) => None,
    });
    answers.collect()
}

fn calls(page: &Page) -> (Vec<Call>, Vec<Finding>) {
    let mut calls = Vec::new();
    let mut findings = Vec::new();
    let mut from = 0;
    while let Some(open) = page.text[from..].find("{{") {
        let open = from + open;
        from = open + 2;
        let escaped = page.text[..open].ends_with('\\');
        let for_mdbook = page.text[from..].trim_start().starts_with('#');
        if escaped || for_mdbook || page.is_opaque(open) {
            continue;
        }
        match call(page, open) {
            Ok(call) => {
                let (Call::Citation(CitationCall { range, .. })
                | Call::Answer(AnswerCall { range, .. })) = &call;
                from = range.end;
                calls.push(call);
            }
            Err(mistake) => findings.push(page.finding(open, mistake)),
        }
    }
    (calls, findings)
}

/// Reads the directive whose braces open at `open`.
fn call(page: &Page, open: usize) -> Result<Call, DirectiveMistake> {
    let line = page.text[open + 2..].lines().next().unwrap_or_default();
    let name = line
        .split(|character: char| character.is_whitespace() || character == '}')
        .find(|word| !word.is_empty())
        .unwrap_or_default()
        .to_owned();
    let Some(length) = line.find("}}") else {
        return Err(DirectiveMistake::Unclosed { name });
    };
    let end = open + 2 + length + 2;
    match name.as_str() {
        "answer" => answer(&line[..length], open..end).map(Call::Answer),
        "cite" => citation(page, open, &line[..length], end).map(Call::Citation),
        _ => {
            let hint = did_you_mean(&name, ["cite", "answer", "#include"]);
            Err(DirectiveMistake::Unknown { name, hint })
        }
    }
}

fn answer(text: &str, range: Range<usize>) -> Result<AnswerCall, DirectiveMistake> {
    let given: Vec<&str> = words(text).skip(1).map(|(_, word)| word).collect();
    let (id, end) = match given[..] {
        [id] => (id, AnswerEnd::On),
        [id, "end"] => (id, AnswerEnd::End),
        [id, "find"] => (id, AnswerEnd::Find),
        _ => return Err(DirectiveMistake::AnswerForm),
    };
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !id.bytes().all(is_plain) {
        return Err(DirectiveMistake::AnswerForm);
    }
    Ok(AnswerCall { range, id: id.to_owned(), end })
}

fn citation(
    page: &Page,
    open: usize,
    text: &str,
    end: usize,
) -> Result<CitationCall, DirectiveMistake> {
    if page.headings.iter().any(|heading| heading.range.contains(&open)) {
        return Err(DirectiveMistake::InHeading);
    }
    let in_link =
        |kind| matches!(kind, LinkKind::Link | LinkKind::Image | LinkKind::UnknownReference);
    if page.links.iter().any(|link| in_link(link.kind) && link.range.contains(&open)) {
        return Err(DirectiveMistake::InLink);
    }
    let ids: Vec<(String, usize)> =
        words(text).skip(1).map(|(offset, id)| (id.to_owned(), open + 2 + offset)).collect();
    if ids.is_empty() {
        return Err(DirectiveMistake::NoFact);
    }
    Ok(CitationCall { range: start_with_space(page, open)..end, ids })
}

/// Where the white space before a citation starts, so that the citation stays with the words
/// before it; the start of a paragraph, of a list item or of a table cell is left alone.
fn start_with_space(page: &Page, open: usize) -> usize {
    if let Some(line_break) = page.breaks.iter().find(|found| found.range.end == open) {
        return line_break.range.start;
    }
    let spaces = [' ', '\t'];
    let words = page.text[..open].trim_end_matches(spaces);
    let line = words.rsplit('\n').next().unwrap_or_default().trim_start_matches(spaces);
    if line.ends_with('|') || is_mark(line) { open } else { words.len() }
}

/// Whether a line holds no words yet: nothing, or the mark of a quotation or a list item.
fn is_mark(line: &str) -> bool {
    let mark = line.trim_start_matches(['>', ' ']);
    let number = mark.trim_end_matches(['.', ')']);
    matches!(mark, "" | "-" | "*" | "+")
        || (number.len() < mark.len() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
