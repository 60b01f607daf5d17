//! A run for reading: marks and calls in order of time, engine calls indented below their call.

use std::fmt::Write;

use serde_json::Value;
use simulator_model::clock::Instant;
use simulator_model::run::{CallRecord, Mark};
use simulator_model::{Run, export};

/// What the columns mean.
const LEGEND: &str = "at: seconds since the kubelet started; took: ms; who: the part of the \
                      kubelet that called\nindented: what Docker Engine was asked to serve the call\n";

pub(crate) fn text(run: &Run) -> String {
    let mut text = format!(
        "scenario {}, path {}, seed {}: {} calls in {}\n{LEGEND}\n",
        run.scenario,
        run.path,
        run.seed,
        run.call_count,
        crate::state::seconds(run.end.as_micros())
    );
    let _ = writeln!(
        text,
        "{:>9} {:>8}  {:17} {:17} {:28} about",
        "at", "took", "who", "call", "answer"
    );
    let mut marks = run.marks.iter().peekable();
    for call in &run.calls {
        while let Some(mark) = marks.next_if(|mark| mark.at <= call.at) {
            add_mark(mark, &mut text);
        }
        add_call(run, call, &mut text);
    }
    marks.for_each(|mark| add_mark(mark, &mut text));
    text
}

fn add_mark(mark: &Mark, text: &mut String) {
    let _ = writeln!(text, "{:>9} {:>8}  ── {} ──", at(mark.at), "", mark.word);
}

fn add_call(run: &Run, call: &CallRecord, text: &mut String) {
    let line = export::call(run, call);
    let took = millis(call.end.since(call.at).as_micros());
    let (who, name) = (call.of.name(), call.request.name());
    let answer = match &call.outcome {
        Ok(_) => answer(&line["response"]),
        Err(status) => status.code.to_owned(),
    };
    let about = about(&line["request"]);
    let start = format!("{:>9} {took:>8}  {who:17} {name:17} {answer:28}", at(call.at));
    let _ = writeln!(text, "{}", format!("{start} {about}").trim_end());
    if let Err(status) = &call.outcome {
        let _ = writeln!(text, "{:20}! {}", "", status.message);
    }
    for engine in line["docker"].as_array().into_iter().flatten() {
        let number = |key: &str| engine[key].as_i64().unwrap_or_default();
        let status = engine["status"].as_i64().map_or("-".to_owned(), |code| code.to_string());
        let word = |key: &str| engine[key].as_str().unwrap_or_default();
        let took = millis(number("dur_us"));
        let when = at(Instant::from_micros(number("at_us")));
        let (method, path) = (word("method"), word("path"));
        let _ = writeln!(text, "{when:>9} {took:>8}    {method:6} {status:>3}  {path}");
    }
}

/// What an answer brings, in a word or two.
fn answer(response: &Value) -> String {
    let list = ["items", "containers", "images"].iter().find_map(|key| response[key].as_array());
    let id = ["pod_sandbox_id", "container_id", "image_ref"];
    let id = id.iter().find_map(|key| response[key].as_str());
    match (list, id, response["exit_code"].as_i64()) {
        (Some(list), ..) => format!("OK, {} found", list.len()),
        (_, Some(id), _) if id.len() <= 24 => format!("OK, {id}"),
        (.., Some(code)) => format!("OK, exit code {code}"),
        _ => "OK".to_owned(),
    }
}

/// What a request is about: a sandbox, container or image, or which of all.
fn about(request: &Value) -> String {
    let metadata = &request["config"]["metadata"];
    if let Some(name) = metadata["name"].as_str() {
        let attempt = metadata["attempt"].as_i64().unwrap_or_default();
        return format!("{name}, attempt {attempt}");
    }
    let id = ["container_id", "pod_sandbox_id"].iter().find_map(|key| request[key].as_str());
    if let Some(id) = id {
        let command = request["cmd"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let command: Vec<_> = command.collect();
        return format!("{id} {}", command.join(" ")).trim_end().to_owned();
    }
    if let Some(image) = request["image"]["image"].as_str() {
        return image.to_owned();
    }
    let filter = &request["filter"];
    let pod = filter["label_selector"]["io.kubernetes.pod.uid"].as_str();
    pod.map_or_else(String::new, |uid| format!("of {uid}"))
}

/// Seconds with three decimals: `12.345`.
fn at(at: Instant) -> String {
    millis(at.as_micros() / 1_000)
}

/// ms with three decimals.
fn millis(micros: i64) -> String {
    format!("{}.{:03}", micros / 1_000, micros % 1_000)
}
