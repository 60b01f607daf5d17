//! What reached runc beyond what a pod gets that says nothing.

use std::collections::BTreeSet;

use serde_json::Value;
use simulator_model::oci::{Drawn, specs};
use simulator_model::pod::{Container, PodSpec};
use simulator_model::{Run, Scenario, simulate};

/// The leaves of each specification that the same pod without any wishes does not have, and with a
/// `-` those of which only that has any.
pub(super) fn beyond_plain(scenario: &Scenario, run: &Run) -> String {
    let plain = all(&simulate(&plain(scenario), run.path, 0));
    let mut out = Vec::new();
    for (name, own) in all(run) {
        out.push(name.clone());
        let usual = plain.iter().find(|(other, _)| *other == name);
        let usual = usual.map(|(_, leaves)| leaves.clone()).unwrap_or_default();
        out.extend(own.difference(&usual).map(|leaf| format!("  {leaf}")));
        let path = |leaf: &String| leaf.split(' ').next().unwrap_or_default().to_owned();
        let kept: BTreeSet<_> = own.iter().map(path).collect();
        let gone = usual.iter().filter(|leaf| !kept.contains(&path(leaf)));
        out.extend(gone.map(|leaf| format!("  - {leaf}")));
    }
    out.join("\n") + "\n"
}

/// The same pods with their containers, of which nothing is known but the names.
fn plain(scenario: &Scenario) -> Scenario {
    let mut plain = scenario.clone();
    let bare = |container: &Container| Container {
        name: container.name.clone(),
        image: container.image.clone(),
        command: vec!["run".into()],
        ..Container::default()
    };
    for pod in plain.pods.values_mut() {
        pod.metadata.annotations.clear();
        pod.spec = PodSpec {
            init_containers: pod.spec.init_containers.iter().map(bare).collect(),
            containers: pod.spec.containers.iter().map(bare).collect(),
            restart_policy: pod.spec.restart_policy,
            ..PodSpec::default()
        };
    }
    plain
}

fn all(run: &Run) -> Vec<(String, BTreeSet<String>)> {
    let drawn = |_: &str| Drawn { pause_pid: 7, namespace_name: "ns".into(), ..Drawn::default() };
    let found = specs(run, drawn).into_iter();
    let first = found.filter(|(name, _)| name.ends_with("-0"));
    first
        .map(|(name, spec)| {
            let mut leaves = BTreeSet::new();
            match spec {
                Ok(spec) => {
                    flat("", &serde_json::to_value(spec).expect("it is JSON"), &mut leaves);
                }
                Err(refused) => drop(leaves.insert(format!("refused: {refused}"))),
            }
            (name, leaves)
        })
        .collect()
}

/// Leaves by their path; what stands in a list, by what tells it from the others.
fn flat(path: &str, value: &Value, out: &mut BTreeSet<String>) {
    match value {
        // What the CRI said of labels and annotations is told above.
        _ if path.starts_with("annotations.io.kubernetes") || path.starts_with("hooks") => {}
        _ if path == "linux.seccomp" => drop(out.insert("linux.seccomp is there".into())),
        Value::Array(items) if items.len() > 20 && path != "mounts" => {
            out.insert(format!(
                "{path} {} of them, the last {}",
                items.len(),
                items[items.len() - 1]
            ));
        }
        Value::Object(map) => {
            for (key, value) in map {
                let dot = if path.is_empty() { "" } else { "." };
                flat(&format!("{path}{dot}{key}"), value, out);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let keys = ["destination", "type", "pageSize", "path"];
            for item in items {
                let key = keys.iter().find_map(|key| item[key].as_str()).unwrap_or_default();
                out.insert(format!("{path}[{key}] {item}"));
            }
        }
        value => drop(out.insert(format!("{path} {value}"))),
    }
}
