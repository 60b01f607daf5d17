//! Chinese typography: full-width punctuation, a space between Chinese and Latin, one form of each
//! mark.

use std::iter;

use crate::facts::Facts;
use crate::finding::Finding;
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::measure::is_ideograph;
use crate::page::Page;

/// What can be wrong with the marks and spaces of a Chinese text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypographyMistake {
    /// A half-width mark beside a Chinese character.
    #[error("half-width `{0}` beside a Chinese character; write `{1}`")]
    HalfWidth(char, char),
    /// Chinese and Latin, or code, without a space.
    #[error(
        "no space between `{0}` and `{1}`; put one between Chinese and Latin letters, digits or code"
    )]
    NoSpace(char, char),
    /// A space beside a mark that has its own.
    #[error("a space beside `{0}`, which has its own white space; remove it")]
    Space(char),
    /// A space between two Chinese characters.
    #[error("a space between `{0}` and `{1}`; Chinese characters have none between them")]
    Apart(char, char),
    /// A Latin letter or digit of full width.
    #[error("full-width `{0}`; write it half-width")]
    FullWidth(char),
    /// A quotation mark of another kind.
    #[error("`{0}` is not the quotation mark of this book; write “ and ”, inside them ‘ and ’")]
    Quotation(char),
    /// An ellipsis of another form.
    #[error("an ellipsis in Chinese is `……`")]
    Ellipsis,
    /// A dash of another form.
    #[error("a dash in Chinese is `——`, and a range is written with 至 or 到")]
    Dash,
}

/// Half-width marks, each with what Chinese writes.
const MARKS: [(char, char); 8] = [
    (',', '，'),
    ('.', '。'),
    (':', '：'),
    (';', '；'),
    ('!', '！'),
    ('?', '？'),
    ('(', '（'),
    (')', '）'),
];

/// Stands for code among the characters that are shown.
const CODE: char = '\u{FFFC}';

/// The mistakes on the pages of a book.
pub(super) fn findings(book: &Manuscript) -> Vec<Finding> {
    if book.language != Language::ZhCn {
        return Vec::new();
    }
    let of_page = |page: &Page| -> Vec<Finding> {
        let mistakes = mistakes(&shown(page)).into_iter();
        mistakes.map(|(offset, mistake)| page.finding(offset, mistake)).collect()
    };
    book.pages.iter().flat_map(of_page).collect()
}

/// The mistakes in the Chinese texts of the facts, with the names of those texts.
pub fn typography_in_facts(facts: &Facts) -> Vec<(String, TypographyMistake)> {
    let of_text = |(owner, text): (String, &str)| {
        let mut in_code = false;
        let shown: Vec<(usize, char)> = text
            .char_indices()
            .filter_map(|(offset, character)| {
                let is_mark = character == '`';
                in_code ^= is_mark;
                match (is_mark, in_code) {
                    (true, true) => Some((offset, CODE)),
                    (true, false) | (false, true) => None,
                    (false, false) => Some((offset, character)),
                }
            })
            .collect();
        let named = move |(_, mistake)| (owner.clone(), mistake);
        mistakes(&shown).into_iter().map(named).collect::<Vec<_>>()
    };
    facts.chinese_texts().into_iter().flat_map(of_text).collect()
}

/// The characters that a reader sees side by side, with their places; a line break where anything
/// else than marks of Markdown comes between.
fn shown(page: &Page) -> Vec<(usize, char)> {
    let mut shown: Vec<(usize, char)> = Vec::new();
    let mut words = page.words.iter().peekable();
    let mut braces = 0_usize;
    for (offset, character) in page.text.char_indices() {
        while words.next_if(|range| range.end <= offset).is_some() {}
        let in_words = words.peek().is_some_and(|range| range.contains(&offset));
        if page.is_opaque(offset) {
            let is_code = page.text[offset..].starts_with('`');
            if is_code && shown.last().is_none_or(|(_, last)| *last != CODE) {
                shown.push((offset, CODE));
            } else if !is_code && character == '<' {
                shown.push((offset, '\n'));
            }
            continue;
        }
        let directive = &page.text[offset..];
        if in_words && directive.starts_with("{{") {
            braces += 2;
        }
        if braces > 0 {
            braces -= usize::from(character == '}');
        } else if in_words {
            shown.push((offset, character));
        } else if character.is_whitespace() {
            shown.push((offset, '\n'));
        }
    }
    shown
}

fn mistakes(shown: &[(usize, char)]) -> Vec<(usize, TypographyMistake)> {
    let before = iter::once('\n').chain(shown.iter().map(|(_, character)| *character));
    let after = shown.iter().skip(1).map(|(_, character)| *character).chain(iter::once('\n'));
    let neighbours = before.zip(after);
    shown
        .iter()
        .zip(neighbours)
        .filter_map(|((offset, character), (before, after))| {
            Some((*offset, mistake(before, *character, after)?))
        })
        .collect()
}

/// What is wrong with a character between two others.
fn mistake(before: char, character: char, after: char) -> Option<TypographyMistake> {
    let beside_chinese = is_ideograph(before) || is_ideograph(after);
    let is_latin = |c: char| c.is_ascii_alphanumeric() || c == CODE;
    let mark = MARKS.iter().find(|(half, _)| *half == character);
    match character {
        '「' | '」' | '『' | '』' => Some(TypographyMistake::Quotation(character)),
        '"' | '\'' if beside_chinese => Some(TypographyMistake::Quotation(character)),
        '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
            Some(TypographyMistake::FullWidth(character))
        }
        '…' if beside_chinese && before != '…' && after != '…' => {
            Some(TypographyMistake::Ellipsis)
        }
        '.' if beside_chinese && (before == '.' || after == '.') => {
            Some(TypographyMistake::Ellipsis)
        }
        '。' if before == '。' => Some(TypographyMistake::Ellipsis),
        '—' if before != '—' && after != '—' => Some(TypographyMistake::Dash),
        '–' if beside_chinese => Some(TypographyMistake::Dash),
        '-' if beside_chinese && (before == '-' || after == '-') => Some(TypographyMistake::Dash),
        ' ' if is_ideograph(before) && is_ideograph(after) => {
            Some(TypographyMistake::Apart(before, after))
        }
        ' ' if is_wide_mark(before) => Some(TypographyMistake::Space(before)),
        ' ' if is_wide_mark(after) => Some(TypographyMistake::Space(after)),
        _ if mark.is_some() && beside_chinese => {
            mark.map(|(half, full)| TypographyMistake::HalfWidth(*half, *full))
        }
        _ if is_latin(character) && is_ideograph(before) => {
            Some(TypographyMistake::NoSpace(before, code_mark(character)))
        }
        _ if is_latin(character) && is_ideograph(after) => {
            Some(TypographyMistake::NoSpace(code_mark(character), after))
        }
        _ => None,
    }
}

fn code_mark(character: char) -> char {
    if character == CODE { '`' } else { character }
}

/// Punctuation of full width.
fn is_wide_mark(character: char) -> bool {
    "，。：；！？、（）《》【】".contains(character)
}
