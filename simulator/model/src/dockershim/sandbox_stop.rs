//! `StopPodSandbox` and `RemovePodSandbox`.

use crate::call::{EngineRequest, Reply, Status, Target};
use crate::clock::Duration;
use crate::dockershim::status::uses_node_network;
use crate::dockershim::{Served, done};
use crate::identity::SandboxId;
use crate::node::Change;
use crate::runtime::{Flow, Serving};

/// How long the engine gives a pause process (`docker_sandbox.go`, `defaultSandboxGracePeriod`).
const GRACE_SECONDS: i64 = 10;

/// `StopPodSandbox` (`docker_sandbox.go`).
///
/// 1. Inspect the pause container; where it is gone, the checkpoint on disk tells its name.
/// 2. Unless it uses the node's network, or its network is known to be torn down: the CNI plugin
///    inspects it once more for its network namespace, then tears the network down. It does so
///    without a namespace as well, and of a sandbox that is gone the shim knows neither that it used
///    the node's network nor that its network was torn down before it was removed.
/// 3. Stop the pause container. It ends at SIGTERM; 304 when it had ended before.
///
/// The pause container is looked at anew after the network is torn down: others may have ended it
/// meanwhile.
pub(super) fn stop(serving: &mut Serving<'_>, id: SandboxId, phase: u8) -> Served {
    let target = Target::Sandbox(id);
    if phase == 0 {
        let _ = serving.inspect(target);
        let torn_down = match serving.node.sandboxes.get(&id) {
            Some(sandbox) => uses_node_network(serving, id) || sandbox.network_ready == Some(false),
            None => serving.memory.torn_down.contains(&id),
        };
        if !torn_down {
            let _ = serving.inspect(target);
            let cni = serving.prng.up_to(Duration::from_millis(260));
            serving.pass(Duration::from_millis(40) + cni);
            if serving.node.sandboxes.contains_key(&id) {
                serving.change(Change::SandboxNetwork { sandbox: id, ready: false });
                serving.change(Change::SandboxAddress { sandbox: id, present: false });
            } else {
                serving.memory.torn_down.insert(id);
            }
        }
        return Ok(Flow::Later { phase: 1 });
    }
    let runs = serving.node.is_ready(id);
    let took = if runs {
        Duration::from_millis(140) + serving.prng.up_to(Duration::from_millis(80))
    } else {
        Duration::from_micros(700)
    };
    let exited = serving.now + (took - Duration::from_millis(1)).max(Duration::ZERO);
    match serving.ask_for(EngineRequest::ContainerStop(target, GRACE_SECONDS), took) {
        Err(status) if !is_not_found(&status) => return Err(status),
        _ => {}
    }
    if runs {
        serving.changes.push((exited, Change::SandboxExited(id)));
    }
    done(Reply::Done)
}

/// `RemovePodSandbox` (`docker_sandbox.go`; cri-dockerd 0.3.1, `core/sandbox_remove.go`).
///
/// 1. List its containers and remove each.
/// 2. Delete the pause container by force, with its volumes.
/// 3. Remove the checkpoint.
///
/// Each step is taken whatever became of the one before, and what is gone already is no failure: the
/// kubelet asks for one sandbox as often as it has seen containers of it go.
pub(super) fn remove(serving: &mut Serving<'_>, id: SandboxId) -> Served {
    let target = Target::Sandbox(id);
    let mut failures = Vec::new();
    match serving.ask(EngineRequest::ContainersOfSandbox(id)) {
        Ok(()) => {
            for container in serving.node.containers_in(id) {
                failures.extend(super::container_stop::remove(serving, container).err());
            }
        }
        Err(status) => failures.push(status),
    }
    let known = serving.node.sandboxes.contains_key(&id);
    match serving.ask(EngineRequest::ContainerRemove(target)) {
        Ok(()) if known => serving.change(Change::SandboxRemoved(id)),
        Ok(()) => {}
        Err(status) => failures.push(status),
    }
    failures.retain(|status| !is_not_found(status));
    if failures.is_empty() {
        serving.memory.torn_down.remove(&id);
        return done(Reply::Done);
    }
    Err(together(failures))
}

/// Whether the engine has said that there is no such container (`libdocker/kube_docker_client.go`,
/// `IsContainerNotFoundError`).
fn is_not_found(status: &Status) -> bool {
    status.message.contains("No such container: ")
}

/// Failures as one (apimachinery, pkg/util/errors, `NewAggregate`): each message once.
fn together(failures: Vec<Status>) -> Status {
    let mut messages: Vec<String> = Vec::new();
    for status in failures {
        if !messages.contains(&status.message) {
            messages.push(status.message);
        }
    }
    let message = match messages.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Status { code: "Unknown", message }
}
