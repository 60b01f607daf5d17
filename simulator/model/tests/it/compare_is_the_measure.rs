//! The comparison gives the figures that the script beside the recordings gives.

use serde_json::Value;
use simulator_model::compare;
use simulator_model::store::{folder, read_gzip};

fn lines(recording: &str) -> Vec<Value> {
    let file = folder().join(recording).join("calls.jsonl.gz");
    let text = read_gzip(&file).expect("the recording is there");
    text.lines().map(|line| serde_json::from_str(line).expect("lines are JSON")).collect()
}

fn check(recorded: &str, other: &str, figures: &str) {
    let found = compare::figures(&lines(recorded), &lines(other)).to_string();
    assert_eq!(found, figures, "{recorded} and {other}");
}

#[test]
fn repeats_are_as_far_apart_as_the_script_says() {
    let pairs = [
        ("dockershim/crash", "calls 0.973 (36/37)  fields 1.000 (645/645)  polls 1.000 (4/4)"),
        ("dockershim/full", "calls 0.806 (25/31)  fields 1.000 (629/629)  polls 1.000 (4/4)"),
        ("dockershim/simple", "calls 0.842 (16/19)  fields 1.000 (254/254)  polls 1.000 (4/4)"),
        ("containerd/api-web", "calls 1.000 (23/23)  fields 1.000 (181/181)  polls 1.000 (7/7)"),
        ("containerd/crash", "calls 1.000 (40/40)  fields 1.000 (335/335)  polls 1.000 (7/7)"),
        ("containerd/full", "calls 0.962 (25/26)  fields 1.000 (371/371)  polls 1.000 (7/7)"),
        ("containerd/probes", "calls 0.889 (32/36)  fields 1.000 (228/228)  polls 1.000 (7/7)"),
        ("containerd/simple", "calls 1.000 (17/17)  fields 1.000 (124/124)  polls 1.000 (7/7)"),
    ];
    for (recording, figures) in pairs {
        check(recording, &format!("repeat/{recording}"), figures);
    }
}

#[test]
fn two_paths_are_as_far_apart_as_the_script_says() {
    check(
        "containerd/interact",
        "cri-o/interact",
        "calls 1.000 (23/23)  fields 1.000 (130/130)  polls 0.429 (3/7)",
    );
    check(
        "dockershim/crash",
        "cri-dockerd/crash",
        "calls 0.000 (0/41)  fields 1.000 (0/0)  polls 0.000 (0/8)",
    );
}
