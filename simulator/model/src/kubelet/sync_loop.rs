//! The main loop of the kubelet (kubelet.go, `syncLoop`; `kubelet_pods.go`, `HandlePodCleanups`):
//! one goroutine that takes one message after the other.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::call::{ListFilter, Loop, Outcome, Reply, Request};
use crate::clock::Instant;
use crate::identity::PodId;
use crate::kubelet::kill::KillPod;
use crate::kubelet::pleg::Event;
use crate::kubelet::pod_worker::{Mailbox, PodWorker};
use crate::kubelet::predicates::Verdict;
use crate::kubelet::runtime_cache::{RuntimeCache, Wanted, must_list};
use crate::kubelet::{
    Context, Kubelet, Next, PodRecord, Wake, objects, predicates, remains, verdict,
};
use crate::node::Change;
use crate::report::Report;

/// What the loop is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoopMessage {
    /// A pod should be here.
    Add(PodId),
    /// A pod should be here no more: its file is gone, or the API server has let go of it.
    Remove(PodId),
    /// The API server has marked a pod for deletion.
    Delete(PodId),
    /// Something happened to a pod.
    Pleg(PodId, Event),
    /// A container fails its liveness or startup probe.
    Failing(PodId),
    /// A second has passed: sync what is due.
    Tick,
    /// Two seconds have passed: clean up.
    Housekeeping,
}

/// What the last clean-up found in order; while nothing changes it need not look again.
#[derive(Clone, Debug, Default)]
struct InOrder {
    workers: Option<u64>,
    deletions: Option<u64>,
    running: Option<(u64, RuntimeCache)>,
    cgroups: Option<(u64, Arc<[PodId]>)>,
}

#[derive(Clone, Debug)]
enum Step {
    Admit(PodId),
    /// A pod makes way for another.
    Evict(PodId),
    AwaitEvicted,
    Accept(PodId),
    List(Wanted),
    ListContainers(Wanted),
    KillUnwanted,
    KillRemoved(PodId),
    DestroyCgroups(Arc<[PodId]>),
}

/// The goroutine.
#[derive(Clone, Debug, Default)]
pub(crate) struct SyncLoop {
    plan: VecDeque<Step>,
    asked: Option<Step>,
    listing: RuntimeCache,
    /// The pods with cgroups, and the state of the node that had them.
    with_cgroup: (u64, Arc<[PodId]>),
    in_order: InOrder,
    /// Whether the runtime was looked at since the last message: that comes before the wait for the
    /// next one, which is then taken whatever has happened meanwhile.
    may_take: bool,
}

