//! The run that is followed, as a list in step with the picture.

use simulator_view::caption::caption;
use simulator_view::{Lang, Run, duration, instant};
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::effects;
use crate::figure::Figure;
use crate::playback::Action;
use crate::rows::{Row, rows};
use crate::told::told;
use crate::words::{Word, folded};

/// What the list needs.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) figure: Figure,
    pub(crate) run: usize,
    pub(crate) place: usize,
    pub(crate) polls: bool,
    pub(crate) act: Callback<Action>,
    pub(crate) lang: Lang,
}

/// The list.
#[component]
pub(crate) fn List(props: &Props) -> Html {
    let Props { figure, run, place, polls, act, lang } = props;
    let (scroller, current) = (use_node_ref(), use_node_ref());
    use_effect_with((*run, *place, *polls), {
        let (scroller, current) = (scroller.clone(), current.clone());
        move |_| {
            let boxes = scroller.cast::<HtmlElement>().zip(current.cast::<HtmlElement>());
            if let Some((scroller, row)) = boxes {
                effects::reveal(&scroller, &row);
            }
        }
    });
    let rows = use_memo((figure.clone(), *run, *polls), |(figure, run, polls)| {
        let listed = figure.run(*run).map(|it| rows(it, figure.score(), *run, *polls));
        listed.unwrap_or_default()
    });
    let Some(shown) = figure.run(*run) else { return Html::default() };
    let run = *run;
    let items = rows.iter().map(|row| match *row {
        Row::Heading(phase) => html! { <li class="sim-phase">{ phase.heading(*lang) }</li> },
        Row::Folded(count) => {
            let onclick = act.reform(|_: MouseEvent| Action::Polls(true));
            html! {
                <li class="sim-folded">
                    <button type="button" tabindex="-1" {onclick}>{ folded(count, *lang) }</button>
                </li>
            }
        }
        Row::Step { place: at, step, depth } => {
            let node = (at == *place).then(|| current.clone());
            let choose = act.reform(move |_: MouseEvent| Action::Choose { run, step });
            item(shown, step, depth, node, choose, *lang)
        }
    });
    html! {
        <section class="sim-steps" aria-label={Word::Steps.text(*lang)}>
            <ol ref={scroller}>{ for items }</ol>
        </section>
    }
}

fn item(
    run: &Run,
    step: usize,
    depth: usize,
    current: Option<NodeRef>,
    onclick: Callback<MouseEvent>,
    lang: Lang,
) -> Html {
    let it = &run.steps[step];
    let chosen = current.is_some();
    let class = classes!(
        format!("a-{}", it.worker().class()),
        (!it.acts()).then_some("poll"),
        it.failure(run).map(|_| "failed")
    );
    html! {
        <li {class} style={format!("--depth:{depth}")} ref={current.unwrap_or_default()}>
            <button type="button" {onclick} tabindex={if chosen { "0" } else { "-1" }}
                aria-current={chosen.then_some("step")}>
                <span class="sim-time">{ instant(it.at_us, lang) }</span>
                <span class="sim-chip">{ it.name(run) }</span>
                <span class="sim-took">{ it.dur_us.map(|us| duration(us, lang)) }</span>
                <span class="sim-told">{ told(&caption(run, it, lang)) }</span>
            </button>
        </li>
    }
}
