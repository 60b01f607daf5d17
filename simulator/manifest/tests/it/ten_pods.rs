//! Ten pods that use many fields at once, on every path: what is asked of the runtime, checked by
//! reading kubelet 1.20.2 (`kubelet_pods.go`, kuberuntime, dns.go, lifecycle/handlers.go, dockershim).
//!
//! A snapshot holds the order of what the pod worker asks, which is exact; of the other loops, which
//! run side by side, only what they ask. Under each sandbox and container stand its fields: those of
//! the CRI on containerd, those of Docker on dockershim.

use std::collections::BTreeSet;

use expect_test::expect_file;
use serde_json::Value;
use simulator_manifest::scenario::read_scenario;
use simulator_model::{RuntimePath, Scenario, export, simulate};

fn scenario(name: &str) -> Scenario {
    let path = format!("{}/tests/it/ten_pods/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the scenario is there");
    let reading = read_scenario(&text, name, &mut |file| Err(format!("no file {file}")));
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    reading.scenario.expect("it has no mistakes")
}

fn check(name: &str) {
    let scenario = scenario(name);
    for path in RuntimePath::ALL {
        let lines = export::lines(&simulate(&scenario, path, 0));
        let file = format!("{}/tests/it/ten_pods/{name}.{path}.txt", env!("CARGO_MANIFEST_DIR"));
        expect_file![file].assert_eq(&told(&lines, path));
    }
}

/// What is asked of the runtime, but for what only looks.
fn told(lines: &[Value], path: RuntimePath) -> String {
    let mut in_order = Vec::new();
    let mut aside = BTreeSet::new();
    for line in lines {
        let (Some(of), Some(call)) = (line["loop"].as_str(), line["call"].as_str()) else {
            continue;
        };
        let looks = ["List", "Status", "Version", "ImageFsInfo", "Stats"];
        if looks.iter().any(|word| call.contains(word)) {
            continue;
        }
        let code = line["code"].as_str().unwrap_or_default();
        let said = format!("{of}: {call} {} {code}", subject(line));
        if of == "pod-worker" || of == "image-puller" {
            in_order.push(said);
            fields(line, call, path, &mut in_order);
        } else {
            aside.insert(said);
        }
    }
    let aside: Vec<_> = aside.into_iter().collect();
    format!("{}\n\naside:\n{}\n", in_order.join("\n"), aside.join("\n"))
}

/// What a call is about.
fn subject(line: &Value) -> String {
    let request = &line["request"];
    let mut words = Vec::new();
    for key in ["pod_sandbox_id", "container_id", "timeout", "cmd"] {
        if !request[key].is_null() {
            words.push(request[key].to_string());
        }
    }
    if let Some(name) = request["config"]["metadata"]["name"].as_str() {
        words.push(format!("{name:?}"));
    }
    if let Some(image) = request["image"]["image"].as_str() {
        words.push(image.to_owned());
    }
    words.join(" ")
}

fn fields(line: &Value, call: &str, path: RuntimePath, out: &mut Vec<String>) {
    let before = out.len();
    match path {
        RuntimePath::Containerd if call == "RunPodSandbox" || call == "CreateContainer" => {
            leaves("  ", &line["request"]["config"], out);
        }
        RuntimePath::Dockershim => {
            let calls = line["docker"].as_array().map_or(&[][..], Vec::as_slice);
            let create = calls.iter().find(|call| {
                call["path"].as_str().is_some_and(|path| path.ends_with("/containers/create"))
            });
            if let Some(create) = create {
                leaves("  ", &create["body"], out);
            }
        }
        _ => {}
    }
    let varies = ["config.seen", "container.hash"];
    let kept: Vec<_> =
        out.drain(before..).filter(|l| !varies.iter().any(|v| l.contains(v))).collect();
    out.extend(kept);
}

fn leaves(prefix: &str, value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                leaves(&format!("{prefix}.{key}"), value, out);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in items.iter().enumerate() {
                let text = item.to_string();
                if text.len() <= 160 {
                    out.push(format!("{prefix}[{index}] {text}"));
                } else {
                    leaves(&format!("{prefix}[{index}]"), item, out);
                }
            }
        }
        Value::Null => {}
        value => out.push(format!("{prefix} {value}")),
    }
}

macro_rules! pods {
    ($($test:ident $name:literal,)*) => {
        $(#[test]
        fn $test() {
            check($name);
        })*
    };
}

pods!(
    init_fails "init-fails",
    init_gives_up "init-gives-up",
    environment "environment",
    security "security",
    volumes "volumes",
    probes_and_hooks "probes-and-hooks",
    host "host",
    names_and_ports "names-and-ports",
    guaranteed "guaranteed",
    job "job",
);
