//! The player: picture, caption, controls, list and inspector around one state.

use std::fmt::Write as _;

use simulator_view::caption::{caption, plain};
use simulator_view::{Lang, escape, instant, legend, provenance};
use yew::html::Scope;
use yew::prelude::*;

use crate::app::{App, Event, Source};
use crate::controls::{self, controls, follow, help};
use crate::effects;
use crate::figure::Figure;
use crate::inspector::inspector;
use crate::keys;
use crate::link::{BadLink, Place};
use crate::list::list;
use crate::markup::write_told;
use crate::playback::Playback;
use crate::stage::Canvas;
use crate::words::Word;

/// A figure being played.
pub(crate) struct Player {
    pub(crate) figure: Figure,
    pub(crate) playback: Playback,
    pub(crate) lang: Lang,
    canvas: Canvas,
    /// The list and the run and polls it was written for; the details and their step.
    list: ((usize, bool), AttrValue),
    details: ((usize, Option<usize>), AttrValue),
    foot: AttrValue,
    /// Whether the reader has done anything yet.
    touched: bool,
    helping: bool,
    notice: Option<BadLink>,
    open: bool,
}

/// What follows from the state outside of what is drawn.
#[derive(Clone, PartialEq)]
pub(crate) struct Looks {
    pub(crate) playing: bool,
    /// The row of the list to be marked.
    pub(crate) row: Row,
    /// What the address is to say; none while it plays, and before the reader has done anything.
    pub(crate) place: Option<Place>,
}

/// A row of a list as it was written.
#[derive(Clone, PartialEq)]
pub(crate) struct Row {
    polls: bool,
    pub(crate) act: String,
}

impl Player {
    /// Where the address leads, or at the beginning.
    pub(crate) fn new(figure: Figure, source: &Source) -> Self {
        let lang = source.lang;
        let (playback, notice, led) = linked(&figure, &source.id);
        let mut player = Self {
            canvas: Canvas::new(&source.id),
            list: ((usize::MAX, false), AttrValue::default()),
            details: ((usize::MAX, None), AttrValue::default()),
            foot: foot(&figure, source).into(),
            touched: false,
            helping: false,
            open: source.open || led,
            figure,
            playback,
            lang,
            notice,
        };
        player.prepare();
        player
    }

    /// Takes an event; whether anything looks different now.
    pub(crate) fn update(&mut self, event: &Event) -> bool {
        match *event {
            Event::Loaded(_) => return false,
            Event::Help => self.helping = !self.helping,
            Event::Width(px) => self.canvas.width = px.max(280),
            Event::Act(action) => {
                let next = self.playback.reduce(self.figure.score(), action);
                self.touched = true;
                self.playback = next;
            }
        }
        self.prepare();
        true
    }

    /// Writes anew what depends on what has changed.
    fn prepare(&mut self) {
        let (run, polls) = (self.playback.run, self.playback.polls);
        self.canvas.prepare(&self.figure, &self.playback, self.lang);
        if self.list.0 != (run, polls) {
            let rows = list(&self.figure, run, polls, self.lang);
            self.list = ((run, polls), format!("<ol>{rows}</ol>").into());
        }
        let chosen = (run, self.playback.step(self.figure.score()));
        if self.details.0 != chosen {
            let details = inspector(&self.figure, run, chosen.1, self.lang);
            self.details = (chosen, format!("<div>{details}</div>").into());
        }
    }

    pub(crate) fn looks(&self) -> Looks {
        let Playback { run, polls, playing, .. } = self.playback;
        let step = self.playback.step(self.figure.score());
        let act = step.map(|step| format!("step {run} {step}")).unwrap_or_default();
        let settled = self.touched && !playing;
        let place = if settled { self.figure.place(&self.playback) } else { None };
        Looks { playing, row: Row { polls, act }, place }
    }

    pub(crate) fn view(&self, link: &Scope<App>, stage: &NodeRef, steps: &NodeRef) -> Html {
        let lang = self.lang;
        let bar = controls::Props { figure: &self.figure, playback: &self.playback, link, lang };
        html! {
            <div class="sim" role="group" aria-label={Word::Player.text(lang)} tabindex="-1"
                onkeydown={keys::on_key(&self.playback, self.helping, link)}
                onclick={keys::on_click(link)}>
                { self.notice() }
                { follow(bar) }
                { self.canvas.view(&self.figure, &self.playback, link, stage) }
                { self.said() }
                { controls(bar) }
                { if self.helping { help(lang) } else { Html::default() } }
                <details class="sim-more" open={self.open}>
                    <summary>{ Word::Panels.text(lang) }</summary>
                    <div class="sim-panels">
                        <section class="sim-steps" aria-label={Word::Steps.text(lang)} ref={steps}>
                            { raw(&self.list.1) }
                        </section>
                        <section class="sim-inspector" aria-label={Word::Details.text(lang)}>
                            { raw(&self.details.1) }
                        </section>
                    </div>
                </details>
                { raw(&self.foot) }
            </div>
        }
    }

    fn notice(&self) -> Html {
        let word = match self.notice {
            None => return Html::default(),
            Some(BadLink::Version) => Word::LinkVersion,
            Some(BadLink::Garbled) => Word::LinkGarbled,
        };
        html! { <p class="sim-note" role="status">{ word.text(self.lang) }</p> }
    }

    /// The moment in words. Read out when it stands still; while it plays that would be a torrent.
    fn said(&self) -> Html {
        let now = instant(self.playback.now_us, self.lang);
        let mut words = format!("<p><span class=\"sim-now\">{now}</span> ");
        write_told(&mut words, &told(&self.figure, &self.playback, self.lang));
        words += "</p>";
        let live = if self.playback.playing { "off" } else { "polite" };
        html! {
            <div class="sim-caption" aria-live={live} aria-atomic="true">
                { raw(&words.into()) }
            </div>
        }
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

fn told(figure: &Figure, playback: &Playback, lang: Lang) -> String {
    let Some(run) = figure.run(playback.run) else { return String::new() };
    let step = playback.step(figure.score()).and_then(|step| run.steps.get(step));
    step.map(|step| caption(run, step, lang)).unwrap_or_default()
}

/// What a screen reader says for a place of the slider.
pub(crate) fn spoken(figure: &Figure, playback: &Playback, lang: Lang) -> String {
    format!("{}: {}", instant(playback.now_us, lang), plain(&told(figure, playback, lang)))
}

/// Legend, source, and how time is shown.
fn foot(figure: &Figure, source: &Source) -> String {
    let lang = source.lang;
    let runs: Vec<_> = figure.runs().iter().collect();
    let mut html = format!("<footer>{}<p class=\"sim-source\">", legend(&runs, lang));
    let _ = write!(html, "<span>{}</span>", Word::Idle.text(lang));
    for ((_, url), run) in source.recordings.iter().zip(&runs) {
        let (words, url) = (provenance::words(run.path(), lang), escape(url));
        let link = Word::Recording.text(lang);
        let _ = write!(html, "<span>{words} <a href=\"{url}\">{link}</a></span>");
    }
    if let Some(about) = &source.about {
        let (url, link) = (escape(about), Word::About.text(lang));
        let _ = write!(html, "<a href=\"{url}\">{link}</a>");
    }
    html + "</p></footer>"
}

/// HTML that was written as text: one element, every word in it escaped.
pub(crate) fn raw(html: &AttrValue) -> Html {
    Html::from_html_unchecked(html.clone())
}
