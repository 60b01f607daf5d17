//! The player: picture, caption, controls, list and inspector around one state.

use std::fmt::Write as _;

use simulator_view::caption::{before, caption, plain};
use simulator_view::{Lang, Run, escape, instant, legend, provenance};
use yew::html::Scope;
use yew::prelude::*;

use crate::STUDIO;
use crate::address::Address;
use crate::app::{App, Event, Source};
use crate::figure::Figure;
use crate::inspector::{Further, inspector};
use crate::link::{At, BadLink};
use crate::list::list;
use crate::looks::{Looks, Panel, Row, Where};
use crate::markup::{push, write_told};
use crate::pace::Speed;
use crate::panel::{Asked, Drawer, Tab};
use crate::playback::{Action, Playback};
use crate::sequence::{self, sequence};
use crate::setup::Setup;
use crate::stage::Canvas;
use crate::studio::Studio;
use crate::window::Window;
use crate::words::Word;
use crate::{
    chrome, controls, drawers, effects, guess, keys, lanes, panels, parts, table, terminal,
};

/// How long it plays between two addresses, in µs: browsers let nobody write it at each frame.
const FOLLOWED_US: i64 = 1_000_000;

/// A figure being played.
#[allow(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
pub(crate) struct Player {
    pub(crate) figure: Figure,
    pub(crate) playback: Playback,
    pub(crate) lang: Lang,
    canvas: Canvas,
    /// The panel and what it was written for; the details and their step.
    panel: (Option<Panel>, AttrValue),
    details: (Detailed, AttrValue),
    /// Whether something waits to be written until the reader has stopped scrubbing, or the first
    /// picture is on the screen: the details, and for a long run the panel with its mark.
    pub(crate) behind: bool,
    unmarked: bool,
    /// Whether nothing was drawn yet.
    pub(crate) fresh: bool,
    /// How many tasks are left, out of sight: what is above the picture is drawn, then what is below
    /// it, then the static figure gives way.
    pub(crate) hidden: u8,
    foot: AttrValue,
    /// Whether the reader has done anything yet.
    pub(crate) touched: bool,
    /// For how long it has played since the address was written, in µs.
    unsaid_us: i64,
    /// How far the table is scrolled, in px.
    pub(crate) scrolled: i32,
    helping: bool,
    notice: Option<BadLink>,
    open: bool,
    /// Where the big page is.
    page: Option<String>,
}

/// What the details were written for.
#[derive(Clone, Copy, PartialEq)]
struct Detailed {
    run: usize,
    step: Option<usize>,
    /// On the big page, whether fields are followed into the OCI specification.
    further: Option<bool>,
}

/// Where a player starts.
#[derive(Default)]
pub(crate) struct Start {
    pub(crate) at: Option<(usize, At)>,
    pub(crate) polls: bool,
    /// How fast it plays, where the address says.
    pub(crate) speed: Option<Speed>,
    /// What was wrong with the address.
    pub(crate) notice: Option<BadLink>,
    /// Whether the address led here.
    pub(crate) led: bool,
}

impl Start {
    /// Where the page's address leads in a figure.
    pub(crate) fn linked(figure: &Figure, id: &str) -> Self {
        let (place, notice) = match effects::linked(id) {
            Ok(place) => (place, None),
            Err(bad) => (None, Some(bad)),
        };
        let Some(place) = place else { return Self { notice, ..Self::default() } };
        match figure.follow(&place) {
            Some(playback) => {
                let at = Some((playback.run, place.at));
                Self { at, polls: place.polls, notice, led: true, ..Self::default() }
            }
            None => Self { notice: Some(BadLink::Garbled), ..Self::default() },
        }
    }

    /// Where a player stood.
    pub(crate) fn again(playback: &Playback) -> Self {
        let at = Some((playback.run, At::Instant(playback.now_us)));
        Self { at, polls: playback.polls, led: true, ..Self::default() }
    }
}

impl Player {
    /// Where the start leads, or at the beginning; the picture is `width` px wide.
    pub(crate) fn new(figure: Figure, source: &Source, start: &Start, width: i32) -> Self {
        let lang = source.lang;
        let mut notice = start.notice;
        let mut playback = match start.at {
            None => figure.beginning().reduce(figure.score(), Action::Polls(start.polls)),
            Some((run, at)) => figure.follow_run(run, at, start.polls).unwrap_or_else(|| {
                notice = notice.or((!matches!(at, At::Instant(_))).then_some(BadLink::Garbled));
                let first = figure.follow_run(0, at, start.polls);
                first.unwrap_or_else(|| figure.beginning())
            }),
        };
        playback.speed = start.speed.unwrap_or(playback.speed);
        let mut player = Self {
            canvas: Canvas::new(&source.id, width),
            panel: (None, AttrValue::default()),
            details: (
                Detailed { run: usize::MAX, step: None, further: None },
                AttrValue::default(),
            ),
            foot: foot(&figure, source).into(),
            behind: false,
            unmarked: false,
            fresh: true,
            hidden: 3,
            touched: false,
            unsaid_us: 0,
            scrolled: 0,
            helping: false,
            open: source.open || start.led,
            page: source.about.as_deref().map(|it| it.split('#').next().unwrap_or(it).to_owned()),
            figure,
            playback,
            lang,
            notice,
        };
        player.prepare(None, false);
        player
    }

