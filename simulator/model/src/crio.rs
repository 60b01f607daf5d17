//! CRI-O: the CRI server, conmon as the parent of each container, runc below.
//!
//! Behaviour from CRI-O 1.23.0, server. There is no pause process unless the pod needs one: a
//! sandbox is ready while CRI-O says so, and killing a process of it does not change that.

use crate::call::{Reply, Request, Target};
use crate::clock::Duration;
use crate::containerd;
use crate::identity::ContainerId;
use crate::node::{Change, ExitCause};
use crate::runtime::{Flow, Serving};

pub(crate) fn serve(serving: &mut Serving<'_>, request: &Request, phase: u8) -> Flow {
    match request {
        Request::StopPodSandbox(id) => stop_sandbox(serving, *id, phase),
        _ => containerd::serve(serving, request, phase),
    }
}

/// `StopPodSandbox` (`server/sandbox_stop_linux.go`).
///
/// 1. Tear the network down.
/// 2. Stop its containers side by side, each with 10 s.
/// 3. Stop the infra container, if there is one.
fn stop_sandbox(serving: &mut Serving<'_>, id: crate::identity::SandboxId, phase: u8) -> Flow {
    let containers = serving.node.containers_in(id);
    let runs = |serving: &Serving<'_>, id: &ContainerId| serving.node.is_running(*id);
    if phase == 0 && serving.node.is_ready(id) {
        serving.change(Change::SandboxAddress { sandbox: id, present: false });
        serving.change(Change::SandboxNetwork { sandbox: id, ready: false });
        serving.pass(Duration::from_millis(100));
    }
    // Each phase waits for the container at its place; one that still runs has had its time.
    let waited = phase.checked_sub(1).and_then(|place| containers.get(usize::from(place)));
    let late = waited.is_some_and(|container| runs(serving, container));
    for container in containers.iter().filter(|container| serving.node.is_running(**container)) {
        let container = *container;
        if phase == 0 {
            serving.changes.push((serving.now, Change::ContainerTerminated(container)));
        } else if late {
            let killed = Change::ContainerExited { container, cause: ExitCause::Killed };
            serving.changes.push((serving.now, killed));
        }
    }
    if let Some(place) = containers.iter().position(|id| runs(serving, id)).filter(|_| !late) {
        let until = serving.now + Duration::from_secs(10);
        let phase = u8::try_from(place + 1).unwrap_or(u8::MAX);
        return Flow::Wait { target: Target::Container(containers[place]), until, phase };
    }
    serving.pass(Duration::from_millis(if serving.node.is_ready(id) { 50 } else { 1 }));
    if serving.node.is_ready(id) {
        serving.change(Change::SandboxExited(id));
    }
    Flow::Done(Ok(Reply::Done))
}
