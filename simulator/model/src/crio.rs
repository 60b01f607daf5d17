//! CRI-O: the CRI server, conmon as the parent of each container, runc below.
//!
//! Behaviour from CRI-O 1.23.0, server. There is no pause process unless the pod needs one: a
//! sandbox is ready while CRI-O says so, and killing a process of it does not change that.

use crate::call::{Reply, Request, Target};
use crate::clock::Duration;
use crate::containerd;
use crate::node::{Change, ExitCause};
use crate::runtime::{Flow, Serving};

/// What a client reads when nobody listens on the socket.
const NO_DAEMON: &str = "connection error: desc = \"transport: Error while dialing dial unix \
                         /var/run/crio/crio.sock: connect: ";

pub(crate) fn serve(serving: &mut Serving<'_>, request: &Request, phase: u8) -> Flow {
    if !serving.node.runtime_up {
        return serving.nobody_listens(NO_DAEMON);
    }
    match request {
        Request::StopPodSandbox(id) => stop_sandbox(serving, *id, phase),
        _ => containerd::serve(serving, request, phase),
    }
}

/// `StopPodSandbox` (`server/sandbox_stop_linux.go`).
///
/// 1. Stop its containers, each with 10 s.
/// 2. Tear the network down.
/// 3. Stop the infra container, if there is one.
fn stop_sandbox(serving: &mut Serving<'_>, id: crate::identity::SandboxId, phase: u8) -> Flow {
    let running = serving.node.containers_in(id);
    let running = running.into_iter().find(|container| serving.node.is_running(*container));
    if let (Some(container), 0) = (running, phase) {
        serving.change(Change::ContainerTerminated(container));
        let until = serving.now + Duration::from_secs(10);
        return Flow::Wait { target: Target::Container(container), until, phase: 1 };
    }
    if let Some(container) = running {
        serving.change(Change::ContainerExited { container, cause: ExitCause::Killed });
    }
    let ready = serving.node.is_ready(id);
    serving.pass(if ready { Duration::from_millis(150) } else { Duration::from_millis(1) });
    if ready {
        serving.change(Change::SandboxExited(id));
        serving.change(Change::SandboxAddress { sandbox: id, present: false });
        serving.change(Change::SandboxNetwork { sandbox: id, ready: false });
    }
    Flow::Done(Ok(Reply::Done))
}
