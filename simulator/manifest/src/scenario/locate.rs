//! From a place in a scenario to its line and column.

use simulator_model::scenario::{Key, Place};

use crate::place::Position;
use crate::tree::Node;

/// Where a place is; where it is not in the text, whatever of it there is.
pub(super) fn position(root: &Node, place: &Place) -> Position {
    let mut node = root;
    for key in &place.keys {
        let next = match key {
            Key::Field(field) => node.entries().iter().find(|e| &e.key == field).map(|e| &e.value),
            Key::Item(index) => node.items().get(*index),
        };
        let Some(next) = next else { break };
        node = next;
    }
    node.at
}
