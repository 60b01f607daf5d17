//! The element in the page: loads its recordings, then plays them.
//!
//! The only component. One with fields rather than hooks: that makes the bundle a tenth smaller.

use simulator_model::Recording;
use simulator_view::{Lang, Run};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::STUDIO;
use crate::address::Address;
use crate::command::Command;
use crate::deeds;
use crate::effects::{self, Guard};
use crate::figure::Figure;
use crate::focus;
use crate::library::Library;
use crate::link::BadLink;
use crate::looks::Looks;
use crate::parts::Parts;
use crate::playback::Action;
use crate::player::{Player, Start};
use crate::setup::Setup;
use crate::stage::WIDTH_PX;
use crate::staging::{Staged, Staging};
use crate::studio::{Studio, Wish};
use crate::words::Word;

/// How long the reader must stand still before the address is changed, in ms.
const SETTLED_MS: i32 = 300;

/// How long the slider must stand still before a long list follows, in ms.
const RESTED_MS: i32 = 120;

/// What the page says about a figure, in the attributes of its element.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Source {
    /// The id of the element.
    pub(crate) id: AttrValue,
    /// The language.
    pub(crate) lang: Lang,
    /// The recordings: path and URL.
    pub(crate) recordings: Vec<(String, String)>,
    /// The page that says how they were made, if the static figure links to one.
    pub(crate) about: Option<String>,
    /// Whether the list and the messages are open from the start.
    pub(crate) open: bool,
    /// The scenario.
    pub(crate) scenario: String,
    /// On the big page, where the scenarios and the recordings are listed.
    pub(crate) lists: Option<(String, String)>,
    /// The element itself, to be told that it is alive.
    pub(crate) element: HtmlElement,
}

/// Reads the element's attributes and renders beside its static figure.
pub(crate) fn mount(element: &HtmlElement) {
    let attribute = |name: &str| element.get_attribute(name).unwrap_or_default();
    let mut recordings = Vec::new();
    for path in attribute("paths").split(',').filter(|path| !path.is_empty()) {
        recordings.push((path.to_owned(), attribute(&format!("data-{path}"))));
    }
    let about = element.query_selector("a.sim-about").ok().flatten();
    let Some(document) = element.owner_document() else { return };
    let Ok(host) = document.create_element("div") else { return };
    host.set_class_name("sim-live");
    if element.prepend_with_node_1(&host).is_err() {
        return;
    }
    let source = Source {
        id: attribute("id").into(),
        lang: attribute("lang").parse().unwrap_or(Lang::En),
        recordings,
        about: about.and_then(|link| link.get_attribute("href")),
        open: element.closest(".front").ok().flatten().is_none(),
        scenario: attribute("scenario"),
        lists: (STUDIO && attribute("size") == "page")
            .then(|| (attribute("data-scenarios"), attribute("data-recordings"))),
        element: element.clone(),
    };
    yew::Renderer::<App>::with_root_and_props(host, source).render();
}

/// What can happen.
pub(crate) enum Event {
    /// The recordings are there, or cannot be had.
    Loaded(Result<Figure, String>),
    /// The scenarios are there.
    Listed(Library),
    /// What was loaded or staged is to be drawn.
    Draw,
    /// A part of the first view is drawn: the next is to be, and after the last all to be shown.
    Show,
    /// A setup is staged, or what is wrong with it; by the number of the staging.
    Staged(u32, Result<Staged, Vec<String>>),
    /// The reader asks something of the big page.
    Do(Command),
    /// The reader has stopped scrubbing.
    Rested,
    /// The table is scrolled to here, in px.
    Scrolled(i32),
    /// The reader, or time, did something.
    Act(Action),
    /// The sheet of keys is to be shown or hidden.
    Help,
    /// The picture has this much room, in px.
    Width(i32),
    /// The slider was pulled to here, in its px.
    Slid(i32),
}

