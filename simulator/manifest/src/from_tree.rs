//! From trees to the model's types, through serde.
//!
//! A value that does not fit is noted with its place and left out, and the whole is read once more
//! without it: so a text with ten mistakes names all ten.

mod cursor;
mod misfit;

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::de::{DeserializeOwned, DeserializeSeed};

use crate::from_tree::cursor::Cursor;
use crate::from_tree::misfit::Misfit;
use crate::message::Message;
use crate::place::Position;
use crate::tree::Node;

/// How often a text is read again without what does not fit.
const READINGS_MAX: usize = 200;

/// Reads a value; `strict` makes unknown fields mistakes.
pub(crate) fn from_tree<T: DeserializeOwned>(
    node: &Node,
    strict: bool,
) -> (Option<T>, Vec<(Position, Message)>) {
    let reading = Reading { strict, ..Reading::default() };
    let mut value = None;
    for _ in 0..READINGS_MAX {
        let before = reading.misfits.borrow().len();
        match T::deserialize(Cursor { node, reading: &reading }) {
            Ok(read) => {
                value = Some(read);
                break;
            }
            // Nothing more could be left out: the whole does not fit.
            Err(Misfit(message)) if reading.misfits.borrow().len() == before => {
                reading.mistake(node.at, message);
                break;
            }
            Err(_) => {}
        }
    }
    (value, reading.mistakes.into_inner())
}

/// What is known of a text after some readings.
#[derive(Default)]
struct Reading {
    strict: bool,
    /// The addresses of values that did not fit.
    misfits: RefCell<BTreeSet<usize>>,
    mistakes: RefCell<Vec<(Position, Message)>>,
}

impl Reading {
    fn mistake(&self, at: Position, message: Message) {
        let mut mistakes = self.mistakes.borrow_mut();
        let mistake = (at, message);
        if !mistakes.contains(&mistake) {
            mistakes.push(mistake);
        }
    }

    fn is_misfit(&self, node: &Node) -> bool {
        self.misfits.borrow().contains(&address(node))
    }

    /// Reads a value; one that does not fit is noted, unless something inside it is to blame.
    fn read<'a, S: DeserializeSeed<'a>>(
        &'a self,
        node: &'a Node,
        seed: S,
    ) -> Result<S::Value, Misfit> {
        let before = self.misfits.borrow().len();
        seed.deserialize(Cursor { node, reading: self }).inspect_err(|Misfit(message)| {
            if self.misfits.borrow().len() == before {
                self.misfits.borrow_mut().insert(address(node));
                self.mistake(node.at, message.clone());
            }
        })
    }
}

/// Trees do not move while they are read.
fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}
