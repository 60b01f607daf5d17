//! What there is to know about a step: facts, and the messages themselves.

mod json;

use simulator_model::RuntimePath;
use simulator_model::recording::{Call, EngineCall, Message as Recorded};

use crate::{Hop, Lang, Run, Step, What, Wire, duration, instant};

pub use json::text as json_text;

/// One line about a step: what it says and what it says it about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The label.
    pub label: &'static str,
    /// The text.
    pub text: String,
}

/// A message of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Message<'a> {
    /// Which of its messages.
    pub label: &'static str,
    /// The message.
    pub content: Content<'a>,
}

/// What a message is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<'a> {
    /// JSON, with the field names of the protocol.
    Json(&'a Recorded),
    /// Plain text, such as a command line.
    Text(String),
}

/// The facts about a step: time, duration, code, socket, loop.
pub fn facts(run: &Run, step: &Step, lang: Lang) -> Vec<Fact> {
    let mut facts = vec![Fact { label: lang.pick("when", "时刻"), text: when(run, step, lang) }];
    if let Some(us) = step.dur_us {
        facts.push(Fact { label: lang.pick("took", "耗时"), text: duration(us, lang) });
    }
    if let Some(text) = code(run, step) {
        facts.push(Fact { label: lang.pick("answer", "结果"), text });
    }
    if let What::Cri(call) = step.what {
        let text = run.recording.calls[call].loop_name.clone();
        facts.push(Fact { label: lang.pick("loop", "循环"), text });
    }
    facts
}

/// Where a hop goes through: a Unix socket, or nothing where there is none.
pub fn socket(path: RuntimePath, hop: &Hop) -> Option<&'static str> {
    match hop.wire {
        Wire::Exec | Wire::Direct => None,
        _ => hop.to.socket(path),
    }
}

/// The messages of a step: request, answer, command line.
pub fn messages<'a>(run: &'a Run, step: &Step, lang: Lang) -> Vec<Message<'a>> {
    let recording = &run.recording;
    match step.what {
        What::Cri(call) => of_call(&recording.calls[call], lang),
        What::Engine(call, inner) => of_engine(&recording.calls[call].docker[inner], lang),
        What::Outside(call) => of_engine(&recording.outside_cri[call], lang),
        What::Runc(command) => {
            let mut line = "runc".to_owned();
            for arg in &recording.runc[command].args {
                line.push(' ');
                line.push_str(arg);
            }
            let label = lang.pick("command", "命令");
            vec![Message { label, content: Content::Text(line) }]
        }
        What::Mark(_) | What::Cni(_) => Vec::new(),
    }
}

fn when(run: &Run, step: &Step, lang: Lang) -> String {
    let at = instant(step.at_us, lang);
    match (step.what, run.alignment) {
        (What::Runc(_), Some(alignment)) if alignment.uncertainty_us > 0 => {
            format!("{at} ± {}", duration(alignment.uncertainty_us, lang))
        }
        _ => at,
    }
}

fn code(run: &Run, step: &Step) -> Option<String> {
    let status = |engine: &EngineCall| match (engine.status, engine.items) {
        (Some(status), Some(items)) => Some(format!("HTTP {status}, {items} items")),
        (Some(status), None) => Some(format!("HTTP {status}")),
        (None, _) => engine.error.clone(),
    };
    match step.what {
        What::Cri(call) => {
            let call = &run.recording.calls[call];
            let code = call.code.clone()?;
            Some(call.message.as_ref().map_or(code.clone(), |message| format!("{code}: {message}")))
        }
        What::Engine(call, inner) => status(&run.recording.calls[call].docker[inner]),
        What::Outside(call) => status(&run.recording.outside_cri[call]),
        What::Mark(_) | What::Runc(_) | What::Cni(_) => None,
    }
}

fn of_call(call: &Call, lang: Lang) -> Vec<Message<'_>> {
    let request = (lang.pick("request", "请求"), Some(&call.request));
    let response = (lang.pick("response", "响应"), call.response.as_ref());
    present(&[request, response])
}

fn of_engine(engine: &EngineCall, lang: Lang) -> Vec<Message<'_>> {
    let query = (lang.pick("query", "查询参数"), engine.query.as_ref());
    let body = (lang.pick("body", "请求体"), engine.body.as_ref());
    let response = (lang.pick("response", "响应"), engine.response.as_ref());
    present(&[query, body, response])
}

/// Those that are there.
fn present<'a>(messages: &[(&'static str, Option<&'a Recorded>)]) -> Vec<Message<'a>> {
    let mut present = Vec::new();
    for &(label, value) in messages {
        if let Some(value) = value {
            present.push(Message { label, content: Content::Json(value) });
        }
    }
    present
}
