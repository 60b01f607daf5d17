//! The pod lifecycle event generator (pleg/generic.go): once a second it lists everything, inspects
//! the pods that changed, and tells the sync loop.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::call::{ContainerView, ListFilter, Loop, Outcome, Reply, Request, SandboxView};
use crate::clock::{Duration, Instant};
use crate::identity::{ContainerId, PodId, SandboxId};
use crate::kubelet::{Context, Kubelet, LoopMessage, Next, PodStatus, TaskId, Wake};
use crate::node::RunState;

/// How long the generator rests between two looks (`plegRelistPeriod`).
const PERIOD: Duration = Duration::from_secs(1);

/// What the generator tells apart: sandboxes count as containers here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing {
    Container(ContainerId),
    Sandbox(SandboxId),
}

/// What happened to one thing of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Started,
    Died(Thing),
    Removed,
}

/// The state of a thing; the kubelet has no use for `created` yet and takes it for unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Unknown,
    Running,
    Exited,
}

/// A pod as it was last inspected; none when the inspection failed.
pub(crate) type Inspected = Option<Arc<PodStatus>>;

/// The pod cache that the generator fills (container/cache.go).
///
/// An entry is as old as the moment *before* its inspection: what changed meanwhile may be missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlegCache {
    statuses: BTreeMap<PodId, (Inspected, Instant)>,
    updated: Option<Instant>,
}

impl PlegCache {
    /// The status of a pod as it was seen after an instant; none while there has been no look
    /// since.
    pub(crate) fn newer_than(&self, pod: PodId, least: Option<Instant>) -> Option<Inspected> {
        let fresh = |at: Instant| least.is_none_or(|least| at > least);
        let all_fresh = self.updated.is_some_and(fresh);
        match self.statuses.get(&pod) {
            Some((status, at)) if all_fresh || fresh(*at) => Some(status.clone()),
            None if all_fresh => Some(Some(Arc::default())),
            _ => None,
        }
    }

    /// When the last look at everything began.
    pub(crate) fn updated(&self) -> Option<Instant> {
        self.updated
    }

    /// The status of a pod as it was last seen; none when it could not be had.
    pub(crate) fn get(&self, pod: PodId) -> Inspected {
        self.statuses.get(&pod).map_or_else(|| Some(Arc::default()), |(status, _)| status.clone())
    }

    /// The status of a pod as it was last seen; an empty one when it could not be had.
    pub(crate) fn get_or_empty(&self, pod: PodId) -> Arc<PodStatus> {
        self.get(pod).unwrap_or_default()
    }
}

#[derive(Clone, Debug, Default)]
enum Asked {
    #[default]
    Nothing,
    Sandboxes,
    Containers,
    SandboxesOf(PodId),
    SandboxStatus(PodId),
    ContainersOf(PodId),
    ContainerStatus(PodId),
}

/// The goroutine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pleg {
    asked: Asked,
    began: Instant,
    sandboxes: Arc<[SandboxView]>,
    containers: Arc<[ContainerView]>,
    /// The lists of the look before; when nothing changed there is nothing to work out.
    before: (Arc<[SandboxView]>, Arc<[ContainerView]>),
    records: Sight,
    now: Sight,
    /// Pods to inspect.
    changed: VecDeque<PodId>,
    /// Pods whose inspection failed, to be inspected at the next look.
    again: Vec<PodId>,
    left_sandboxes: VecDeque<SandboxId>,
    left_containers: VecDeque<ContainerId>,
    status: PodStatus,
    /// When the inspection of the pod at hand began: what it finds is no newer than that
    /// (`updateCache`).
    inspected: Instant,
}