impl SyncLoop {
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        if let Some(step) = self.asked.take() {
            let Wake::Answer(outcome) = wake else {
                self.asked = Some(step);
                return Next::Wait;
            };
            self.answered(step, outcome, kubelet, cx);
        }
        loop {
            if let Some(step) = self.plan.pop_front() {
                if let Some(next) = self.take(step, kubelet, cx) {
                    return next;
                }
                continue;
            }
            if !self.may_take {
                if let Some(pause) = kubelet.sync_pause(cx) {
                    return Next::Sleep(pause);
                }
                self.may_take = true;
            }
            let Some(message) = kubelet.loop_inbox.pop_front() else { return Next::Wait };
            self.may_take = false;
            self.handle(message, kubelet, cx);
        }
    }

    fn handle(&mut self, message: LoopMessage, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        match message {
            LoopMessage::Add(pod) => {
                kubelet.pods.insert(pod, PodRecord::default());
                objects::register(pod, kubelet, cx);
                self.plan.push_back(Step::Admit(pod));
            }
            LoopMessage::Delete(pod) => {
                if let Some(record) = kubelet.pods.get_mut(&pod) {
                    record.deleting = true;
                    let phase = kubelet.statuses.get(&pod).map(|status| status.phase);
                    let status = kubelet.pleg.get_or_empty(pod);
                    kubelet.report(pod, phase.unwrap_or_default(), &status, cx);
                    dispatch(pod, kubelet, cx);
                }
            }
            LoopMessage::Remove(pod) => {
                kubelet.pods.remove(&pod);
                cx.out.reports.push(Report::Status(pod, None));
                kubelet.workers.remove(&pod);
                kubelet.work_queue.remove(&pod);
                kubelet.deadlines.remove(&pod);
                self.plan.extend([
                    Step::List(Wanted::NewerThanStart(pod)),
                    Step::List(Wanted::Cached),
                    Step::KillRemoved(pod),
                ]);
            }
            LoopMessage::Pleg(pod, event) => pleg_event(pod, event, kubelet, cx),
            LoopMessage::Failing(pod) => dispatch(pod, kubelet, cx),
            LoopMessage::Tick => self.tick(kubelet, cx),
            LoopMessage::Housekeeping => self.clean_up(kubelet, cx),
        }
    }

    /// `HandlePodCleanups`.
    ///
    /// 1. note which pods have cgroups.
    /// 2. Kill what runs but should not, by the cached list.
    /// 3. List anew, past the cache.
    /// 4. Destroy the cgroups of pods that are gone.
    fn clean_up(&mut self, kubelet: &mut Kubelet, cx: &Context<'_>) {
        if self.with_cgroup.0 != cx.node.generation {
            self.with_cgroup = (cx.node.generation, cx.node.cgroups.iter().copied().collect());
        }
        if self.in_order.workers != Some(kubelet.version()) {
            let workers = kubelet.workers.keys().copied();
            let gone: Vec<_> = workers.filter(|pod| kubelet.is_terminated(*pod)).collect();
            for pod in gone {
                kubelet.workers.remove(&pod);
            }
            self.in_order.workers = Some(kubelet.version());
        }
        let destroy = Step::DestroyCgroups(Arc::clone(&self.with_cgroup.1));
        let (cached, fresh) = (Step::List(Wanted::Cached), Step::List(Wanted::Fresh));
        self.plan.extend([cached, Step::KillUnwanted, fresh, destroy]);
    }

    fn take(&mut self, step: Step, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        match step {
            Step::Admit(pod) => {
                if let Some(refusal) = predicates::sysctls(cx.catalog.pod(pod)) {
                    verdict::reject(pod, refusal, kubelet, cx);
                    return None;
                }
                if kubelet.standalone() {
                    self.asked = Some(Step::Admit(pod));
                    return Some(Next::Call(Loop::Housekeeping, Request::Version));
                }
                self.look_for_room(pod, kubelet, cx);
                None
            }
            Step::Evict(pod) => {
                verdict::evict(pod, kubelet, cx);
                None
            }
            // The loop does nothing else until the pod is killed.
            Step::AwaitEvicted if kubelet.evicting.is_some() => {
                self.plan.push_front(Step::AwaitEvicted);
                Some(Next::Wait)
            }
            Step::AwaitEvicted => None,
            Step::Accept(pod) => {
                verdict::accept(pod, kubelet, cx);
                None
            }
            Step::List(wanted) => {
                if !must_list(wanted, kubelet, cx) {
                    return None;
                }
                self.listing = RuntimeCache { at: Some(cx.now), ..RuntimeCache::default() };
                self.asked = Some(Step::List(wanted));
                let filter = ListFilter { pod: None, live: true };
                Some(Next::Call(Loop::Housekeeping, Request::ListPodSandbox(filter)))
            }
            Step::ListContainers(wanted) => {
                self.asked = Some(Step::ListContainers(wanted));
                let filter = ListFilter { pod: None, live: true };
                Some(Next::Call(Loop::Housekeeping, Request::ListContainers(filter)))
            }
            Step::KillUnwanted => {
                self.kill_unwanted(kubelet, cx);
                None
            }
            Step::KillRemoved(pod) => {
                kill(pod, true, kubelet, cx);
                None
            }
            Step::DestroyCgroups(pods) => {
                self.destroy_cgroups(pods, kubelet, cx);
                None
            }
        }
    }

    /// Syncs the pods whose time has come, and lets go of deleted pods that have left nothing behind.
    fn tick(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        let due = |(pod, at): (&PodId, &Instant)| (*at <= cx.now).then_some(*pod);
        let mut due: Vec<_> = kubelet.work_queue.iter().filter_map(due).collect();
        for pod in &due {
            kubelet.work_queue.remove(pod);
        }
        // A pod past its deadline is synced at once, and not once more when it has failed.
        let past = kubelet.deadlines.iter().filter(|(_, until)| **until <= cx.now);
        let past: Vec<_> = past.map(|(pod, _)| *pod).collect();
        due.extend(past.into_iter().filter(|pod| !kubelet.is_terminated(*pod)));
        for pod in due {
            dispatch(pod, kubelet, cx);
        }
        if self.in_order.deletions == Some(kubelet.pods.version()) {
            return;
        }
        let deleting = kubelet.pods.iter().filter(|(_, record)| record.deleting);
        let deleting: Vec<_> = deleting.map(|(pod, _)| *pod).collect();
        self.in_order.deletions = deleting.is_empty().then_some(kubelet.pods.version());
        for pod in deleting {
            if kubelet.is_terminated(pod) && remains::reclaimed(pod, kubelet, cx) {
                kubelet.loop_inbox.push_back(LoopMessage::Remove(pod));
            }
        }
    }

    /// Lets a pod in if there is room for it, or others make room.
    fn look_for_room(&mut self, pod: PodId, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        // One that has ended is not looked at anew.
        let ended = kubelet.statuses.get(&pod).is_some_and(|status| status.phase.is_final());
        let found = if ended { Verdict::Fits } else { predicates::room(pod, kubelet, cx.catalog) };
        match found {
            Verdict::Fits => verdict::accept(pod, kubelet, cx),
            Verdict::Refused(refusal) => verdict::reject(pod, refusal, kubelet, cx),
            Verdict::After(victims) => {
                let evictions = victims
                    .into_iter()
                    .flat_map(|victim| [Step::Evict(victim), Step::AwaitEvicted]);
                let steps: Vec<_> = evictions.chain([Step::Accept(pod)]).collect();
                for step in steps.into_iter().rev() {
                    self.plan.push_front(step);
                }
            }
        }
    }

    fn kill_unwanted(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        let (version, cache) = (kubelet.version(), &kubelet.runtime_cache);
        let known = self.in_order.running.as_ref();
        if known.is_some_and(|(at, known)| *at == version && known.same(cache)) {
            return;
        }
        let running = cache.clone();
        let mut pods = running.pods();
        pods.retain(|pod| kubelet.is_terminated(*pod));
        self.in_order.running = pods.is_empty().then_some((version, running));
        for pod in pods {
            kill(pod, false, kubelet, cx);
        }
    }

    /// `cleanupOrphanedPodCgroups`: the cgroup of a pod that is not active any more is destroyed,
    /// and with it everything that still runs in it, unless the pod's volumes are still there.
    ///
    /// A static pod that has been taken away without volumes thus loses its processes here, whatever
    /// its grace period.
    fn destroy_cgroups(&mut self, pods: Arc<[PodId]>, kubelet: &Kubelet, cx: &mut Context<'_>) {
        let version = kubelet.version();
        let known = self.in_order.cgroups.as_ref();
        if known.is_some_and(|(at, known)| *at == version && Arc::ptr_eq(known, &pods)) {
            return;
        }
        let orphan = |pod: &PodId| kubelet.is_terminated(*pod) && !kubelet.volumes.contains(pod);
        let before = cx.out.changes.len();
        let orphans = pods.iter().filter(|pod| orphan(pod));
        cx.out.changes.extend(orphans.map(|pod| (cx.now, Change::CgroupDestroyed(*pod))));
        self.in_order.cgroups = (cx.out.changes.len() == before).then_some((version, pods));
    }

    fn answered(
        &mut self,
        step: Step,
        outcome: Outcome,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) {
        match (step, outcome) {
            (Step::Admit(pod), _) => self.look_for_room(pod, kubelet, cx),
            (Step::List(wanted), Ok(Reply::Sandboxes(list))) => {
                self.listing.sandboxes = list;
                self.plan.push_front(Step::ListContainers(wanted));
            }
            (Step::ListContainers(wanted), Ok(Reply::Containers(list))) => {
                self.listing.containers = list;
                if wanted != Wanted::Fresh {
                    kubelet.runtime_cache = std::mem::take(&mut self.listing);
                }
            }
            // A list that fails ends the round.
            _ => self.plan.clear(),
        }
    }
}

