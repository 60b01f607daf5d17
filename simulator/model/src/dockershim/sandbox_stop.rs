//! `StopPodSandbox` and `RemovePodSandbox`.

use crate::call::{EngineRequest, Reply, Target};
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
///    inspects it once more for its network namespace, then tears the network down.
/// 3. Stop the pause container. It ends at SIGTERM; 304 when it had ended before.
///
/// The pause container is looked at anew after the network is torn down: others may have ended it
/// meanwhile.
pub(super) fn stop(serving: &mut Serving<'_>, id: SandboxId, phase: u8) -> Served {
    let target = Target::Sandbox(id);
    if phase == 0 {
        let known = serving.inspect(target);
        let ready = serving.node.sandboxes.get(&id).and_then(|sandbox| sandbox.network_ready);
        if known.is_ok() && !uses_node_network(serving, id) && ready.unwrap_or(true) {
            serving.inspect(target)?;
            let cni = serving.prng.up_to(Duration::from_millis(260));
            serving.pass(Duration::from_millis(40) + cni);
            serving.change(Change::SandboxNetwork { sandbox: id, ready: false });
            serving.change(Change::SandboxAddress { sandbox: id, present: false });
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
        Err(status) if serving.node.sandboxes.contains_key(&id) => return Err(status),
        _ => {}
    }
    if runs {
        serving.changes.push((exited, Change::SandboxExited(id)));
    }
    done(Reply::Done)
}

/// `RemovePodSandbox` (`docker_sandbox.go`).
///
/// 1. List its containers and remove each.
/// 2. Delete the pause container by force, with its volumes.
/// 3. Remove the checkpoint.
pub(super) fn remove(serving: &mut Serving<'_>, id: SandboxId) -> Served {
    let target = Target::Sandbox(id);
    serving.ask(EngineRequest::ContainersOfSandbox(id))?;
    for container in serving.node.containers_in(id) {
        super::container_stop::remove(serving, container)?;
    }
    serving.ask(EngineRequest::ContainerRemove(target))?;
    serving.change(Change::SandboxRemoved(id));
    done(Reply::Done)
}
