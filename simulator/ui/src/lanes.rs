//! The lanes of the big page: which paths are shown, what each is made of and has cost so far.

use std::fmt::Write as _;

use simulator_model::RuntimePath;
use simulator_view::ledger::Totals;
use simulator_view::{Actor, Lang, Made, escape, instant};
use yew::prelude::*;

use crate::drawers;
use crate::figure::Figure;
use crate::markup::write_glyph;
use crate::playback::Playback;
use crate::player::raw;
use crate::setup::{LANES_MAX, Lane};
use crate::studio::Studio;

/// The choice of paths, and one line for each lane.
pub(crate) fn lanes(studio: &Studio, figure: &Figure, playback: &Playback, lang: Lang) -> Html {
    let mut lines = Vec::new();
    for (number, lane) in studio.setup.lanes.iter().enumerate() {
        lines.push(line(studio, figure, playback, (number, lane), lang));
    }
    html! {
        <div class="sim-lanes">
            <div class="sim-paths" role="group" aria-label={lang.pick("Paths", "路径")}>
                <span>{ lang.pick("Paths", "路径") }</span>
                { for RuntimePath::ALL.map(|path| toggle(studio, path)) }
            </div>
            <div role="group" aria-label={lang.pick("Which lane is followed", "跟随哪条泳道")}>
                <ul>{ lines }</ul>
            </div>
        </div>
    }
}

fn toggle(studio: &Studio, path: RuntimePath) -> Html {
    let lanes = &studio.setup.lanes;
    let shown = lanes.iter().any(|lane| lane.path == path);
    let last = shown && lanes.iter().all(|lane| lane.path == path);
    let disabled = last || (!shown && lanes.len() >= LANES_MAX);
    html! {
        <button type="button" data-act={format!("path {path}")} {disabled}
            aria-pressed={shown.to_string()}>{ glyph(path) }{ path.name() }</button>
    }
}

fn glyph(path: RuntimePath) -> Html {
    let mut glyph = String::new();
    write_glyph(&mut glyph, Actor::cri_server(path));
    raw(&glyph.into())
}

fn line(
    studio: &Studio,
    figure: &Figure,
    playback: &Playback,
    (number, node): (usize, &Lane),
    lang: Lang,
) -> Html {
    let totals = studio.lanes.get(number).map(|staged| staged.ledger.at(playback.now_us));
    let made = figure.run(number).map_or(Made::Recorded, |run| run.made);
    let followed = number == playback.run;
    html! {
        <li class={if followed { "is-followed" } else { "" }}>
            <button type="button" class="sim-lane" data-act={format!("follow {number}")}
                aria-pressed={followed.to_string()}>
                { glyph(node.path) }<strong>{ node.path.name() }</strong>
            </button>
            { source(studio, (number, node), made, lang) }
            { totals.map(|totals| figures(&totals, lang)) }
            { faults(number, node, lang) }
            { if studio.setup.lanes.len() > 1 { html! {
                <button type="button" class="sim-drop" data-act={format!("drop {number}")}
                    aria-label={format!("{} {}", lang.pick("Take away", "移除"), node.path)}>{ "×" }</button>
            } } else { Html::default() } }
        </li>
    }
}

/// Recorded or simulated: a switch where there are both.
fn source(studio: &Studio, (number, node): (usize, &Lane), made: Made, lang: Lang) -> Html {
    let class = match made {
        Made::Recorded => "sim-made is-recorded",
        Made::Simulated => "sim-made is-simulated",
    };
    if !studio.setup.has_choice(node, &studio.library) {
        return html! { <span {class}>{ made.word(lang) }</span> };
    }
    let title = match made {
        Made::Recorded => lang.pick("Show the simulation instead", "改看模拟"),
        Made::Simulated => lang.pick("Show the recording instead", "改看录制"),
    };
    let (path, word) = (node.path, made.word(lang));
    let label = match lang {
        Lang::En => format!("{path}: {word}, {title}"),
        Lang::ZhCn => format!("{path}：{word}，{title}"),
    };
    html! {
        <button type="button" {class} {title} data-act={format!("source {number}")}
            aria-label={label}>
            { word }<span aria-hidden="true">{ " ⇄" }</span>
        </button>
    }
}

/// What a lane had cost by the moment shown.
fn figures(totals: &Totals, lang: Lang) -> Html {
    let kilobytes = totals.bytes.div_ceil(1000);
    let parts = [
        (totals.calls(), lang.pick("call", "次调用"), "s"),
        (totals.hops, lang.pick("hop", "次传递"), "s"),
        (totals.processes, lang.pick("process", "个进程"), "es"),
        (kilobytes, "kB", ""),
    ];
    let Totals { cri, docker, runc, .. } = totals;
    let mut out =
        format!("<span class=\"sim-totals\" title=\"{cri} CRI, {docker} Docker, {runc} runc\">");
    for (figure, word, plural) in parts {
        let plural = if figure == 1 || lang == Lang::ZhCn { "" } else { plural };
        let _ = write!(out, "<span><b>{figure}</b> {word}{plural}</span>");
    }
    raw(&(out + "</span>").into())
}

fn faults(number: usize, node: &Lane, lang: Lang) -> Html {
    if node.faults.is_empty() {
        return Html::default();
    }
    let mut out = "<span class=\"sim-broken\"><span aria-hidden=\"true\">⚡ </span>".to_owned();
    for (nth, fault) in node.faults.iter().enumerate() {
        let gap = if nth == 0 { "" } else { ", " };
        let (at, what) = (instant(fault.at_us, lang), drawers::told(&fault.what, lang));
        let _ = write!(out, "{gap}{at} {what} {}", escape(fault.victim()));
    }
    let mend = lang.pick("Mend", "复原");
    let _ =
        write!(out, "<button type=\"button\" data-act=\"mend {number}\">{mend}</button></span>");
    raw(&out.into())
}
