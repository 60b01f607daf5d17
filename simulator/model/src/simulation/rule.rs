//! Rules: calls that fail because somebody wants to see what happens then.
//!
//! A rule is data, so that a simulation with rules can be cloned and forked like any other.

use crate::call::Status;

/// What becomes of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which call: its number in the order in which calls were made, from 0.
    pub call: u64,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// How a call fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The runtime refuses it; nothing is done.
    Refused(Status),
    /// The runtime serves it; the client reads an error in place of the answer.
    AnswerLost(Status),
    /// One of the requests to Docker Engine that it makes is answered with HTTP 500.
    EngineFails {
        /// Which request: its number in the order in which this call makes them, from 0.
        request: usize,
    },
}

/// The rules of a simulation, and how many calls have been made.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    made: u64,
}

impl Rules {
    pub(super) fn add(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    pub(super) fn made(&self) -> u64 {
        self.made
    }

    /// Judges the next call.
    pub(super) fn on_call(&mut self) -> Option<Verdict> {
        let number = self.made;
        self.made += 1;
        self.rules.iter().find(|rule| rule.call == number).map(|rule| rule.verdict.clone())
    }
}
