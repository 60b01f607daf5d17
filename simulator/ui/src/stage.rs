//! The picture, and over it what moves: the veil over what is still to come, the cursor, the
//! chosen step.

use simulator_view::scene::{Options, RunScene, Scene, hit};
use simulator_view::{Lang, Run, picture};
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use crate::effects;
use crate::figure::Figure;
use crate::playback::{Action, Playback};

/// Below this width one run is shown at a time, in px.
const ROOM_FOR_ALL_PX: i32 = 600;
/// The width that is drawn before the true one is known, in px.
const WIDTH_PX: i32 = 860;

/// What the stage needs.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) figure: Figure,
    pub(crate) playback: Playback,
    pub(crate) act: Callback<Action>,
    pub(crate) lang: Lang,
    pub(crate) id: AttrValue,
}

/// The picture.
#[component]
pub(crate) fn Stage(props: &Props) -> Html {
    let Props { figure, playback, act, lang, id } = props;
    let node = use_node_ref();
    let width = use_state_eq(|| WIDTH_PX);
    use_effect_with((), {
        let (node, width) = (node.clone(), width.clone());
        move |()| {
            let element = node.cast::<Element>();
            let guard = element.map(|it| effects::width(&it, move |px| width.set(px.max(280))));
            move || drop(guard)
        }
    });
    let only = (*width < ROOM_FOR_ALL_PX).then_some(playback.run);
    let options = Options { width: *width, polls: playback.polls, only };
    let scene = use_memo((figure.clone(), options), |(figure, options)| {
        Scene::new(&figure.runs().iter().collect::<Vec<&Run>>(), *options)
    });
    let drawn = use_memo((figure.clone(), options, *lang), |(figure, _, lang)| {
        let runs: Vec<&Run> = figure.runs().iter().collect();
        Html::from_html_unchecked(picture::svg(&format!("{id}-live"), &scene, &runs, *lang).into())
    });
    let pointed = {
        let (act, scene) = (act.clone(), scene.clone());
        move |event: &PointerEvent, choosing: bool| {
            let (x, y) = (event.offset_x(), event.offset_y());
            let under = hit(&scene, x, y).filter(|_| choosing);
            act.emit(match under {
                Some((run, step)) => Action::Choose { run, step },
                None => Action::Seek(scene.axis.at_us(x)),
            });
        }
    };
    let onpointerdown = {
        let (pointed, act, scene) = (pointed.clone(), act.clone(), scene.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(element) = event.target_dyn_into::<Element>() {
                effects::capture(&element, event.pointer_id());
            }
            act.emit(Action::Follow(scene.run_at(event.offset_y())));
            pointed(&event, true);
        })
    };
    let onpointermove = Callback::from(move |event: PointerEvent| {
        let pulled = event.movement_x() != 0 || event.movement_y() != 0;
        if event.buttons() == 1 && pulled {
            pointed(&event, false);
        }
    });
    html! {
        <div class="sim-stage" ref={node}>
            { (*drawn).clone() }
            <svg class="sim-over" viewBox={format!("0 0 {} {}", scene.width, scene.height)}
                width={scene.width.to_string()} height={scene.height.to_string()}
                aria-hidden="true" {onpointerdown} {onpointermove}>
                { over(figure, playback, &scene) }
            </svg>
        </div>
    }
}

fn over(figure: &Figure, playback: &Playback, scene: &Scene) -> Html {
    let x = scene.axis.px(playback.now_us);
    let (width, bottom) = ((scene.width - x).max(0), scene.clock_y);
    let step = playback.step(figure.score());
    let chosen = scene.of_run(playback.run).zip(step);
    html! {
        <>
            { for scene.runs.iter().map(|part| veil(part, x, width)) }
            <path class="cursor" d={format!("M{x} 24V{}", bottom + 5)} />
            <path class="cursor-head" d={format!("M{} 18h10l-5 7z", x - 5)} />
            if let Some((part, step)) = chosen {
                { focus(figure, part, playback.run, step, scene) }
            }
        </>
    }
}

/// What is still to come is pale.
fn veil(part: &RunScene, x: i32, width: i32) -> Html {
    let top = part.lanes.first().map_or(part.top, |lane| lane.y);
    let height = part.bottom() - top;
    html! {
        <rect class="veil" x={x.to_string()} y={top.to_string()} width={width.to_string()}
            height={height.to_string()} />
    }
}

/// The chosen step: its bar, the calls around it, and its way, travelled once.
fn focus(figure: &Figure, part: &RunScene, run: usize, step: usize, scene: &Scene) -> Html {
    let steps = figure.run(run).map_or(&[][..], |run| &run.steps);
    let outer = std::iter::successors(Some(step), |&at| steps.get(at)?.parent);
    let frames = outer.filter_map(|at| Some((at, scene.frame(run, at)?))).map(|(at, frame)| {
        let class = if at == step { "frame" } else { "frame outer" };
        html! {
            <rect {class} x={(frame.x - 2).to_string()} y={(frame.y - 2).to_string()}
                width={(frame.width + 4).to_string()} height={(frame.height + 4).to_string()} rx="3" />
        }
    });
    let hops = part.arrows.iter().filter(|arrow| arrow.step == step).enumerate();
    let arrows = hops.map(|(nth, arrow)| {
        let (x, from, to) = (arrow.x, arrow.from_y, arrow.to_y);
        let class = classes!(
            "hop",
            format!("w-{}", arrow.wire.class()),
            format!("a-{}", arrow.to.class()),
        );
        let style = format!("--from:{}px;--nth:{nth}", from - to);
        html! {
            <g {class} key={format!("{run}-{step}-{nth}")}>
                <path d={format!("M{x} {from}V{to}")} />
                <circle class="dot" cx={x.to_string()} cy={to.to_string()} r="4" {style} />
            </g>
        }
    });
    html! { <>{ for frames }{ for arrows }</> }
}
