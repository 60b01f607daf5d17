//! The picture, and over it what moves: the veil over what is still to come, the cursor, the
//! chosen step.

use std::rc::Rc;

use simulator_view::scene::{Options, RunScene, Scene, hit};
use simulator_view::{Lang, Run, picture};
use web_sys::{Element, PointerEvent};
use yew::html::Scope;
use yew::prelude::*;

use crate::app::{App, Event};
use crate::effects;
use crate::figure::Figure;
use crate::playback::{Action, Playback};
use crate::player::raw;

/// Below this width one run, and one stretch of time, is shown at a time, in px.
const ROOM_FOR_ALL_PX: i32 = 600;
/// The width that is drawn where the true one is not known, in px.
pub(crate) const WIDTH_PX: i32 = 860;
/// The least width that is drawn, in px.
const WIDTH_PX_MIN: i32 = 280;

/// The picture as it was drawn last, and for what.
pub(crate) struct Canvas {
    /// How wide it is, in px.
    pub(crate) width: i32,
    id: String,
    drawn: Option<Drawn>,
}

struct Drawn {
    options: Options,
    scene: Rc<Scene>,
    svg: AttrValue,
}

impl Canvas {
    /// A picture not drawn yet, so many px wide; `id` keeps the ids of two on a page apart.
    pub(crate) fn new(id: &str, width: i32) -> Self {
        Self { width: width.max(WIDTH_PX_MIN), id: format!("{id}-live"), drawn: None }
    }

    /// Takes another width, in px; whether it is another.
    pub(crate) fn resize(&mut self, width: i32) -> bool {
        let before = self.width;
        // What is hidden has no width.
        if width > 0 {
            self.width = width.max(WIDTH_PX_MIN);
        }
        self.width != before
    }

    /// Draws the picture anew if it must look different.
    pub(crate) fn prepare(&mut self, figure: &Figure, playback: &Playback, lang: Lang) {
        let narrow = self.width < ROOM_FOR_ALL_PX;
        let only = narrow.then(|| (playback.run, figure.clock().stretch_at(playback.now_us)));
        let options = Options { width: self.width, polls: playback.polls, only };
        if self.drawn.as_ref().is_some_and(|drawn| drawn.options == options) {
            return;
        }
        let runs: Vec<&Run> = figure.runs().iter().collect();
        let scene = Rc::new(Scene::new(&runs, options));
        let svg = picture::svg(&self.id, &scene, &runs, lang).into();
        self.drawn = Some(Drawn { options, scene, svg });
    }

    /// The picture with what moves over it.
    pub(crate) fn view(
        &self,
        figure: &Figure,
        playback: &Playback,
        link: &Scope<App>,
        stage: &NodeRef,
    ) -> Html {
        let Some(Drawn { scene, svg, .. }) = &self.drawn else { return Html::default() };
        let (down, moved) = (Rc::clone(scene), Rc::clone(scene));
        let onpointerdown = link.callback(move |event: PointerEvent| {
            if let Some(element) = event.target_dyn_into::<Element>() {
                effects::capture(&element, event.pointer_id());
            }
            let (x, y) = (event.offset_x(), event.offset_y());
            let action = match hit(&down, x, y) {
                Some((run, step)) => Action::Choose { run, step },
                None => Action::Point { run: down.run_at(y), now_us: down.axis.at_us(x) },
            };
            Event::Act(action)
        });
        let onpointermove = link.batch_callback(move |event: PointerEvent| {
            let pulled = event.movement_x() != 0 || event.movement_y() != 0;
            let seeks = event.buttons() == 1 && pulled;
            seeks.then(|| Event::Act(Action::Seek(moved.axis.at_us(event.offset_x()))))
        });
        html! {
            <div class="sim-stage" ref={stage}>
                { raw(svg) }
                <svg class="sim-over" viewBox={format!("0 0 {} {}", scene.width, scene.height)}
                    width={scene.width.to_string()} height={scene.height.to_string()}
                    aria-hidden="true" {onpointerdown} {onpointermove}>
                    { over(figure, playback, scene) }
                </svg>
            </div>
        }
    }
}

fn over(figure: &Figure, playback: &Playback, scene: &Scene) -> Html {
    let x = scene.axis.px(playback.now_us);
    let (width, bottom) = ((scene.width - x).max(0), scene.clock_y);
    let mut parts = Vec::new();
    for part in &scene.runs {
        // What is still to come is pale.
        let top = part.lanes.first().map_or(part.top, |lane| lane.y);
        parts.push(rect("veil", (x, top), (width, part.bottom() - top)));
    }
    parts.push(path("cursor", format!("M{x} 28V{}", bottom + 5)));
    parts.push(path("cursor-head", format!("M{} 23h10l-5 6z", x - 5)));
    let chosen = scene.of_run(playback.run).zip(playback.step(figure.score()));
    if let Some((part, step)) = chosen {
        focus(&mut parts, figure, part, step, scene);
    }
    html! { <>{ parts }</> }
}

fn path(class: &'static str, d: String) -> Html {
    html! { <path {class} {d} /> }
}

fn rect(class: &'static str, (x, y): (i32, i32), (width, height): (i32, i32)) -> Html {
    path(class, format!("M{x} {y}h{width}v{height}h-{width}z"))
}

/// The chosen step: its bar, the calls around it, and its way, travelled once.
fn focus(parts: &mut Vec<Html>, figure: &Figure, part: &RunScene, step: usize, scene: &Scene) {
    let Some(run) = figure.run(part.run) else { return };
    let mut around = Some(step);
    while let Some(at) = around {
        if let Some(frame) = scene.frame(part.run, at) {
            let class = if at == step { "frame" } else { "frame outer" };
            let size = (frame.width + 4, frame.height + 4);
            parts.push(rect(class, (frame.x - 2, frame.y - 2), size));
        }
        around = run.steps.get(at).and_then(|step| step.parent);
    }
    let hops = part.arrows.iter().filter(|arrow| arrow.step == step);
    for (nth, arrow) in hops.enumerate() {
        let (x, from, to) = (arrow.x, arrow.from_y, arrow.to_y);
        let class = format!("hop w-{} a-{}", arrow.wire.class(), arrow.to.class());
        let style = format!("--from:{}px;--nth:{nth}", from - to);
        parts.push(html! {
            <g {class} key={format!("{}-{step}-{nth}", part.run)}>
                { path("way", format!("M{x} {from}V{to}")) }
                <circle class="dot" cx={x.to_string()} cy={to.to_string()} r="4" {style} />
            </g>
        });
    }
}
