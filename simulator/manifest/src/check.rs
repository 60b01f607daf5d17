//! Whether a pod obeys the rules of the API server (k8s 1.20.2, pkg/apis/core/validation).
//!
//! The checks look at the tree, so that each mistake has its place. A value of the wrong shape has
//! been spoken of before and is passed over here.

mod action;
mod container;
mod environment;
mod name;
mod pod;
mod resources;
mod security;
mod volume;

use std::collections::BTreeMap;

pub(crate) use name::obeys;

use crate::finding::Findings;
use crate::message::{Message, NameRule};
use crate::place::Position;
use crate::shape::join;
use crate::tree::Node;

/// Holds pods against the rules.
pub(crate) struct RuleCheck<'a> {
    pub(crate) findings: &'a mut Findings,
}

impl RuleCheck<'_> {
    fn mistake(&mut self, node: &Node, path: &str, message: Message) {
        self.findings.mistake(node.at, path, message);
    }

    /// The text under a key must obey a rule, where it is there and not empty.
    fn named(&mut self, node: &Node, key: &str, rule: NameRule, path: &str) {
        let Some(value) = node.get(key) else { return };
        let Some(scalar) = value.scalar() else { return };
        if !scalar.text.is_empty() && !obeys(&scalar.text, rule) {
            let found = scalar.text.clone();
            self.mistake(value, &join(path, key), Message::Name { found, rule });
        }
    }

    /// The number under a key must lie in a range.
    fn range(&mut self, node: &Node, key: &str, least: i64, most: i64, path: &str) {
        if let (Some(value), Some(number)) = (node.get(key), node.int(key))
            && !(least..=most).contains(&number)
        {
            self.mistake(value, &join(path, key), Message::Range { least, most });
        }
    }

    /// The text under a key that is required but empty.
    fn not_empty(&mut self, node: &Node, key: &'static str, path: &str) {
        if let Some(value) = node.get(key)
            && value.scalar().is_some_and(|scalar| scalar.text.is_empty())
        {
            self.mistake(value, &join(path, key), Message::Missing { field: key.to_owned() });
        }
    }
}

/// Things that must be different, with where each was first.
#[derive(Default)]
struct Seen(BTreeMap<String, Position>);

impl Seen {
    /// Takes one in; a second of the same name is a mistake.
    fn take(&mut self, name: &str, at: Position) -> Option<Message> {
        if let Some(first) = self.0.get(name) {
            return Some(Message::Taken { found: name.to_owned(), line: first.line });
        }
        self.0.insert(name.to_owned(), at);
        None
    }
}
