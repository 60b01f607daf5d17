//! The list leaves nothing out: what it does not show, it counts.

use simulator_model::RuntimePath;
use simulator_ui::rows::{Row, rows};

use crate::figure;

#[test]
fn acting_steps_are_rows_and_polls_are_counted() {
    for path in RuntimePath::ALL {
        let figure = figure(&[path]);
        let (run, score) = (&figure.runs()[0], figure.score());
        let listed = rows(run, score, 0, false);
        let steps = listed.iter().filter(|row| matches!(row, Row::Step { .. })).count();
        assert_eq!(steps, score.notes(0, false).len(), "{path}");
        let folded: usize =
            listed.iter().map(|row| if let Row::Folded(count) = row { *count } else { 0 }).sum();
        let polls = score.notes(0, true).iter().map(|note| &run.steps[note.step]);
        let polls = polls.filter(|step| !step.acts() && step.parent.is_none()).count();
        assert_eq!(folded, polls, "{path}");
    }
}

#[test]
fn with_polls_every_step_is_a_row_and_nothing_is_folded() {
    let figure = figure(&[RuntimePath::Dockershim]);
    let listed = rows(&figure.runs()[0], figure.score(), 0, true);
    assert!(!listed.iter().any(|row| matches!(row, Row::Folded(_))));
    let steps = listed.iter().filter(|row| matches!(row, Row::Step { .. })).count();
    assert_eq!(steps, figure.score().notes(0, true).len());
}

#[test]
fn chapters_come_in_the_order_of_a_pods_life() {
    let figure = figure(&[RuntimePath::Containerd]);
    let listed = rows(&figure.runs()[0], figure.score(), 0, false);
    let chapters: Vec<String> = listed
        .iter()
        .filter_map(
            |row| if let Row::Heading(phase) = row { Some(format!("{phase:?}")) } else { None },
        )
        .collect();
    let expected = "Person Sandbox Image Container Person Deletion GarbageCollection";
    assert_eq!(chapters.join(" "), expected);
}
