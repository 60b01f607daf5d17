//! Writing a run as `cri-recording/1`, exactly as recordings of real nodes are written, but for the
//! `simulated` in its header: whoever is handed the file alone must not take it for a recording.

mod engine;
mod json;
mod outside;
mod recorder;
mod reply;
mod request;
mod runc;

pub use json::json;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::RuntimePath;
use crate::call::Loop;
use crate::clock::Instant;
use crate::run::{CallRecord, Run};
use crate::versions::CriVersion;

/// When each run began, in ns since 1970: the day of the recordings.
pub const EPOCH_NS: i64 = 1_795_392_000_000_000_000;

/// The lines of a recording of the run: the header, then in order of time marks, calls, calls to
/// Docker Engine that belong to none, and runc commands.
///
/// Loops have the names that the recorder would give them, which depend on the whole of their lives.
pub fn lines(run: &Run) -> Vec<Value> {
    let mut timed = marks_and_calls(run, &recorder::mistaken(run));
    timed.extend(outside::lines(run));
    timed.extend(runc::lines(run));
    let mut lines = in_order(run, timed);
    if run.path == RuntimePath::CriDockerd {
        let later = Instant::ZERO.since(outside::BEFORE_THE_KUBELET).as_micros();
        for line in &mut lines {
            put_off(line, later);
        }
    }
    lines
}

/// Has everything in a line happen so many µs later.
fn put_off(line: &mut Value, later: i64) {
    if let Some(at) = line.get("at_us").and_then(Value::as_i64) {
        line["at_us"] = json!(at + later);
    }
    if let Some(outside) = line.get_mut("outside_cri") {
        put_off(outside, later);
    }
    let inner = line.get_mut("docker").and_then(Value::as_array_mut);
    for call in inner.into_iter().flatten() {
        put_off(call, later);
    }
}

/// Marks, calls with every loop under its own name, and runc commands, so that what is over never
/// changes.
pub fn true_lines(run: &Run) -> Vec<Value> {
    let mut timed = marks_and_calls(run, &BTreeMap::new());
    timed.extend(runc::lines(run));
    in_order(run, timed)
}

/// The header, then lines in order of time.
fn in_order(run: &Run, mut timed: Vec<(Instant, Value)>) -> Vec<Value> {
    let header = json!({
        "format": crate::recording::FORMAT,
        "scenario": run.scenario,
        "path": run.path.name(),
        "simulated": true,
    });
    timed.sort_by_key(|(at, _)| *at);
    std::iter::once(header).chain(timed.into_iter().map(|(_, line)| line)).collect()
}

fn marks_and_calls(run: &Run, mistaken: &BTreeMap<u32, Loop>) -> Vec<(Instant, Value)> {
    let marks = run
        .marks
        .iter()
        .map(|mark| (mark.at, json!({"mark": mark.word, "at_us": mark.at.as_micros()})));
    let calls = run.calls.iter().map(|call| {
        let mut line = self::call(run, call);
        if let Some(of) = mistaken.get(&call.goroutine) {
            line["loop"] = json!(of.name());
        }
        (call.at, line)
    });
    marks.chain(calls).collect()
}

/// The text of a `calls.jsonl` file.
pub fn json_lines(run: &Run) -> String {
    let mut text = String::new();
    for line in lines(run) {
        text.push_str(&line.to_string());
        text.push('\n');
    }
    text
}

/// One call.
pub fn call(run: &Run, call: &CallRecord) -> Value {
    let mut line = Map::new();
    let mut put = |key: &str, value: Value| drop(line.insert(key.into(), value));
    put("loop", json!(call.of.name()));
    put("call", json!(call.request.name()));
    put("service", json!(format!("{}.{}", cri(run).package(), call.request.service())));
    put("at_us", json!(call.at.as_micros()));
    put("dur_us", json!(call.end.since(call.at).as_micros()));
    let (code, message) = match &call.outcome {
        Ok(_) => ("OK", None),
        Err(status) => (status.code, Some(&status.message)),
    };
    put("code", json!(code));
    if let Some(message) = message {
        put("message", json!(message));
    }
    put("request", pruned(request::body(&run.catalog, &call.request)));
    if let Ok(reply) = &call.outcome {
        put("response", pruned(reply::body(run, call, reply)));
    }
    if !call.engine.is_empty() {
        let engine = call.engine.iter().map(|call| engine::call(run, call));
        put("docker", Value::Array(engine.collect()));
    }
    Value::Object(line)
}

/// The version of the CRI that is spoken; a kubelet that finds none makes no calls.
fn cri(run: &Run) -> CriVersion {
    run.profile.cri_on(run.path).unwrap_or(CriVersion::V1)
}

/// ns since 1970.
pub(crate) fn wall_clock(at: Instant) -> i64 {
    EPOCH_NS + at.as_micros() * 1_000
}

/// Without messages in which every field is left out.
fn pruned(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let fields = map.into_iter().map(|(key, value)| (key, pruned(value)));
            let empty = |value: &Value| value.as_object().is_some_and(Map::is_empty);
            Value::Object(fields.filter(|(_, value)| !empty(value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(pruned).collect()),
        other => other,
    }
}

/// A message as JSON.
fn message(message: &impl serde::Serialize) -> Value {
    serde_json::to_value(message).expect("messages have only text keys")
}
