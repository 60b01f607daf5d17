//! Fenced blocks that become something else, such as `simulator`, with their `key=value`s.

mod kind;

use std::collections::BTreeMap;

pub use kind::BlockKind;

use crate::finding::Finding;
use crate::nearest::{did_you_mean, listed};
use crate::page::{Fence, Page};
use crate::word::words;

/// What can be wrong with a block, whatever it becomes.
#[derive(Debug, thiserror::Error)]
pub enum BlockMistake {
    /// A name that is nearly one of ours.
    #[error("unknown block `{name}`{hint}")]
    Unknown {
        /// The word after the backticks.
        name: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// Commas after the name.
    #[error("`{word}` cannot be read; separate with spaces, as in `{kind} {example}`")]
    Comma {
        /// The first word.
        word: String,
        /// The name of the block.
        kind: &'static str,
        /// One key with a value.
        example: &'static str,
    },
    /// A word behind the name of a block that takes none.
    #[error("`{kind}` takes no keys; remove `{word}`")]
    NoKeys {
        /// The name of the block.
        kind: &'static str,
        /// The word.
        word: String,
    },
    /// A word that is no `key=value`.
    #[error("`{word}` is not of the form key=value, without spaces; valid keys are {valid}")]
    Form {
        /// The word.
        word: String,
        /// The keys.
        valid: String,
    },
    /// A key the block does not have.
    #[error("unknown key `{key}`; valid keys are {valid}{hint}")]
    UnknownKey {
        /// The key.
        key: String,
        /// A guess at what was meant.
        hint: String,
        /// The keys.
        valid: String,
    },
    /// A key given twice.
    #[error("`{key}` is given twice; keep one")]
    Twice {
        /// The key.
        key: String,
    },
    /// Text between the fences.
    #[error("the block is not empty; nothing may stand between its fences")]
    Body,
    /// A block inside something else.
    #[error("the block stands in a list or a quotation; move it out, to the start of a line")]
    Nested,
}

/// A block whose keys have been read.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    /// What it becomes.
    pub kind: BlockKind,
    /// The page it stands on.
    pub page: &'a Page,
    /// The block in the Markdown.
    pub fence: &'a Fence,
    /// Whether all its keys could be read.
    pub is_whole: bool,
    /// The values, with their offsets in the page.
    values: BTreeMap<&'a str, (&'a str, usize)>,
}

impl<'a> Block<'a> {
    /// Reads a fenced block; nothing for one that is just code.
    pub fn read(page: &'a Page, fence: &'a Fence, findings: &mut Vec<Finding>) -> Option<Self> {
        let start = fence.range.start;
        let mut note = |offset, mistake| findings.push(page.finding(offset, mistake));
        let kind = match kind(fence) {
            Ok(kind) => kind?,
            Err(mistake) => {
                note(start, mistake);
                return None;
            }
        };
        if !fence.body.trim().is_empty() {
            note(start, BlockMistake::Body);
        }
        if fence.nested {
            note(start, BlockMistake::Nested);
        }
        let info_start = start + page.text[start..].find(&fence.info).unwrap_or_default();
        let mut block = Self { kind, page, fence, values: BTreeMap::new(), is_whole: true };
        for (offset, word) in words(&fence.info).skip(1) {
            if let Err(mistake) = block.value(word, info_start + offset) {
                note(info_start + offset, mistake);
                block.is_whole = false;
            }
        }
        Some(block)
    }

    fn value(&mut self, word: &'a str, offset: usize) -> Result<(), BlockMistake> {
        let keys = self.kind.keys();
        if keys.is_empty() {
            return Err(BlockMistake::NoKeys { kind: self.kind.name(), word: word.to_owned() });
        }
        let valid = || listed(keys, " and ");
        let Some((key, value)) = word.split_once('=').filter(|(_, value)| !value.is_empty()) else {
            return Err(BlockMistake::Form { word: word.to_owned(), valid: valid() });
        };
        if !keys.contains(&key) {
            let hint = did_you_mean(key, keys.iter().copied());
            return Err(BlockMistake::UnknownKey { key: key.to_owned(), hint, valid: valid() });
        }
        match self.values.insert(key, (value, offset + key.len() + 1)) {
            Some(_) => Err(BlockMistake::Twice { key: key.to_owned() }),
            None => Ok(()),
        }
    }

    /// The value of a key, with its offset in the page.
    pub fn get(&self, key: &str) -> Option<(&'a str, usize)> {
        self.values.get(key).copied()
    }

    /// The comma-separated values of a key, each with its offset in the page.
    pub fn list(&self, key: &str) -> Vec<(&'a str, usize)> {
        let Some((value, start)) = self.get(key) else { return Vec::new() };
        let mut offset = start;
        let mut items = Vec::new();
        for item in value.split(',') {
            items.push((item, offset));
            offset += item.len() + 1;
        }
        items
    }
}

/// What the block becomes, judging by its first word.
fn kind(fence: &Fence) -> Result<Option<BlockKind>, BlockMistake> {
    let first = fence.info.split_whitespace().next().unwrap_or_default();
    let name = first.split(',').next().unwrap_or_default();
    let names = BlockKind::ALL.map(BlockKind::name);
    let kind = BlockKind::ALL.into_iter().find(|kind| kind.name() == name);
    match kind {
        Some(kind) if first == name => Ok(Some(kind)),
        Some(kind) => Err(BlockMistake::Comma {
            word: first.to_owned(),
            kind: kind.name(),
            example: kind.example(),
        }),
        None => match did_you_mean(name, names) {
            hint if hint.is_empty() => Ok(None),
            hint => Err(BlockMistake::Unknown { name: name.to_owned(), hint }),
        },
    }
}
