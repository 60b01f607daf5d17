//! Play, step, scrub, speed, polls; and which run is followed.
//!
//! Buttons say in `data-act` what they do; the player listens for all of them.

use std::fmt::Write as _;

use simulator_view::tally::Tally;
use simulator_view::{Actor, Lang, escape};

use crate::figure::{Figure, SLIDER_PX};
use crate::markup::{push, when, write_button, write_check, write_glyph, write_switch};
use crate::pace::Speed;
use crate::playback::Playback;
use crate::player::spoken;
use crate::words::{KEYS, Word, keys, so_far};

/// What the controls need.
#[derive(Clone, Copy)]
pub(crate) struct Props<'a> {
    pub(crate) figure: &'a Figure,
    pub(crate) playback: &'a Playback,
    pub(crate) lang: Lang,
    /// Whether this is the big page.
    pub(crate) page: bool,
}

/// The bar of controls.
pub(crate) fn write_controls(out: &mut String, props: Props<'_>) {
    let Props { figure, playback, lang, .. } = props;
    let play = if playback.playing { (Word::Pause, PAUSE) } else { (Word::Play, PLAY) };
    let polls = figure.score().parts.get(playback.run).map_or(0, |part| part.polls);
    out.push_str("<div class=\"sim-controls\"><div class=\"sim-buttons\">");
    write_icon(out, "first", (Word::First, FIRST), lang);
    write_icon(out, "back", (Word::Back, BACK), lang);
    write_icon(out, "toggle", play, lang);
    write_icon(out, "forward", (Word::Forward, FORWARD), lang);
    write_icon(out, "last", (Word::Last, LAST), lang);
    out.push_str("</div>");
    if props.page {
        write_leaps(out, props);
    }
    write_slider(out, props);
    write_speeds(out, playback.speed, lang);
    let label = format!("{} ({polls})", Word::Polls.text(lang));
    write_check(out, "polls", playback.polls, &label);
    let rest = named(" class=\"sim-keys\"", Word::Keys.text(lang));
    write_button(out, "help", &rest, "?");
    out.push_str("</div>");
}

/// Attributes for what shows a sign in place of its name.
fn named(rest: &str, name: &str) -> String {
    [rest, " aria-label=\"", name, "\" title=\"", name, "\""].concat()
}

/// By more than a call; and what breaks here.
fn write_leaps(out: &mut String, props: Props<'_>) {
    let Props { figure, playback, lang, .. } = props;
    let errors = figure.score().parts.get(playback.run).map_or(0, |part| part.errors);
    out.push_str("<div class=\"sim-leaps\">");
    write_button(out, "phase-back", "", lang.pick("‹ phase", "‹ 阶段"));
    write_button(out, "phase", "", lang.pick("phase ›", "阶段 ›"));
    write_button(out, "turn", "", lang.pick("change ›", "变化 ›"));
    let error = format!("{} ({errors}) ›", lang.pick("✕ error", "✕ 错误"));
    write_button(out, "error", when(errors == 0, " disabled"), &error);
    write_button(out, "open break", "", lang.pick("⚡ Break", "⚡ 弄坏"));
    out.push_str("</div>");
}

fn write_icon(out: &mut String, act: &str, (word, icon): (Word, &str), lang: Lang) {
    let drawn = [
        "<svg viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\"><path d=\"",
        icon,
        "\"/></svg>",
    ];
    write_button(out, act, &named("", word.text(lang)), &drawn.concat());
}

fn write_slider(out: &mut String, props: Props<'_>) {
    let Props { figure, playback, lang, .. } = props;
    let at = figure.clock().px(playback.now_us).clamp(0, SLIDER_PX);
    let (label, spoken) = (Word::Time.text(lang), escape(&spoken(figure, playback, lang)));
    let _ = write!(
        out,
        "<input type=\"range\" class=\"sim-slider\" data-act=\"slide\" min=\"0\" \
         max=\"{SLIDER_PX}\" value=\"{at}\" aria-label=\"{label}\" aria-valuetext=\"{spoken}\">"
    );
}

fn write_speeds(out: &mut String, chosen: Speed, lang: Lang) {
    let label = Word::Speed.text(lang);
    push(out, &["<select data-act=\"speed\" aria-label=\"", label, "\">"]);
    for speed in Speed::ALL {
        let selected = when(speed == chosen, " selected");
        let (divisor, name) = (speed.divisor(), speed.name());
        let _ = write!(out, "<option value=\"{divisor}\"{selected}>{name}</option>");
    }
    out.push_str("</select>");
}

/// Which run the list and the steps follow, with what each has called so far.
pub(crate) fn write_follow(out: &mut String, props: Props<'_>) {
    let Props { figure, playback, lang, .. } = props;
    let label = Word::Follow.text(lang);
    push(out, &["<div class=\"sim-follow\" role=\"group\" aria-label=\"", label, "\">"]);
    for (number, run) in figure.runs().iter().enumerate() {
        let tally = Tally::until(run, playback.now_us);
        let mut label = String::new();
        write_glyph(&mut label, Actor::cri_server(run.path()));
        push(
            &mut label,
            &[
                "<strong>",
                run.path().title(),
                "</strong><span class=\"sim-tally\">",
                &so_far(tally.cri, tally.docker, tally.runc),
                "</span>",
            ],
        );
        write_switch(out, &format!("follow {number}"), number == playback.run, &label);
    }
    out.push_str("</div>");
}

/// The sheet of keys.
pub(crate) fn write_help(out: &mut String, page: bool, lang: Lang) {
    let title = Word::Keys.text(lang);
    push(out, &["<div class=\"sim-help\" role=\"region\" aria-label=\"", title, "\"><dl>"]);
    let all = keys(lang);
    for (key, does) in if page { &all[..] } else { &all[..KEYS] } {
        push(out, &["<div><dt><kbd>", key, "</kbd></dt><dd>", does, "</dd></div>"]);
    }
    out.push_str("</dl>");
    write_button(out, "help", "", Word::Close.text(lang));
    out.push_str("</div>");
}

const PLAY: &str = "M4 2.5v11l9-5.5z";
const PAUSE: &str = "M4 2.5h3v11H4zM9 2.5h3v11H9z";
const FORWARD: &str = "M3 2.5v11l7-5.5zM11 2.5h2v11h-2z";
const BACK: &str = "M13 2.5v11L6 8zM3 2.5h2v11H3z";
const FIRST: &str = "M14 2.5v11L8.5 8zM8.5 2.5v11L3 8zM1 2.5h1.6v11H1z";
const LAST: &str = "M2 2.5v11L7.5 8zM7.5 2.5v11L13 8zM13.4 2.5H15v11h-1.6z";
