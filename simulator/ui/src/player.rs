//! The player: picture, caption, controls, list and inspector around one state.

use std::rc::Rc;

use simulator_view::caption::{caption, plain};
use simulator_view::{Lang, instant, legend, provenance};
use web_sys::Element;
use yew::prelude::*;

use crate::app::Source;
use crate::controls::{Controls, Follow};
use crate::effects;
use crate::figure::Figure;
use crate::help::Help;
use crate::inspector::Inspector;
use crate::link::BadLink;
use crate::list::List;
use crate::playback::{Action, Playback};
use crate::stage::Stage;
use crate::told::told;
use crate::words::Word;

/// How long the reader must stand still before the address is changed, in ms.
const SETTLED_MS: i32 = 300;

/// What the player plays.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) figure: Figure,
    pub(crate) source: Source,
}

/// The state, and whether the reader has done anything yet.
#[derive(Clone, PartialEq)]
struct State {
    figure: Figure,
    playback: Playback,
    touched: bool,
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let playback = self.playback.reduce(self.figure.score(), action);
        Rc::new(Self { figure: self.figure.clone(), playback, touched: true })
    }
}

/// The whole figure.
#[component]
pub(crate) fn Player(props: &Props) -> Html {
    let Props { figure, source } = props;
    let lang = source.lang;
    let linked = use_memo((), |()| linked(figure, &source.id));
    let state = use_reducer_eq(|| State {
        figure: figure.clone(),
        playback: linked.0.clone(),
        touched: false,
    });
    let help = use_state_eq(|| false);
    let act = {
        let dispatcher = state.dispatcher();
        use_callback((), move |action, ()| dispatcher.dispatch(action))
    };
    let playback = &state.playback;
    use_frames(playback.playing, act.clone());
    use_address(source.id.clone(), &state);
    let on_key = on_key(playback, &act, &help);
    let notice = linked.1.map(|bad| match bad {
        BadLink::Version => Word::LinkVersion,
        BadLink::Garbled => Word::LinkGarbled,
    });
    let toggle_help = {
        let help = help.clone();
        Callback::from(move |()| help.set(!*help))
    };
    html! {
        <div class="sim" role="group" aria-label={Word::Player.text(lang)} tabindex="-1"
            onkeydown={on_key}>
            if let Some(notice) = notice {
                <p class="sim-note" role="status">{ notice.text(lang) }</p>
            }
            <Follow figure={figure.clone()} now_us={playback.now_us} run={playback.run}
                act={act.clone()} {lang} />
            <Stage figure={figure.clone()} playback={playback.clone()} act={act.clone()} {lang}
                id={source.id.clone()} />
            { said(figure, playback, lang) }
            <Controls figure={figure.clone()} playback={playback.clone()} act={act.clone()}
                help={toggle_help.clone()} {lang} />
            if *help {
                <Help close={toggle_help} {lang} />
            }
            <details class="sim-more" open={source.open || linked.2}>
                <summary>{ Word::Steps.text(lang) }{ " · " }{ Word::Details.text(lang) }</summary>
                <div class="sim-panels">
                    <List figure={figure.clone()} run={playback.run} place={playback.place}
                        polls={playback.polls} act={act.clone()} {lang} />
                    <Inspector figure={figure.clone()} run={playback.run}
                        step={playback.step(figure.score())} {act} {lang} />
                </div>
            </details>
            { foot(figure, source) }
        </div>
    }
}

/// Where the address leads, or the beginning; what was wrong with it; whether it led anywhere.
fn linked(figure: &Figure, id: &str) -> (Playback, Option<BadLink>, bool) {
    match effects::linked(id) {
        Ok(None) => (figure.beginning(), None, false),
        Ok(Some(place)) => match figure.follow(&place) {
            Some(playback) => (playback, None, true),
            None => (figure.beginning(), Some(BadLink::Garbled), false),
        },
        Err(bad) => (figure.beginning(), Some(bad), false),
    }
}

