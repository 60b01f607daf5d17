//! The run that is followed as a list, in step with the picture.
//!
//! Written as text, like the inspector: rows do not change once they are there, but for the mark
//! on the chosen one. What is pressed says in `data-act` what it does, see
//! [`crate::playback::Action::parse`].

use std::fmt::Write as _;

use simulator_view::caption::caption;
use simulator_view::{Lang, Run, duration, escape, instant};

use crate::figure::Figure;
use crate::markup::write_told;
use crate::rows::{Row, rows};
use crate::window::Window;
use crate::words::folded;

/// The rows of a run as HTML list items, as far as they are in the window.
pub fn list(figure: &Figure, number: usize, polls: bool, window: Window, lang: Lang) -> String {
    let mut out = String::new();
    let Some(run) = figure.run(number) else { return out };
    let rows = rows(run, figure.score(), number, polls);
    let step = |at: usize| match rows[at] {
        Row::Step { step, .. } => Some(step),
        _ => None,
    };
    for &row in &rows[window.range(rows.len(), step)] {
        match row {
            Row::Heading(phase) => {
                let _ = write!(out, "<li class=\"sim-phase\">{}</li>", phase.heading(lang));
            }
            Row::Folded(count) => {
                let _ = write!(
                    out,
                    "<li class=\"sim-folded\"><button type=\"button\" tabindex=\"-1\" \
                     data-act=\"polls\">{}</button></li>",
                    folded(count, lang)
                );
            }
            Row::Step { step, depth, .. } => write_step(&mut out, run, (number, step), depth, lang),
        }
    }
    out
}

fn write_step(
    out: &mut String,
    run: &Run,
    (number, index): (usize, usize),
    depth: usize,
    lang: Lang,
) {
    let step = &run.steps[index];
    let poll = if step.acts() { "" } else { " poll" };
    let failed = if step.failure(run).is_some() { " failed" } else { "" };
    let _ = write!(
        out,
        "<li class=\"a-{}{poll}{failed}\" style=\"--depth:{depth}\">\
         <button type=\"button\" tabindex=\"-1\" data-act=\"step {number} {index}\">\
         <span class=\"sim-time\">{}</span><span class=\"sim-chip\">{}</span>\
         <span class=\"sim-took\">{}</span><span class=\"sim-told\">",
        step.worker().class(),
        instant(step.at_us, lang),
        escape(&step.name(run)),
        step.dur_us.map_or_else(String::new, |us| duration(us, lang)),
    );
    write_told(out, &caption(run, step, lang));
    out.push_str("</span></button></li>");
}