/// The component.
pub(crate) struct App {
    state: State,
    /// The big page around the player.
    studio: Option<Studio>,
    /// What was wrong with the address, and where it leads, until the first figure is there.
    start: Option<Start>,
    /// The box of the picture, and the box of the list.
    stage: NodeRef,
    steps: NodeRef,
    /// What runs beside: the pause before a part is drawn, the watch on the width, the frames while
    /// it plays, the pause before the address changes, the mark on the list.
    entering: Option<Guard>,
    watching: Option<Guard>,
    frames: Option<Guard>,
    settling: Option<Guard>,
    marking: Option<Guard>,
    focusing: Option<Guard>,
    resting: Option<Guard>,
    /// What was rendered last.
    looks: Option<Looks>,
    parts: Parts,
}

enum State {
    Loading,
    Failed(String),
    Playing(Box<Player>),
}

impl Component for App {
    type Message = Event;
    type Properties = Source;

    fn create(ctx: &Context<Self>) -> Self {
        let (source, link) = (ctx.props().clone(), ctx.link().clone());
        // Two tasks and not one that does either: of that, a build without the big page keeps both.
        match source.lists.clone() {
            Some(lists) if STUDIO => spawn_local(async move {
                link.send_message(Event::Listed(library(&source, &lists).await));
            }),
            _ => spawn_local(async move {
                link.send_message(Event::Loaded(load(&source).await));
            }),
        }
        Self {
            state: State::Loading,
            studio: None,
            start: None,
            stage: NodeRef::default(),
            steps: NodeRef::default(),
            entering: None,
            watching: None,
            frames: None,
            settling: None,
            marking: None,
            focusing: None,
            resting: None,
            looks: None,
            parts: Parts::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        match (&mut self.state, event) {
            (state, Event::Loaded(Ok(figure))) => {
                let source = ctx.props();
                let start = Start::linked(&figure, &source.id);
                let width = width_of(&self.stage);
                *state = State::Playing(Box::new(Player::new(figure, source, &start, width)));
                self.soon(ctx, Event::Draw)
            }
            (_, Event::Draw) => true,
            (State::Playing(player), Event::Show) => {
                player.hidden -= 1;
                if player.hidden == 0 {
                    let _ = ctx.props().element.class_list().add_1("is-live");
                }
                true
            }
            (state, Event::Loaded(Err(problem))) => {
                *state = State::Failed(problem);
                true
            }
            (_, Event::Listed(library)) if STUDIO => self.listed(ctx, library),
            (_, Event::Staged(serial, staged)) if STUDIO => self.staged(ctx, serial, staged),
            (_, Event::Do(command)) if STUDIO => self.obey(ctx, &command),
            (State::Playing(player), event) => {
                player.update(&event, self.studio.as_ref().filter(|_| STUDIO))
            }
            _ => false,
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match &self.state {
            // As wide as the picture will be, and nothing to be seen.
            State::Loading => html! { <div class="sim-probe" ref={&self.stage} /> },
            // The static figure stays in sight.
            State::Failed(problem) => html! {
                <p class="sim-note" role="status">
                    { format!("{} ({problem})", Word::Failed.text(ctx.props().lang)) }
                </p>
            },
            State::Playing(player) => {
                player.view(ctx.link(), &self.stage, &self.steps, self.studio())
            }
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let State::Playing(player) = &self.state else {
            self.parts = Parts::default();
            return;
        };
        let parts = player.parts(self.studio());
        self.parts.write(&ctx.props().element, parts);
        if self.watching.is_none()
            && let Some(stage) = self.stage.cast::<HtmlElement>()
        {
            let link = ctx.link().clone();
            let tell = move |px| link.send_message(Event::Width(px));
            self.watching = Some(effects::width(&stage, tell));
        }
        if player.hidden > 0 {
            self.soon(ctx, Event::Show);
            return;
        }
        self.resting = player.behind.then(|| {
            let link = ctx.link().clone();
            let rest_ms = if player.is_new() { 0 } else { RESTED_MS };
            effects::after(rest_ms, move || link.send_message(Event::Rested))
        });
        let looks = player.looks(self.studio());
        if self.looks.as_ref() == Some(&looks) {
            return;
        }
        self.follow_up(ctx, &looks);
        self.looks = Some(looks);
    }
}

impl App {
    /// The big page, in the build that has it.
    fn studio(&self) -> Option<&Studio> {
        self.studio.as_ref().filter(|_| STUDIO)
    }

    /// Lets something happen in a task of its own, so that the browser can answer in between.
    fn soon(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let link = ctx.link().clone();
        self.entering = Some(effects::after(0, move || link.send_message(event)));
        false
    }

    /// The scenarios are known: the address can be read, and what it says be staged.
    fn listed(&mut self, ctx: &Context<Self>, library: Library) -> bool {
        let source = ctx.props();
        let paths = source.recordings.iter().filter_map(|(path, _)| path.parse().ok());
        let plain = Setup::new(&source.scenario, &paths.collect::<Vec<_>>());
        let read = Address::read(&effects::query(), &source.id, &plain);
        let known = |address: &Address| {
            let setup = &address.setup;
            setup.own.is_some() || library.get(&setup.scenario).is_some()
        };
        let read = read.and_then(|it| if known(&it) { Ok(it) } else { Err(BadLink::Garbled) });
        let (address, notice) = match read {
            Ok(address) => (address, None),
            Err(bad) => (Address::new(plain), Some(bad)),
        };
        let Address { at, polls, speed, .. } = address;
        self.start = Some(Start { at, polls, speed: Some(speed), notice, led: true });
        self.studio = Some(Studio::new(library, &address, effects::embedded()));
        self.stage_setup(ctx, false)
    }

    /// Stages what the studio has set up; the picture stands until that is there.
    fn stage_setup(&mut self, ctx: &Context<Self>, keep: bool) -> bool {
        let Some(studio) = &mut self.studio else { return false };
        studio.serial += 1;
        studio.busy = true;
        if let (true, State::Playing(player)) = (keep, &self.state) {
            self.start = Some(Start::again(&player.playback));
        }
        let staging = Staging {
            setup: studio.setup.clone(),
            library: studio.library.clone(),
            element: ctx.props().element.clone(),
            lang: ctx.props().lang,
            tools: studio.needs_tools(),
        };
        let (serial, link) = (studio.serial, ctx.link().clone());
        spawn_local(async move {
            link.send_message(Event::Staged(serial, staging.run().await));
        });
        true
    }

    fn staged(
        &mut self,
        ctx: &Context<Self>,
        serial: u32,
        staged: Result<Staged, Vec<String>>,
    ) -> bool {
        let source = ctx.props();
        let Some(studio) = self.studio.as_mut().filter(|studio| studio.serial == serial) else {
            return false;
        };
        match staged {
            Ok(staged) => {
                let figure = studio.take(staged, source.lang);
                let start = self.start.take().unwrap_or_default();
                let width = width_of(&self.stage);
                let mut player = Player::new(figure, source, &start, width);
                if let State::Playing(before) = &self.state {
                    player.follow_on(before);
                }
                player.update(&Event::Scrolled(0), Some(studio));
                if let Some(action) = studio.aimed(&player.figure) {
                    player.update(&Event::Act(action), Some(studio));
                }
                self.state = State::Playing(Box::new(player));
                // What came of the text is not to be hidden behind it.
                if studio.shows_draft() {
                    self.obey(ctx, &Command::Close);
                } else {
                    studio.take_refused();
                }
                self.soon(ctx, Event::Draw)
            }
            Err(problems) => {
                studio.busy = false;
                studio.problems = problems;
                match self.state {
                    State::Playing(_) => true,
                    _ => self.fall_back(ctx),
                }
            }
        }
    }

    /// What the address asked for cannot be staged: show what every reader sees, and say why.
    fn fall_back(&mut self, ctx: &Context<Self>) -> bool {
        let source = ctx.props();
        let Some(studio) = &mut self.studio else { return false };
        let paths = source.recordings.iter().filter_map(|(path, _)| path.parse().ok());
        let plain = Setup::new(&source.scenario, &paths.collect::<Vec<_>>());
        if studio.setup == plain {
            self.state = State::Failed(studio.problems.join("; "));
            return true;
        }
        if let Some(own) = studio.setup.own.take() {
            // What was asked for and what is wrong stay, above the usual scenario on the same paths.
            studio.refused = Some((own, std::mem::take(&mut studio.problems)));
            studio.setup.scenario = plain.scenario;
            studio.setup.lanes.iter_mut().for_each(|lane| lane.faults.clear());
            self.start = Some(Start::default());
            return self.stage_setup(ctx, false);
        }
        studio.setup = plain;
        let notice = Some(BadLink::Garbled);
        self.start = Some(Start { notice, ..Start::default() });
        self.stage_setup(ctx, false)
    }

    fn obey(&mut self, ctx: &Context<Self>, command: &Command) -> bool {
        let State::Playing(player) = &mut self.state else { return false };
        let Some(studio) = &mut self.studio else { return false };
        player.touched = true;
        let drawer = studio.drawer;
        let wish = studio.obey(command, Some(&player.playback));
        if let Some(selector) = focus::after(command, drawer, studio) {
            let element = ctx.props().element.clone();
            // Not before it is drawn.
            self.focusing = Some(effects::after(0, move || effects::focus(&element, &selector)));
        }
        if let Wish::Stage { keep } = wish {
            return self.stage_setup(ctx, keep);
        }
        if let Some(action) = studio.aimed(&player.figure) {
            player.update(&Event::Act(action), Some(studio));
        }
        deeds::carry_out(command, studio, player, ctx.props());
        player.update(&Event::Scrolled(player.scrolled), Some(studio));
        true
    }

    /// What a change of the state brings with it, outside of what is drawn.
    fn follow_up(&mut self, ctx: &Context<Self>, looks: &Looks) {
        if !looks.playing {
            self.frames = None;
        } else if self.frames.is_none() {
            let link = ctx.link().clone();
            let tick = move |us| link.send_message(Event::Act(Action::Tick(us)));
            self.frames = Some(effects::frames(tick));
        }
        self.settling = looks.place.clone().map(|place| {
            let id = ctx.props().id.clone();
            let pause_ms = if looks.playing { 0 } else { SETTLED_MS };
            effects::after(pause_ms, move || effects::remember(|query| place.write(query, &id)))
        });
        let before = self.looks.as_ref().and_then(|before| before.row.as_ref());
        if let Some(row) = looks.row.clone().filter(|row| before != Some(row))
            && let Some(steps) = self.steps.cast::<HtmlElement>()
        {
            // What the reader scrolled stays so, until the cursor moves.
            let moved = before.is_none_or(|before| before.moved(&row));
            // Not before the rows have their places.
            self.marking = Some(effects::after(0, move || {
                effects::point_out(&steps, &row.act, moved, row.table_px());
            }));
        }
    }
}

/// How wide an element is, in px; as wide as can be expected where it is hidden.
fn width_of(element: &NodeRef) -> i32 {
    let width = element.cast::<HtmlElement>().map(|it| it.client_width());
    width.filter(|px| *px > 0).unwrap_or(WIDTH_PX)
}

/// The figure.
async fn load(source: &Source) -> Result<Figure, String> {
    let asked: Vec<_> =
        source.recordings.iter().map(|(path, url)| (path, url, effects::fetch(url))).collect();
    let mut runs = Vec::new();
    for (path, url, text) in asked {
        let text = text.await.ok_or_else(|| format!("{path}: {url}"))?;
        effects::pause().await;
        let recording = Recording::from_json_array(&text.into());
        // What is wrong with one is for those who made it: `cargo xtask import-recordings` says it.
        let recording = recording.ok().ok_or_else(|| format!("{path}: {url}"))?;
        runs.push(Run::new(recording));
    }
    let figure = Figure::new(runs);
    effects::pause().await;
    Ok(figure)
}

/// The scenarios and where their recordings are.
async fn library(source: &Source, (scenarios, recordings): &(String, String)) -> Library {
    let (scenarios, listed) = (effects::fetch(scenarios), effects::fetch(recordings));
    let [scenarios, listed] = [scenarios.await, listed.await].map(Option::unwrap_or_default);
    let folder = recordings.rfind('/').map_or("", |slash| &recordings[..=slash]);
    Library::read(&scenarios, &listed, folder, source.lang)
}
