//! The element in the page: loads its recordings, then plays them.
//!
//! The only component. One with fields rather than hooks: that makes the bundle a tenth smaller.

use simulator_view::Lang;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::effects::{self, Guard};
use crate::figure::Figure;
use crate::playback::Action;
use crate::player::{Looks, Player};
use crate::words::Word;

/// How long the reader must stand still before the address is changed, in ms.
const SETTLED_MS: i32 = 300;

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
        element: element.clone(),
    };
    yew::Renderer::<App>::with_root_and_props(host, source).render();
}

/// What can happen.
pub(crate) enum Event {
    /// The recordings are there, or cannot be had.
    Loaded(Result<Figure, String>),
    /// The reader, or time, did something.
    Act(Action),
    /// The sheet of keys is to be shown or hidden.
    Help,
    /// The picture has this much room, in px.
    Width(i32),
}

/// The component.
pub(crate) struct App {
    state: State,
    /// The box of the picture, and the box of the list.
    stage: NodeRef,
    steps: NodeRef,
    /// What runs beside: the watch on the width, the frames while it plays, the pause before the
    /// address changes, the mark on the list.
    watching: Option<Guard>,
    frames: Option<Guard>,
    settling: Option<Guard>,
    marking: Option<Guard>,
    /// What was rendered last.
    looks: Option<Looks>,
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
        spawn_local(async move { link.send_message(Event::Loaded(load(&source).await)) });
        Self {
            state: State::Loading,
            stage: NodeRef::default(),
            steps: NodeRef::default(),
            watching: None,
            frames: None,
            settling: None,
            marking: None,
            looks: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        match (&mut self.state, event) {
            (state, Event::Loaded(Ok(figure))) => {
                *state = State::Playing(Box::new(Player::new(figure, ctx.props())));
                true
            }
            (state, Event::Loaded(Err(problem))) => {
                *state = State::Failed(problem);
                true
            }
            (State::Playing(player), event) => player.update(&event),
            _ => false,
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match &self.state {
            State::Loading => Html::default(),
            // The static figure stays in sight.
            State::Failed(problem) => html! {
                <p class="sim-note" role="status">
                    { format!("{} ({problem})", Word::Failed.text(ctx.props().lang)) }
                </p>
            },
            State::Playing(player) => player.view(ctx.link(), &self.stage, &self.steps),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let State::Playing(player) = &self.state else { return };
        if self.watching.is_none()
            && let Some(stage) = self.stage.cast::<HtmlElement>()
        {
            let link = ctx.link().clone();
            let tell = move |px| link.send_message(Event::Width(px));
            self.watching = Some(effects::width(&stage, tell));
        }
        let looks = player.looks();
        if self.looks.as_ref() == Some(&looks) {
            return;
        }
        self.follow_up(ctx, &looks);
        self.looks = Some(looks);
    }
}

impl App {
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
            effects::after(SETTLED_MS, move || effects::remember(&id, &place))
        });
        if self.looks.as_ref().is_none_or(|before| before.row != looks.row)
            && let Some(steps) = self.steps.cast::<HtmlElement>()
        {
            let row = looks.row.clone();
            // Not before the rows have their places.
            self.marking = Some(effects::after(0, move || effects::point_out(&steps, &row.act)));
        }
    }
}

/// The figure; the static one is hidden as soon as it is there.
async fn load(source: &Source) -> Result<Figure, String> {
    let mut texts = Vec::new();
    for (path, url) in &source.recordings {
        let text = effects::fetch(url).await;
        texts.push(text.ok_or_else(|| format!("{path}: {url}"))?);
    }
    let figure = Figure::read(&texts).map_err(|problem| problem.to_string())?;
    let _ = source.element.class_list().add_1("is-live");
    Ok(figure)
}