    /// Keeps what does not depend on the figure.
    pub(crate) fn follow_on(&mut self, before: &Self) {
        self.playback.speed = before.playback.speed;
        self.touched = true;
        self.fresh = false;
        self.hidden = before.hidden;
    }

    /// Whether the details are still to be written for the first time.
    pub(crate) fn is_new(&self) -> bool {
        self.details.0.run == usize::MAX
    }

    /// Takes an event; whether anything looks different now.
    pub(crate) fn update(&mut self, event: &Event, studio: Option<&Studio>) -> bool {
        match *event {
            Event::Help => self.helping = !self.helping,
            Event::Width(px) if !self.canvas.resize(px) => return false,
            Event::Width(_) => {}
            Event::Scrolled(px) => self.scrolled = px,
            Event::Rested => self.fresh = false,
            Event::Slid(px) => {
                let at_us = self.figure.clock().at_us(px);
                return self.update(&Event::Act(Action::Seek(at_us)), studio);
            }
            Event::Act(action) => {
                let next = self.playback.reduce(self.figure.score(), action);
                self.touched = true;
                self.playback = next;
                if let Action::Tick(us) = action {
                    let unsaid_us = if self.unsaid_us >= FOLLOWED_US { 0 } else { self.unsaid_us };
                    self.unsaid_us = unsaid_us + us;
                }
            }
            _ => return false,
        }
        let scrubs = matches!(event, Event::Act(Action::Seek(_) | Action::Point { .. }));
        self.prepare(studio, scrubs);
        true
    }

    /// Writes anew what depends on what has changed, as far as it does not wait.
    fn prepare(&mut self, studio: Option<&Studio>, scrubs: bool) {
        let Playback { run, polls, .. } = self.playback;
        self.canvas.prepare(&self.figure, &self.playback, self.lang);
        let step = self.playback.step(self.figure.score());
        let length = self.figure.score().notes(run, polls).len();
        let tab = studio.map_or(Tab::Steps, |studio| studio.tab);
        let panel = Panel {
            tab,
            run,
            polls,
            scale: studio.is_some_and(|studio| studio.scale),
            // A table keeps to what is scrolled into sight.
            window: match tab {
                Tab::Table => Window::WHOLE,
                _ => Window::around(step.unwrap_or(0), length),
            },
            first: if tab == Tab::Table { table::first_row(self.scrolled) } else { 0 },
        };
        let stale = self.panel.0 != Some(panel);
        let further = studio.map(|studio| studio.oci);
        let detailed = Detailed { run, step, further };
        let outdated = self.details.0 != detailed;
        self.unmarked = self.fresh || (scrubs && Window::is_needed(length));
        // Of a page that is just there, the details are a task of their own.
        let first = self.panel.0.is_none() && !self.touched;
        let details_wait = self.fresh || scrubs || first;
        self.behind = self.unmarked || (outdated && details_wait);
        if stale && !self.unmarked {
            self.panel = (Some(panel), self.write(panel).into());
        }
        if outdated && !details_wait {
            let it = self.figure.run(run).zip(step);
            let spec = studio.zip(it).and_then(|(studio, (it, step))| studio.spec(it, run, step));
            let further = further.map(|asked| Further { asked, spec });
            let details = inspector(&self.figure, run, step, further.as_ref(), self.lang);
            self.details = (detailed, format!("<div>{details}</div>").into());
        }
    }

    fn write(&self, panel: Panel) -> String {
        let Panel { tab, run, polls, scale, window, first } = panel;
        let (figure, lang) = (&self.figure, self.lang);
        match tab {
            Tab::Steps => {
                format!("<ol tabindex=\"-1\">{}</ol>", list(figure, run, polls, window, lang))
            }
            Tab::Sequence => {
                sequence(figure, run, sequence::Options { polls, scale, window }, lang)
            }
            Tab::Table => table::table(figure, run, polls, first, lang),
            Tab::Terminal => String::new(),
        }
    }

    pub(crate) fn looks(&self, studio: Option<&Studio>) -> Looks {
        let Playback { run, playing, .. } = self.playback;
        let step = self.playback.step(self.figure.score());
        let act = step.map(|step| format!("step {run} {step}")).unwrap_or_default();
        let due = !playing || self.unsaid_us >= FOLLOWED_US;
        let place = if due { self.place(studio) } else { None };
        let row = Row { panel: self.panel.0, act, place: self.playback.place };
        let row = (!self.unmarked).then_some(row);
        Looks { playing, row, place }
    }