#[hook]
fn use_frames(playing: bool, act: Callback<Action>) {
    use_effect_with(playing, move |playing| {
        let guard = playing.then(|| effects::frames(move |us| act.emit(Action::Tick(us))));
        move || drop(guard)
    });
}

/// Keeps the address up to date, once the reader has done something and stands still.
#[hook]
fn use_address(id: AttrValue, state: &UseReducerHandle<State>) {
    let playback = &state.playback;
    let settled = (state.touched && !playback.playing).then(|| playback.clone());
    let figure = state.figure.clone();
    use_effect_with(settled, move |settled| {
        let place = settled.as_ref().and_then(|playback| figure.place(playback));
        let guard =
            place.map(|place| effects::after(SETTLED_MS, move || effects::remember(&id, &place)));
        move || drop(guard)
    });
}

/// The keys of the player. Those it knows go no further, so that the page does not turn.
fn on_key(
    playback: &Playback,
    act: &Callback<Action>,
    help: &UseStateHandle<bool>,
) -> Callback<KeyboardEvent> {
    let (act, help) = (act.clone(), help.clone());
    let (speed, polls) = (playback.speed, playback.polls);
    Callback::from(move |event: KeyboardEvent| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        let on = event.target_dyn_into::<Element>();
        let on = on.map(|it| it.tag_name().to_ascii_lowercase()).unwrap_or_default();
        let pressing = matches!(on.as_str(), "button" | "summary" | "a" | "select");
        let action = match event.key().as_str() {
            _ if modified || on == "select" => return,
            " " if pressing => return event.stop_propagation(),
            " " => Some(Action::Toggle),
            "ArrowRight" => Some(Action::Forward),
            "ArrowLeft" => Some(Action::Back),
            "Home" => Some(Action::First),
            "End" => Some(Action::Last),
            "+" | "=" => Some(Action::Pace(speed.faster())),
            "-" => Some(Action::Pace(speed.slower())),
            "p" => Some(Action::Polls(!polls)),
            "?" => {
                help.set(!*help);
                None
            }
            "Escape" if *help => {
                help.set(false);
                None
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(action) = action {
            act.emit(action);
        }
    })
}

/// The moment in words. Read out when it stands still; while it plays that would be a torrent.
fn said(figure: &Figure, playback: &Playback, lang: Lang) -> Html {
    let run = figure.run(playback.run);
    let step = run.zip(playback.step(figure.score()));
    let words = step.map(|(run, step)| caption(run, &run.steps[step], lang));
    let live = if playback.playing { "off" } else { "polite" };
    html! {
        <p class="sim-caption" aria-live={live} aria-atomic="true">
            <span class="sim-now">{ instant(playback.now_us, lang) }</span>
            { " " }
            { words.as_deref().map(told) }
        </p>
    }
}

/// Legend, source, and how time is shown.
fn foot(figure: &Figure, source: &Source) -> Html {
    let lang = source.lang;
    let runs: Vec<_> = figure.runs().iter().collect();
    let lines = source.recordings.iter().zip(&runs).map(|((_, url), run)| {
        html! {
            <span>
                { provenance::words(run.path(), lang) }{ " " }
                <a href={url.clone()}>{ Word::Recording.text(lang) }</a>
            </span>
        }
    });
    html! {
        <footer class="sim-foot">
            { Html::from_html_unchecked(legend(&runs, lang).into()) }
            <p class="sim-source">
                <span>{ Word::Idle.text(lang) }</span>
                { for lines }
                if let Some(about) = source.about.clone() {
                    <a href={about}>{ Word::About.text(lang) }</a>
                }
            </p>
        </footer>
    }
}

/// What a screen reader says for a place of the slider.
pub(crate) fn spoken(figure: &Figure, playback: &Playback, lang: Lang) -> String {
    let run = figure.run(playback.run);
    let step = run.zip(playback.step(figure.score()));
    let words = step.map(|(run, step)| plain(&caption(run, &run.steps[step], lang)));
    format!("{}: {}", instant(playback.now_us, lang), words.unwrap_or_default())
}
