//! The chosen step as HTML: its way, its facts, its messages.

use std::fmt::Write as _;

use serde_json::Value;
use simulator_view::caption::{caption, why};
use simulator_view::detail::{Content, facts, messages, socket};
use simulator_view::translation::{
    Added, Carried, Field, Translation, can_be_followed, made, translation,
};
use simulator_view::{Actor, Hop, Lang, Run, Step, escape};

use crate::figure::Figure;
use crate::json::write_json;
use crate::markup::{write_actor, write_told};
use crate::words::Word;

/// What the big page knows beyond the recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Further {
    /// Whether the reader follows fields into the OCI specification.
    pub asked: bool,
    /// The specification of what the step made; none until it is there.
    pub spec: Option<Value>,
}

/// Everything about a step of a run; nothing when it is not there.
pub fn inspector(
    figure: &Figure,
    number: usize,
    step: Option<usize>,
    further: Option<&Further>,
    lang: Lang,
) -> String {
    let mut out = String::new();
    let Some(run) = figure.run(number) else { return out };
    let Some(step) = step.and_then(|step| run.steps.get(step)) else { return out };
    write_title(&mut out, run, step, number, lang);
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
    write_translation(&mut out, run, step, further, lang);
    out
}

/// Its name, and the call inside which it happened, to go to.
fn write_title(out: &mut String, run: &Run, step: &Step, number: usize, lang: Lang) {
    let (class, name) = (step.worker().class(), escape(&step.name(run)));
    let _ = write!(out, "<p class=\"sim-title\"><span class=\"sim-chip a-{class}\">{name}</span>");
    if let Some(parent) = step.parent {
        let name = escape(&run.steps[parent].name(run));
        // An arrow is nothing to hear.
        let within = lang.pick("Within", "所属调用");
        let _ = write!(
            out,
            "<button type=\"button\" class=\"sim-within\" data-act=\"step {number} {parent}\">\
             <span aria-hidden=\"true\">↰ </span><span class=\"visually-hidden\">{within} </span>\
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

/// Where each field of a CRI request went.
fn write_translation(
    out: &mut String,
    run: &Run,
    step: &Step,
    further: Option<&Further>,
    lang: Lang,
) {
    let spec = further.and_then(|further| further.spec.as_ref());
    let translation = translation(run, step, spec);
    let can_go_further = further.is_some() && made(run, step).is_some();
    if translation.is_none() && !can_go_further {
        return;
    }
    let asked = further.is_some_and(|further| further.asked);
    let open = if asked { " open" } else { "" };
    let summary = lang.pick("Where each field went", "每个字段去了哪里");
    let _ = write!(out, "<details class=\"sim-translation\"{open}><summary>{summary}</summary>");
    if can_go_further {
        let label = lang.pick(
            "Follow them into config.json (OCI, simulated)",
            "继续追到 config.json（OCI，模拟）",
        );
        let _ = write!(
            out,
            "<button type=\"button\" data-act=\"oci\" aria-pressed=\"{asked}\">{label}</button>"
        );
    }
    if let Some(translation) = translation {
        write_fields(out, run, &translation, lang);
    }
    out.push_str("</details>");
}

fn write_fields(out: &mut String, run: &Run, translation: &Translation, lang: Lang) {
    let Translation { through_docker, into_oci, carried, added, added_in_oci } = translation;
    let server = Actor::cri_server(run.path()).name(lang);
    let target = match (through_docker, into_oci) {
        (true, true) => "Docker → OCI",
        (true, false) => "Docker",
        (false, _) => "OCI",
    };
    let _ = write!(
        out,
        "<table><thead><tr><th scope=\"col\">CRI</th><th scope=\"col\">{target}</th></tr></thead><tbody>"
    );
    for Carried { field, places, oci } in carried {
        out.push_str("<tr><td>");
        write_field(out, field);
        out.push_str("</td><td>");
        if *through_docker {
            let nowhere = if can_be_followed(field) {
                lang.pick("✕ not sent to Docker", "✕ 没有发给 Docker")
            } else {
                lang.pick("? cannot be followed by its value", "? 无法按值追踪")
            };
            write_places(out, places, nowhere);
        }
        // What Docker had no place for does not reach the specification through it.
        if *into_oci && (!through_docker || !places.is_empty()) {
            write_oci(out, field, oci, *through_docker, lang);
        }
        out.push_str("</td></tr>");
    }
    for Added { field, oci } in added {
        let _ = write!(out, "<tr><td><em>{}</em></td><td>", added_by(server, lang));
        write_field(out, field);
        if *into_oci {
            write_oci(out, field, oci, true, lang);
        }
        out.push_str("</td></tr>");
    }
    let last = if *through_docker { Actor::Dockerd.name(lang) } else { server };
    for (place, count) in added_in_oci {
        let _ = write!(out, "<tr><td><em>{}</em></td><td>", added_by(last, lang));
        write_path(out, place);
        let _ = write!(out, " <small>×&nbsp;{count}</small></td></tr>");
    }
    out.push_str("</tbody></table>");
}

fn added_by(who: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("+ added by {who}"),
        Lang::ZhCn => format!("+ 由 {who} 添加"),
    }
}

fn write_field(out: &mut String, field: &Field) {
    write_path(out, &field.path);
    let _ = write!(out, " <small>{}</small>", escape(&short(&field.value)));
}

/// A place in a message; where it is too long for a line, it ends between two names.
fn write_path(out: &mut String, path: &str) {
    out.push_str("<code>");
    for name in path.split_inclusive(['.', '/', '_']) {
        out.push_str(&escape(name));
        out.push_str("<wbr>");
    }
    out.push_str("</code>");
}

fn write_places(out: &mut String, places: &[String], nowhere: &str) {
    if places.is_empty() {
        let _ = write!(out, "<em>{nowhere}</em>");
    }
    for place in places {
        write_path(out, place);
        out.push(' ');
    }
}

fn write_oci(out: &mut String, field: &Field, places: &[String], arrow: bool, lang: Lang) {
    // That it cannot be followed is said once.
    if places.is_empty() && !can_be_followed(field) && arrow {
        return;
    }
    out.push_str(if arrow { "<div>→ " } else { "<div>" });
    write_places(out, places, lang.pick("not in config.json", "不在 config.json 中"));
    out.push_str("</div>");
}

/// The beginning of a long value.
fn short(value: &str) -> String {
    match value.char_indices().nth(48) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
