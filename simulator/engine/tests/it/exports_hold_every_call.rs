//! A recording in another format holds what acted in it.

use serde_json::Value;
use simulator_engine::session::export;

use crate::{order, play};

fn recording(path: &str) -> (Vec<Value>, String) {
    let answer = play(&order("simple", path));
    let lines = answer["recording"].as_array().expect("lines").clone();
    let text = Value::from(lines.clone()).to_string();
    (lines, text)
}

#[test]
fn jaeger_has_a_span_for_every_call() {
    let (lines, text) = recording("dockershim");
    let calls = lines.iter().filter(|line| line.get("call").is_some()).count();
    let engine: usize =
        lines.iter().filter_map(|line| line["docker"].as_array()).map(Vec::len).sum();
    let trace: Value = serde_json::from_str(&export(&text, "jaeger")).expect("JSON");
    let spans = trace["data"][0]["spans"].as_array().expect("spans");
    assert_eq!(spans.len(), calls + engine);
    for span in spans {
        assert!(span["startTime"].as_i64() > Some(0), "{span}");
        assert!(span["duration"].as_i64() >= Some(0), "{span}");
        for tag in span["tags"].as_array().expect("tags") {
            let fits = match tag["type"].as_str() {
                Some("bool") => tag["value"].is_boolean(),
                Some("int64") => tag["value"].is_i64(),
                Some("string") => tag["value"].is_string(),
                _ => false,
            };
            assert!(fits, "{tag}");
        }
    }
}

#[test]
fn jsonl_is_the_recording_line_by_line() {
    let (lines, text) = recording("containerd");
    let written = export(&text, "jsonl");
    let read: Vec<Value> =
        written.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(read, lines);
}

#[test]
fn mermaid_shows_what_acts_and_no_polls() {
    let (_, text) = recording("dockershim");
    let diagram = export(&text, "mermaid");
    for part in
        ["sequenceDiagram", "RunPodSandbox", "POST /v1.40/containers/create", "StopContainer"]
    {
        assert!(diagram.contains(part), "{part} in\n{diagram}");
    }
    assert!(!diagram.contains("ListPodSandbox"), "{diagram}");
    let open = diagram.matches("->>+").count();
    assert_eq!(open, diagram.matches("-->>-").count(), "every call is answered");
}

#[test]
fn an_unknown_format_or_text_gives_nothing() {
    assert_eq!(export("[]", "nonsense"), "");
    assert_eq!(export("nonsense", "jsonl"), "");
}
