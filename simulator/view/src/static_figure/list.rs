//! The run as a list: what the picture shows, in words.

use std::fmt::Write as _;

use crate::caption::{self, Piece, caption};
use crate::detail::{self, Content};
use crate::escape::escape;
use crate::tally::Tally;
use crate::{Lang, Phase, Poll, Run, Step, What, duration, instant};

/// Writes the list of a run: phases, the steps in each, and the polls counted.
pub(super) fn write(out: &mut String, run: &Run, lang: Lang) {
    let path = run.path().title();
    let _ = write!(
        out,
        "<section class=\"sim-list\" aria-label=\"{path}\"><p \
         class=\"sim-run\"><strong>{path}</strong> {}</p><ol class=\"sim-phases\">",
        Tally::of(run).words(false, lang)
    );
    let mut open: Option<Phase> = None;
    for (index, step) in run.acting().filter(|(_, step)| step.parent.is_none()) {
        if open != Some(step.phase) {
            let closed = if open.is_some() { "</ol></li>" } else { "" };
            let heading = step.phase.heading(lang);
            let _ = write!(out, "{closed}<li><span class=\"sim-phase\">{heading}</span><ol>");
            open = Some(step.phase);
        }
        write_step(out, run, (index, step), lang);
    }
    if open.is_some() {
        out.push_str("</ol></li>");
    }
    out.push_str("</ol>");
    write_polls(out, run, lang);
    out.push_str("</section>");
}

fn write_step(out: &mut String, run: &Run, (index, step): (usize, &Step), lang: Lang) {
    let _ = write!(
        out,
        "<li><span class=\"sim-time\">{}</span> <code class=\"sim-chip a-{}\">{}</code> ",
        instant(step.at_us, lang),
        step.worker().class(),
        escape(&step.name(run))
    );
    for piece in caption::pieces(&caption(run, step, lang)) {
        match piece {
            Piece::Words(words) => out.push_str(&escape(words)),
            Piece::Code(code) => {
                let _ = write!(out, "<code>{}</code>", escape(code));
            }
        }
    }
    if let Some(us) = step.dur_us {
        let _ = write!(out, " <span class=\"sim-took\">{}</span>", duration(us, lang));
    }
    write_messages(out, run, step, lang);
    let inner: Vec<(usize, &Step)> =
        run.acting().filter(|(_, inner)| inner.parent == Some(index)).collect();
    if !inner.is_empty() {
        out.push_str("<ol>");
        for inner in inner {
            write_step(out, run, inner, lang);
        }
        out.push_str("</ol>");
    }
    out.push_str("</li>");
}

/// The messages, folded; empty ones are left out, and so are command lines, which say little.
fn write_messages(out: &mut String, run: &Run, step: &Step, lang: Lang) {
    if !matches!(step.what, What::Cri(_) | What::Engine(..)) {
        return;
    }
    let mut labels = Vec::new();
    let mut texts = String::new();
    for message in detail::messages(run, step, lang) {
        let Content::Json(value) = message.content else { continue };
        if value.as_object().is_some_and(|fields| fields.is_empty() || only_an_id(value)) {
            continue;
        }
        labels.push(message.label);
        let _ = write!(texts, "<pre>{}</pre>", escape_text(&detail::json_text(value)));
    }
    if !labels.is_empty() {
        let labels = labels.join(lang.pick(", ", "、"));
        let _ = write!(out, "<details><summary>{labels}</summary>{texts}</details>");
    }
}

/// An object that holds one id and nothing else: the caption has said it.
fn only_an_id(value: &serde_json::Value) -> bool {
    value.as_object().is_some_and(|fields| {
        fields.len() == 1
            && fields.iter().all(|(key, value)| key.ends_with("_id") && value.is_string())
    })
}

/// Quotes need no escape in the text of an element, and JSON is full of them.
fn escape_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn write_polls(out: &mut String, run: &Run, lang: Lang) {
    let polls: Vec<Poll> = run.steps.iter().filter_map(|step| step.poll).collect();
    let counts: Vec<String> = Poll::ALL
        .into_iter()
        .map(|poll| (poll, polls.iter().filter(|it| **it == poll).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(poll, count)| match lang {
            Lang::En => format!("{} ({count})", poll.name(lang)),
            Lang::ZhCn => format!("{}（{count} 步）", poll.name(lang)),
        })
        .collect();
    let told = match lang {
        Lang::En => format!(
            "All the while, or before, in {} further steps, the kubelet only looks: {}.",
            polls.len(),
            counts.join("; ")
        ),
        Lang::ZhCn => format!(
            "在此之前和其间，kubelet 另有 {} 步只是查询：{}。",
            polls.len(),
            counts.join("；")
        ),
    };
    let _ = write!(out, "<p class=\"sim-polls\">{told}</p>");
}
