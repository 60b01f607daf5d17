//! Finds runs of words that the book shares with a text it was made from.
//!
//! Of such a text only fingerprints are kept: hashes of every eight words in a row, or of sixteen
//! characters where it is Chinese. They tell whether the book repeats it and cannot be read.
//! Code, blockquotes, “quoted words”, titles of other documents and lists of names may be the same.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::language::Language;
use crate::page::markdown_options;

/// How many words in a row are no accident.
const WORDS: usize = 8;
/// How many characters in a row are none in Chinese.
const CHARACTERS: usize = 16;
/// How many of them have to be Chinese: names of programs alone say nothing.
const CHINESE_MIN: usize = 8;
/// The bits of a fingerprint: enough for no two runs of a book to meet by chance.
const BITS: u32 = 48;

/// The fingerprints of a text.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints(BTreeSet<u64>);

impl Fingerprints {
    /// Those of plain text, a paragraph a line.
    pub fn of_text(text: &str, language: Language) -> Self {
        let runs = text.lines().flat_map(|line| runs(line, language));
        Self(runs.map(|run| fingerprint(&run)).collect())
    }

    /// Those written down by [`Self::written`]; lines that start with `#` are for people.
    ///
    /// # Errors
    ///
    /// With the word that is no fingerprint, and why.
    pub fn read(text: &str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let words = lines.flat_map(str::split_whitespace);
        let read = words.map(|word| {
            u64::from_str_radix(word, 16).map_err(|error| format!("`{word}`: {error}"))
        });
        read.collect::<Result<_, _>>().map(Self)
    }

    /// The fingerprints in hexadecimal, sorted, seven a line.
    pub fn written(&self) -> String {
        let words: Vec<String> = self.0.iter().map(|it| format!("{it:012x}")).collect();
        words.chunks(7).map(|line| line.join(" ") + "\n").collect()
    }

    /// The first run of a passage that is also in the text of these fingerprints.
    pub fn shared(&self, passage: &str, language: Language) -> Option<String> {
        runs(passage, language).into_iter().find(|run| self.0.contains(&fingerprint(run)))
    }
}

/// FNV-1a, which is the same in every version of everything.
fn fingerprint(run: &str) -> u64 {
    let hash = run.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash >> (u64::BITS - BITS)
}

/// All runs of a passage, in order, in lower case and without punctuation.
fn runs(passage: &str, language: Language) -> Vec<String> {
    match language {
        Language::En => {
            let words: Vec<&str> = passage.split(is_between).map(bare).collect();
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            let is_name = |word: &&str| word.starts_with(char::is_uppercase);
            let prose = words.windows(WORDS).filter(|run| !run.iter().all(is_name));
            prose.map(|run| run.join(" ").to_lowercase().replace('’', "'")).collect()
        }
        Language::ZhCn => {
            let letters = passage.to_lowercase();
            let letters: Vec<char> = letters.chars().filter(|it| it.is_alphanumeric()).collect();
            let is_chinese = |it: &&char| ('\u{4e00}'..='\u{9fff}').contains(*it);
            let prose = letters.windows(CHARACTERS);
            let prose = prose.filter(|run| run.iter().filter(is_chinese).count() >= CHINESE_MIN);
            prose.map(|run| run.iter().collect()).collect()
        }
    }
}

/// Whether a character parts words; versions and hyphenated names are one word.
fn is_between(character: char) -> bool {
    !character.is_alphanumeric() && !matches!(character, '.' | '-' | '\'' | '’')
}

fn bare(word: &str) -> &str {
    word.trim_matches(|it: char| !it.is_alphanumeric())
}

/// The passages of a page that have to be its own, each with its place in the Markdown.
pub fn passages(markdown: &str) -> Vec<(usize, String)> {
    let mut found = Passages::default();
    for (event, range) in Parser::new_ext(markdown, markdown_options()).into_offset_iter() {
        found.event(&event, range.start);
    }
    found.end();
    found.done
}

/// The parts of a plain sentence that have to be its own: what stands in quotation marks may not.
pub fn unquoted(text: &str) -> Vec<&str> {
    text.split('“')
        .enumerate()
        .map(|(index, part)| {
            let close = if index == 0 { None } else { part.split_once('”') };
            close.map_or(part, |(_, after)| after)
        })
        .collect()
}

#[derive(Default)]
struct Passages {
    done: Vec<(usize, String)>,
    /// The place and the words of the passage being read.
    open: Option<(usize, String)>,
    /// For each tag that is open, whether the words in it are somebody else's.
    tags: Vec<bool>,
}

impl Passages {
    fn event(&mut self, event: &Event<'_>, start: usize) {
        match event {
            Event::Start(tag) => {
                if !is_inline(tag.to_end()) || is_foreign(tag) {
                    self.end();
                }
                self.tags.push(is_foreign(tag));
            }
            Event::End(tag) => {
                let was_foreign = self.tags.pop().unwrap_or_default();
                if !is_inline(*tag) || was_foreign {
                    self.end();
                }
            }
            Event::Text(words) if !self.tags.contains(&true) => {
                let (_, open) = self.open.get_or_insert((start, String::new()));
                open.push_str(words);
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, open)) = &mut self.open {
                    open.push(' ');
                }
            }
            _ => self.end(),
        }
    }

    /// Ends the passage; directives and quotations are no words of it.
    fn end(&mut self) {
        let Some((start, words)) = self.open.take() else { return };
        let words = without_directives(&words);
        self.done.extend(unquoted(&words).into_iter().map(|part| (start, part.to_owned())));
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link)
}

/// The words of a link that leads out are mostly a title.
fn is_foreign(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::BlockQuote(_) | Tag::CodeBlock(_) => true,
        Tag::Link { dest_url, .. } => dest_url.contains("://"),
        _ => false,
    }
}

fn without_directives(words: &str) -> String {
    let mut parts = words.split("{{");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        rest.push_str(part.split_once("}}").map_or(part, |(_, after)| after));
    }
    rest
}
