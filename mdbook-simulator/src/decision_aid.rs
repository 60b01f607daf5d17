//! The questions of a page, as data for the script that asks them one after the other.
//!
//! The page itself is the source: a section whose id starts with `q-` is a question, each item of its
//! list an answer that starts with `{{answer id}}`. The last link of an answer leads on, to the next
//! question or to the page to take; the links before it are pages to read as well. So the list that
//! is read without scripts and the questions that are asked cannot differ.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use serde_json::json;

use crate::block::Block;
use crate::edit::Edits;
use crate::finding::Finding;
use crate::html::escape;
use crate::page::{AnswerCall, AnswerEnd, Heading, Page};

/// What the ids of questions start with.
const QUESTION: &str = "q-";

/// What can be wrong with the questions of a page.
#[derive(Debug, thiserror::Error)]
pub enum DecisionMistake {
    /// An answer that is not an item of a question's list.
    #[error(
        "answer `{id}` stands in no question; it belongs at the start of an item of the list below a heading with an id such as `{{#q-nodes}}`"
    )]
    NoQuestion {
        /// The answer.
        id: String,
    },
    /// An item of a question's list without an id.
    #[error("this answer has no id; begin it with `{{{{answer id}}}}`")]
    NoId,
    /// An answer that leads nowhere.
    #[error("answer `{id}` leads nowhere; end it with a link to a question or a page")]
    NoLink {
        /// The answer.
        id: String,
    },
    /// Two answers of the same id.
    #[error("question `{question}` has two answers `{id}`")]
    Twice {
        /// The question.
        question: String,
        /// The answer.
        id: String,
    },
    /// A question that nothing leads to.
    #[error("no answer leads to question `{question}`")]
    NotReached {
        /// The question.
        question: String,
    },
    /// Answers without the block that asks the questions.
    #[error("the page has answers but no block `decision-aid many=…`")]
    NoBlock,
    /// The question that may have many answers is not there.
    #[error("`{question}` is no question of this page; name the one that may have many answers")]
    NoMany {
        /// As written.
        question: String,
    },
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// The id of its heading.
    pub id: String,
    /// Where its heading starts in the Markdown.
    pub start: usize,
    /// The answers, in order.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The directive that names it.
    pub call: AnswerCall,
    /// Where its links lead, as written; the last one leads on.
    pub links: Vec<String>,
}

impl Answer {
    /// The question it leads to.
    pub fn next(&self) -> Option<&str> {
        let last = self.links.last().filter(|_| self.call.end == AnswerEnd::On)?;
        last.strip_prefix('#').filter(|id| id.starts_with(QUESTION))
    }

    /// The pages to read, as written; the last one is the way to take where no question follows.
    fn reads(&self) -> impl Iterator<Item = &str> {
        self.links.iter().map(String::as_str).filter(|link| !link.starts_with('#'))
    }
}

/// The questions of a page, and what is wrong with them.
pub fn questions(page: &Page) -> (Vec<Question>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut calls = page.answer_calls();
    if calls.is_empty() {
        return (Vec::new(), findings);
    }
    let ends = page.headings.iter().skip(1).map(|next| next.range.start).chain([page.text.len()]);
    let mut questions = Vec::new();
    for (heading, end) in page.headings.iter().zip(ends) {
        let Some(id) = heading.id.clone().filter(|id| id.starts_with(QUESTION)) else { continue };
        let answers = answers(page, heading, end, &mut calls, &mut findings);
        questions.push(Question { id, start: heading.range.start, answers });
    }
    for call in calls {
        findings.push(page.finding(call.range.start, DecisionMistake::NoQuestion { id: call.id }));
    }
    (questions, findings)
}