/// Hands a pod to its worker (kubelet.go, `dispatchWork`; `pod_workers.go`, `UpdatePod`).
pub(crate) fn dispatch(pod: PodId, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
    if kubelet.is_terminated(pod) || !kubelet.pods.contains_key(&pod) {
        return;
    }
    if let Some(mailbox) = kubelet.workers.get_mut(&pod) {
        if mailbox.working {
            mailbox.undelivered = true;
            return;
        }
        (mailbox.working, mailbox.update) = (true, true);
        let task = mailbox.task;
        cx.wake(Some(task));
        return;
    }
    let task = cx.spawn(PodWorker::new(pod));
    let mailbox = Mailbox { task, working: true, update: true, undelivered: false };
    kubelet.workers.insert(pod, mailbox);
}

fn pleg_event(pod: PodId, event: Event, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
    if event == Event::Started {
        kubelet.seen_started.insert(pod, cx.now);
    }
    if event != Event::Removed {
        dispatch(pod, kubelet, cx);
    }
    match event {
        Event::Died(thing) => remains::clean_containers(pod, thing, kubelet, cx),
        Event::Removed => remains::clean_sandboxes(pod, kubelet, cx),
        Event::Started => {}
    }
}

fn kill(pod: PodId, known: bool, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
    let Some(running) = kubelet.runtime_cache.running(pod) else { return };
    if kubelet.killing.insert(pod) {
        cx.spawn(KillPod::new(pod, running, known));
    }
}
