//! A run as one JSON object, for programs.

use serde_json::{Value, json};

use crate::grounds;
use crate::identity::{ContainerId, SandboxId};
use crate::run::Run;

/// The whole run: marks, calls as recordings have them, changes of the node, and what the numbers in
/// them stand for. Times are µs since the run began.
pub fn json(run: &Run) -> Value {
    let marks = run.marks.iter();
    let marks = marks.map(|mark| json!({"at_us": mark.at.as_micros(), "mark": mark.word}));
    let changes = run.changes.iter();
    let changes = changes.map(|(at, change)| json!({"at_us": at.as_micros(), "change": change}));
    let log = run.node_log.iter().map(|line| {
        let (at, basis) = (line.at.as_micros(), line.basis.name());
        json!({"at_us": at, "who": line.who, "text": line.text, "basis": basis})
    });
    let grounds = grounds::grounds(run).into_iter().map(|ground| {
        json!({
            "id": ground.id,
            "what": {"en": ground.what.en, "zh-CN": ground.what.zh},
            "basis": ground.basis.name(),
            "source": ground.source,
        })
    });
    json!({
        "scenario": run.scenario,
        "path": run.path.name(),
        "seed": run.seed,
        "kubelet": run.profile.kubelet.to_string(),
        "end_us": run.end.as_micros(),
        "pods": pods(run),
        "sandboxes": sandboxes(run),
        "containers": containers(run),
        "marks": marks.collect::<Vec<_>>(),
        "calls": run.calls.iter().map(|call| super::call(run, call)).collect::<Vec<_>>(),
        "changes": changes.collect::<Vec<_>>(),
        "node_log": log.collect::<Vec<_>>(),
        "grounds": grounds.collect::<Vec<_>>(),
    })
}

fn pods(run: &Run) -> Vec<Value> {
    let pods = run.catalog.pods();
    pods.map(|(id, pod)| {
        let metadata = &pod.metadata;
        json!({
            "number": id,
            "name": metadata.name,
            "namespace": metadata.namespace,
            "uid": run.pod_uid(id),
        })
    })
    .collect()
}

fn sandboxes(run: &Run) -> Vec<Value> {
    let ids = (0..).map(SandboxId).take(run.catalog.sandbox_count());
    ids.map(|id| {
        json!({
            "number": id,
            "name": run.catalog.sandbox_name(id),
            "id": run.sandbox_hex(id),
            "pod": run.catalog.sandbox(id).pod,
        })
    })
    .collect()
}

fn containers(run: &Run) -> Vec<Value> {
    let ids = (0..).map(ContainerId).take(run.catalog.container_count());
    ids.map(|id| {
        json!({
            "number": id,
            "name": run.catalog.container_name(id),
            "id": run.container_hex(id),
            "sandbox": run.catalog.container(id).sandbox,
        })
    })
    .collect()
}
