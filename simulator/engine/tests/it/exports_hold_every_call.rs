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
