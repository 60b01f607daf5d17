//! A fault at an instant changes what comes after it, and nothing before.

use serde_json::{Value, json};

use crate::{order, play};

/// When the pod was applied, in µs since the recording began.
fn applied(recording: &[Value]) -> u64 {
    let mark = recording.iter().find(|line| line["mark"] == "apply").expect("it is applied");
    mark["at_us"].as_u64().expect("a time")
}

/// The lines that were over by an instant after `apply`.
fn before(answer: &Value, at_us: u64) -> Vec<Value> {
    let recording = answer["recording"].as_array().expect("lines");
    let limit = applied(recording) + at_us;
    let over = |line: &&Value| {
        let end = line["at_us"].as_u64().unwrap_or(0) + line["dur_us"].as_u64().unwrap_or(0);
        end < limit
    };
    recording.iter().filter(over).cloned().collect()
}

#[test]
fn the_same_past_with_another_future() {
    let faults = [
        json!({"kill-container": "main"}),
        json!({"oom-kill": "main"}),
        json!({"kill-sandbox": "simple"}),
        json!("stop-runtime"),
        json!("crash-runtime"),
        json!("restart-kubelet"),
        json!("lose-cni"),
        json!({"delete": "simple"}),
    ];
    for path in ["dockershim", "containerd"] {
        let plain = play(&order("simple", path));
        for fault in &faults {
            let mut order = order("simple", path);
            order["faults"] = json!([{"at_us": 8_000_000, "do": fault}]);
            let broken = play(&order);
            assert_eq!(broken["mistakes"], json!([]), "{path} {fault}");
            assert_eq!(before(&plain, 8_000_000), before(&broken, 8_000_000), "{path} {fault}");
            assert_ne!(plain["recording"], broken["recording"], "{path} {fault}");
        }
    }
}
