//! The question before the run, and what the run says to each answer.

use simulator_view::{Lang, instant};
use yew::prelude::*;

use crate::figure::Figure;
use crate::predict::{Answer, Predict};
use crate::studio::{Asked, Studio};

/// The question that is open, or what came of it.
pub(crate) fn guess(studio: &Studio, figure: &Figure, lang: Lang) -> Html {
    let Some(predict) = studio.predict() else { return Html::default() };
    match studio.asked {
        Asked::No => Html::default(),
        Asked::Open => open(predict, lang),
        Asked::Given(given) => told(predict, given, figure, lang),
    }
}

fn open(predict: &Predict, lang: Lang) -> Html {
    let answers = predict.answers.iter().enumerate().map(|(nth, answer)| {
        html! {
            <li><button type="button" data-act={format!("guess {nth}")}>{ &answer.text }</button></li>
        }
    });
    html! {
        <section class="sim-predict" tabindex="-1" aria-labelledby="sim-predict-asks">
            <p class="sim-predict-kind">{ lang.pick("What do you expect?", "你觉得会怎样？") }</p>
            <h2 id="sim-predict-asks">{ &predict.question }</h2>
            <ol>{ for answers }</ol>
            <button type="button" class="sim-skip" data-act="skip">
                { lang.pick("Skip, and show it", "跳过，直接看") }
            </button>
        </section>
    }
}

fn told(predict: &Predict, given: usize, figure: &Figure, lang: Lang) -> Html {
    let right = predict.answers.get(given).is_some_and(|answer| answer.right);
    let verdict = if right {
        lang.pick("✓ That is what happens.", "✓ 正是如此。")
    } else {
        lang.pick("✕ Not this time. See for yourself:", "✕ 这次不是。自己看看：")
    };
    let answers = predict.answers.iter().enumerate();
    let answers = answers.map(|(nth, answer)| told_one(answer, nth, given == nth, figure, lang));
    html! {
        <section class="sim-predict is-told" aria-labelledby="sim-predict-asks">
            <h2 id="sim-predict-asks">{ &predict.question }</h2>
            <p class="sim-verdict" tabindex="-1">{ verdict }</p>
            <ol>{ for answers }</ol>
            <button type="button" class="sim-skip" data-act="skip">{ lang.pick("Done", "看完了") }</button>
        </section>
    }
}

fn told_one(answer: &Answer, nth: usize, given: bool, figure: &Figure, lang: Lang) -> Html {
    let (class, sign) = if answer.right {
        ("is-right", lang.pick("✓ happens", "✓ 会发生"))
    } else {
        ("is-wrong", lang.pick("✕ does not", "✕ 不会"))
    };
    let see = &answer.see;
    let run = figure.runs().iter().find(|run| run.path() == see.path);
    let step = run.and_then(|run| see.step_of(run).map(|step| run.steps[step].at_us));
    let at = instant(step.unwrap_or(see.after_us), lang);
    let path = see.path.name();
    let label = match lang {
        Lang::En => format!("See it: {path}, {at}"),
        Lang::ZhCn => format!("去看：{path}，{at}"),
    };
    html! {
        <li {class}>
            <p><b>{ sign }</b>{ " " }<strong>{ &answer.text }</strong>
                { if given { html! { <em>{ lang.pick("your answer", "你的回答") }</em> } } else { Html::default() } }</p>
            <p>{ &answer.because }{ " " }
                <button type="button" data-act={format!("see {nth}")}>{ label }</button></p>
        </li>
    }
}
