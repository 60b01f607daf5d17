//! The question before the run, and what the run says to each answer.

use std::fmt::Write as _;

use simulator_view::{Lang, escape, instant};

use crate::figure::Figure;
use crate::markup::{push, write_button};
use crate::panel::Asked;
use crate::predict::{Answer, Predict};
use crate::studio::Studio;

/// The question that is open, or what came of it.
pub(crate) fn write_guess(out: &mut String, studio: &Studio, figure: &Figure, lang: Lang) {
    let Some(predict) = studio.predict() else { return };
    let skip = match studio.asked {
        Asked::No => return,
        Asked::Open => {
            write_open(out, predict, lang);
            lang.pick("Skip, and show it", "跳过，直接看")
        }
        Asked::Given(given) => {
            write_told(out, predict, given, figure, lang);
            lang.pick("Done", "看完了")
        }
    };
    out.push_str("</ol>");
    write_button(out, "skip", " class=\"sim-skip\"", skip);
    out.push_str("</section>");
}

fn write_open(out: &mut String, predict: &Predict, lang: Lang) {
    push(
        out,
        &[
            "<section class=\"sim-predict\" tabindex=\"-1\" aria-labelledby=\"sim-predict-asks\">\
             <p class=\"sim-predict-kind\">",
            lang.pick("What do you expect?", "你觉得会怎样？"),
            "</p><h2 id=\"sim-predict-asks\">",
            &escape(&predict.question),
            "</h2><ol>",
        ],
    );
    for (nth, answer) in predict.answers.iter().enumerate() {
        out.push_str("<li>");
        write_button(out, &format!("guess {nth}"), "", &escape(&answer.text));
        out.push_str("</li>");
    }
}

fn write_told(out: &mut String, predict: &Predict, given: usize, figure: &Figure, lang: Lang) {
    let right = predict.answers.get(given).is_some_and(|answer| answer.right);
    let verdict = if right {
        lang.pick("✓ That is what happens.", "✓ 正是如此。")
    } else {
        lang.pick("✕ Not this time. See for yourself:", "✕ 这次不是。自己看看：")
    };
    push(
        out,
        &[
            "<section class=\"sim-predict is-told\" aria-labelledby=\"sim-predict-asks\">\
             <h2 id=\"sim-predict-asks\">",
            &escape(&predict.question),
            "</h2><p class=\"sim-verdict\" tabindex=\"-1\">",
            verdict,
            "</p><ol>",
        ],
    );
    for (nth, answer) in predict.answers.iter().enumerate() {
        write_one(out, answer, (nth, given == nth), figure, lang);
    }
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
    // When a step comes is known once its lane is on the stage.
    let at = step.or_else(|| see.step.is_none().then_some(see.after_us));
    let mut label = [lang.pick("See it: ", "去看："), see.path.title()].concat();
    if let Some(at) = at {
        label += lang.pick(", ", "，");
        label += &instant(at, lang);
    }
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
