//! The collector of dead containers and sandboxes (`kuberuntime/kuberuntime_gc.go`), once a minute.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::call::{ContainerView, ListFilter, Loop, Reply, Request, SandboxView};
use crate::clock::Duration;
use crate::identity::PodId;
use crate::kubelet::deleter::{deleted_log, remove_container};
use crate::kubelet::{Context, Kubelet, Next, Wake};
use crate::node::{Change, RunState};

/// `ContainerGCPeriod` (kubelet.go).
const PERIOD: Duration = Duration::from_secs(60);
/// How many dead containers of each name are kept while the pod lives
/// (`--maximum-dead-containers-per-container`).
const KEPT: usize = 1;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Rest,
    Evictable,
    RemoveContainers,
    Containers,
    Sandboxes,
    RemoveSandboxes,
}

/// The goroutine.
#[derive(Clone, Debug, Default)]
pub(crate) struct GarbageCollector {
    stage: Stage,
    once: bool,
    /// What is still to be asked.
    steps: VecDeque<Request>,
    /// Whether the step that was asked last is the last for its container or sandbox.
    removes: bool,
    containers: Arc<[ContainerView]>,
    /// Whether the first round is over. It comes before the kubelet has heard of any pod, and what
    /// is not known then is not gone (`allSourcesReady`).
    sources_ready: bool,
}

impl GarbageCollector {
    /// One round, out of turn.
    pub(crate) fn once() -> Self {
        Self { once: true, sources_ready: true, ..Self::default() }
    }

    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        let all = ListFilter::default();
        match (self.stage, wake) {
            (Stage::Rest, _) => self.ask(Stage::Evictable, Request::ListContainers(all)),
            (Stage::Evictable, Wake::Answer(Ok(Reply::Containers(list)))) => {
                self.steps = evict_containers(&list, self.sources_ready, kubelet);
                self.stage = Stage::RemoveContainers;
                self.next_step(kubelet, cx)
            }
            (Stage::RemoveContainers | Stage::RemoveSandboxes, Wake::Answer(answer)) => {
                let deleted = deleted_log(&answer, self.steps.front());
                cx.out.changes.extend(deleted.map(|change| (cx.now, change)));
                if answer.is_err() && !self.removes {
                    self.skip();
                }
                self.next_step(kubelet, cx)
            }
            (Stage::Containers, Wake::Answer(Ok(Reply::Containers(list)))) => {
                self.containers = list;
                self.ask(Stage::Sandboxes, Request::ListPodSandbox(all))
            }
            (Stage::Sandboxes, Wake::Answer(Ok(Reply::Sandboxes(list)))) => {
                self.steps = evict_sandboxes(&list, &self.containers, kubelet);
                self.stage = Stage::RemoveSandboxes;
                self.next_step(kubelet, cx)
            }
            // Both rounds are tried, whatever became of the first.
            (Stage::Evictable, _) => self.ask(Stage::Containers, Request::ListContainers(all)),
            (Stage::Containers | Stage::Sandboxes, _) => self.rest(),
            (Stage::RemoveContainers | Stage::RemoveSandboxes, Wake::Ready) => Next::Wait,
        }
    }

    fn ask(&mut self, stage: Stage, request: Request) -> Next {
        self.stage = stage;
        Next::Call(Loop::GarbageCollector, request)
    }

    fn rest(&mut self) -> Next {
        if self.once {
            return Next::Done;
        }
        self.stage = Stage::Rest;
        self.sources_ready = true;
        Next::Sleep(PERIOD)
    }

    fn next_step(&mut self, kubelet: &Kubelet, cx: &mut Context<'_>) -> Next {
        if let Some(request) = self.steps.pop_front() {
            self.removes = is_removal(&request);
            return Next::Call(Loop::GarbageCollector, request);
        }
        if self.stage == Stage::RemoveContainers {
            let all = ListFilter::default();
            return self.ask(Stage::Containers, Request::ListContainers(all));
        }
        // `evictPodLogsDirectories`: the logs of deleted pods go last.
        let directories = cx.node.log_directories.keys();
        let gone = directories.filter(|pod| self.sources_ready && kubelet.is_deleted(**pod));
        let at = cx.now;
        cx.out.changes.extend(gone.map(|pod| (at, Change::LogDirectoryRemoved(*pod))));
        self.rest()
    }

    /// A container whose status cannot be had is left alone, and so is a sandbox that cannot be stopped
    /// (`kuberuntime/kuberuntime_sandbox.go`, `DeleteSandbox`).
    fn skip(&mut self) {
        while let Some(request) = self.steps.pop_front() {
            if is_removal(&request) {
                break;
            }
        }
    }
}

/// Whether a step is the last for its container or sandbox.
const fn is_removal(step: &Request) -> bool {
    matches!(step, Request::RemoveContainer(_) | Request::RemovePodSandbox(_))
}

/// All dead containers of deleted pods, and of live pods all but the newest of each name.
fn evict_containers(
    list: &[ContainerView],
    sources_ready: bool,
    kubelet: &Kubelet,
) -> VecDeque<Request> {
    let mut units: BTreeMap<(PodId, usize), Vec<&ContainerView>> = BTreeMap::new();
    for container in list.iter().filter(|container| container.state != RunState::Running) {
        units.entry((container.pod, container.index)).or_default().push(container);
    }
    let mut steps = VecDeque::new();
    for ((pod, _), mut unit) in units {
        unit.sort_by_key(|container| std::cmp::Reverse(container.created));
        let keep = if sources_ready && kubelet.is_deleted(pod) { 0 } else { KEPT };
        for container in unit.iter().skip(keep).rev() {
            steps.extend(remove_container(container.id, kubelet.remote()));
        }
    }
    steps
}

/// All dead and empty sandboxes of deleted pods, and of live pods all but the newest.
fn evict_sandboxes(
    list: &[SandboxView],
    containers: &[ContainerView],
    kubelet: &Kubelet,
) -> VecDeque<Request> {
    let mut pods: BTreeMap<PodId, Vec<&SandboxView>> = BTreeMap::new();
    for sandbox in list {
        pods.entry(sandbox.pod).or_default().push(sandbox);
    }
    let mut steps = VecDeque::new();
    for (pod, mut sandboxes) in pods {
        sandboxes.sort_by_key(|sandbox| std::cmp::Reverse(sandbox.created));
        let keep = usize::from(!kubelet.is_deleted(pod));
        for sandbox in sandboxes.iter().skip(keep).rev() {
            let used = containers.iter().any(|container| container.sandbox == sandbox.id);
            if !sandbox.ready && !used {
                steps.push_back(Request::StopPodSandbox(sandbox.id));
                steps.push_back(Request::RemovePodSandbox(sandbox.id));
            }
        }
    }
    steps
}
