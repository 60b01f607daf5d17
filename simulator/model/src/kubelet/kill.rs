//! Killing pods and containers (`kuberuntime/kuberuntime_container.go`, `kubelet_pods.go`).

use std::collections::VecDeque;

use crate::call::{Loop, Request};
use crate::identity::{ContainerId, PodId, SandboxId};
use crate::kubelet::hook::Awaited;
use crate::kubelet::pod_worker::{PodWorker, Step};
use crate::kubelet::{Context, Kubelet, Next, TaskId, Wake};

/// Every container gets at least so many seconds (`minimumGracePeriodInSeconds`).
const LEAST_GRACE: i64 = 2;

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
    stage: Stage,
    hook: Option<Awaited>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Begin,
    Restored,
    Hook,
    Stopped,
}

impl KillContainer {
    pub(crate) fn new(parent: TaskId, container: ContainerId, known: bool) -> Self {
        Self { parent, container, known, stage: Stage::Begin, hook: None }
    }

    /// 1. Without the manifest: ask for the labels, to restore the grace period and the hook.
    /// 2. Run the hook before the stop, at most for the grace period.
    /// 3. Stop, with what is left of the grace period.
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        let failed = matches!(&wake, Wake::Answer(Err(_)));
        match self.stage {
            Stage::Begin if !self.known => {
                self.stage = Stage::Restored;
                let request = Request::ContainerStatus(self.container);
                return Next::Call(Loop::KillContainer, request);
            }
            Stage::Restored if failed => return self.done(true, kubelet, cx),
            Stage::Begin | Stage::Restored => {
                self.stage = Stage::Hook;
                let entry = cx.catalog.container(self.container);
                let (pod, index) = (entry.pod, entry.index);
                let text = format!("Stopping container {}", entry.config.metadata.name);
                cx.tell(pod, index, "Killing", text);
                let grace = grace(self.container, cx);
                self.hook = Awaited::start(self.container, grace, kubelet, cx);
            }
            Stage::Hook => {}
            Stage::Stopped => return self.done(failed, kubelet, cx),
        }
        let took = match self.hook {
            Some(hook) => hook.took(kubelet, cx),
            None => Some(0),
        };
        let Some(took) = took else { return Next::Wait };
        self.stage = Stage::Stopped;
        let timeout = time_to_stop(grace(self.container, cx), took);
        let request = Request::StopContainer { container: self.container, timeout };
        Next::Call(Loop::KillContainer, request)
    }

    fn done(&self, failed: bool, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Next {
        kubelet.child_done(self.parent, failed, cx);
        Next::Done
    }
}

/// How long a container may take to end, in seconds.
pub(super) fn grace(container: ContainerId, cx: &Context<'_>) -> i64 {
    cx.pod(cx.catalog.container(container).pod).grace_seconds()
}

/// What is left of the grace period after the hook, in seconds.
pub(super) const fn time_to_stop(grace: i64, hook_took: i64) -> i64 {
    let left = grace - hook_took;
    if left < LEAST_GRACE { LEAST_GRACE } else { left }
}

/// The steps that stop one container (`killContainer`).
pub(super) fn stop_steps(id: ContainerId) -> [Step; 3] {
    [Step::PreStop(id), Step::JoinPreStop(id), Step::KillContainer(id)]
}

impl PodWorker {
    pub(super) fn join_pre_stop(
        &mut self,
        container: ContainerId,
        kubelet: &mut Kubelet,
        cx: &Context<'_>,
    ) -> Option<Next> {
        let took = match self.awaited {
            Some(hook) => hook.took(kubelet, cx),
            None => Some(0),
        };
        let Some(took) = took else {
            self.plan.push_front(Step::JoinPreStop(container));
            return Some(Next::Wait);
        };
        self.awaited = None;
        self.hook_took = took;
        None
    }

    /// Kills everything that runs, then stops every sandbox (`killPodWithSyncResult`).
    pub(super) fn kill_all(
        &mut self,
        known: bool,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Next> {
        let running: Vec<_> = self.status.running().map(|c| c.id).collect();
        kubelet.unfinished.insert(cx.me, running.len());
        kubelet.failed_children.remove(&cx.me);
        for container in running {
            cx.spawn(KillContainer::new(cx.me, container, known));
        }
        let stop = self.status.sandboxes.iter().map(|sandbox| Step::StopSandbox(sandbox.id));
        let steps: Vec<_> = std::iter::once(Step::JoinKilled).chain(stop).collect();
        self.put_first(steps.into_iter());
        None
    }
}
