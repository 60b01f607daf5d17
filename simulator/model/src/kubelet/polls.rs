//! Goroutines that ask in a rhythm, whatever happens.

use std::collections::VecDeque;

use crate::RuntimePath;
use crate::call::{ImageKeyKind, ListFilter, Loop, Reply, Request};
use crate::clock::Duration;
use crate::dockershim::PAUSE_IMAGE;
use crate::kubelet::{Context, Kubelet, LoopMessage, NODE_OBJECT, Next, Wake, eviction};
use crate::node::RunState;

/// What a poll is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `updateRuntimeUp`, every 5 s.
    RuntimeStatus,
    /// The eviction manager, every 10 s.
    Stats,
    /// Container log rotation, every 10 s.
    LogRotation,
    /// The image cache of the image garbage collector, every 30 s.
    ImageGc,
    /// The node object of the API server, every 10 s.
    NodeStatus,
    /// The sync ticker, every second.
    Tick,
    /// The housekeeping ticker, every 2 s.
    Housekeeping,
    /// Volumes of pods that are gone, every 2 s while there are any.
    Volumes,
}

/// One step of a round.
#[derive(Clone, Debug)]
enum Step {
    Pause(Duration),
    Ask(Request),
    AskRunning,
}

/// The goroutine.
#[derive(Clone, Debug)]
pub(crate) struct Poll {
    kind: Kind,
    rounds: u64,
    steps: VecDeque<Step>,
    expects_containers: bool,
    idle: bool,
    once: bool,
    /// The version of the kubelet's memory at which no volume had to be given back.
    no_orphans_at: Option<u64>,
}

impl Poll {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            rounds: 0,
            steps: VecDeque::new(),
            expects_containers: false,
            idle: true,
            once: false,
            no_orphans_at: None,
        }
    }

    /// One round, and not the first of its kind.
    pub(crate) fn once(kind: Kind) -> Self {
        Self { rounds: 1, once: true, ..Self::new(kind) }
    }

    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        if let Wake::Answer(Ok(Reply::Status(conditions))) = &wake {
            kubelet.runtime.found(conditions, cx);
        }
        if let Wake::Answer(Ok(Reply::Containers(list))) = wake {
            if std::mem::take(&mut self.expects_containers) {
                let running = list.iter().filter(|c| c.state == RunState::Running);
                let ask =
                    |c: &crate::call::ContainerView| Step::Ask(Request::ContainerStatus(c.id));
                self.steps.extend(running.map(ask));
            }
            if self.kind == Kind::Volumes {
                let runs = |pod: &_| list.iter().any(|container| container.pod == *pod);
                let gone: Vec<_> = orphans(kubelet).filter(|pod| !runs(pod)).collect();
                kubelet.volumes.retain(|pod| !gone.contains(pod));
            }
        }
        if std::mem::take(&mut self.idle) {
            self.rounds += 1;
            self.round(kubelet, cx);
        }
        match self.steps.pop_front() {
            Some(Step::Pause(span)) => Next::Sleep(span),
            Some(Step::Ask(request)) => Next::Call(self.asks_as(), request),
            Some(Step::AskRunning) => {
                self.expects_containers = true;
                Next::Call(self.asks_as(), Request::ListContainers(ListFilter::default()))
            }
            None if self.once => Next::Done,
            None => {
                self.idle = true;
                self.rest(kubelet)
            }
        }
    }

    const fn asks_as(&self) -> Loop {
        match self.kind {
            Kind::RuntimeStatus => Loop::RuntimeStatus,
            Kind::Stats => Loop::Stats,
            Kind::LogRotation => Loop::LogRotation,
            Kind::ImageGc => Loop::ImageGc,
            Kind::NodeStatus => Loop::NodeStatus,
            Kind::Tick | Kind::Housekeeping => Loop::Housekeeping,
            Kind::Volumes => Loop::Other,
        }
    }

    /// Until the next round.
    fn rest(&mut self, kubelet: &Kubelet) -> Next {
        let kind = self.kind;
        Next::Sleep(match kind {
            Kind::RuntimeStatus => Duration::from_secs(5),
            Kind::Stats | Kind::LogRotation | Kind::NodeStatus => Duration::from_secs(10),
            Kind::ImageGc => Duration::from_secs(30),
            Kind::Tick => Duration::from_secs(1),
            Kind::Housekeeping => Duration::from_secs(2),
            Kind::Volumes if self.has_orphans(kubelet) => Duration::from_secs(2),
            Kind::Volumes => {
                let period = Duration::from_millis(100);
                return Next::Watch { period, version: kubelet.version() };
            }
        })
    }

    /// Whether a pod should give its volumes back.
    fn has_orphans(&mut self, kubelet: &Kubelet) -> bool {
        let version = Some(kubelet.version());
        if self.no_orphans_at == version {
            return false;
        }
        let found = orphans(kubelet).next().is_some();
        self.no_orphans_at = if found { None } else { version };
        found
    }

    /// Plans what one round asks.
    fn round(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        let all = ListFilter::default();
        let first = self.rounds == 1;
        let has_fs_info = matches!(kubelet.path, RuntimePath::Containerd | RuntimePath::CriDockerd);
        let kind = self.kind;
        let steps = &mut self.steps;
        match kind {
            Kind::RuntimeStatus if first => first_status(steps),
            Kind::RuntimeStatus => steps.push_back(Step::Ask(Request::Status)),
            Kind::Stats => {
                eviction::look(kubelet, cx);
                stats(kubelet, has_fs_info, first, steps);
            }
            Kind::LogRotation => steps.push_back(Step::AskRunning),
            Kind::ImageGc if first => {
                let image = cx.catalog.image(PAUSE_IMAGE);
                let key = ImageKeyKind::Reference;
                let pause = Request::ImageStatus { image, annotations: None, key };
                if has_fs_info {
                    steps.push_back(Step::Ask(Request::ImageFsInfo));
                }
                steps.extend([
                    Step::Ask(Request::ListImages),
                    Step::Ask(pause),
                    Step::Ask(Request::ListImages),
                    Step::Ask(Request::ListPodSandbox(all)),
                    Step::Ask(Request::ListContainers(all)),
                ]);
            }
            Kind::ImageGc => steps.push_back(Step::Ask(Request::ListImages)),
            Kind::NodeStatus => steps.push_back(Step::Ask(Request::Version)),
            Kind::Tick => tell_once(LoopMessage::Tick, kubelet, cx),
            Kind::Housekeeping if first => {}
            Kind::Housekeeping => tell_once(LoopMessage::Housekeeping, kubelet, cx),
            Kind::Volumes => {
                if self.has_orphans(kubelet) {
                    let live = ListFilter { pod: None, live: true };
                    self.steps.extend([
                        Step::Ask(Request::ListPodSandbox(live)),
                        Step::Ask(Request::ListContainers(live)),
                    ]);
                }
            }
        }
    }
}

