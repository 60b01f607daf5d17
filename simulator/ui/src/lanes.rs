//! The lanes of the big page: which paths are shown, what each is made of and has cost so far.

use std::fmt::Write as _;

use simulator_model::RuntimePath;
use simulator_view::ledger::Totals;
use simulator_view::{Actor, Lang, Made, escape, instant};

use crate::drawers;
use crate::figure::Figure;
use crate::markup::{push, when, write_button, write_glyph};
use crate::playback::Playback;
use crate::setup::{LANES_MAX, Lane};
use crate::studio::Studio;

/// The choice of paths, and one line for each lane.
pub(crate) fn write_lanes(
    out: &mut String,
    studio: &Studio,
    figure: &Figure,
    playback: &Playback,
    lang: Lang,
) {
    let paths = lang.pick("Paths", "路径");
    push(
        out,
        &[
            "<div class=\"sim-lanes\"><div class=\"sim-paths\" role=\"group\" aria-label=\"",
            paths,
            "\"><span>",
            paths,
            "</span>",
        ],
    );
    for path in RuntimePath::ALL {
        write_toggle(out, studio, path);
    }
    push(
        out,
        &[
            "</div><div role=\"group\" aria-label=\"",
            lang.pick("Which lane is followed", "跟随哪条泳道"),
            "\"><ul>",
        ],
    );
    for (number, lane) in studio.setup.lanes.iter().enumerate() {
        write_line(out, studio, figure, playback, (number, lane), lang);
    }
    out.push_str("</ul></div></div>");
}

fn write_toggle(out: &mut String, studio: &Studio, path: RuntimePath) {
    let lanes = &studio.setup.lanes;
    let shown = lanes.iter().any(|lane| lane.path == path);
    let last = shown && lanes.iter().all(|lane| lane.path == path);
    let disabled = last || (!shown && lanes.len() >= LANES_MAX);
    let rest = format!(" aria-pressed=\"{shown}\"{}", when(disabled, " disabled"));
    let mut label = String::new();
    write_glyph(&mut label, Actor::cri_server(path));
    label.push_str(path.title());
    write_button(out, &format!("path {path}"), &rest, &label);
}

fn write_line(
    out: &mut String,
    studio: &Studio,
    figure: &Figure,
    playback: &Playback,
    (number, node): (usize, &Lane),
    lang: Lang,
) {
    let made = figure.run(number).map_or(Made::Recorded, |run| run.made);
    let followed = number == playback.run;
    out.push_str(if followed { "<li class=\"is-followed\">" } else { "<li>" });
    let mut label = String::new();
    write_glyph(&mut label, Actor::cri_server(node.path));
    push(&mut label, &["<strong>", node.path.title(), "</strong>"]);
    let rest = format!(" class=\"sim-lane\" aria-pressed=\"{followed}\"");
    write_button(out, &format!("follow {number}"), &rest, &label);
    write_source(out, studio, (number, node), made, lang);
    if let Some(staged) = studio.lanes.get(number) {
        write_figures(out, &staged.ledger.at(playback.now_us), lang);
    }
    write_faults(out, number, node, lang);
    if studio.setup.lanes.len() > 1 {
        let away = lang.pick("Take away", "移除");
        let rest = format!(" class=\"sim-drop\" aria-label=\"{away} {}\"", node.path.title());
        write_button(out, &format!("drop {number}"), &rest, "×");
    }
    out.push_str("</li>");
}

/// Recorded or simulated: a switch where there are both.
fn write_source(
    out: &mut String,
    studio: &Studio,
    (number, node): (usize, &Lane),
    made: Made,
    lang: Lang,
) {
    let class = match made {
        Made::Recorded => "sim-made is-recorded",
        Made::Simulated => "sim-made is-simulated",
    };
    let (path, word) = (node.path.title(), made.word(lang));
    if !studio.setup.has_choice(node, &studio.library) {
        push(out, &["<span class=\"", class, "\">", word, "</span>"]);
        return;
    }
    let title = match made {
        Made::Recorded => lang.pick("Show the simulation instead", "改看模拟"),
        Made::Simulated => lang.pick("Show the recording instead", "改看录制"),
    };
    let label = match lang {
        Lang::En => format!("{path}: {word}, {title}"),
        Lang::ZhCn => format!("{path}：{word}，{title}"),
    };
    let rest = format!(" class=\"{class}\" title=\"{title}\" aria-label=\"{label}\"");
    let label = format!("{word}<span aria-hidden=\"true\"> ⇄</span>");
    write_button(out, &format!("source {number}"), &rest, &label);
}

/// What a lane had cost by the moment shown.
fn write_figures(out: &mut String, totals: &Totals, lang: Lang) {
    let kilobytes = totals.bytes.div_ceil(1000);
    let parts = [
        (totals.calls(), lang.pick("call", "次调用"), "s"),
        (totals.hops, lang.pick("hop", "次传递"), "s"),
        (totals.processes, lang.pick("process", "个进程"), "es"),
        (kilobytes, "kB", ""),
    ];
    let Totals { cri, docker, runc, .. } = totals;
    let _ = write!(
        out,
        "<span class=\"sim-totals\" title=\"{cri} CRI, {docker} Docker, {runc} runc\">"
    );
    for (figure, word, plural) in parts {
        let plural = if figure == 1 || lang == Lang::ZhCn { "" } else { plural };
        let _ = write!(out, "<span><b>{figure}</b> {word}{plural}</span>");
    }
    out.push_str("</span>");
}

fn write_faults(out: &mut String, number: usize, node: &Lane, lang: Lang) {
    if node.faults.is_empty() {
        return;
    }
    out.push_str("<span class=\"sim-broken\"><span aria-hidden=\"true\">⚡ </span>");
    for (nth, fault) in node.faults.iter().enumerate() {
        let gap = if nth == 0 { "" } else { ", " };
        let (at, what) = (instant(fault.at_us, lang), drawers::told(&fault.what, lang));
        let _ = write!(out, "{gap}{at} {what} {}", escape(fault.victim()));
    }
    write_button(out, &format!("mend {number}"), "", lang.pick("Mend", "复原"));
    out.push_str("</span>");
}
