//! How long a page is: its words, and the minutes that reading them takes.

use crate::language::Language;
use crate::page::Page;

/// Words that a reader of English takes in a minute.
const WORDS_A_MINUTE: usize = 220;

/// Characters that a reader of Chinese takes in a minute.
const CHARACTERS_A_MINUTE: usize = 350;

/// The length of what an author wrote on a page, tables and headings with it, code left out: words
/// in English; in Chinese, characters and the Latin words between them.
pub fn length(page: &Page, language: Language) -> usize {
    page.words.iter().map(|range| of_text(&page.text[range.clone()], language)).sum()
}

/// The minutes that reading so much takes, at least one.
pub fn minutes(length: usize, language: Language) -> usize {
    let in_a_minute = match language {
        Language::En => WORDS_A_MINUTE,
        Language::ZhCn => CHARACTERS_A_MINUTE,
    };
    length.div_ceil(in_a_minute).max(1)
}

fn of_text(text: &str, language: Language) -> usize {
    let mut rest = text;
    let mut count = 0;
    while let Some(open) = rest.find("{{") {
        count += of_words(&rest[..open], language);
        rest = rest[open..].find("}}").map_or("", |close| &rest[open + close + 2..]);
    }
    count + of_words(rest, language)
}

fn of_words(text: &str, language: Language) -> usize {
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    match language {
        Language::En => text.split_whitespace().filter(is_word).count(),
        Language::ZhCn => {
            let latin = text.split(|c: char| !c.is_ascii_alphanumeric() && !"-._/".contains(c));
            text.chars().filter(|c| is_ideograph(*c)).count() + latin.filter(is_word).count()
        }
    }
}

/// Whether a character is a Chinese one, punctuation not included.
pub fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters_are_counted_without_code_and_directives() {
        let page = |text: &str| Page::read("a.md", "a.md", text.to_owned());
        let english =
            page("# A title {#a}\n\nTwo words – `code` here.{{cite a b}}\n\n| cell |\n|-|\n");
        assert_eq!(length(&english, Language::En), 6);
        let chinese = page("# 标题 {#a}\n\n节点用 containerd 2.0。{{cite a}}\n");
        assert_eq!(length(&chinese, Language::ZhCn), 7);
    }

    #[test]
    fn a_page_takes_a_minute_at_least() {
        assert_eq!(minutes(0, Language::En), 1);
        assert_eq!(minutes(221, Language::En), 2);
        assert_eq!(minutes(700, Language::ZhCn), 2);
    }
}
