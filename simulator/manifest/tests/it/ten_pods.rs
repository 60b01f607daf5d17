//! Ten pods that use many fields at once, on every path: what is asked of the runtime, checked by
//! reading kubelet 1.20.2 (`kubelet_pods.go`, kuberuntime, dns.go, lifecycle/handlers.go, dockershim).
//!
//! A snapshot holds the order of what the pod worker asks, which is exact; of the other loops, which
//! run side by side, only what they ask. Under each sandbox and container stand its fields: those of
//! the CRI on containerd, those of Docker on dockershim; the other two paths are asked the same, field
//! by field. At the end of each stands what reached runc, as far as it is not what a pod gets that
//! says nothing (dockerd 20.10.24 `daemon/oci_linux.go`, containerd 1.6.20 `pkg/cri/server` and
//! `pkg/cri/opts`, CRI-O 1.23.0 `server/container_create_linux.go`).

mod spec;

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
    let runs = RuntimePath::ALL.map(|path| (path, simulate(&scenario, path, 0)));
    let lines = runs.each_ref().map(|(path, run)| (*path, export::lines(run)));
    let of = |path| &lines.iter().find(|(other, _)| *other == path).expect("all paths").1;
    let cri = asked(of(RuntimePath::Containerd), false);
    let docker = asked(of(RuntimePath::Dockershim), true);
    for (path, lines) in &lines {
        assert_all_known(&asked(lines, false), &cri, *path);
        assert_all_known(&asked(lines, true), &docker, *path);
    }
    for ((path, run), (_, lines)) in runs.iter().zip(&lines) {
        let file = format!("{}/tests/it/ten_pods/{name}.{path}.txt", env!("CARGO_MANIFEST_DIR"));
        let told = format!("{}\noci:\n{}", told(lines, *path), spec::beyond_plain(&scenario, run));
        expect_file![file].assert_eq(&told);
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

/// What each sandbox and container is made from: the fields of the CRI or of Docker.
fn asked(lines: &[Value], of_docker: bool) -> BTreeSet<String> {
    let path = if of_docker { RuntimePath::Dockershim } else { RuntimePath::Containerd };
    let mut all = BTreeSet::new();
    for line in lines {
        let Some(call) = line["call"].as_str() else { continue };
        let mut out = Vec::new();
        fields(line, call, path, &mut out);
        // The environment comes in no order, and times differ.
        let kept = out.into_iter().filter(|leaf| !leaf.contains("envs") && !leaf.contains(".Env"));
        all.extend(kept.map(|leaf| format!("{}{leaf}", subject(line))));
    }
    all
}

/// A path that is asked at all is asked nothing but what the first one is.
fn assert_all_known(asked: &BTreeSet<String>, known: &BTreeSet<String>, path: RuntimePath) {
    let other: Vec<_> = asked.difference(known).collect();
    assert!(other.is_empty(), "{path} is asked something else: {other:#?}");
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
