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
fn mermaid_draws_the_longest() {
    let (lines, _) = recording("dockershim");
    let (header, run) = lines.split_first().expect("a header");
    let long = [header].into_iter().chain(run.iter().cycle().take(run.len() * 50));
    let long: Value = long.cloned().collect();
    let diagram = export(&long.to_string(), "mermaid");
    // mermaid, `maxTextSize` in `config.schema.yaml`: what is longer becomes a picture that says so.
    assert!((40_000..=50_000).contains(&diagram.len()), "{}", diagram.len());
    assert_eq!(diagram.matches("->>+").count(), diagram.matches("-->>-").count());
    let left_out = diagram.lines().last().and_then(|line| line.strip_suffix(" more calls"));
    let left_out = left_out.and_then(|line| line.strip_prefix("  Note over kubelet: … "));
    let left_out: usize = left_out.and_then(|number| number.parse().ok()).expect("a number");
    let acting = export(&Value::from(lines).to_string(), "mermaid").matches("->>+").count();
    assert_eq!(diagram.matches("->>+").count() + left_out, acting * 50);
}

#[test]
fn a_simulated_run_says_so_and_a_recorded_one_does_not() {
    let (mut lines, _) = recording("containerd");
    for simulated in [true, false] {
        assert_eq!(lines[0]["simulated"] == true, simulated);
        let text = Value::from(lines.clone()).to_string();
        for format in ["jsonl", "mermaid", "jaeger"] {
            let says = export(&text, format);
            let says = says.contains("simulated\":true")
                || says.contains("Note over kubelet: simulated")
                || says.contains("(simulated)");
            assert_eq!(says, simulated, "{format}");
        }
        // The headers of recorded files have no such word.
        lines[0].as_object_mut().expect("a header").remove("simulated");
    }
}

#[test]
fn an_unknown_format_or_text_gives_nothing() {
    assert_eq!(export("[]", "nonsense"), "");
    assert_eq!(export("nonsense", "jsonl"), "");
}
