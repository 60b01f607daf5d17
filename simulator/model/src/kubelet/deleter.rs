//! Removing the leftovers of pods that live on (`pod_container_deletor.go`,
//! `pod_sandbox_deleter.go`).

use crate::call::{Loop, Outcome, Reply, Request};
use crate::identity::{ContainerId, SandboxId};
use crate::kubelet::{Context, Kubelet, Next, Wake};
use crate::node::Change;

/// The steps that remove one container (`kuberuntime/kuberuntime_container.go`, `removeContainer`).
///
/// 1. Ask for its status, to remove the link to its log. With a remote runtime the log rotation
///    asks once more for the path of the log itself.
/// 2. Remove it.
pub(super) fn remove_container(id: ContainerId, remote: bool) -> Vec<Request> {
    let mut steps = vec![Request::ContainerStatus(id)];
    if remote {
        steps.push(Request::ContainerStatus(id));
    }
    steps.push(Request::RemoveContainer(id));
    steps
}

/// What the kubelet deletes once it has a container's status and goes on to `next`: the log itself
/// (`logs/container_log_manager.go`, `Clean`), then the link to it (`removeContainerLog`).
pub(super) fn deleted_log(answer: &Outcome, next: Option<&Request>) -> Option<Change> {
    let Ok(Reply::ContainerStatus(view)) = answer else { return None };
    match next? {
        Request::ContainerStatus(id) if *id == view.id => Some(Change::LogRemoved(view.id)),
        Request::RemoveContainer(id) if *id == view.id => Some(Change::LogLinkRemoved(view.id)),
        _ => None,
    }
}

/// Removes dead containers, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct ContainerDeleter {
    /// What is still to be asked for the container at hand, the last first.
    steps: Vec<Request>,
}

impl ContainerDeleter {
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        if let Wake::Answer(answer) = &wake {
            let deleted = deleted_log(answer, self.steps.last());
            cx.out.changes.extend(deleted.map(|change| (cx.now, change)));
        }
        if matches!(wake, Wake::Answer(Err(_))) {
            self.steps.clear();
        }
        loop {
            if let Some(request) = self.steps.pop() {
                return Next::Call(Loop::GarbageCollector, request);
            }
            let Some(id) = kubelet.dead_containers.pop_front() else { return Next::Wait };
            self.steps = remove_container(id, kubelet.remote());
            self.steps.reverse();
        }
    }
}

/// Removes dead sandboxes, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct SandboxDeleter {
    removing: Option<SandboxId>,
}

impl SandboxDeleter {
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        _: &mut Context<'_>,
    ) -> Next {
        match self.removing.take() {
            Some(id) if matches!(wake, Wake::Answer(Ok(_))) => {
                return Next::Call(Loop::GarbageCollector, Request::RemovePodSandbox(id));
            }
            _ => {}
        }
        let Some(id) = kubelet.dead_sandboxes.pop_front() else { return Next::Wait };
        self.removing = Some(id);
        Next::Call(Loop::GarbageCollector, Request::StopPodSandbox(id))
    }
}
