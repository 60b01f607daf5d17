//! Calls that have not been answered yet, by their numbers.

use crate::identity::CallId;
use crate::simulation::flight::Flight;

/// A few calls in the order of their numbers, which is the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(super) struct Flights(Vec<(CallId, Flight)>);

impl Flights {
    /// Adds a call; its number is higher than all before.
    pub(super) fn push(&mut self, id: CallId, flight: Flight) {
        debug_assert!(self.0.last().is_none_or(|(last, _)| *last < id), "numbers only grow");
        self.0.push((id, flight));
    }

    /// The call of a number.
    pub(super) fn get(&self, id: CallId) -> Option<&Flight> {
        self.place(id).map(|place| &self.0[place].1)
    }

    /// The call of a number, to be changed.
    pub(super) fn get_mut(&mut self, id: CallId) -> Option<&mut Flight> {
        self.place(id).map(|place| &mut self.0[place].1)
    }

    /// Takes the call of a number out.
    pub(super) fn remove(&mut self, id: CallId) -> Option<Flight> {
        self.place(id).map(|place| self.0.remove(place).1)
    }

    /// All calls.
    pub(super) fn iter(&self) -> impl Iterator<Item = &(CallId, Flight)> {
        self.0.iter()
    }

    /// Takes all calls out.
    pub(super) fn take(&mut self) -> Vec<(CallId, Flight)> {
        std::mem::take(&mut self.0)
    }

    fn place(&self, id: CallId) -> Option<usize> {
        self.0.binary_search_by_key(&id, |(id, _)| *id).ok()
    }
}
