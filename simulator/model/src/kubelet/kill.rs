//! Killing pods and containers (`kuberuntime/kuberuntime_container.go`, `kubelet_pods.go`).

use std::collections::VecDeque;
use std::sync::Arc;

use crate::call::{Loop, Request};
use crate::identity::{ContainerId, PodId, SandboxId};
use crate::kubelet::{Context, Kubelet, Next, TaskId, Wake};

/// Every container gets at least so many seconds (`minimumGracePeriodInSeconds`).
pub(super) const LEAST_GRACE: i64 = 2;

/// What runs of a pod, as the runtime cache knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunningPod {
    pub(crate) sandboxes: Vec<SandboxId>,
    pub(crate) containers: Vec<ContainerId>,
}

/// Kills one pod: all its containers side by side, then its sandboxes one after the other.
#[derive(Clone, Debug)]
pub(crate) struct KillPod {
    pod: PodId,
    /// Whether the manifest is known; else it is restored from the labels of each container.
    known: bool,
    containers: Vec<ContainerId>,
    sandboxes: VecDeque<SandboxId>,
    started: bool,
}

impl KillPod {
    pub(crate) fn new(pod: PodId, running: RunningPod, known: bool) -> Self {
        let RunningPod { sandboxes, containers } = running;
        Self { pod, known, containers, sandboxes: sandboxes.into(), started: false }
    }

    pub(crate) fn resume(&mut self, _: Wake, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Next {
        if !self.started {
            self.started = true;
            kubelet.unfinished.insert(cx.me, self.containers.len());
            for container in std::mem::take(&mut self.containers) {
                cx.spawn(KillContainer::new(cx.me, container, self.known));
            }
        }
        if !kubelet.children_done(cx.me) {
            return Next::Wait;
        }
        if let Some(sandbox) = self.sandboxes.pop_front() {
            return Next::Call(Loop::KillSandbox, Request::StopPodSandbox(sandbox));
        }
        kubelet.killing.remove(&self.pod);
        kubelet.unfinished.remove(&cx.me);
        Next::Done
    }
}

/// Kills one container of a pod that is killed (`killContainer`).
#[derive(Clone, Debug)]
pub(crate) struct KillContainer {
    parent: TaskId,
    container: ContainerId,
    known: bool,
    step: u8,
}

impl KillContainer {
    pub(crate) fn new(parent: TaskId, container: ContainerId, known: bool) -> Self {
        Self { parent, container, known, step: 0 }
    }

    /// 1. Without the manifest: ask for the labels, to restore the grace period and the hook.
    /// 2. Run the hook before the stop.
    /// 3. Stop.
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        let failed = matches!(&wake, Wake::Answer(Err(_)));
        loop {
            self.step += 1;
            match self.step {
                1 if !self.known => {
                    let request = Request::ContainerStatus(self.container);
                    return Next::Call(Loop::KillContainer, request);
                }
                2 if failed => self.step = 3,
                2 => {
                    let entry = cx.catalog.container(self.container);
                    let (pod, index) = (entry.pod, entry.index);
                    let text = format!("Stopping container {}", entry.config.metadata.name);
                    cx.tell(pod, index, "Killing", text);
                    if let Some(request) = self.hook(cx) {
                        return Next::Call(Loop::KillContainer, request);
                    }
                }
                3 => {
                    let timeout = self.grace(cx);
                    let request = Request::StopContainer { container: self.container, timeout };
                    return Next::Call(Loop::KillContainer, request);
                }
                4.. => {
                    kubelet.child_done(self.parent, failed, cx);
                    return Next::Done;
                }
                _ => {}
            }
        }
    }

    fn grace(&self, cx: &Context<'_>) -> i64 {
        let entry = cx.catalog.container(self.container);
        cx.pod(entry.pod).grace_seconds().max(LEAST_GRACE)
    }

    fn hook(&self, cx: &Context<'_>) -> Option<Request> {
        let entry = cx.catalog.container(self.container);
        let pod = cx.pod(entry.pod);
        let exec = pod.container(entry.index).lifecycle.pre_stop.as_ref()?.exec.as_ref()?;
        let command = Arc::from(exec.command.as_slice());
        Some(Request::ExecSync { container: self.container, command, timeout: 0 })
    }
}
