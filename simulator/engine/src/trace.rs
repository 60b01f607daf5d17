//! A recording as a trace that Jaeger opens: the run a span of the kubelet, each CRI call a span
//! within it, each engine call a span within that. Marks are events of the run.
//!
//! The form is the answer of Jaeger's query service (jaegertracing/jaeger, `internal/uimodel/model.go`
//! at a403f4b, before 2025 `model/json/model.go`): times in µs, processes named once. Its page has
//! opened files of this form since jaeger-ui#327 of 2019; it opens OTLP only since Jaeger 1.55, and
//! has the query service turn that into this form (jaeger-ui, `utils/readJsonFile.ts` at 2f9ce4e).
//! Tags have the names of OpenTelemetry's conventions for gRPC and for HTTP, where those name one.

use serde_json::{Value, json};
use simulator_model::export::EPOCH_NS;

/// When a recording is said to have begun, in µs since 1970: traces need a date.
const BEGAN_US: i64 = EPOCH_NS / 1_000;

/// The trace of a recording's lines.
pub fn jaeger(lines: &[Value]) -> Value {
    let header = |key: &str| lines.first().and_then(|header| header[key].as_str());
    let path = header("path").unwrap_or("node");
    let server = match path {
        "dockershim" => "dockershim",
        "cri-dockerd" => "cri-dockerd",
        "cri-o" => "crio",
        _ => "containerd",
    };
    let mut trace = Trace { id: id(lines), spans: Vec::new() };
    let simulated = lines.first().is_some_and(is_simulated);
    let aside = if simulated { " (simulated)" } else { "" };
    let run = trace.add(&Span {
        name: format!("{} on {path}{aside}", header("scenario").unwrap_or("run")),
        process: "p1",
        parent: None,
        times: (0, end(lines)),
        tags: &[("simulated", json!(simulated))],
        logs: lines.iter().filter_map(mark).collect(),
    });
    for line in lines.iter().filter(|line| line.get("call").is_some()) {
        let call = trace.cri(line, run);
        for engine in engine_calls(line) {
            trace.docker(engine, line, call);
        }
    }
    let processes = [("p1", "kubelet"), ("p2", server), ("p3", "dockerd")].into_iter();
    let acting = processes.filter(|(id, _)| trace.spans.iter().any(|it| it["processID"] == *id));
    let processes: Value = acting
        .map(|(id, name)| (id.to_owned(), json!({"serviceName": name, "tags": []})))
        .collect();
    let Trace { id, spans } = trace;
    json!({
        "data": [{"traceID": id, "spans": spans, "processes": processes, "warnings": null}],
        "total": 0,
        "limit": 0,
        "offset": 0,
        "errors": null,
    })
}

/// Whether a header is that of a simulated run.
pub fn is_simulated(header: &Value) -> bool {
    header["simulated"] == true
}

/// What tells a recording from others. Jaeger keeps what it opened by this, and would put one
/// lane in another's place. It ends in FNV-1a, 64 bits, over the lines.
fn id(lines: &[Value]) -> String {
    let digest = lines.iter().fold(0xcbf2_9ce4_8422_2325, |digest, line| {
        line.to_string().bytes().fold(digest, |digest: u64, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    });
    format!("d0c4e54100000000{digest:016x}")
}

/// When the last of a recording was over, in µs.
fn end(lines: &[Value]) -> i64 {
    let all = lines.iter().flat_map(|line| engine_calls(line).chain(std::iter::once(line)));
    all.map(times).map(|(start, took)| start + took).max().unwrap_or(0)
}

fn engine_calls(line: &Value) -> impl Iterator<Item = &Value> {
    line["docker"].as_array().into_iter().flatten()
}

/// An event, as Jaeger shows it: what has been done to the node.
fn mark(line: &Value) -> Option<Value> {
    let field = tag("event", line.get("mark")?)?;
    Some(json!({"timestamp": BEGAN_US + times(line).0, "fields": [field]}))
}

fn times(of: &Value) -> (i64, i64) {
    (of["at_us"].as_i64().unwrap_or(0), of["dur_us"].as_i64().unwrap_or(0))
}

struct Trace {
    id: String,
    spans: Vec<Value>,
}

struct Span<'a> {
    name: String,
    process: &'static str,
    /// The number of the span around it.
    parent: Option<usize>,
    /// Start and duration.
    times: (i64, i64),
    tags: &'a [(&'static str, Value)],
    logs: Vec<Value>,
}

impl Trace {
    fn cri(&mut self, line: &Value, run: usize) -> usize {
        let name = line["call"].as_str().unwrap_or("call");
        let tags = [
            ("span.kind", json!("server")),
            ("rpc.system.name", json!("grpc")),
            ("rpc.method", json!(format!("{}/{name}", line["service"].as_str().unwrap_or("")))),
            ("rpc.response.status_code", json!(line["code"].as_str().map(canonical))),
            ("kubelet.loop", line["loop"].clone()),
            ("error", json!(line["code"].as_str().is_some_and(|code| code != "OK"))),
            ("request", json!(line["request"].to_string())),
            ("response", json!(line["response"].to_string())),
        ];
        self.add(&Span {
            name: name.to_owned(),
            process: "p2",
            parent: Some(run),
            times: times(line),
            tags: &tags,
            logs: Vec::new(),
        })
    }

    fn docker(&mut self, engine: &Value, within: &Value, call: usize) {
        let method = engine["method"].as_str().unwrap_or("GET");
        let path = engine["path"].as_str().unwrap_or("/");
        let tags = [
            ("span.kind", json!("server")),
            ("http.request.method", engine["method"].clone()),
            ("url.path", engine["path"].clone()),
            ("http.response.status_code", engine["status"].clone()),
            ("error", json!(engine["status"].as_u64().is_none_or(|status| status >= 400))),
            ("request", json!(engine["body"].to_string())),
        ];
        let (start, took) = times(engine);
        // Where an engine call has no time of its own it is put at the start of the call around it.
        let start = if engine.get("at_us").is_some() { start } else { times(within).0 };
        self.add(&Span {
            name: format!("{method} {path}"),
            process: "p3",
            parent: Some(call),
            times: (start, took),
            tags: &tags,
            logs: Vec::new(),
        });
    }

    /// Puts a span at the end; its number.
    fn add(&mut self, span: &Span<'_>) -> usize {
        let number = self.spans.len() + 1;
        let around = span.parent.map(|parent| {
            json!({"refType": "CHILD_OF", "traceID": self.id, "spanID": format!("{parent:016x}")})
        });
        self.spans.push(json!({
            "traceID": self.id,
            "spanID": format!("{number:016x}"),
            "flags": 1,
            "operationName": span.name,
            "references": around.into_iter().collect::<Vec<_>>(),
            "startTime": BEGAN_US + span.times.0,
            "duration": span.times.1,
            "tags": span.tags.iter().filter_map(|(key, value)| tag(key, value)).collect::<Vec<_>>(),
            "logs": span.logs,
            "processID": span.process,
            "warnings": null,
        }));
        number
    }
}

/// A code as gRPC's specification spells it, and OpenTelemetry with it: `NOT_FOUND`, where Go, and
/// with it the recordings, say `NotFound`.
fn canonical(code: &str) -> String {
    // The one that is spelt otherwise, too.
    if code == "Canceled" {
        return "CANCELLED".to_owned();
    }
    let mut spelt = String::new();
    let mut after_small = false;
    for letter in code.chars() {
        if after_small && letter.is_ascii_uppercase() {
            spelt.push('_');
        }
        after_small = letter.is_ascii_lowercase();
        spelt.push(letter.to_ascii_uppercase());
    }
    spelt
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