    /// What the page's address is to say; none before the reader has done anything.
    fn place(&self, studio: Option<&Studio>) -> Option<Where> {
        match studio {
            _ if !self.touched => None,
            Some(studio) if studio.busy => None,
            Some(studio) => Some(Where::Page(Box::new(self.address(studio)))),
            None => self.figure.place(&self.playback).map(Where::Figure),
        }
    }

    /// The address of what is shown on the big page.
    pub(crate) fn address(&self, studio: &Studio) -> Address {
        let place = self.figure.place(&self.playback);
        Address {
            setup: studio.setup.clone(),
            at: place.map(|place| (self.playback.run, place.at)),
            polls: self.playback.polls,
            speed: self.playback.speed,
            tab: studio.tab,
            // What was opened to make a link of the page is not part of the page.
            drawer: studio.drawer.filter(|drawer| *drawer != Drawer::Share),
            tool: studio.tool.clone(),
            scale: studio.scale,
            oci: studio.oci,
            asked: studio.asked,
        }
    }

    pub(crate) fn view(
        &self,
        link: &Scope<App>,
        stage: &NodeRef,
        steps: &NodeRef,
        studio: Option<&Studio>,
    ) -> Html {
        let lang = self.lang;
        let class = match studio {
            None => "sim",
            Some(studio) if studio.embed => "sim studio is-embedded",
            // What will happen is not to be seen yet.
            Some(studio) if studio.asked == Asked::Open => "sim studio is-asking",
            Some(_) => "sim studio",
        };
        let below = match (self.hidden, studio) {
            (2.., _) => Html::default(),
            (_, None) => html! {
                <>
                    <details class="sim-more" open={self.open}>
                        <summary>{ Word::Panels.text(lang) }</summary>
                        { self.panels(steps) }
                    </details>
                    { raw(&self.foot) }
                </>
            },
            (_, Some(studio)) => html! {
                <>{ panels::panels(self, studio, link, steps) }{ raw(&self.foot) }</>
            },
        };
        html! {
            <div {class} role="group" aria-label={Word::Player.text(lang)} tabindex="-1"
                onkeydown={keys::on_key(&self.playback, self.helping, link)}
                onclick={keys::on_click(link)} onchange={keys::on_change(link)}
                oninput={keys::on_input(link)}>
                { for [parts::HEAD, parts::DRAWER, parts::NOTES, parts::LANES].map(parts::place) }
                { self.canvas.view(&self.figure, &self.playback, link, stage) }
                { for [parts::CAPTION, parts::CONTROLS].map(parts::place) }
                { below }
            </div>
        }
    }

    /// What is written as text around the picture; nothing where it is not its turn yet.
    pub(crate) fn parts(&self, studio: Option<&Studio>) -> Vec<(&'static str, String)> {
        let studio = studio.filter(|_| STUDIO);
        let mut parts = Vec::new();
        let (figure, playback, lang) = (&self.figure, &self.playback, self.lang);
        let bar = controls::Props { figure, playback, lang, page: studio.is_some() };
        if self.hidden < 3 {
            part(&mut parts, parts::HEAD, |out| {
                self.write_notice(out);
                if let Some(studio) = studio {
                    chrome::write_head(out, studio, self, lang);
                    chrome::write_state(out, studio, figure, lang);
                }
            });
            part(&mut parts, parts::LANES, |out| match studio {
                None => controls::write_follow(out, bar),
                Some(studio) => lanes::write_lanes(out, studio, figure, playback, lang),
            });
            if let Some(studio) = studio {
                part(&mut parts, parts::DRAWER, |out| {
                    drawers::write_drawer(out, studio, figure, playback, lang);
                });
                part(&mut parts, parts::NOTES, |out| {
                    guess::write_guess(out, studio, figure, lang);
                    chrome::write_turns(out, studio, self.canvas.width >= 600, lang);
                    chrome::write_remarks(out, studio, lang);
                });
            }
        }
        if self.hidden < 2 {
            part(&mut parts, parts::CAPTION, |out| self.write_caption(out));
            part(&mut parts, parts::CONTROLS, |out| {
                controls::write_controls(out, bar);
                if self.helping {
                    controls::write_help(out, studio.is_some(), lang);
                }
                if studio.is_none() {
                    self.write_whole(out);
                }
            });
            if let Some(studio) = studio {
                part(&mut parts, parts::TABS, |out| panels::write_tabs(out, studio, lang));
                if studio.tab == Tab::Terminal {
                    part(&mut parts, parts::TERMINAL, |out| {
                        terminal::write_terminal(out, studio, figure, playback, lang);
                    });
                }
            }
        }
        parts
    }

