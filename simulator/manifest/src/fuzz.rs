//! Texts that nobody wrote: manifests with bytes changed, cut away and spliced, from one seed.

use simulator_model::pod::Pod;
use simulator_model::prng::Prng;

use crate::place::line_count;
use crate::scenario::read_scenario;
use crate::{Lang, Message, Options, Reading, read};

/// Pieces that have meanings of their own in YAML.
const PIECES: [&str; 30] = [
    "---\n",
    "\n",
    "  ",
    "\t",
    "- ",
    ": ",
    "? ",
    "&a ",
    "*a",
    "<<: *a\n",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "\"",
    "'",
    "|\n",
    ">-\n",
    "!!str ",
    "!!int ",
    "# ",
    "%YAML 1.1\n",
    "null",
    "~",
    "0x7f",
    "-1",
    "99999999999999999999",
    "é",
    "\u{feff}",
];

/// A text made of those of a corpus; the same for the same seed.
pub fn text(corpus: &[String], seed: u64) -> String {
    let mut prng = Prng::new(seed);
    let mut bytes = choose(corpus, &mut prng).as_bytes().to_vec();
    for _ in 0..=below(&mut prng, 8) {
        change(&mut bytes, corpus, &mut prng);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn change(bytes: &mut Vec<u8>, corpus: &[String], prng: &mut Prng) {
    let at = below(prng, bytes.len() + 1);
    match below(prng, 8) {
        0 => bytes.truncate(at),
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << below(prng, 8);
            }
        }
        2 => {
            let end = (at + below(prng, 40)).min(bytes.len());
            bytes.drain(at..end);
        }
        3 => {
            let other = choose(corpus, prng).as_bytes();
            let start = below(prng, other.len() + 1);
            let end = (start + below(prng, 200)).min(other.len());
            bytes.splice(at..at, other[start..end].iter().copied());
        }
        4 => {
            let end = (at + below(prng, 60)).min(bytes.len());
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        5 => swap_lines(bytes, prng),
        _ => {
            let piece = PIECES[below(prng, PIECES.len())];
            bytes.splice(at..at, piece.bytes());
        }
    }
}

/// Puts one line in the place of another.
fn swap_lines(bytes: &mut Vec<u8>, prng: &mut Prng) {
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    let count = lines.len().max(1);
    let (one, other) = (below(prng, count), below(prng, count));
    if lines.get(one).is_some() && lines.get(other).is_some() {
        lines.swap(one, other);
    }
    *bytes = lines.concat();
}

fn choose<'a>(corpus: &'a [String], prng: &mut Prng) -> &'a str {
    let index = below(prng, corpus.len().max(1));
    corpus.get(index).map_or("", String::as_str)
}

fn below(prng: &mut Prng, bound: usize) -> usize {
    let bound = u64::try_from(bound.max(1)).unwrap_or(1);
    usize::try_from(prng.below(bound)).unwrap_or(0)
}

/// What reading some texts gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many texts were read.
    pub texts: u64,
    /// How many had no mistakes.
    pub fine: u64,
    /// How many mistakes were found in the others.
    pub mistakes: u64,
    /// How many pods came of them.
    pub pods: u64,
    /// How many were scenarios without mistakes.
    pub scenarios: u64,
}

impl Tally {
    /// Reads the text of one seed, and holds the answer against what is always true.
    ///
    /// # Errors
    ///
    /// What is not true, in a sentence.
    pub fn take(&mut self, corpus: &[String], seed: u64) -> Result<Vec<Pod>, String> {
        let text = text(corpus, seed);
        let Reading { pods, mistakes, .. } = read(&text, &Options::default());
        let lines = line_count(&text);
        for mistake in &mistakes {
            if mistake.at.line == 0 || mistake.at.line > lines || mistake.at.column == 0 {
                return Err(format!("seed {seed}: no such place: {}", mistake.text(Lang::En)));
            }
            for lang in Lang::ALL {
                if mistake.message.text(lang).is_empty() {
                    return Err(format!("seed {seed}: no sentence for {:?}", mistake.message));
                }
            }
            if matches!(mistake.message, Message::Unfit { .. }) {
                return Err(format!("seed {seed}: a pod did not fit: {}", mistake.text(Lang::En)));
            }
        }
        let reading = read_scenario(&text, "scenario", &mut |_| Err("there are no files".into()));
        if reading.scenario.is_some() != reading.mistakes.is_empty() {
            return Err(format!("seed {seed}: a scenario and mistakes, or neither"));
        }
        self.scenarios += u64::from(reading.scenario.is_some());
        self.texts += 1;
        self.fine += u64::from(mistakes.is_empty());
        self.mistakes += mistakes.len() as u64;
        self.pods += pods.len() as u64;
        Ok(pods)
    }
}
