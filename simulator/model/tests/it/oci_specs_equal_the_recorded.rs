//! Every specification that runc was given follows from what was asked of the runtime.
//!
//! The requests are those of the recordings, so this holds whatever the simulation does.
//! Compared are all leaves but `root.path`; times, IDs, digests and addresses are masked.

mod leaves;
mod machine;
mod messages;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use simulator_model::RuntimePath;
use simulator_model::oci::{Spec, containerd, crio, docker};
use simulator_model::recording::Call;
use simulator_model::store::{NODE_FILE, folder, read_gzip};

use leaves::leaves;
use machine::Machine;

/// The names and types are those of the published ones: nothing is lost, added or changed on the
/// way through them. (They keep capabilities as a set, without order.)
#[test]
fn oci_specs_fit_the_published_types() {
    for path in RuntimePath::ALL {
        for scenario in crate::store().scenarios_on(path) {
            for (name, recorded) in recorded_specs(path, &scenario) {
                let machine = Machine::of(path, &scenario, &name, &recorded);
                let ours = serde_json::to_value(spec(&machine)).expect("a specification is JSON");
                let published: oci_spec::runtime::Spec =
                    serde_json::from_value(ours.clone()).expect("the published type reads it");
                let back = serde_json::to_value(published).expect("it is JSON again");
                let (a, b) = (sorted_capabilities(&ours), sorted_capabilities(&back));
                assert_eq!(leaves(&a), leaves(&b), "{path} {scenario} {name}");
            }
        }
    }
}

fn sorted_capabilities(spec: &Value) -> Value {
    let mut spec = spec.clone();
    let sets = spec["process"]["capabilities"].as_object_mut();
    for set in sets.into_iter().flat_map(|sets| sets.values_mut()).filter_map(Value::as_array_mut) {
        set.sort_by_key(ToString::to_string);
    }
    spec
}

#[test]
fn oci_specs_equal_the_recorded() {
    let mut report = String::new();
    let (mut specs, mut different) = (0, 0);
    for path in RuntimePath::ALL {
        for scenario in crate::store().scenarios_on(path) {
            let (mut equal, mut total) = (0, 0);
            for (name, recorded) in recorded_specs(path, &scenario) {
                specs += 1;
                let machine = Machine::of(path, &scenario, &name, &recorded);
                let ours = serde_json::to_value(spec(&machine)).expect("a specification is JSON");
                let (a, b) = (leaves(&recorded), leaves(&ours));
                let keys: BTreeSet<_> = a.keys().chain(b.keys()).collect();
                for key in keys {
                    total += 1;
                    let (recorded, ours) = (a.get(key), b.get(key));
                    if recorded == ours {
                        equal += 1;
                    } else {
                        different += 1;
                        let _ = writeln!(report, "  {name} {key}: {recorded:?} | {ours:?}");
                    }
                }
            }
            let _ = writeln!(report, "{path:12} {scenario:20} {equal:5}/{total}");
        }
    }
    assert!(specs > 100, "only {specs} recorded specifications were found");
    assert_eq!(different, 0, "recorded | ours, path, scenario, leaves equal/all:\n{report}");
}

/// `oci` of the node's file, where there is one: specifications by the name of their container.
fn recorded_specs(path: RuntimePath, scenario: &str) -> Vec<(String, Value)> {
    let file = folder().join(path.name()).join(scenario).join(NODE_FILE);
    if !file.is_file() {
        return Vec::new();
    }
    let text = read_gzip(&file).expect("the file can be read");
    let node: Value = serde_json::from_str(&text).expect("the file is JSON");
    let specs = node.get("oci").and_then(Value::as_object).cloned().unwrap_or_default();
    specs.into_iter().collect()
}

/// What the model says for the container of this machine.
fn spec(machine: &Machine) -> Spec {
    let made = match machine.path {
        RuntimePath::Dockershim | RuntimePath::CriDockerd => docker::container(
            docker::Request {
                body: &machine.body(&machine.id),
                extras: &machine.extras(),
                image: &machine.image(),
                peers: &machine.peers(),
            },
            &machine.node(),
        ),
        RuntimePath::Containerd if machine.is_sandbox() => containerd::sandbox(
            &machine.sandbox_config(),
            &machine.image(),
            &machine.sandbox(),
            &machine.node(),
        ),
        RuntimePath::Containerd => containerd::container(
            containerd::Request {
                sandbox_config: &machine.sandbox_config(),
                config: &machine.container_config(),
                extras: &machine.extras(),
                image: &machine.image(),
                sandbox: &machine.sandbox(),
            },
            &machine.node(),
        ),
        RuntimePath::CriO => crio::container(
            crio::Request {
                sandbox_config: &machine.sandbox_config(),
                config: &machine.container_config(),
                extras: &machine.extras(),
                image: &machine.image(),
                sandbox: &machine.sandbox(),
            },
            &machine.node(),
        ),
    };
    made.expect("the runtime made it")
}

/// The call that was answered with this ID.
fn call_that_made<'a>(calls: &'a [Call], id: &str) -> Option<&'a Call> {
    let answered = |call: &&Call| {
        let response = call.response.as_ref();
        ["container_id", "pod_sandbox_id"].iter().any(|key| {
            response.and_then(|response| response.get(key)).and_then(Value::as_str) == Some(id)
        })
    };
    let creating = ["CreateContainer", "RunPodSandbox"];
    calls.iter().filter(|call| creating.contains(&call.call.as_str())).find(answered)
}
