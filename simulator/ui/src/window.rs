//! Which rows of a long list are written: those around the chosen step.

use std::ops::Range;

/// Lists up to this long are written whole.
const WHOLE_MAX: usize = 1_500;
/// How many rows are written on each side of the middle.
const SIDE: usize = 80;
/// The middle moves by so many steps at a time, so that it is not written anew with each.
const BLOCK: usize = 40;

/// The rows around a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The step in the middle, as an index into the run's steps; none for the whole list.
    middle: Option<usize>,
}

impl Window {
    /// The whole list.
    pub const WHOLE: Self = Self { middle: None };

    /// Around a step, in a list of some length.
    pub fn around(step: usize, length: usize) -> Self {
        Self { middle: Self::is_needed(length).then_some(step / BLOCK * BLOCK + BLOCK / 2) }
    }

    /// Whether a list of some length is too long to be written whole.
    pub const fn is_needed(length: usize) -> bool {
        length > WHOLE_MAX
    }

    /// The rows to be written, `step` telling which step a row is, if it is one.
    pub fn range(self, rows: usize, step: impl Fn(usize) -> Option<usize>) -> Range<usize> {
        let Some(middle) = self.middle else { return 0..rows };
        let reached = |row: &usize| step(*row).is_some_and(|step| step >= middle);
        let at = (0..rows).find(reached).unwrap_or(rows);
        at.saturating_sub(SIDE)..(at + SIDE).min(rows)
    }
}
