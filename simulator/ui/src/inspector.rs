//! The chosen step as HTML: its way, its facts, its messages.

use std::fmt::Write as _;

use simulator_view::caption::{caption, why};
use simulator_view::detail::{Content, facts, messages, socket};
use simulator_view::translation::{Carried, translation};
use simulator_view::{Actor, Hop, Lang, Run, Step, escape};

use crate::figure::Figure;
use crate::json::write_json;
use crate::markup::{write_actor, write_told};
use crate::words::Word;

/// Everything about a step of a run; nothing when it is not there.
pub fn inspector(figure: &Figure, number: usize, step: Option<usize>, lang: Lang) -> String {
    let mut out = String::new();
    let Some(run) = figure.run(number) else { return out };
    let Some(step) = step.and_then(|step| run.steps.get(step)) else { return out };
    write_title(&mut out, run, step, number);
    out.push_str("<p>");
    write_told(&mut out, &caption(run, step, lang));
    out.push_str("</p><ol class=\"sim-way\">");
    for hop in &step.hops {
        write_hop(&mut out, run, *hop, lang);
    }
    out.push_str("</ol><dl class=\"sim-facts\">");
    for fact in facts(run, step, lang) {
        let (label, text) = (fact.label, escape(&fact.text));
        let _ = write!(out, "<div><dt>{label}</dt><dd>{text}</dd></div>");
    }
    out.push_str("</dl>");
    if let Some(why) = why(run, step, lang) {
        let _ = write!(out, "<p class=\"sim-why\">{why}</p>");
    }
    write_messages(&mut out, run, step, lang);
    write_translation(&mut out, run, step, lang);
    out
}

/// Its name, and the call inside which it happened, to go to.
fn write_title(out: &mut String, run: &Run, step: &Step, number: usize) {
    let (class, name) = (step.worker().class(), escape(&step.name(run)));
    let _ = write!(out, "<p class=\"sim-title\"><span class=\"sim-chip a-{class}\">{name}</span>");
    if let Some(parent) = step.parent {
        let name = escape(&run.steps[parent].name(run));
        let _ = write!(
            out,
            "<button type=\"button\" class=\"sim-within\" data-act=\"step {number} {parent}\">↰ \
             {name}</button>"
        );
    }
    out.push_str("</p>");
}

fn write_hop(out: &mut String, run: &Run, hop: Hop, lang: Lang) {
    out.push_str("<li>");
    write_actor(out, hop.from, lang);
    let _ = write!(out, "<span class=\"sim-wire\">{} →</span>", hop.wire.name(lang));
    write_actor(out, hop.to, lang);
    if let Some(socket) = socket(run.path(), &hop) {
        let _ = write!(out, "<code>{socket}</code>");
    }
    if !hop.recorded {
        let _ = write!(out, "<em>{}</em>", Word::Derived.text(lang));
    }
    out.push_str("</li>");
}

fn write_messages(out: &mut String, run: &Run, step: &Step, lang: Lang) {
    let messages = messages(run, step, lang);
    if messages.is_empty() {
        let _ = write!(out, "<p class=\"sim-none\">{}</p>", Word::NoMessages.text(lang));
    }
    for message in messages {
        let _ = write!(out, "<p class=\"sim-message\">{}</p>", message.label);
        match message.content {
            Content::Json(value) => write_json(out, value),
            Content::Text(text) => {
                let _ = write!(out, "<div class=\"sim-json\">{}</div>", escape(&text));
            }
        }
    }
}

/// Where each field of a CRI request went, on the paths with Docker Engine.
fn write_translation(out: &mut String, run: &Run, step: &Step, lang: Lang) {
    let Some(translation) = translation(run, step) else { return };
    let server = Actor::cri_server(run.path()).name(lang);
    let summary = lang.pick("Where each field went", "每个字段去了哪里");
    let nowhere = lang.pick("no place to go", "无处可去");
    let _ = write!(
        out,
        "<details class=\"sim-translation\"><summary>{summary}</summary><table><thead><tr><th \
         scope=\"col\">CRI</th><th scope=\"col\">Docker</th></tr></thead><tbody>"
    );
    for Carried { field, places } in &translation.carried {
        let (path, value) = (escape(&field.path), escape(&short(&field.value)));
        let _ = write!(out, "<tr><td><code>{path}</code> <small>{value}</small></td><td>");
        if places.is_empty() {
            let _ = write!(out, "<em>✕ {nowhere}</em>");
        }
        for place in places {
            let _ = write!(out, "<code>{}</code> ", escape(place));
        }
        out.push_str("</td></tr>");
    }
    for field in &translation.added {
        let (path, value) = (escape(&field.path), escape(&short(&field.value)));
        let added = match lang {
            Lang::En => format!("+ added by {server}"),
            Lang::ZhCn => format!("+ 由 {server} 添加"),
        };
        let _ = write!(
            out,
            "<tr><td><em>{added}</em></td><td><code>{path}</code> <small>{value}</small></td></tr>"
        );
    }
    out.push_str("</tbody></table></details>");
}

/// The beginning of a long value.
fn short(value: &str) -> String {
    match value.char_indices().nth(48) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
