//! Play, step, scrub, speed, polls; and which run is followed.

use simulator_view::axis::Axis;
use simulator_view::tally::Tally;
use simulator_view::{Actor, Lang, Run};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::figure::Figure;
use crate::pace::Speed;
use crate::playback::{Action, Playback};
use crate::player::spoken;
use crate::told::glyph;
use crate::words::{Word, so_far};

/// The places of the slider: it moves on the clock of the picture, where waits are cut short.
const SLIDER_PX: i32 = 1000;

/// What the controls need.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) figure: Figure,
    pub(crate) playback: Playback,
    pub(crate) act: Callback<Action>,
    pub(crate) help: Callback<()>,
    pub(crate) lang: Lang,
}

/// The bar of controls.
#[component]
pub(crate) fn Controls(props: &Props) -> Html {
    let Props { figure, playback, act, help, lang } = props;
    let lang = *lang;
    let button = |word: Word, action, icon: &'static str| {
        let onclick = act.reform(move |_: MouseEvent| action);
        html! {
            <button type="button" {onclick} aria-label={word.text(lang)} title={word.text(lang)}>
                { drawn(icon) }
            </button>
        }
    };
    let (word, icon) = if playback.playing { (Word::Pause, PAUSE) } else { (Word::Play, PLAY) };
    let on_polls = act.reform(|event: Event| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        Action::Polls(input.is_some_and(|input| input.checked()))
    });
    let polls = figure.run(playback.run).map_or(0, count_polls);
    html! {
        <div class="sim-controls">
            <div class="sim-buttons">
                { button(Word::First, Action::First, FIRST) }
                { button(Word::Back, Action::Back, BACK) }
                <button type="button" class="sim-play" aria-label={word.text(lang)}
                    title={word.text(lang)} onclick={act.reform(|_: MouseEvent| Action::Toggle)}>
                    { drawn(icon) }
                </button>
                { button(Word::Forward, Action::Forward, FORWARD) }
                { button(Word::Last, Action::Last, LAST) }
            </div>
            { slider(props) }
            <label class="sim-speed">
                <span class="visually-hidden">{ Word::Speed.text(lang) }</span>
                { speeds(playback.speed, act) }
            </label>
            <label class="sim-check">
                <input type="checkbox" checked={playback.polls} onchange={on_polls} />
                { Word::Polls.text(lang) }{ format!(" ({polls})") }
            </label>
            <button type="button" class="sim-keys" onclick={help.reform(|_: MouseEvent| ())}
                aria-label={Word::Keys.text(lang)} title={Word::Keys.text(lang)}>{ "?" }</button>
        </div>
    }
}

fn slider(props: &Props) -> Html {
    let Props { figure, playback, act, lang, .. } = props;
    let axis = Axis::new(figure.runs(), 0, SLIDER_PX);
    let at = axis.px(playback.now_us).clamp(0, SLIDER_PX);
    let oninput = act.reform(move |event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        let px = input.and_then(|input| input.value().parse().ok()).unwrap_or(0);
        Action::Seek(axis.at_us(px))
    });
    html! {
        <input type="range" class="sim-slider" min="0" max={SLIDER_PX.to_string()}
            value={at.to_string()} {oninput} aria-label={Word::Time.text(*lang)}
            aria-valuetext={spoken(figure, playback, *lang)} />
    }
}

fn speeds(chosen: Speed, act: &Callback<Action>) -> Html {
    let onchange = act.reform(|event: Event| {
        let select: Option<HtmlSelectElement> = event.target_dyn_into();
        let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
        let speed = index.and_then(|index| Speed::ALL.get(index).copied());
        Action::Pace(speed.unwrap_or(Speed::DEFAULT))
    });
    html! {
        <select {onchange}>
            { for Speed::ALL.into_iter().map(|speed| html! {
                <option selected={speed == chosen}>{ speed.name() }</option>
            }) }
        </select>
    }
}

fn count_polls(run: &Run) -> usize {
    run.steps.iter().filter(|step| !step.acts() && step.parent.is_none()).count()
}

/// What the choice of a run needs.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FollowProps {
    pub(crate) figure: Figure,
    pub(crate) now_us: i64,
    pub(crate) run: usize,
    pub(crate) act: Callback<Action>,
    pub(crate) lang: Lang,
}

/// Which run the list and the steps follow, with what each has called so far.
#[component]
pub(crate) fn Follow(props: &FollowProps) -> Html {
    let FollowProps { figure, now_us, run: followed, act, lang } = props;
    let buttons = figure.runs().iter().enumerate().map(|(number, run)| {
        let tally = Tally::until(run, *now_us);
        let onclick = act.reform(move |_: MouseEvent| Action::Follow(number));
        html! {
            <button type="button" {onclick} aria-pressed={(number == *followed).to_string()}>
                { glyph(Actor::cri_server(run.path())) }
                <strong>{ run.path().name() }</strong>
                <span class="sim-tally">{ so_far(tally.cri, tally.docker, tally.runc) }</span>
            </button>
        }
    });
    html! {
        <div class="sim-follow" role="group" aria-label={Word::Follow.text(*lang)}>
            { for buttons }
        </div>
    }
}

const PLAY: &str = "M4 2.5v11l9-5.5z";
const PAUSE: &str = "M4 2.5h3v11H4zM9 2.5h3v11H9z";
const FORWARD: &str = "M3 2.5v11l7-5.5zM11 2.5h2v11h-2z";
const BACK: &str = "M13 2.5v11L6 8zM3 2.5h2v11H3z";
const FIRST: &str = "M14 2.5v11L8.5 8zM8.5 2.5v11L3 8zM1 2.5h1.6v11H1z";
const LAST: &str = "M2 2.5v11L7.5 8zM7.5 2.5v11L13 8zM13.4 2.5H15v11h-1.6z";

fn drawn(icon: &'static str) -> Html {
    html! { <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d={icon} /></svg> }
}
