//! The trace has the form of Jaeger's own answers, and Jaeger finds its way in it.
//!
//! The types are those of jaegertracing/jaeger, `internal/uimodel/model.go` at a403f4b, with nothing
//! besides. The rules are what jaeger-ui does with a file: `components/SearchTracePage/FileLoader.tsx`
//! at 0194914 takes each trace of `data`, `hooks/useTraceLoading.ts` keeps it by its id, and
//! `model/transform-trace-data.ts` at 05aaf6a puts each span below the first reference that it finds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use simulator_engine::session::export;

use crate::{order, play};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "they must be there and be of their type")]
struct Answer {
    data: [Trace; 1],
    total: u64,
    limit: u64,
    offset: u64,
    errors: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "they must be there and be of their type")]
struct Trace {
    #[serde(rename = "traceID")]
    id: String,
    spans: Vec<Span>,
    processes: BTreeMap<String, Process>,
    warnings: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "they must be there and be of their type")]
struct Span {
    #[serde(rename = "traceID")]
    trace: String,
    #[serde(rename = "spanID")]
    id: String,
    flags: u32,
    #[serde(rename = "operationName")]
    name: String,
    references: Vec<Reference>,
    #[serde(rename = "startTime")]
    start: u64,
    duration: u64,
    tags: Vec<Tag>,
    logs: Vec<Log>,
    #[serde(rename = "processID")]
    process: String,
    warnings: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    #[serde(rename = "refType")]
    kind: String,
    #[serde(rename = "traceID")]
    trace: String,
    #[serde(rename = "spanID")]
    span: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Process {
    #[serde(rename = "serviceName")]
    name: String,
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Log {
    timestamp: u64,
    fields: Vec<Tag>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
#[expect(dead_code, reason = "they must be there and be of their type")]
enum Tag {
    String { key: String, value: String },
    Bool { key: String, value: bool },
    Int64 { key: String, value: i64 },
}

impl Tag {
    fn key(&self) -> &str {
        match self {
            Self::String { key, .. } | Self::Bool { key, .. } | Self::Int64 { key, .. } => key,
        }
    }

    fn text(&self, of: &str) -> Option<&str> {
        match self {
            Self::String { key, value } if key == of => Some(value),
            _ => None,
        }
    }

    fn is_error(&self) -> bool {
        matches!(self, Self::Bool { key, value: true } if key == "error")
    }
}

/// A run's trace, and how many calls of the CRI and to Docker Engine it has to show.
fn opened(scenario: &str, path: &str) -> (Trace, usize) {
    let answer = play(&order(scenario, path));
    let lines = answer["recording"].as_array().expect("lines");
    let calls = lines.iter().filter(|line| line.get("call").is_some());
    let engine = lines.iter().filter_map(|line| line["docker"].as_array()).flatten();
    let count = calls.count() + engine.count();
    let text = export(&answer["recording"].to_string(), "jaeger");
    let Answer { data: [trace], .. } = serde_json::from_str(&text).expect("Jaeger's own form");
    (trace, count)
}

fn is_hex(id: &str, length: usize) -> bool {
    id.len() == length && id.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

fn no_key_twice(tags: &[Tag]) -> bool {
    tags.iter().map(Tag::key).collect::<BTreeSet<_>>().len() == tags.len()
}

/// Holds a trace to the rules; its processes, and how many errors each has.
fn look_into(trace: &Trace) -> BTreeMap<&str, usize> {
    assert!(is_hex(&trace.id, 32), "{}", trace.id);
    let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
    let mut errors = BTreeMap::new();
    for span in &trace.spans {
        assert_eq!(span.trace, trace.id);
        assert!(is_hex(&span.id, 16), "{}", span.id);
        assert!(no_key_twice(&span.tags), "{}: a tag twice", span.name);
        match span.references.as_slice() {
            [] => assert!(seen.is_empty(), "{} stands alone", span.name),
            [within] => {
                assert_eq!((within.kind.as_str(), &within.trace), ("CHILD_OF", &trace.id));
                let around = seen[within.span.as_str()];
                assert!(
                    around.start <= span.start
                        && span.start + span.duration <= around.start + around.duration,
                    "{} is not within {}",
                    span.name,
                    around.name,
                );
            }
            _ => panic!("{} has two parents", span.name),
        }
        for log in &span.logs {
            assert!(log.timestamp >= span.start && no_key_twice(&log.fields));
        }
        let process = &trace.processes[&span.process];
        assert!(process.tags.is_empty());
        let failed = span.tags.iter().any(Tag::is_error);
        *errors.entry(process.name.as_str()).or_default() += usize::from(failed);
        assert!(seen.insert(&span.id, span).is_none(), "{} twice", span.id);
    }
    assert_eq!(errors.len(), trace.processes.len(), "a process without a span");
    errors
}

#[test]
fn on_every_path() {
    for (path, processes) in [
        ("dockershim", vec!["dockerd", "dockershim", "kubelet"]),
        ("cri-dockerd", vec!["cri-dockerd", "dockerd", "kubelet"]),
        ("containerd", vec!["containerd", "kubelet"]),
        ("cri-o", vec!["crio", "kubelet"]),
    ] {
        let (trace, calls) = opened("simple", path);
        assert_eq!(trace.spans.len(), calls + 1, "{path}: each call and the run");
        assert_eq!(look_into(&trace).into_keys().collect::<Vec<_>>(), processes);
        let run = &trace.spans[0];
        assert_eq!(run.name, format!("simple on {path} (simulated)"));
        assert_eq!(run.logs.len(), 2, "applied and deleted");
    }
}

#[test]
fn when_calls_fail() {
    let (trace, _) = opened("dockerd_crash", "dockershim");
    let errors = look_into(&trace);
    assert!(errors["dockershim"] > 0 && errors["dockerd"] > 0, "{errors:?}");
}

/// The names that OpenTelemetry's conventions for gRPC require since 1.38.
#[test]
fn by_the_names_that_tools_look_for() {
    let (trace, _) = opened("dockerd_crash", "dockershim");
    let all = |of| -> BTreeSet<_> {
        trace.spans.iter().flat_map(|span| &span.tags).filter_map(|tag| tag.text(of)).collect()
    };
    assert!(all("rpc.method").contains("runtime.v1alpha2.RuntimeService/RunPodSandbox"));
    assert_eq!(all("rpc.system.name"), BTreeSet::from(["grpc"]));
    assert_eq!(all("rpc.response.status_code"), BTreeSet::from(["OK", "UNKNOWN"]));
}

#[test]
fn when_nothing_is_called() {
    let (trace, calls) = opened("cgroup_drivers", "dockershim");
    assert_eq!((calls, trace.spans.len()), (0, 1), "a kubelet that does not start");
    look_into(&trace);
}

#[test]
fn beside_another() {
    let id = |path| opened("simple", path).0.id;
    assert_eq!(id("containerd"), id("containerd"));
    assert_ne!(id("containerd"), id("dockershim"), "one would take the other's place");
}
