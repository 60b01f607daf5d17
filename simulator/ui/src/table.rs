//! The run that is followed as a table. Only the rows in sight are written, so that a run of a
//! hundred thousand calls scrolls like one of a hundred.

use std::fmt::Write as _;

use simulator_view::{Lang, Run, duration, escape, instant};

use crate::figure::Figure;

/// The height of a row, in px, as the style sheet has it.
pub const ROW_PX: i32 = 32;
/// How many rows are written; more than fit the panel.
const ROWS: usize = 60;
/// How many of them lie above the panel.
const ABOVE: usize = 20;

/// The first row that is written when the panel is scrolled to some px.
pub fn first_row(scrolled_px: i32) -> usize {
    let row = usize::try_from(scrolled_px / ROW_PX).unwrap_or(0);
    // By tens, so that it is not written anew at every row.
    row.saturating_sub(ABOVE) / 10 * 10
}

/// The rows of a run from `first` on, as an HTML table as high as if all of them were there.
pub fn table(figure: &Figure, number: usize, polls: bool, first: usize, lang: Lang) -> String {
    let mut out = String::new();
    let Some(run) = figure.run(number) else { return out };
    let notes = figure.score().notes(number, polls);
    let heads = [
        "#",
        lang.pick("when", "时刻"),
        lang.pick("took", "耗时"),
        lang.pick("from", "自"),
        lang.pick("to", "至"),
        lang.pick("call", "调用"),
        lang.pick("answer", "结果"),
    ];
    let _ =
        write!(out, "<table class=\"sim-table\" aria-rowcount=\"{}\"><thead><tr>", notes.len() + 1);
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    out.push_str("</tr></thead><tbody>");
    let first = first.min(notes.len());
    let last = (first + ROWS).min(notes.len());
    write_gap(&mut out, first);
    for (row, note) in notes.iter().enumerate().take(last).skip(first) {
        write_row(&mut out, run, row, (number, note.step), lang);
    }
    write_gap(&mut out, notes.len() - last);
    out.push_str("</tbody></table>");
    out
}

/// Keeps the room of rows that are not written.
fn write_gap(out: &mut String, rows: usize) {
    if rows > 0 {
        let px = rows * usize::try_from(ROW_PX).unwrap_or(0);
        let _ = write!(
            out,
            "<tr aria-hidden=\"true\"><td colspan=\"7\" style=\"height:{px}px\"></td></tr>"
        );
    }
}

fn write_row(out: &mut String, run: &Run, row: usize, (number, index): (usize, usize), lang: Lang) {
    let step = &run.steps[index];
    let (from, to) = match (step.hops.first(), step.hops.last()) {
        (Some(first), Some(last)) => (first.from.name(lang), last.to.name(lang)),
        _ => ("", step.worker().name(lang)),
    };
    let failure = step.failure(run);
    let answer = match &failure {
        Some(failure) => format!("✕ {}", escape(failure)),
        None if step.dur_us.is_some() => "OK".to_owned(),
        None => String::new(),
    };
    let _ = write!(
        out,
        "<tr aria-rowindex=\"{}\" class=\"a-{}{}{}\"><td>{}</td><td>{}</td><td>{}</td><td>{from}</td>\
         <td>{to}</td><td style=\"--depth:{}\"><button type=\"button\" tabindex=\"-1\" \
         data-act=\"step {number} {index}\"><span class=\"sim-chip\">{}</span></button></td>\
         <td>{answer}</td></tr>",
        row + 2,
        step.worker().class(),
        if step.acts() { "" } else { " poll" },
        if failure.is_some() { " failed" } else { "" },
        row + 1,
        instant(step.at_us, lang),
        step.dur_us.map_or_else(String::new, |us| duration(us, lang)),
        run.depth(index),
        escape(&step.name(run)),
    );
}
