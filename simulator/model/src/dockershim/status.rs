//! `Version`, `Status` and `PodSandboxStatus`.

use crate::call::{Conditions, EngineRequest, Lack, Reply, Target};
use crate::dockershim::{Served, done};
use crate::identity::SandboxId;
use crate::runtime::Serving;

/// `Version` (`docker_service.go`).
///
/// 1. ask the engine for its version.
pub(super) fn version(serving: &mut Serving<'_>) -> Served {
    serving.ask(EngineRequest::Version)?;
    done(Reply::Done)
}

/// `Status` (`docker_service.go`).
///
/// 1. ask the engine for its version; any answer means it is well.
///
/// A daemon that does not answer makes no error: the condition `RuntimeReady` is false. Nor does a
/// CNI plugin without a configuration (`network/cni/cni.go`, `checkInitialized`).
pub(super) fn status(serving: &mut Serving<'_>) -> Served {
    let asked = serving.ask(EngineRequest::Version);
    let runtime = asked.err().map(|status| Lack {
        reason: "DockerDaemonNotReady",
        message: format!("docker: failed to get docker version: {}", status.message),
    });
    let network = (!serving.node.around.network_ready).then(|| Lack {
        reason: "NetworkPluginNotReady",
        message: "docker: network plugin is not ready: cni config uninitialized".into(),
    });
    done(Reply::Status(Conditions { runtime, network }))
}

/// `PodSandboxStatus` (`docker_sandbox.go`).
///
/// 1. Inspect the pause container.
/// 2. Unless the sandbox uses the node's network, is not running, or is known to have no network:
///    the CNI plugin inspects it once more to find its network namespace, and asks inside for the
///    address.
pub(super) fn sandbox(serving: &mut Serving<'_>, id: SandboxId) -> Served {
    let target = Target::Sandbox(id);
    serving.inspect(target)?;
    let state = serving.node.sandboxes.get(&id).copied();
    let host_network = uses_node_network(serving, id);
    let asks = state.is_some_and(|s| s.network_ready.unwrap_or(true)) && !host_network;
    if asks {
        serving.inspect(target)?;
        serving.pass(crate::clock::Duration::from_millis(5));
    }
    let mut view = serving.sandbox(id).expect("the engine has just shown it");
    if !asks || !view.ready {
        view.address = None;
    }
    done(Reply::SandboxStatus(view))
}

/// Whether the sandbox uses the network of the node.
pub(super) fn uses_node_network(serving: &Serving<'_>, id: SandboxId) -> bool {
    let linux = &serving.catalog.sandbox(id).config.linux;
    linux.security_context.namespace_options.network == crate::messages::namespace_mode::NODE
}
