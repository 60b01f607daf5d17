//! The run that is followed as a sequence: a column for each process, a row for each call, and for
//! each call with others inside it a row where it returns.
//!
//! Written as text, like the list; the heads of the columns stay in sight by style alone.

use std::fmt::Write as _;

use simulator_view::axis::Axis;
use simulator_view::{Actor, Hop, Lang, Run, Step, duration, escape, instant};

use crate::figure::Figure;
use crate::markup::write_actor;
use crate::window::Window;

/// The height of a row, in px, as the style sheet has it.
const ROW_PX: i32 = 30;

/// A row: a step begins, or a step that held others ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Begin(usize),
    End(usize),
}

/// How a sequence is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether polls are shown.
    pub polls: bool,
    /// Whether the rows stand as far apart as the calls did in time, waits cut short.
    pub scale: bool,
    /// The rows that are written, of those that there are.
    pub window: Window,
}

/// The sequence of a run as HTML.
pub fn sequence(figure: &Figure, number: usize, options: Options, lang: Lang) -> String {
    let mut out = String::new();
    let Some(run) = figure.run(number) else { return out };
    let columns = columns(run, options.polls);
    let _ = write!(
        out,
        "<div class=\"sq\" style=\"--columns:{}\"><div class=\"sq-heads\" aria-hidden=\"true\"><span></span>",
        columns.len()
    );
    for actor in &columns {
        out.push_str("<span>");
        write_actor(&mut out, *actor, lang);
        out.push_str("</span>");
    }
    out.push_str("</div><ol>");
    let rows = rows(figure, run, number, options.polls);
    let room = i32::try_from(rows.len()).unwrap_or(i32::MAX / ROW_PX).min(100_000) * ROW_PX;
    let axis = options.scale.then(|| Axis::new([run], 0, room));
    let span = options.window.range(rows.len(), |row| begins(rows[row]));
    let mut before_px = None;
    for row in &rows[span] {
        let at_us = at_us(run, *row);
        let gap = axis.as_ref().map_or(0, |axis| {
            let px = axis.px(at_us);
            let gap = before_px.map_or(0, |before: i32| px - before - ROW_PX);
            before_px = Some(px);
            gap.max(0)
        });
        match *row {
            Row::Begin(step) => write_begin(&mut out, run, (number, step), (&columns, gap), lang),
            Row::End(step) => write_end(&mut out, run, step, (&columns, gap), lang),
        }
    }
    out.push_str("</ol></div>");
    out
}

const fn begins(row: Row) -> Option<usize> {
    match row {
        Row::Begin(step) => Some(step),
        Row::End(_) => None,
    }
}

fn at_us(run: &Run, row: Row) -> i64 {
    match row {
        Row::Begin(step) => run.steps[step].at_us,
        Row::End(step) => run.steps[step].end_us(),
    }
}

/// The lanes, and whoever else a shown hop touches.
fn columns(run: &Run, polls: bool) -> Vec<Actor> {
    let mut columns = run.lanes().to_vec();
    for step in run.steps.iter().filter(|step| polls || step.acts()) {
        for actor in step.hops.iter().flat_map(|hop| [hop.from, hop.to]) {
            if !columns.contains(&actor) {
                columns.push(actor);
            }
        }
    }
    columns
}

fn rows(figure: &Figure, run: &Run, number: usize, polls: bool) -> Vec<Row> {
    let notes = figure.score().notes(number, polls);
    // After which note each call that holds others has its answer.
    let mut last = vec![None; run.steps.len()];
    let around =
        |step: usize| std::iter::successors(run.steps[step].parent, |&at| run.steps[at].parent);
    for (place, note) in notes.iter().enumerate() {
        for step in around(note.step) {
            if polls || run.steps[step].acts() {
                last[step] = Some(place);
            }
        }
    }
    let mut rows = Vec::with_capacity(notes.len());
    for (place, note) in notes.iter().enumerate() {
        rows.push(Row::Begin(note.step));
        // The inner one answers first.
        for step in around(note.step) {
            if last[step] == Some(place) {
                rows.push(Row::End(step));
            }
        }
    }
    rows
}

fn write_begin(
    out: &mut String,
    run: &Run,
    (number, index): (usize, usize),
    (columns, gap): (&[Actor], i32),
    lang: Lang,
) {
    let step = &run.steps[index];
    let failure = step.failure(run);
    let _ = write!(
        out,
        "<li class=\"{}{}\" style=\"margin-top:{gap}px\"><button type=\"button\" tabindex=\"-1\" \
         data-act=\"step {number} {index}\"><span class=\"sim-time\">{}</span>",
        if step.acts() { "" } else { "poll " },
        if failure.is_some() { "failed" } else { "" },
        instant(step.at_us, lang),
    );
    let mut label = escape(&step.name(run));
    if let Some(us) = step.dur_us {
        let _ = write!(label, " <small>{}</small>", duration(us, lang));
    }
    if let Some(failure) = failure {
        let _ = write!(label, " <b>✕ {}</b>", escape(&failure));
    }
    write_hops(out, step, columns, &label);
    out.push_str("</button></li>");
}

/// What a row says, from a place on, in half columns. Where it would reach beyond the last column
/// it begins earlier, by style alone.
fn write_label(out: &mut String, half: usize, columns: &[Actor], label: &str) {
    let at = half * 50 / columns.len().max(1);
    let _ =
        write!(out, "<span class=\"sq-label\" style=\"--at:{at}%\"><span>{label}</span></span>");
}

/// The way of a step, and its name where that begins.
fn write_hops(out: &mut String, step: &Step, columns: &[Actor], label: &str) {
    if step.hops.is_empty() {
        write_label(out, column(columns, step.worker()) * 2, columns, label);
    }
    for (nth, hop) in step.hops.iter().enumerate() {
        let Hop { from, to, wire, recorded } = *hop;
        let (a, b) = (column(columns, from), column(columns, to));
        let (first, last) = (a.min(b) + 2, (a.max(b) + 2).max(a + 3));
        let _ = write!(
            out,
            "<span class=\"sq-hop w-{} a-{}{}{}\" style=\"grid-column:{first}/{last};--span:{}\"></span>",
            wire.class(),
            to.class(),
            if b < a { " left" } else { "" },
            if recorded { "" } else { " derived" },
            last - first,
        );
        if nth == 0 {
            write_label(out, first * 2 - 3, columns, label);
        }
    }
}

fn write_end(
    out: &mut String,
    run: &Run,
    index: usize,
    (columns, gap): (&[Actor], i32),
    lang: Lang,
) {
    let step = &run.steps[index];
    let Some(hop) = step.hops.first() else { return };
    let (a, b) = (column(columns, hop.from), column(columns, hop.to));
    let (first, last) = (a.min(b) + 2, a.max(b) + 2);
    let _ = write!(
        out,
        "<li class=\"sq-end\" style=\"margin-top:{gap}px\"><span class=\"sim-time\">{}</span><span \
         class=\"sq-hop back a-{}{}\" style=\"grid-column:{first}/{last};--span:{}\"></span>",
        instant(step.end_us(), lang),
        hop.to.class(),
        if b > a { " left" } else { "" },
        last - first,
    );
    let label = format!("{} {}", lang.pick("answer to", "应答"), escape(&step.name(run)));
    write_label(out, first * 2 - 3, columns, &label);
    out.push_str("</li>");
}

fn column(columns: &[Actor], actor: Actor) -> usize {
    columns.iter().position(|it| *it == actor).unwrap_or(0)
}
