//! Play, step, scrub, speed, polls; and which run is followed.
//!
//! Buttons say in `data-act` what they do; the player listens for all of them.

use std::fmt::Write as _;

use simulator_view::tally::Tally;
use simulator_view::{Actor, Lang};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::prelude::*;

use crate::app::{App, Event};
use crate::figure::{Figure, SLIDER_PX};
use crate::markup::write_glyph;
use crate::pace::Speed;
use crate::playback::{Action, Playback};
use crate::player::{raw, spoken};
use crate::words::{KEYS, Word, keys, so_far};

/// What the controls need.
#[derive(Clone, Copy)]
pub(crate) struct Props<'a> {
    pub(crate) figure: &'a Figure,
    pub(crate) playback: &'a Playback,
    pub(crate) link: &'a Scope<App>,
    pub(crate) lang: Lang,
    /// Whether this is the big page.
    pub(crate) page: bool,
}

/// The bar of controls.
pub(crate) fn controls(props: Props<'_>) -> Html {
    let Props { figure, playback, link, lang, .. } = props;
    let play = if playback.playing { (Word::Pause, PAUSE) } else { (Word::Play, PLAY) };
    let on_polls = link.callback(|event: web_sys::Event| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        Event::Act(Action::Polls(input.is_some_and(|input| input.checked())))
    });
    let polls = figure.score().parts.get(playback.run).map_or(0, |part| part.polls);
    html! {
        <div class="sim-controls">
            <div class="sim-buttons">
                { button("first", (Word::First, FIRST), lang) }
                { button("back", (Word::Back, BACK), lang) }
                { button("toggle", play, lang) }
                { button("forward", (Word::Forward, FORWARD), lang) }
                { button("last", (Word::Last, LAST), lang) }
            </div>
            { if props.page { leaps(props) } else { Html::default() } }
            { slider(props) }
            { speeds(playback.speed, link, lang) }
            <label class="sim-check">
                <input type="checkbox" checked={playback.polls} onchange={on_polls} />
                { format!("{} ({polls})", Word::Polls.text(lang)) }
            </label>
            <button type="button" class="sim-keys" data-act="help"
                aria-label={Word::Keys.text(lang)} title={Word::Keys.text(lang)}>{ "?" }</button>
        </div>
    }
}

/// By more than a call; and what breaks here.
fn leaps(props: Props<'_>) -> Html {
    let Props { figure, playback, lang, .. } = props;
    let errors = figure.score().parts.get(playback.run).map_or(0, |part| part.errors);
    let leap = |act: &'static str, label: String, disabled: bool| {
        html! { <button type="button" data-act={act} {disabled}>{ label }</button> }
    };
    html! {
        <div class="sim-leaps">
            { leap("phase-back", lang.pick("‹ phase", "‹ 阶段").to_owned(), false) }
            { leap("phase", lang.pick("phase ›", "阶段 ›").to_owned(), false) }
            { leap("turn", lang.pick("change ›", "变化 ›").to_owned(), false) }
            { leap("error", format!("{} ({errors}) ›", lang.pick("✕ error", "✕ 错误")), errors == 0) }
            { leap("open break", lang.pick("⚡ Break", "⚡ 弄坏").to_owned(), false) }
        </div>
    }
}

fn button(act: &'static str, (word, icon): (Word, &'static str), lang: Lang) -> Html {
    let word = word.text(lang);
    html! {
        <button type="button" data-act={act} aria-label={word} title={word}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <path d={icon} />
            </svg>
        </button>
    }
}

fn slider(props: Props<'_>) -> Html {
    let Props { figure, playback, link, lang, .. } = props;
    let at = figure.clock().px(playback.now_us).clamp(0, SLIDER_PX);
    let clocked = figure.clone();
    let oninput = link.callback(move |event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        let px = input.and_then(|input| input.value().parse().ok()).unwrap_or(0);
        Event::Act(Action::Seek(clocked.clock().at_us(px)))
    });
    html! {
        <input type="range" class="sim-slider" min="0" max={SLIDER_PX.to_string()}
            value={at.to_string()} {oninput} aria-label={Word::Time.text(lang)}
            aria-valuetext={spoken(figure, playback, lang)} />
    }
}

fn speeds(chosen: Speed, link: &Scope<App>, lang: Lang) -> Html {
    let onchange = link.callback(|event: web_sys::Event| {
        let select: Option<HtmlSelectElement> = event.target_dyn_into();
        let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
        let speed = index.and_then(|index| Speed::ALL.get(index).copied());
        Event::Act(Action::Pace(speed.unwrap_or(Speed::DEFAULT)))
    });
    let mut options = Vec::new();
    for speed in Speed::ALL {
        options.push(html! { <option selected={speed == chosen}>{ speed.name() }</option> });
    }
    html! { <select {onchange} aria-label={Word::Speed.text(lang)}>{ options }</select> }
}

/// Which run the list and the steps follow, with what each has called so far.
pub(crate) fn follow(props: Props<'_>) -> Html {
    let Props { figure, playback, lang, .. } = props;
    let mut buttons = Vec::new();
    for (number, run) in figure.runs().iter().enumerate() {
        let tally = Tally::until(run, playback.now_us);
        let mut glyph = String::new();
        write_glyph(&mut glyph, Actor::cri_server(run.path()));
        let glyph = glyph.into();
        let pressed = if number == playback.run { "true" } else { "false" };
        buttons.push(html! {
            <button type="button" data-act={format!("follow {number}")} aria-pressed={pressed}>
                { raw(&glyph) }
                <strong>{ run.path().name() }</strong>
                <span class="sim-tally">{ so_far(tally.cri, tally.docker, tally.runc) }</span>
            </button>
        });
    }
    html! {
        <div class="sim-follow" role="group" aria-label={Word::Follow.text(lang)}>{ buttons }</div>
    }
}

/// The sheet of keys.
pub(crate) fn help(page: bool, lang: Lang) -> Html {
    let mut rows = "<dl>".to_owned();
    let all = keys(lang);
    for (key, does) in if page { &all[..] } else { &all[..KEYS] } {
        let _ = write!(rows, "<div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>");
    }
    html! {
        <div class="sim-help" role="region" aria-label={Word::Keys.text(lang)}>
            { raw(&(rows + "</dl>").into()) }
            <button type="button" data-act="help">{ Word::Close.text(lang) }</button>
        </div>
    }
}

const PLAY: &str = "M4 2.5v11l9-5.5z";
const PAUSE: &str = "M4 2.5h3v11H4zM9 2.5h3v11H9z";
const FORWARD: &str = "M3 2.5v11l7-5.5zM11 2.5h2v11h-2z";
const BACK: &str = "M13 2.5v11L6 8zM3 2.5h2v11H3z";
const FIRST: &str = "M14 2.5v11L8.5 8zM8.5 2.5v11L3 8zM1 2.5h1.6v11H1z";
const LAST: &str = "M2 2.5v11L7.5 8zM7.5 2.5v11L13 8zM13.4 2.5H15v11h-1.6z";
