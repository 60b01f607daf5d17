//! What will happen, by the instant, and by the order of scheduling where instants are equal.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::clock::Instant;
use crate::simulation::Event;

/// Events that wait for their instants.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<Scheduled>>,
    /// How many events were ever scheduled.
    sequence: u64,
}

#[derive(Clone, Debug)]
struct Scheduled {
    at: Instant,
    sequence: u64,
    event: Event,
}

impl Queue {
    /// Schedules an event.
    pub(super) fn push(&mut self, at: Instant, event: Event) {
        let sequence = self.sequence;
        self.sequence += 1;
        self.heap.push(Reverse(Scheduled { at, sequence, event }));
    }

    /// Takes the next event.
    pub(super) fn pop(&mut self) -> Option<(Instant, Event)> {
        self.heap.pop().map(|Reverse(next)| (next.at, next.event))
    }

    /// When the next event happens.
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.heap.peek().map(|Reverse(next)| next.at)
    }

    /// How many events wait.
    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }
}

impl Ord for Scheduled {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.sequence).cmp(&(other.at, other.sequence))
    }
}

impl PartialOrd for Scheduled {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Scheduled {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Scheduled {}
