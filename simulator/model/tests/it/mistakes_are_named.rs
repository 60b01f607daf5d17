//! A recording or a name that is wrong is answered with what is wrong and what would be right.

use simulator_model::{Recording, RuntimePath};

use crate::store;

fn read_error(text: &str) -> String {
    Recording::from_json_lines(text).expect_err("it is wrong").to_string()
}

const HEADER: &str = r#"{"format":"cri-recording/1","scenario":"x","path":"containerd"}"#;

#[test]
fn an_empty_text() {
    assert!(read_error("").contains("the recording is empty"));
}

#[test]
fn another_format() {
    let error = read_error(r#"{"format":"cri-recording/9"}"#);
    assert!(error.contains("cri-recording/9") && error.contains("cri-recording/1"), "{error}");
}

#[test]
fn an_unknown_path() {
    let error = read_error(r#"{"format":"cri-recording/1","path":"rkt"}"#);
    assert!(error.contains("unknown path `rkt`; the paths are dockershim"), "{error}");
}

#[test]
fn all_bad_lines_at_once() {
    let error = read_error(&format!("{HEADER}\n{{\"mark\":\"apply\"}}\nnonsense\n{{\"x\":1}}"));
    let lines: Vec<&str> = error.lines().collect();
    assert!(lines[0].starts_with("line 2: missing field `at_us`"), "{error}");
    assert!(lines[1].starts_with("line 3: expected"), "{error}");
    assert!(lines[2].starts_with("line 4: no `call`"), "{error}");
}

#[test]
fn an_unknown_scenario() {
    let error = store().recording(RuntimePath::CriO, "simpel").expect_err("no such scenario");
    let text = error.to_string();
    assert!(text.contains("unknown scenario `simpel`") && text.contains("simple"), "{text}");
}

#[test]
fn a_scenario_of_other_paths() {
    let error = store().recording(RuntimePath::CriO, "probes").expect_err("not recorded there");
    let text = error.to_string();
    assert!(text.contains("no recording of `probes` on `cri-o`"), "{text}");
    assert!(text.contains("dockershim, containerd"), "{text}");
}