    /// The way to the big page, with the same runs at the same moment.
    fn write_whole(&self, out: &mut String) {
        let (Some(page), Some(first)) = (&self.page, self.figure.run(0)) else { return };
        let paths: Vec<_> = self.figure.runs().iter().map(Run::path).collect();
        let place = self.figure.place(&self.playback);
        let address = Address {
            at: place.map(|place| (self.playback.run, place.at)),
            polls: self.playback.polls,
            ..Address::new(Setup::new(&first.recording.scenario, &paths))
        };
        let href = escape(&(page.clone() + &address.write("")));
        let label = Word::Whole.text(self.lang);
        push(out, &["<a class=\"sim-whole\" href=\"", &href, "\">", label, "</a>"]);
    }

    fn panels(&self, steps: &NodeRef) -> Html {
        html! {
            <div class="sim-panels">
                <section class="sim-steps" aria-label={Word::Steps.text(self.lang)} ref={steps}>
                    { raw(&self.panel.1) }
                </section>
                { self.details() }
            </div>
        }
    }

    /// The panel below the picture, written.
    pub(crate) fn written(&self) -> &AttrValue {
        &self.panel.1
    }

    /// The inspector.
    pub(crate) fn details(&self) -> Html {
        html! {
            <section class="sim-inspector" aria-label={Word::Details.text(self.lang)} tabindex="0">
                { raw(&self.details.1) }
            </section>
        }
    }

    fn write_notice(&self, out: &mut String) {
        let word = match self.notice {
            None => return,
            Some(BadLink::Version) => Word::LinkVersion,
            Some(BadLink::Garbled) => Word::LinkGarbled,
        };
        push(out, &["<p class=\"sim-note\" role=\"status\">", word.text(self.lang), "</p>"]);
    }

    /// The moment in words. Read out when it stands still; while it plays that would be a torrent.
    fn write_caption(&self, out: &mut String) {
        let now = instant(self.playback.now_us, self.lang);
        let live = if self.playback.playing { "off" } else { "polite" };
        let _ = write!(
            out,
            "<div class=\"sim-caption\" tabindex=\"-1\" aria-live=\"{live}\" aria-atomic=\"true\">\
             <p><span class=\"sim-now\">{now}</span> "
        );
        write_told(out, &told(&self.figure, &self.playback, self.lang));
        out.push_str("</p></div>");
    }
}

fn told(figure: &Figure, playback: &Playback, lang: Lang) -> String {
    let Some(run) = figure.run(playback.run) else { return String::new() };
    let step = playback.step(figure.score()).and_then(|step| run.steps.get(step));
    step.map_or_else(|| before(lang).to_owned(), |step| caption(run, step, lang))
}

/// What a screen reader says for a place of the slider.
pub(crate) fn spoken(figure: &Figure, playback: &Playback, lang: Lang) -> String {
    let colon = lang.pick(": ", "：");
    instant(playback.now_us, lang) + colon + &plain(&told(figure, playback, lang))
}

/// Legend, source, and how time is shown.
fn foot(figure: &Figure, source: &Source) -> String {
    let lang = source.lang;
    let runs: Vec<_> = figure.runs().iter().collect();
    let mut html = format!("<footer>{}<p class=\"sim-source\">", legend(&runs, lang));
    let _ = write!(html, "<span>{}</span>", Word::Idle.text(lang));
    for (nth, run) in runs.iter().enumerate() {
        // Two futures of one node are told of once.
        if runs[..nth].iter().any(|it| (it.path(), it.made) == (run.path(), run.made)) {
            continue;
        }
        let words = provenance::words(run, lang);
        let _ = write!(html, "<span>{words}");
        // The big page has every recording among what can be taken along.
        let path = run.path().name();
        if let (None, Some((_, url))) =
            (&source.lists, source.recordings.iter().find(|(it, _)| it == path))
        {
            let (url, link) = (escape(url), Word::Recording.text(lang));
            let _ = write!(html, " <a href=\"{url}\">{link}</a>");
        }
        html.push_str("</span>");
    }
    if let Some(about) = &source.about {
        let (url, link) = (escape(about), Word::About.text(lang));
        let _ = write!(html, "<a href=\"{url}\">{link}</a>");
    }
    html + "</p></footer>"
}

/// Adds a part. Not behind a pointer, so that a build without the big page has nothing of it.
fn part(
    parts: &mut Vec<(&'static str, String)>,
    name: &'static str,
    write: impl FnOnce(&mut String),
) {
    let mut text = String::new();
    write(&mut text);
    parts.push((name, text));
}

/// HTML that was written as text: one element, every word in it escaped.
pub(crate) fn raw(html: &AttrValue) -> Html {
    Html::from_html_unchecked(html.clone())
}
