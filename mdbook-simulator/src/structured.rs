//! A question and its short answer as data, for search engines and whatever else reads pages:
//! schema.org's `FAQPage` as JSON-LD.

use pulldown_cmark::{Event, Parser};
use serde_json::json;

use crate::language::Language;
use crate::measure::is_ideograph;
use crate::page::Page;

/// The element that says it, for the end of a page; empty for a page that answers no question.
pub fn question(page: &Page, language: Language) -> String {
    let Some(title) = page.headings.first().filter(|_| page.is_question()) else {
        return String::new();
    };
    let answer = short_answer(page, language);
    let data = json!({
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": language.code(),
        "mainEntity": [{
            "@type": "Question",
            "name": title.title.trim(),
            "acceptedAnswer": { "@type": "Answer", "text": answer },
        }],
    });
    // `</script>` would end the element, and so may not stand in the text.
    let data = data.to_string().replace('<', "\\u003c");
    format!("\n\n<script type=\"application/ld+json\">{data}</script>\n")
}

/// The first paragraph under the title, without marks and citations.
fn short_answer(page: &Page, language: Language) -> String {
    let title = page.headings.first().map_or(0, |heading| heading.range.end);
    let paragraph = page.paragraphs.iter().find(|paragraph| paragraph.start >= title);
    let markdown = paragraph.map_or("", |range| &page.text[range.clone()]);
    let mut answer = String::new();
    for event in Parser::new(&without_directives(markdown)) {
        match event {
            Event::Text(words) | Event::Code(words) => answer.push_str(&words),
            Event::SoftBreak | Event::HardBreak => answer.push(' '),
            _ => {}
        }
    }
    match language {
        Language::En => answer.trim().to_owned(),
        Language::ZhCn => joined(answer.trim()),
    }
}

fn without_directives(text: &str) -> String {
    let mut parts = text.split("{{");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        rest.push_str(part.split_once("}}").map_or(part, |(_, after)| after));
    }
    rest
}

/// Chinese without the spaces that line breaks left beside its characters and marks.
fn joined(text: &str) -> String {
    let is_wide =
        |c: char| is_ideograph(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
    let is_mark = |c: char| is_wide(c) && !is_ideograph(c);
    let characters: Vec<char> = text.chars().collect();
    let is_superfluous = |index: usize| {
        let (before, after) = (characters[index - 1], characters[index + 1]);
        is_mark(before) || is_mark(after) || (is_wide(before) && is_wide(after))
    };
    let mut result = String::with_capacity(text.len());
    for (index, &character) in characters.iter().enumerate() {
        let is_inside = index > 0 && index + 1 < characters.len();
        if !(character == ' ' && is_inside && is_superfluous(index)) {
            result.push(character);
        }
    }
    result
}
