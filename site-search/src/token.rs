//! Text into tokens: the only place that knows what a word is, beside `theme/js/search-engine.js`.
//!
//! Chinese is cut into pairs of neighbouring characters, so that no dictionary is needed; a query
//! of one character is a prefix of such a pair. Latin words are kept as they stand and in their
//! stem; an identifier such as `RunPodSandbox` is found by its parts too.

use elasticlunr::{Language, Pipeline, lang::English};

/// The language of both books: English, Chinese, and the identifiers inside either.
#[derive(Default)]
pub struct Mixed {
    english: EnglishWords,
}

impl Language for Mixed {
    fn name(&self) -> String {
        "Mixed".into()
    }

    fn code(&self) -> String {
        "mixed".into()
    }

    fn tokenize(&self, text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Han(run) => pairs(&run, &mut tokens),
                Piece::Chunk(chunk) => self.chunk(&chunk, &mut tokens),
            }
        }
        tokens
    }

    /// Empty: [`Mixed::tokenize`] does all the work, since one word gives several tokens.
    fn make_pipeline(&self) -> Pipeline {
        Pipeline { queue: Vec::new() }
    }
}

impl Mixed {
    fn chunk(&self, chunk: &str, tokens: &mut Vec<String>) {
        let words = words(chunk);
        for word in &words {
            self.word(word, tokens);
        }
        // `cri-o` is also written `crio`, `cri-dockerd` without its hyphen.
        if words.len() > 1 && chunk.chars().all(|c| c == '-' || c.is_alphanumeric()) {
            tokens.push(words.concat().to_lowercase());
        }
    }

    fn word(&self, word: &str, tokens: &mut Vec<String>) {
        let starts = part_starts(word);
        for (number, &start) in starts.iter().enumerate() {
            // The rest from here, `PodSandbox`, then the part alone, `Pod`.
            self.english.add(&word[start..], tokens);
            match starts.get(number + 1) {
                Some(&end) => self.english.add(&word[start..end], tokens),
                None => break,
            }
        }
        // The version `v1` is also written `1`.
        if let Some(digits) = word.strip_prefix(['v', 'V'])
            && !digits.is_empty()
            && digits.chars().all(|c| c.is_ascii_digit())
        {
            tokens.push(digits.to_owned());
        }
    }
}

/// The stop words and the stemmer of elasticlunr's English.
struct EnglishWords(Pipeline);

impl Default for EnglishWords {
    fn default() -> Self {
        Self(English::new().make_pipeline())
    }
}

impl EnglishWords {
    /// Adds a word and its stem, if it is not too common to be worth finding.
    fn add(&self, word: &str, tokens: &mut Vec<String>) {
        let word = word.to_lowercase();
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let Some(stem) = self.0.run(vec![word.clone()]).pop() else { return };
            if stem != word {
                tokens.push(stem);
            }
        }
        tokens.push(word);
    }
}

/// A stretch of text that is all Chinese characters, or words with nothing but joiners between.
enum Piece {
    Han(String),
    Chunk(String),
}

/// Cuts text into its pieces; spaces and punctuation fall away.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.chars().map(half_width).peekable();
    while let Some(first) = rest.next() {
        if is_han(first) {
            let mut run = String::from(first);
            while let Some(next) = rest.next_if(|&c| is_han(c)) {
                run.push(next);
            }
            pieces.push(Piece::Han(run));
        } else if is_word(first) {
            let mut chunk = String::from(first);
            while let Some(next) = rest.next_if(|&c| is_word(c) || is_joiner(c)) {
                chunk.push(next);
            }
            chunk.truncate(chunk.trim_end_matches(is_joiner).len());
            pieces.push(Piece::Chunk(chunk));
        }
    }
    pieces
}

/// The words of a chunk. What an apostrophe adds to a word (`'s`, `n't`) is no word.
fn words(chunk: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut after_apostrophe = false;
    for word in chunk.split_inclusive(is_joiner) {
        let bare = word.trim_end_matches(is_joiner);
        let is_ending = after_apostrophe && bare.len() <= 2;
        if !bare.is_empty() && !is_ending {
            words.push(bare);
        }
        after_apostrophe = word.ends_with('\'');
    }
    words
}

/// Where the parts of an identifier start: before `Pod` and `Sandbox` in `RunPodSandbox`, before
/// `Runtime` in `CRIRuntime`.
fn part_starts(word: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let mut starts = vec![0];
    for at in 1..letters.len() {
        let (start, letter) = letters[at];
        let before = letters[at - 1].1;
        let next_is_lower = letters.get(at + 1).is_some_and(|(_, c)| c.is_ascii_lowercase());
        if letter.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || (before.is_ascii_uppercase() && next_is_lower))
        {
            starts.push(start);
        }
    }
    starts
}

/// Each pair of neighbours, and the last character, with which no pair starts.
fn pairs(run: &str, tokens: &mut Vec<String>) {
    let characters: Vec<char> = run.chars().collect();
    for pair in characters.windows(2) {
        tokens.push(pair.iter().collect());
    }
    tokens.extend(characters.last().map(ToString::to_string));
}

/// Full-width Latin as it stands among Chinese becomes plain Latin; so do curved apostrophes.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        '\u{2019}' => '\'',
        _ => character,
    }
}

/// Chinese characters of the basic plane; what the index keeps must be one UTF-16 unit.
fn is_han(character: char) -> bool {
    matches!(character, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}')
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() && !is_han(character) && character.len_utf16() == 1
}

/// What may stand inside a path, a flag, a version or a name.
fn is_joiner(character: char) -> bool {
    matches!(character, '-' | '_' | '.' | '/' | ':' | '@' | '=' | '+' | '\'')
}
