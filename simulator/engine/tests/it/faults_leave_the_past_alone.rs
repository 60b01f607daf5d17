//! A fault at an instant changes what comes after it, and nothing before.

use serde_json::{Value, json};
use simulator_model::export::EPOCH_NS;

use crate::{order, play};

/// When the pod was applied, in µs since the recording began.
fn applied(recording: &[Value]) -> u64 {
    let mark = recording.iter().find(|line| line["mark"] == "apply").expect("it is applied");
    mark["at_us"].as_u64().expect("a time")
}

/// When a runc command was given, in µs since the recording began; none for other lines.
fn commanded(line: &Value) -> Option<u64> {
    #[expect(clippy::cast_possible_truncation, reason = "µs since 1970 are whole in an f64")]
    let unix_us = (line["unix_s"].as_f64()? * 1e6).round() as i64;
    u64::try_from(unix_us - EPOCH_NS / 1_000).ok()
}

/// The lines that were over by an instant after `apply`.
fn before(answer: &Value, at_us: u64) -> Vec<Value> {
    let recording = answer["recording"].as_array().expect("lines");
    let limit = applied(recording) + at_us;
    let over = |line: &&Value| {
        let end = line["at_us"].as_u64().unwrap_or(0) + line["dur_us"].as_u64().unwrap_or(0);
        end < limit && commanded(line).is_none_or(|at_us| at_us < limit)
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

/// By its number among the calls of its name since the pod was applied, whatever the instant.
#[test]
fn one_call_fails() {
    for (path, call) in [("dockershim", "RunPodSandbox"), ("cri-o", "StartContainer")] {
        let mut order = order("simple", path);
        order["faults"] = json!([{"at_us": 0, "do": {"fail-call": format!("{call}.0")}}]);
        let broken = play(&order);
        let lines = broken["recording"].as_array().expect("lines").iter();
        let calls: Vec<_> = lines.filter(|line| line["call"] == call).collect();
        assert_eq!(calls[0]["code"], "Unknown", "{path}: {}", calls[0]);
        assert_eq!(calls[1]["code"], "OK", "{path}: {}", calls[1]);
    }
    let mut order = order("simple", "containerd");
    order["faults"] = json!([{"at_us": 0, "do": {"fail-call": "StartContainer"}}]);
    let mistakes = play(&order)["mistakes"].to_string();
    assert!(mistakes.contains("`StartContainer`"), "{mistakes}");
}

/// The first pod of a scenario may come late; what breaks is told from there.
#[test]
fn time_is_counted_from_the_first_pod() {
    let mut order = order("simple", "containerd");
    let text = order["text"].as_str().expect("a text").replace("{at: 0s,", "{at: 3s,");
    order["text"] = json!(text);
    order["faults"] = json!([{"at_us": 2_000_000, "do": "lose-cni"}]);
    let broken = play(&order);
    let lines = broken["recording"].as_array().expect("lines");
    let lost = lines.iter().find(|line| line["mark"] == "remove-cni").expect("it is marked");
    assert_eq!(lost["at_us"].as_u64(), Some(applied(lines) + 2_000_000));
}

/// What a page shows of a pod is its name on the node.
#[test]
fn a_pod_is_found_by_its_name_on_the_node() {
    for deed in ["kill-sandbox", "delete"] {
        let mut order = order("simple", "containerd");
        let mut broken = |name: &str| {
            order["faults"] = json!([{"at_us": 8_000_000, "do": {deed: name}}]);
            play(&order)["recording"].clone()
        };
        assert_eq!(broken("simple-node1"), broken("simple"), "{deed}");
        assert_ne!(broken("simple-node1"), broken("nobody"), "{deed}");
    }
}

/// Below the runtime as well: who starts the processes, and when they end.
#[test]
fn the_commands_below_the_runtime_are_told_too() {
    for path in ["dockershim", "cri-dockerd", "containerd", "cri-o"] {
        let answer = play(&order("simple", path));
        let lines = answer["recording"].as_array().expect("lines").iter();
        let starts = lines.filter(|line| line["runc"] == "start").filter_map(commanded);
        assert!(starts.count() >= 1, "{path}");
    }
}

#[test]
fn containerd_below_docker_and_a_registry_that_answers_503_can_be_had() {
    for (fault, at_us) in [("crash-containerd", 8_000_000), ("registry-unavailable", 0)] {
        let plain = play(&order("simple", "dockershim"));
        let mut order = order("simple", "dockershim");
        order["faults"] = json!([{"at_us": at_us, "do": fault}]);
        let broken = play(&order);
        assert_eq!(broken["mistakes"], json!([]), "{fault}");
        assert_ne!(plain["recording"], broken["recording"], "{fault}");
    }
}

/// When the first container was started, in µs after the pod was applied.
fn started(answer: &Value) -> Option<u64> {
    let recording = answer["recording"].as_array().expect("lines");
    let start = recording.iter().find(|line| line["call"] == "StartContainer")?;
    Some(start["at_us"].as_u64().expect("a time") - applied(recording))
}

/// Of an own pod, too: what its manifest names is built, and brought over.
#[test]
fn what_the_pods_name_is_built_with_docker_and_brought_over() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: own}\nspec:\n  containers:\n  \
                - {name: main, image: app, imagePullPolicy: Never}\n";
    let built = json!({"at_us": 0, "do": "docker-build"});
    let imported = json!({"at_us": 5_000_000, "do": "import-images"});
    let play = |path: &str, faults: Value| {
        let order =
            json!({"text": text, "name": "own", "files": {}, "path": path, "faults": faults});
        let answer = play(&order);
        assert_eq!(answer["mistakes"], json!([]), "{path}");
        started(&answer)
    };
    for path in ["dockershim", "cri-dockerd", "containerd", "cri-o"] {
        assert_eq!(play(path, json!([])), None, "{path}: nobody has the image");
        let docker = path.contains("docker");
        let at_us = play(path, json!([built])).is_some_and(|at_us| at_us < 5_000_000);
        assert_eq!(at_us, docker, "{path}");
        let later = play(path, json!([built, imported]));
        assert!(later.is_some(), "{path}");
        assert_eq!(later >= Some(5_000_000), !docker, "{path}");
    }
}
