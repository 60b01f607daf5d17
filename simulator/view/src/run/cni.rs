//! The CNI plugins: not recorded, but each runtime runs them at a known point of its work.

use serde_json::Value;
use simulator_model::recording::{Alignment, Call};
use simulator_model::{Recording, RuntimePath};

use crate::subject::field;
use crate::{Actor, Hop, Phase, Step, What, Wire};

/// The value of `NODE` in the CRI's `NamespaceMode`: the pod uses the node's network.
const NAMESPACE_MODE_NODE: u64 = 2;

/// Adds a step where a network is set up and one where it is first taken down.
pub(super) fn add(
    recording: &Recording,
    zero: i64,
    alignment: Option<Alignment>,
    steps: &mut Vec<Step>,
) {
    let server = Actor::cri_server(recording.path);
    for (index, call) in recording.calls.iter().enumerate() {
        let span = match call.call.as_str() {
            "RunPodSandbox" if has_network(call) => set_up(recording, call, alignment),
            "StopPodSandbox" if finds_network(recording, index) => take_down(recording, call),
            _ => None,
        };
        let Some((from_us, to_us)) = span else { continue };
        steps.push(Step {
            parent: steps.iter().position(|step| step.what == What::Cri(index)),
            what: What::Cni(index),
            at_us: from_us - zero,
            dur_us: Some(to_us - from_us),
            hops: vec![Hop::derived(server, Actor::Cni, Wire::Exec)],
            phase: Phase::of(call),
            poll: None,
        });
    }
}

/// The span within which the plugins must have set the network up, in µs of the recording.
///
/// - dockershim and cri-dockerd start the pause container, inspect it, then run the plugins
///   (`SetUpPod` in k8s 1.20.2, `pkg/kubelet/dockershim/docker_sandbox.go`).
/// - containerd makes the network namespace, runs the plugins, then has runc create the pause
///   container (containerd 1.6, `docs/cri/architecture.md`).
/// - In CRI-O nothing that was recorded bounds them more closely than the call.
fn set_up(recording: &Recording, call: &Call, alignment: Option<Alignment>) -> Option<(i64, i64)> {
    let end_us = call.end_us();
    match recording.path {
        RuntimePath::Dockershim | RuntimePath::CriDockerd => {
            Some((call.docker.last()?.end_us(), end_us))
        }
        RuntimePath::Containerd => {
            let created = recording.runc.iter().filter(|command| command.verb == "create");
            let at_us = created
                .filter_map(|command| Some(alignment?.at_us(command.at_unix)))
                .find(|at_us| call.at_us < *at_us && *at_us < end_us);
            Some((call.at_us, at_us.unwrap_or(end_us)))
        }
        RuntimePath::CriO => Some((call.at_us, end_us)),
    }
}

/// The same for taking it down: on Docker between the last question and the stop of the sandbox,
/// elsewhere somewhere in the call.
fn take_down(recording: &Recording, call: &Call) -> Option<(i64, i64)> {
    if !recording.path.has_docker() {
        return Some((call.at_us, call.end_us()));
    }
    let stop = call.docker.iter().find(|inner| inner.path.ends_with("/stop"))?;
    let asked = call.docker.iter().rfind(|inner| inner.end_us() <= stop.at_us)?;
    Some((asked.end_us(), stop.at_us))
}

/// Whether the sandbox was made, with a network of its own.
fn has_network(call: &Call) -> bool {
    let mode = field(&call.request, "/config/linux/security_context/namespace_options/network");
    call.is_ok() && mode.and_then(Value::as_u64) != Some(NAMESPACE_MODE_NODE)
}

fn id(message: &Value) -> Option<&str> {
    message.get("pod_sandbox_id")?.as_str()
}

/// Whether this is the first stop of a sandbox that was made here with a network.
fn finds_network(recording: &Recording, index: usize) -> bool {
    let call = &recording.calls[index];
    let made = made_by(recording, index).is_some_and(has_network);
    let tried = stops_before(recording, index).next().is_some();
    call.is_ok() && made && !tried
}

/// The call that made the sandbox which this one stops, as far as it was recorded.
fn made_by(recording: &Recording, index: usize) -> Option<&Call> {
    let this = id(&recording.calls[index].request);
    recording.calls[..index]
        .iter()
        .rfind(|call| call.call == "RunPodSandbox" && call.response.as_deref().and_then(id) == this)
}

/// Earlier calls to stop the same sandbox.
fn stops_before(recording: &Recording, index: usize) -> impl Iterator<Item = &Call> {
    let this = id(&recording.calls[index].request);
    let before = recording.calls[..index].iter();
    before.filter(move |call| call.call == "StopPodSandbox" && id(&call.request) == this)
}

/// Whether the sandbox that a call stops had been stopped by an earlier one.
pub(crate) fn is_stopped_before(recording: &Recording, index: usize) -> bool {
    stops_before(recording, index).any(Call::is_ok)
}

/// Whether the sandbox that a call stops is known to have the network of the node.
pub(crate) fn is_on_the_nodes_network(recording: &Recording, index: usize) -> bool {
    made_by(recording, index).is_some_and(|call| !has_network(call))
}