impl Pleg {
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        match (std::mem::take(&mut self.asked), wake) {
            (Asked::Nothing, _) => {
                self.began = cx.now;
                let request = Request::ListPodSandbox(ListFilter::default());
                self.ask(Asked::Sandboxes, request)
            }
            (asked, Wake::Answer(outcome)) => self.answered(asked, outcome, kubelet, cx),
            (asked, Wake::Ready) => {
                self.asked = asked;
                Next::Wait
            }
        }
    }

    fn ask(&mut self, asked: Asked, request: Request) -> Next {
        self.asked = asked;
        Next::Call(Loop::Pleg, request)
    }

    fn answered(
        &mut self,
        asked: Asked,
        outcome: Outcome,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        match (asked, outcome) {
            (Asked::Sandboxes, Ok(Reply::Sandboxes(list))) => {
                self.sandboxes = list;
                let request = Request::ListContainers(ListFilter::default());
                self.ask(Asked::Containers, request)
            }
            (Asked::Containers, Ok(Reply::Containers(list))) => {
                self.containers = list;
                self.compare();
                self.next_pod(kubelet, cx)
            }
            // Without a list there is no look.
            (Asked::Sandboxes | Asked::Containers, _) => Next::Sleep(PERIOD),
            (Asked::SandboxesOf(pod), Ok(Reply::Sandboxes(list))) => {
                self.left_sandboxes = list.iter().map(|sandbox| sandbox.id).collect();
                self.next_sandbox(pod)
            }
            (Asked::SandboxStatus(pod), Ok(Reply::SandboxStatus(view))) => {
                self.status.sandboxes.push(view);
                self.next_sandbox(pod)
            }
            (Asked::ContainersOf(pod), Ok(Reply::Containers(list))) => {
                self.left_containers = list.iter().map(|container| container.id).collect();
                self.next_container(pod, kubelet, cx)
            }
            (Asked::ContainerStatus(pod), Ok(Reply::ContainerStatus(view))) => {
                self.status.containers.push(view);
                self.next_container(pod, kubelet, cx)
            }
            (
                Asked::SandboxesOf(pod)
                | Asked::SandboxStatus(pod)
                | Asked::ContainersOf(pod)
                | Asked::ContainerStatus(pod),
                _,
            ) => {
                self.again.push(pod);
                self.write(pod, None, kubelet, cx);
                self.next_pod(kubelet, cx)
            }
            (Asked::Nothing, _) => unreachable!("nothing was asked"),
        }
    }

    /// Finds the pods that changed since the look before.
    fn compare(&mut self) {
        self.changed.clear();
        let same = same_list(&self.before.0, &self.sandboxes)
            && same_list(&self.before.1, &self.containers);
        if same && self.again.is_empty() {
            return;
        }
        self.now = Sight::of(&self.sandboxes, &self.containers);
        self.before = (Arc::clone(&self.sandboxes), Arc::clone(&self.containers));
        let again = std::mem::take(&mut self.again);
        let seen = self.records.0.iter().chain(&self.now.0).map(|(pod, ..)| *pod);
        let mut known: Vec<_> = seen.chain(again.iter().copied()).collect();
        known.sort_unstable();
        known.dedup();
        known.retain(|pod| again.contains(pod) || self.records.pod(*pod) != self.now.pod(*pod));
        self.changed.extend(known);
    }

    /// Inspects the next pod that changed, or ends the look.
    fn next_pod(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Next {
        let Some(pod) = self.changed.pop_front() else {
            kubelet.pleg.updated = Some(self.began);
            for (_, worker) in &kubelet.await_news {
                cx.wake(Some(*worker));
            }
            return Next::Sleep(PERIOD);
        };
        self.status = PodStatus::default();
        // A pod whose inspection failed is inspected again, even when it has gone meanwhile.
        let failed = matches!(kubelet.pleg.statuses.get(&pod), Some((None, _)));
        if self.now.pod(pod).is_empty() && !failed {
            kubelet.pleg.statuses.remove(&pod);
            self.report(pod, kubelet, cx);
            return self.next_pod(kubelet, cx);
        }
        self.inspected = cx.now;
        let filter = ListFilter { pod: Some(pod), live: false };
        self.ask(Asked::SandboxesOf(pod), Request::ListPodSandbox(filter))
    }

    fn next_sandbox(&mut self, pod: PodId) -> Next {
        if let Some(id) = self.left_sandboxes.pop_front() {
            return self.ask(Asked::SandboxStatus(pod), Request::PodSandboxStatus(id));
        }
        let filter = ListFilter { pod: Some(pod), live: false };
        self.ask(Asked::ContainersOf(pod), Request::ListContainers(filter))
    }

    fn next_container(&mut self, pod: PodId, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Next {
        if let Some(id) = self.left_containers.pop_front() {
            return self.ask(Asked::ContainerStatus(pod), Request::ContainerStatus(id));
        }
        let status = Arc::new(std::mem::take(&mut self.status));
        self.write(pod, Some(status), kubelet, cx);
        self.report(pod, kubelet, cx);
        self.next_pod(kubelet, cx)
    }

    /// Puts an inspection into the cache; the worker of the pod may have waited for it.
    fn write(&self, pod: PodId, status: Inspected, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        kubelet.pleg.statuses.insert(pod, (status, self.inspected));
        for (_, worker) in kubelet.await_news.range((pod, TaskId(0))..=(pod, TaskId(u32::MAX))) {
            cx.wake(Some(*worker));
        }
    }

    /// Tells the sync loop what happened to a pod (`generateEvents`). Changes to an unknown state
    /// are told to nobody.
    fn report(&mut self, pod: PodId, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        let (old, new) = (self.records.pod(pod), self.now.pod(pod));
        let things: BTreeSet<Thing> = old.iter().chain(new).map(|(_, thing, _)| *thing).collect();
        for thing in things {
            let seen = |things: &[(PodId, Thing, Seen)]| {
                things.iter().find(|(_, of, _)| *of == thing).map(|(.., seen)| *seen)
            };
            let (was, is) = (seen(old), seen(new));
            if was == is {
                continue;
            }
            let events = match (was, is) {
                (_, Some(Seen::Running)) => vec![Event::Started],
                (_, Some(Seen::Exited)) => vec![Event::Died(thing)],
                (_, Some(Seen::Unknown)) => vec![],
                (Some(Seen::Exited), None) => vec![Event::Removed],
                (_, None) => vec![Event::Died(thing), Event::Removed],
            };
            for event in events {
                kubelet.tell_loop(LoopMessage::Pleg(pod, event), cx);
            }
        }
        let place = self.records.places(pod);
        self.records.0.splice(place, self.now.pod(pod).iter().copied());
    }
}

/// The state of every thing, in the order of pods and things.
#[derive(Clone, Debug, Default)]
struct Sight(Vec<(PodId, Thing, Seen)>);

impl Sight {
    /// What two lists show.
    fn of(sandboxes: &[SandboxView], containers: &[ContainerView]) -> Self {
        let sandboxes = sandboxes.iter().map(|sandbox| {
            let seen = if sandbox.ready { Seen::Running } else { Seen::Exited };
            (sandbox.pod, Thing::Sandbox(sandbox.id), seen)
        });
        let containers = containers.iter().map(|container| {
            let seen = match container.state {
                RunState::Created => Seen::Unknown,
                RunState::Running => Seen::Running,
                RunState::Exited => Seen::Exited,
            };
            (container.pod, Thing::Container(container.id), seen)
        });
        let mut things: Vec<_> = containers.chain(sandboxes).collect();
        things.sort_unstable_by_key(|(pod, thing, _)| (*pod, *thing));
        Self(things)
    }

    /// The places of what belongs to a pod.
    fn places(&self, pod: PodId) -> std::ops::Range<usize> {
        let start = self.0.partition_point(|(of, ..)| *of < pod);
        let count = self.0[start..].iter().take_while(|(of, ..)| *of == pod).count();
        start..start + count
    }

    /// What belongs to a pod.
    fn pod(&self, pod: PodId) -> &[(PodId, Thing, Seen)] {
        &self.0[self.places(pod)]
    }
}

/// Whether two lists say the same; most often they are one.
fn same_list<T: PartialEq>(one: &Arc<[T]>, other: &Arc<[T]>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}
