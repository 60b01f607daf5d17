//! YAML as a tree in which everything knows its place.
//!
//! Aliases are put in as copies, merge keys (`<<`) are carried out, and keys that stand twice are
//! mistakes. Whatever the text, the tree is bounded: see [`DEPTH_MAX`] and [`NODES_MAX`].

mod build;
mod split;

pub(crate) use build::documents;

use crate::place::Position;

/// How deep a document may be nested; a pod needs about fifteen levels.
pub const DEPTH_MAX: usize = 64;
/// How many values a text may have with all its aliases put in.
pub const NODES_MAX: usize = 50_000;

/// A value and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) at: Position,
    pub(crate) value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    /// Whether it can be something else than text: it has neither quotes nor the tag `!!str`.
    pub(crate) plain: bool,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) at: Position,
    pub(crate) value: Node,
}

impl Node {
    /// The entries of a mapping; none of anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Self] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The value under a key, unless it is null.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let entry = self.entries().iter().find(|entry| entry.key == key)?;
        (!entry.value.is_null()).then_some(&entry.value)
    }

    /// The text under a key, as written.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.scalar().map(|scalar| scalar.text.as_str())
    }

    /// The whole number under a key.
    pub(crate) fn int(&self, key: &str) -> Option<i64> {
        self.get(key)?.scalar().and_then(Scalar::int)
    }

    /// Whether there is `true` under a key.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        self.get(key).and_then(Self::scalar).and_then(Scalar::bool) == Some(true)
    }

    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        if let Value::Scalar(scalar) = &self.value { Some(scalar) } else { None }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.scalar().is_some_and(Scalar::is_null)
    }
}
