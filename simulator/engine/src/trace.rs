//! A recording as a trace that Jaeger opens: each CRI call a span, each engine call a span within.
//!
//! The form is that of Jaeger's own JSON, as its query service answers and its page uploads
//! (jaegertracing/jaeger, `model/json/model.go`): times in µs, processes named once.

use serde_json::{Map, Value, json};

/// When a recording is said to have begun, in µs since 1970: traces need a date.
const BEGAN_US: i64 = 1_795_392_000_000_000;
const TRACE: &str = "d0c4e54100000000d0c4e54100000000";

/// The trace of a recording's lines.
pub fn jaeger(lines: &[Value]) -> Value {
    let path = lines.first().and_then(|header| header["path"].as_str()).unwrap_or("node");
    let server = match path {
        "dockershim" => "dockershim",
        "cri-dockerd" => "cri-dockerd",
        "cri-o" => "crio",
        _ => "containerd",
    };
    let mut spans = Vec::new();
    for line in lines.iter().filter(|line| line.get("call").is_some()) {
        let own = spans.len() as u64 + 1;
        spans.push(cri(line, own));
        for engine in line["docker"].as_array().into_iter().flatten() {
            let number = spans.len() as u64 + 1;
            spans.push(docker(engine, line, number, own));
        }
    }
    let process = |name: &str| json!({"serviceName": name, "tags": []});
    json!({"data": [{
        "traceID": TRACE,
        "spans": spans,
        "processes": {"p1": process(server), "p2": process("dockerd")},
    }]})
}

fn cri(line: &Value, number: u64) -> Value {
    let tags = [
        ("rpc.system", json!("grpc")),
        ("rpc.service", line["service"].clone()),
        ("kubelet.loop", line["loop"].clone()),
        ("rpc.grpc.status", line["code"].clone()),
        ("error", json!(line["code"].as_str().is_some_and(|code| code != "OK"))),
        ("request", json!(line["request"].to_string())),
        ("response", json!(line["response"].to_string())),
    ];
    span(line["call"].as_str().unwrap_or("call"), number, None, times(line), &tags, "p1")
}

fn docker(engine: &Value, within: &Value, number: u64, parent: u64) -> Value {
    let method = engine["method"].as_str().unwrap_or("GET");
    let path = engine["path"].as_str().unwrap_or("/");
    let tags = [
        ("http.request.method", engine["method"].clone()),
        ("url.path", engine["path"].clone()),
        ("http.response.status_code", engine["status"].clone()),
        ("error", json!(engine["status"].as_u64().is_none_or(|status| status >= 400))),
        ("request", json!(engine["body"].to_string())),
    ];
    let (start, took) = times(engine);
    // Where an engine call has no time of its own it is put at the start of the call around it.
    let start = if engine.get("at_us").is_some() { start } else { times(within).0 };
    span(&format!("{method} {path}"), number, Some(parent), (start, took), &tags, "p2")
}

fn times(of: &Value) -> (i64, i64) {
    (of["at_us"].as_i64().unwrap_or(0), of["dur_us"].as_i64().unwrap_or(0))
}

fn span(
    name: &str,
    number: u64,
    parent: Option<u64>,
    (start, took): (i64, i64),
    tags: &[(&str, Value)],
    process: &str,
) -> Value {
    let mut span = Map::new();
    let mut put = |key: &str, value: Value| drop(span.insert(key.to_owned(), value));
    put("traceID", json!(TRACE));
    put("spanID", json!(format!("{number:016x}")));
    put("operationName", json!(name));
    let references = parent.map(|parent| {
        json!({"refType": "CHILD_OF", "traceID": TRACE, "spanID": format!("{parent:016x}")})
    });
    put("references", references.into_iter().collect());
    put("startTime", json!(BEGAN_US + start));
    put("duration", json!(took));
    put("tags", tags.iter().filter_map(|(key, value)| tag(key, value)).collect());
    put("logs", json!([]));
    put("processID", json!(process));
    Value::Object(span)
}

/// A tag with the type that Jaeger wants; nothing for a value that is not there.
fn tag(key: &str, value: &Value) -> Option<Value> {
    let kind = match value {
        Value::Bool(_) => "bool",
        Value::Number(_) => "int64",
        Value::String(text) if text != "null" => "string",
        _ => return None,
    };
    Some(json!({"key": key, "type": kind, "value": value}))
}
