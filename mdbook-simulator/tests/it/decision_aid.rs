//! The questions that lead to a migration path: each answer leads to one place, and each question
//! is reached.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mdbook_simulator::language::Language;
use mdbook_simulator::manuscript::Manuscript;
use mdbook_simulator::page::Page;
use mdbook_simulator::site::Site;

/// What the ids of questions start with.
const QUESTION: &str = "q-";

/// The answers of a page's questions: by the id of a question, where each of them leads.
fn questions(page: &Page) -> Vec<(String, Vec<String>)> {
    let ends = page.headings.iter().skip(1).map(|next| next.range.start).chain([page.text.len()]);
    let sections = page.headings.iter().zip(ends);
    let questions = sections.filter_map(|(heading, end)| {
        let id = heading.id.clone().filter(|id| id.starts_with(QUESTION))?;
        let start = heading.range.end;
        let mut answers = Vec::new();
        let mut offset = start;
        for line in page.text[start..end].split_inclusive('\n') {
            if line.starts_with("- ") {
                let range = offset..offset + line.len();
                let links = page.links.iter().filter(|link| range.contains(&link.range.start));
                let targets: Vec<&str> = links.map(|link| link.target.as_str()).collect();
                let at = page.finding(offset, "an answer leads to one place");
                assert_eq!(targets.len(), 1, "{at}, not to {targets:?}");
                answers.extend(targets.into_iter().map(str::to_owned));
            }
            offset += line.len();
        }
        Some((id, answers))
    });
    questions.collect()
}

fn in_language(language: Language) -> Vec<(String, Vec<String>)> {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    let site = Site::around(&book).expect("the book");
    let book = Manuscript::load(&site, language);
    questions(book.page(Path::new("migrate/index.md")).expect("the decision aid"))
}

#[test]
fn every_question_is_reached_and_has_a_choice() {
    let questions = in_language(Language::En);
    let answers: BTreeMap<&str, &Vec<String>> =
        questions.iter().map(|(id, answers)| (id.as_str(), answers)).collect();
    let mut reached = BTreeSet::new();
    let mut next = vec![questions.first().expect("a question").0.as_str()];
    while let Some(id) = next.pop() {
        if reached.insert(id) {
            assert!(answers[id].len() > 1, "`{id}` leaves no choice");
            next.extend(answers[id].iter().filter_map(|target| target.strip_prefix('#')));
        }
    }
    assert_eq!(reached, answers.keys().copied().collect(), "questions that nothing leads to");
}

#[test]
fn both_languages_lead_to_the_same_places() {
    assert_eq!(in_language(Language::En), in_language(Language::ZhCn));
}
