//! The list of a run, row by row: headings, steps, and polls folded away.

use simulator_view::{Phase, Run};

use crate::score::Score;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A chapter begins.
    Heading(Phase),
    /// A step: its place among the shown steps, its index in the run, how deep it is nested.
    Step {
        /// Its place among the shown steps.
        place: usize,
        /// Its index in the run.
        step: usize,
        /// How deep it is nested.
        depth: usize,
    },
    /// So many polls are folded away here.
    Folded(usize),
}

/// The rows of a run.
pub fn rows(run: &Run, score: &Score, at: usize, polls: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut phase = None;
    let mut before = score.notes(at, true).first().map_or(0, |note| note.step);
    for (place, note) in score.notes(at, polls).iter().enumerate() {
        let step = &run.steps[note.step];
        if !polls {
            fold(&mut rows, run, before..note.step);
        }
        before = note.step + 1;
        if step.acts() && step.parent.is_none() && phase != Some(step.phase) {
            phase = Some(step.phase);
            rows.push(Row::Heading(step.phase));
        }
        rows.push(Row::Step { place, step: note.step, depth: run.depth(note.step) });
    }
    if !polls && let Some(last) = score.notes(at, true).last() {
        fold(&mut rows, run, before..last.step + 1);
    }
    rows
}

/// Counts the polls that are no part of another one.
fn fold(rows: &mut Vec<Row>, run: &Run, between: std::ops::Range<usize>) {
    let polls = run.steps.get(between).unwrap_or_default().iter();
    let count = polls.filter(|step| !step.acts() && step.parent.is_none()).count();
    if count > 0 {
        rows.push(Row::Folded(count));
    }
}