/// The answers of one question, taken from `calls`.
fn answers(
    page: &Page,
    heading: &Heading,
    end: usize,
    calls: &mut Vec<AnswerCall>,
    findings: &mut Vec<Finding>,
) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut offset = heading.range.end;
    for line in page.text[heading.range.end..end].split_inclusive('\n') {
        let range = offset..offset + line.len();
        offset = range.end;
        if !line.starts_with("- ") {
            continue;
        }
        let Some(index) = calls.iter().position(|call| call.range.start == range.start + 2) else {
            findings.push(page.finding(range.start, DecisionMistake::NoId));
            continue;
        };
        let call = calls.remove(index);
        let links = page.links.iter().filter(|link| range.contains(&link.range.start));
        let links: Vec<String> = links.map(|link| link.target.clone()).collect();
        let mut note = |mistake| findings.push(page.finding(range.start, mistake));
        if links.is_empty() {
            note(DecisionMistake::NoLink { id: call.id.clone() });
        }
        if answers.iter().any(|other| other.call.id == call.id) {
            let question = heading.id.clone().unwrap_or_default();
            note(DecisionMistake::Twice { question, id: call.id.clone() });
        }
        answers.push(Answer { call, links });
    }
    answers
}

/// Writes the data of each answer into the page, where its directive stands.
pub fn mark(page: &Page, pages: &[Page], edits: &mut Edits, findings: &mut Vec<Finding>) {
    let (questions, of_page) = questions(page);
    findings.extend(of_page);
    if !questions.is_empty()
        && !page.fences.iter().any(|fence| fence.info.starts_with("decision-aid"))
    {
        findings.push(page.finding(questions[0].start, DecisionMistake::NoBlock));
    }
    for answer in questions.iter().flat_map(|question| &question.answers) {
        edits.replace(answer.call.range.clone(), marker(page, pages, answer));
    }
}

fn marker(page: &Page, pages: &[Page], answer: &Answer) -> String {
    let reads: Vec<_> = answer
        .reads()
        .map(|link| json!({"href": address(link), "title": title(page, pages, link)}))
        .collect();
    let next = answer.next().map(|next| format!(" data-next=\"{next}\"")).unwrap_or_default();
    let end = match answer.call.end {
        AnswerEnd::On => "",
        AnswerEnd::End => " data-end",
        AnswerEnd::Find => " data-find",
    };
    let (id, reads) = (&answer.call.id, escape(&json!(reads).to_string()));
    format!("<span hidden data-answer=\"{id}\"{next}{end} data-reads=\"{reads}\"></span>")
}

/// A link to a page as mdBook will write it.
fn address(link: &str) -> String {
    link.replacen(".md", ".html", 1)
}

/// The title of the page or section that a link leads to, without the number of a step.
fn title(page: &Page, pages: &[Page], link: &str) -> String {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = resolve(page.folder(), path);
    let headings = pages.iter().find(|page| page.path == path).map(|page| &page.headings[..]);
    let wanted = |heading: &&Heading| anchor.is_empty() || heading.id.as_deref() == Some(anchor);
    let heading = headings.unwrap_or_default().iter().find(wanted);
    let title = heading.map_or(link, |heading| heading.title.trim());
    let plain = title.trim_start_matches(|letter: char| letter.is_ascii_digit());
    plain.strip_prefix(". ").unwrap_or(title).to_owned()
}

fn resolve(folder: &Path, path: &str) -> PathBuf {
    let mut resolved = PathBuf::new();
    for component in folder.join(path).components() {
        if component == Component::ParentDir {
            resolved.pop();
        } else {
            resolved.push(component);
        }
    }
    resolved
}

/// The place where the script puts what it adds.
pub fn element(block: &Block<'_>, findings: &mut Vec<Finding>) -> String {
    let page = block.page;
    let (questions, _) = questions(page);
    let (many, offset) = block.get("many").unwrap_or(("", block.fence.range.start));
    if !questions.iter().any(|question| question.id == many) {
        let question = many.to_owned();
        findings.push(page.finding(offset, DecisionMistake::NoMany { question }));
    }
    let reached: BTreeSet<&str> =
        questions.iter().flat_map(|it| &it.answers).filter_map(Answer::next).collect();
    for question in questions.iter().skip(1) {
        if question.id != many && !reached.contains(question.id.as_str()) {
            let mistake = DecisionMistake::NotReached { question: question.id.clone() };
            findings.push(page.finding(question.start, mistake));
        }
    }
    format!("<div class=\"decision-aid\" data-many=\"{many}\"></div>")
}
