//! The goroutines of the kubelet that have not ended, by their numbers.

use std::sync::Arc;

use crate::kubelet::{Task, TaskId};

/// What a goroutine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// It waits to be woken.
    Nothing,
    /// It sleeps.
    Sleeping,
    /// It waits for an answer.
    Calling,
}

/// Goroutines; numbers are given out in order and never twice.
#[derive(Clone, Debug, Default)]
pub(super) struct Goroutines {
    /// The number of the first place.
    first: u32,
    /// A clone of a simulation shares the goroutines that have not run since.
    places: Vec<Option<(Arc<Task>, Doing)>>,
}

impl Goroutines {
    /// Adds a goroutine.
    pub(super) fn insert(&mut self, id: TaskId, task: Task, doing: Doing) {
        let place = (id.0 - self.first) as usize;
        if self.places.len() <= place {
            self.places.resize_with(place + 1, || None);
        }
        self.places[place] = Some((Arc::new(task), doing));
    }

    /// The goroutine of a number, unless it has ended.
    pub(super) fn get_mut(&mut self, id: TaskId) -> Option<&mut Task> {
        let place = id.0.checked_sub(self.first)?;
        let (task, _) = self.places.get_mut(place as usize)?.as_mut()?;
        Some(Arc::make_mut(task))
    }

    /// What the goroutine of a number is doing, unless it has ended.
    pub(super) fn doing(&self, id: TaskId) -> Option<Doing> {
        let place = id.0.checked_sub(self.first)?;
        self.places.get(place as usize)?.as_ref().map(|(_, doing)| *doing)
    }

    /// Notes what a goroutine does next; nothing when it has ended.
    pub(super) fn note(&mut self, id: TaskId, doing: Option<Doing>) {
        let Some(place) = id.0.checked_sub(self.first) else { return };
        let Some(place) = self.places.get_mut(place as usize) else { return };
        match (place.as_mut(), doing) {
            (Some((_, noted)), Some(doing)) => *noted = doing,
            _ => *place = None,
        }
    }

    /// Ends all goroutines; the next one has the number `next`.
    pub(super) fn clear(&mut self, next: u32) {
        *self = Self { first: next, places: Vec::new() };
    }
}
