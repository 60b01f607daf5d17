//! The chosen step: its way, its facts, its messages.

use simulator_view::detail::{Content, facts, messages, socket};
use simulator_view::{Hop, Lang, Run, Step, caption};
use yew::prelude::*;

use crate::figure::Figure;
use crate::json::json;
use crate::playback::Action;
use crate::told::{named, told};
use crate::words::Word;

/// What the inspector needs.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) figure: Figure,
    pub(crate) run: usize,
    pub(crate) step: Option<usize>,
    pub(crate) act: Callback<Action>,
    pub(crate) lang: Lang,
}

/// The inspector.
#[component]
pub(crate) fn Inspector(props: &Props) -> Html {
    let Props { figure, run: number, step, act, lang } = props;
    let lang = *lang;
    let Some((run, index)) = figure.run(*number).zip(*step) else { return Html::default() };
    let step = &run.steps[index];
    html! {
        <section class="sim-inspector" aria-label={Word::Details.text(lang)} key={index}>
            <p class="sim-title">
                <span class={classes!("sim-chip", format!("a-{}", step.worker().class()))}>
                    { step.name(run) }
                </span>
                { within(run, step, *number, act) }
            </p>
            <p>{ told(&caption::caption(run, step, lang)) }</p>
            <ol class="sim-way">{ for step.hops.iter().map(|hop| way(run, hop, lang)) }</ol>
            <dl class="sim-facts">
                { for facts(run, step, lang).into_iter().map(|fact| html! {
                    <div><dt>{ fact.label }</dt><dd>{ fact.text }</dd></div>
                }) }
            </dl>
            if let Some(why) = caption::why(run, step, lang) {
                <p class="sim-why">{ why }</p>
            }
            { said(run, step, lang) }
        </section>
    }
}

/// The call inside which the step happened, to go to.
fn within(run: &Run, step: &Step, number: usize, act: &Callback<Action>) -> Option<Html> {
    let parent = step.parent?;
    let onclick = act.reform(move |_: MouseEvent| Action::Choose { run: number, step: parent });
    Some(html! {
        <button type="button" class="sim-within" {onclick}>
            { "↰ " }{ run.steps[parent].name(run) }
        </button>
    })
}

fn way(run: &Run, hop: &Hop, lang: Lang) -> Html {
    html! {
        <li class={classes!((!hop.recorded).then_some("derived"))}>
            { named(hop.from, lang) }
            <span class="sim-wire">{ hop.wire.name(lang) }{ " →" }</span>
            { named(hop.to, lang) }
            if let Some(socket) = socket(run.path(), hop) {
                <code>{ socket }</code>
            }
            if !hop.recorded {
                <em>{ Word::Derived.text(lang) }</em>
            }
        </li>
    }
}

fn said(run: &Run, step: &Step, lang: Lang) -> Html {
    let messages = messages(run, step, lang);
    if messages.is_empty() {
        return html! { <p class="sim-none">{ Word::NoMessages.text(lang) }</p> };
    }
    let parts = messages.into_iter().map(|message| {
        let content = match message.content {
            Content::Json(value) if value.as_object().is_some_and(serde_json::Map::is_empty) => {
                html! { <p class="sim-none">{ Word::Empty.text(lang) }</p> }
            }
            Content::Json(value) => json(value),
            Content::Text(text) => html! { <div class="sim-json">{ text }</div> },
        };
        html! { <><p class="sim-message">{ message.label }</p>{ content }</> }
    });
    parts.collect()
}