/// The first time the runtime is found well, the parts that depend on it are started
/// (kubelet.go, `initializeRuntimeDependentModules`).
fn first_status(steps: &mut VecDeque<Step>) {
    let all = ListFilter::default();
    steps.extend([
        Step::Ask(Request::Status),
        Step::Pause(Duration::from_millis(270)),
        Step::Ask(Request::Version),
        Step::Ask(Request::ListPodSandbox(all)),
        Step::Ask(Request::ListContainers(all)),
    ]);
}

/// The eviction manager wants the capacity of the node, so without an API server a node object is
/// made. Docker's and CRI-O's containers are measured by cAdvisor; others are asked.
///
/// The first time, one more question finds out whether images have a file system of their own.
fn stats(kubelet: &Kubelet, has_fs_info: bool, first: bool, steps: &mut VecDeque<Step>) {
    let all = ListFilter::default();
    if first && has_fs_info {
        steps.push_back(Step::Ask(Request::ImageFsInfo));
    }
    if kubelet.standalone() {
        steps.extend([Step::Pause(NODE_OBJECT), Step::Ask(Request::Version)]);
    }
    if has_fs_info {
        steps.extend([
            Step::Ask(Request::ImageFsInfo),
            Step::Ask(Request::ListContainers(all)),
            Step::Ask(Request::ListPodSandbox(all)),
            Step::Ask(Request::ListContainerStats),
        ]);
    } else {
        steps.push_back(Step::Ask(Request::ListImages));
    }
    if kubelet.standalone() {
        steps.push_back(Step::Pause(Duration::from_millis(70)));
    }
}

/// A ticker never puts a second beat beside one that has not been taken.
fn tell_once(message: LoopMessage, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
    if !kubelet.loop_inbox.contains(&message) {
        kubelet.tell_loop(message, cx);
    }
}

/// Pods that should give their volumes back: gone from the kubelet, or over.
fn orphans(kubelet: &Kubelet) -> impl Iterator<Item = crate::identity::PodId> + '_ {
    kubelet.volumes.iter().copied().filter(|pod| kubelet.is_terminated(*pod))
}
