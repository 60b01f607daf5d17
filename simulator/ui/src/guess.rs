//! The question before the run, and what the run says to each answer.

use std::fmt::Write as _;

use simulator_view::{Lang, escape, instant};
use yew::prelude::*;

use crate::figure::Figure;
use crate::panel::Asked;
use crate::player::raw;
use crate::predict::{Answer, Predict};
use crate::studio::Studio;

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
    let mut out = format!(
        "<section class=\"sim-predict\" tabindex=\"-1\" aria-labelledby=\"sim-predict-asks\">\
         <p class=\"sim-predict-kind\">{}</p><h2 id=\"sim-predict-asks\">{}</h2><ol>",
        lang.pick("What do you expect?", "你觉得会怎样？"),
        escape(&predict.question),
    );
    for (nth, answer) in predict.answers.iter().enumerate() {
        let text = escape(&answer.text);
        let _ = write!(
            out,
            "<li><button type=\"button\" data-act=\"guess {nth}\">{text}</button></li>"
        );
    }
    ended(&out, lang.pick("Skip, and show it", "跳过，直接看"))
}

fn ended(out: &str, skip: &str) -> Html {
    let end = format!(
        "{out}</ol><button type=\"button\" class=\"sim-skip\" data-act=\"skip\">{skip}</button>\
         </section>"
    );
    raw(&end.into())
}

fn told(predict: &Predict, given: usize, figure: &Figure, lang: Lang) -> Html {
    let right = predict.answers.get(given).is_some_and(|answer| answer.right);
    let verdict = if right {
        lang.pick("✓ That is what happens.", "✓ 正是如此。")
    } else {
        lang.pick("✕ Not this time. See for yourself:", "✕ 这次不是。自己看看：")
    };
    let mut out = format!(
        "<section class=\"sim-predict is-told\" aria-labelledby=\"sim-predict-asks\">\
         <h2 id=\"sim-predict-asks\">{}</h2><p class=\"sim-verdict\" tabindex=\"-1\">{verdict}</p><ol>",
        escape(&predict.question),
    );
    for (nth, answer) in predict.answers.iter().enumerate() {
        write_one(&mut out, answer, (nth, given == nth), figure, lang);
    }
    ended(&out, lang.pick("Done", "看完了"))
}

fn write_one(
    out: &mut String,
    answer: &Answer,
    (nth, given): (usize, bool),
    figure: &Figure,
    lang: Lang,
) {
    let (class, sign) = if answer.right {
        ("is-right", lang.pick("✓ happens", "✓ 会发生"))
    } else {
        ("is-wrong", lang.pick("✕ does not happen", "✕ 不会发生"))
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
    let (text, because) = (escape(&answer.text), escape(&answer.because));
    let _ = write!(out, "<li class=\"{class}\"><p><b>{sign}</b> <strong>{text}</strong>");
    if given {
        let _ = write!(out, " <em>{}</em>", lang.pick("your answer", "你的回答"));
    }
    let _ = write!(
        out,
        "</p><p>{because} <button type=\"button\" data-act=\"see {nth}\">{label}</button></p></li>"
    );
}
