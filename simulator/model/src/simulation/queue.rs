//! What will happen, by the instant, and by the order of scheduling where instants are equal.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use crate::clock::{Duration, Instant};
use crate::kubelet::TaskId;
use crate::simulation::Event;

/// Events that wait for their instants.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<Scheduled>>,
    beats: Vec<Beat>,
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

    /// Schedules a look at the kubelet's memory in a rhythm, until it is not `version` any more.
    pub(super) fn push_beat(&mut self, beat: Beat) {
        self.beats.push(Beat { sequence: self.sequence, ..beat });
        self.sequence += 1;
    }

    /// Takes the next event, unless that is later than `until`; `version` is that of the kubelet's
    /// memory.
    pub(super) fn pop(&mut self, until: Instant, version: u64) -> Option<(Instant, Event)> {
        loop {
            let next = self.heap.peek().map(|Reverse(next)| (next.at, next.sequence));
            let beat = self.beats.iter_mut().min_by_key(|beat| (beat.at, beat.sequence));
            let beat = beat.filter(|beat| next.is_none_or(|next| (beat.at, beat.sequence) < next));
            let Some(beat) = beat else { break };
            if beat.at > until {
                return None;
            }
            let (at, task) = (beat.at, beat.task);
            if beat.version != version {
                self.beats.retain(|beat| beat.task != task);
                return Some((at, Event::Resume(task)));
            }
            // Where nothing else will happen, the memory stays as it is.
            next?;
            // As if the goroutine had looked, found nothing and gone back to sleep.
            (beat.at, beat.sequence) = (at + beat.period, self.sequence);
            self.sequence += 1;
        }
        let next = self.heap.peek_mut().filter(|next| next.0.at <= until)?;
        let Reverse(next) = PeekMut::pop(next);
        Some((next.at, next.event))
    }

    /// Forgets all beats: nobody looks any more.
    pub(super) fn clear_beats(&mut self) {
        self.beats.clear();
    }

    /// How many events wait.
    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }
}

/// A goroutine that looks at nothing but the kubelet's memory, and does nothing while that stays as
/// it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beat {
    /// When it looks next.
    pub(super) at: Instant,
    /// Its place among what is scheduled for one instant.
    pub(super) sequence: u64,
    /// How often it looks.
    pub(super) period: Duration,
    /// Who looks.
    pub(super) task: TaskId,
    /// The version of the memory in which there is nothing to do.
    pub(super) version: u64,
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
