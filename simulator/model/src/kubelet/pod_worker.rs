//! The worker of one pod: `managePodLoop` (`pod_workers.go`), `syncPod` (kubelet.go) and `SyncPod`
//! (`kuberuntime/kuberuntime_manager.go`).
//!
//! A sync is a plan of steps; each step either does something at once or makes one call. Steps that
//! follow from an answer are put in front of the plan.
//!
//! Three habits of the kubelet shape what a recording shows:
//!
//! - A sync waits until the PLEG has looked at the pod *after* the end of the sync before
//!   (`podCache.GetNewerThan`). Events that come in during a sync ask for one more. This is why a new
//!   pod is synced three times within three seconds: for itself, for its sandbox, for its container.
//! - A sync whose only failure is a back-off should count as good, but never does: the loop over the
//!   results returns the error at the first result that is not a back-off error, and the result of
//!   `ConfigPodSandbox`, which is no error at all, comes first. So a pod in back-off is looked at again
//!   after 10 to 15 s, not after a minute.
//! - Without an API server each sync of a static pod builds a node object to decide on its mirror pod,
//!   and asks the runtime for its `Version` on the way.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::basis::Basis;
use crate::call::{Loop, Outcome, Reply, Request};
use crate::clock::{Duration, Instant};
use crate::identity::{ContainerId, PodId, SandboxId};
use crate::kubelet::hook::{Awaited, Hook};
use crate::kubelet::kill::{self, stop_steps};
use crate::kubelet::sync_actions::{self, PodActions};
use crate::kubelet::{
    ApiStatus, Context, Kubelet, NODE_OBJECT, Next, PodStatus, RESYNC, RETRY, RETRY_NETWORK,
    TaskId, Wake, sandbox_config,
};
use crate::messages::PodSandboxConfig;
use crate::node::{Change, RunState};
use crate::pod::{Pod, RestartPolicy};
use crate::report::{Phase, Severity};

/// How long the worker needs from the news about its pod to a new status of it. The event that came
/// with the news is handled meanwhile, by the status before: this is why a pod that is deleted is
/// often killed three times.
const WORK_OUT_STATUS: Duration = Duration::from_micros(300);

/// How the rest of the kubelet reaches a worker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mailbox {
    pub(crate) task: TaskId,
    /// Whether the worker has an update, or works on one.
    pub(crate) working: bool,
    /// An update for the worker to take.
    pub(crate) update: bool,
    /// One update is kept while the worker works; a newer one replaces it.
    pub(crate) undelivered: bool,
}

/// One step of a sync.
#[derive(Clone, Debug)]
pub(super) enum Step {
    AwaitNews,
    KillForGood,
    WorkOutStatus,
    Admission,
    Begin,
    NodeObject,
    NodeVersion,
    Volumes,
    VolumesLate,
    PullSecret(usize),
    Plan,
    PreStop(ContainerId),
    JoinPreStop(ContainerId),
    KillContainer(ContainerId),
    Prune(Vec<ContainerId>),
    Remove(Request),
    KillAll(bool),
    JoinKilled,
    StopSandbox(SandboxId),
    CreateSandbox,
    SandboxStatus,
    StartContainer(usize),
    Pull(usize),
    AwaitPull(usize),
    ImageUser(usize),
    AskUser(usize),
    Create(usize),
    Start(usize),
    PostStart(usize),
    Hook,
    Finish,
    WrapUp,
}

/// The worker.
#[derive(Clone, Debug)]
pub(crate) struct PodWorker {
    pub(super) pod: PodId,
    pub(super) plan: VecDeque<Step>,
    /// The step whose call has not been answered yet.
    asked: Option<Step>,
    last_sync: Option<Instant>,
    pub(super) status: Arc<PodStatus>,
    pub(super) actions: PodActions,
    pub(super) sandbox: Option<SandboxId>,
    pub(super) address: Option<u32>,
    config: Option<Arc<PodSandboxConfig>>,
    pub(super) failed: bool,
    /// Whether the sync failed because the runtime has no network.
    no_network: bool,
    pub(super) new_container: Option<ContainerId>,
    pub(super) pull_began: Instant,
    /// The hook after the start that runs.
    pub(super) hook: Hook,
    /// The hook before the stop that is waited for.
    pub(super) awaited: Option<Awaited>,
    /// How long the last hook before a stop took, in seconds.
    pub(super) hook_took: i64,
    /// Whether the volumes have been waited for before.
    pub(super) volumes_mounted: bool,
}

impl PodWorker {
    pub(crate) fn new(pod: PodId) -> Self {
        Self {
            pod,
            plan: VecDeque::new(),
            asked: None,
            last_sync: None,
            status: Arc::default(),
            actions: PodActions::default(),
            sandbox: None,
            address: None,
            config: None,
            failed: false,
            no_network: false,
            new_container: None,
            pull_began: Instant::ZERO,
            hook: Hook::default(),
            awaited: None,
            hook_took: 0,
            volumes_mounted: false,
        }
    }

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
            let Some(step) = self.plan.pop_front() else {
                if !self.next_update(kubelet, cx) {
                    return self.idle(kubelet, cx);
                }
                continue;
            };
            if let Some(next) = self.take(step, kubelet, cx) {
                return next;
            }
        }
    }

    /// Begins a sync when an update has come in.
    fn next_update(&mut self, kubelet: &mut Kubelet, cx: &Context<'_>) -> bool {
        let Some(mailbox) = kubelet.workers.get_mut(&self.pod) else { return false };
        if mailbox.task != cx.me || !mailbox.update {
            return false;
        }
        mailbox.update = false;
        (self.failed, self.no_network) = (false, false);
        if let Some(eviction) = kubelet.evicting.as_mut().filter(|of| of.pod == self.pod) {
            eviction.begun = true;
            self.plan.extend([Step::AwaitNews, Step::KillForGood, Step::Finish]);
            return true;
        }
        let steps =
            [Step::AwaitNews, Step::WorkOutStatus, Step::Admission, Step::Begin, Step::Finish];
        self.plan.extend(steps);
        true
    }

    fn idle(&self, kubelet: &Kubelet, cx: &Context<'_>) -> Next {
        match kubelet.workers.get(&self.pod) {
            Some(mailbox) if mailbox.task == cx.me => Next::Wait,
            _ => Next::Done,
        }
    }

    fn take(&mut self, step: Step, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        match step {
            Step::AwaitNews => self.await_news(kubelet, cx),
            Step::KillForGood => {
                self.fail_for_good(kubelet, cx);
                None
            }
            Step::WorkOutStatus => Some(Next::Sleep(WORK_OUT_STATUS)),
            Step::Admission => self.admit(kubelet, cx),
            Step::Begin => self.begin(kubelet, cx),
            Step::NodeObject => Some(Next::Sleep(NODE_OBJECT)),
            Step::NodeVersion => self.ask(Loop::PodWorker, Step::NodeVersion, Request::Version),
            Step::Volumes => self.mount_volumes(kubelet, cx),
            Step::VolumesLate => {
                self.volumes_late(kubelet, cx);
                None
            }
            Step::PullSecret(place) => self.pull_secret(place, kubelet, cx),
            Step::Plan => self.plan_sync(kubelet, cx),
            Step::PreStop(container) => {
                self.awaited = Awaited::start(container, kill::grace(container, cx), kubelet, cx);
                None
            }
            Step::JoinPreStop(container) => self.join_pre_stop(container, kubelet, cx),
            Step::KillContainer(container) => {
                let timeout = kill::time_to_stop(kill::grace(container, cx), self.hook_took);
                let request = Request::StopContainer { container, timeout };
                self.ask(Loop::PodWorker, Step::KillContainer(container), request)
            }
            Step::Prune(containers) => {
                let requests = containers.iter().flat_map(|id| {
                    crate::kubelet::deleter::remove_container(*id, kubelet.remote())
                });
                let steps: Vec<_> = requests.map(Step::Remove).collect();
                self.put_first(steps.into_iter());
                None
            }
            Step::Remove(request) => {
                self.ask(Loop::PodWorker, Step::Remove(request.clone()), request)
            }
            Step::KillAll(known) => self.kill_all(known, kubelet, cx),
            Step::JoinKilled => {
                if kubelet.children_done(cx.me) {
                    // Sandboxes are stopped all the same; but no new one is made.
                    self.failed |= kubelet.failed_children.contains(&cx.me);
                    return None;
                }
                self.plan.push_front(Step::JoinKilled);
                Some(Next::Wait)
            }
            Step::StopSandbox(id) => {
                self.ask(Loop::PodWorker, Step::StopSandbox(id), Request::StopPodSandbox(id))
            }
            Step::CreateSandbox => self.create_sandbox(kubelet, cx),
            Step::SandboxStatus => {
                let id = self.sandbox?;
                self.ask(Loop::PodWorker, Step::SandboxStatus, Request::PodSandboxStatus(id))
            }
            Step::Finish => {
                self.last_sync = Some(cx.now);
                self.wrap_up(kubelet, cx);
                None
            }
            Step::WrapUp => {
                self.wrap_up(kubelet, cx);
                None
            }
            _ => self.start_step(step, kubelet, cx),
        }
    }

    /// Waits until the PLEG has seen the pod after the end of the sync before (`GetNewerThan`).
    fn await_news(&mut self, kubelet: &mut Kubelet, cx: &Context<'_>) -> Option<Next> {
        let Some(status) = kubelet.pleg.newer_than(self.pod, self.last_sync) else {
            kubelet.await_news.insert((self.pod, cx.me));
            self.plan.push_front(Step::AwaitNews);
            return Some(Next::Wait);
        };
        kubelet.await_news.remove(&(self.pod, cx.me));
        if let Some(status) = status {
            self.status = status;
        } else {
            // "error determining status": the sync is over before it has begun.
            self.failed = true;
            self.plan = VecDeque::from([Step::WrapUp]);
        }
        None
    }

    pub(super) fn ask(&mut self, of: Loop, step: Step, request: Request) -> Option<Next> {
        self.asked = Some(step);
        Some(Next::Call(of, request))
    }

    pub(super) fn put_first(&mut self, steps: impl DoubleEndedIterator<Item = Step>) {
        for step in steps.rev() {
            self.plan.push_front(step);
        }
    }

    /// Gives the sync up.
    pub(super) fn give_up(&mut self) {
        self.failed = true;
        self.plan.clear();
        self.plan.push_back(Step::Finish);
    }

    fn answered(
        &mut self,
        step: Step,
        outcome: Outcome,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) {
        match (step, outcome) {
            (Step::Admission, outcome) => self.admission_answered(&outcome, kubelet, cx),
            // A sandbox that cannot be stopped makes the kill fail, after all have been tried.
            (Step::StopSandbox(_), Err(_)) => self.failed = true,
            (Step::NodeVersion | Step::Remove(Request::RemoveContainer(_)), _)
            | (Step::StopSandbox(_) | Step::KillContainer(_) | Step::Remove(_), Ok(_)) => {}
            // A container that cannot be looked at is left alone.
            (Step::Remove(_), Err(_)) => {
                let removes =
                    |step: &Step| matches!(step, Step::Remove(Request::RemoveContainer(_)));
                let rest = self.plan.iter().position(removes).map_or(0, |place| place + 1);
                self.plan.drain(..rest);
            }
            (Step::CreateSandbox, Ok(Reply::Sandbox(id))) => self.sandbox = Some(id),
            (Step::SandboxStatus, Ok(Reply::SandboxStatus(view))) => self.address = view.address,
            (Step::KillContainer(_), _) => self.give_up(),
            (step @ (Step::CreateSandbox | Step::SandboxStatus), outcome) => {
                self.no_sandbox(&step, &outcome, cx);
                self.give_up();
            }
            (step, outcome) => self.start_answered(step, outcome, kubelet, cx),
        }
    }

    /// `syncPod` up to the container runtime (kubelet.go).
    fn begin(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        let pod = cx.pod(self.pod);
        let mut status = ApiStatus::of(&pod, &self.status, kubelet.statuses.get(&self.pod));
        if !status.phase.is_final() && self.past_deadline(&pod, kubelet, cx) {
            status.phase = Phase::Failed;
        }
        let phase = status.phase;
        if kubelet.statuses.get(&self.pod) != Some(&status) {
            kubelet.statuses.insert(self.pod, status);
        }
        kubelet.report(self.pod, phase, &self.status, cx);
        let deleting = kubelet.pods.get(&self.pod).is_some_and(|record| record.deleting);
        if deleting || phase == Phase::Failed {
            self.put_first([Step::KillAll(true)].into_iter());
            return None;
        }
        if let Some(error) = kubelet.runtime.network_error()
            && !pod.spec.host_network
        {
            let text = format!("Error syncing pod {}: {error}", pod.metadata.name);
            cx.out.lines.push((text, Basis::Source));
            cx.event(Severity::Warning, (self.pod, None), "NetworkNotReady", error);
            self.give_up();
            self.no_network = true;
            return None;
        }
        if !cx.node.cgroups.contains(&self.pod) && !kubelet.is_terminated(self.pod) {
            cx.out.changes.push((cx.now, Change::CgroupCreated(self.pod)));
        }
        let rest = [Step::Volumes, Step::PullSecret(0), Step::Plan];
        if kubelet.standalone() {
            self.put_first([Step::NodeObject, Step::NodeVersion].into_iter().chain(rest));
        } else {
            self.put_first(rest.into_iter());
        }
        None
    }

    /// `SyncPod` (`kuberuntime/kuberuntime_manager.go`), steps 1 to 7.
    fn plan_sync(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        let pod = cx.pod(self.pod);
        self.actions = sync_actions::compute(&pod, &self.status, &kubelet.failing);
        self.address = self.status.address();
        self.sandbox = self.actions.sandbox;
        self.config = None;
        let mut steps = Vec::new();
        if self.actions.kill_pod {
            steps.push(Step::KillAll(true));
            if self.actions.create_sandbox {
                steps.push(Step::Prune(self.init_containers(&pod, 0)));
            }
        } else {
            for (id, index) in self.actions.kill.clone() {
                self.tell_of_probe((id, index), kubelet, cx);
                steps.extend(stop_steps(id));
            }
        }
        steps.push(Step::Prune(self.init_containers(&pod, 1)));
        if self.actions.create_sandbox {
            if self.actions.sandbox.is_some() {
                let text = "Pod sandbox changed, it will be killed and re-created.".to_owned();
                cx.event(Severity::Normal, (self.pod, None), "SandboxChanged", text);
            }
            steps.extend([Step::CreateSandbox, Step::SandboxStatus]);
        }
        let start = self.actions.next_init.iter().chain(&self.actions.start);
        steps.extend(start.map(|index| Step::StartContainer(*index)));
        self.put_first(steps.into_iter());
        None
    }

    /// A container that has a startup probe is asked nothing else until that has succeeded.
    fn tell_of_probe(
        &self,
        (id, index): (ContainerId, usize),
        kubelet: &Kubelet,
        cx: &mut Context<'_>,
    ) {
        let pod = cx.pod(self.pod);
        let container = pod.container(index);
        let starting = container.startup_probe.is_some() && !kubelet.started.contains(&id);
        let probe = if starting { "startup" } else { "liveness" };
        let again = match pod.spec.restart_policy {
            RestartPolicy::Never => "",
            RestartPolicy::Always | RestartPolicy::OnFailure => ", will be restarted",
        };
        let text = format!("Container {} failed {probe} probe{again}", container.name);
        cx.tell(self.pod, index, "Killing", text);
    }

    fn no_sandbox(&self, step: &Step, outcome: &Outcome, cx: &mut Context<'_>) {
        let Err(error) = outcome else { return };
        let (reason, text) = match step {
            Step::SandboxStatus => {
                ("FailedPodSandBoxStatus", format!("Unable to get pod sandbox status: {error}"))
            }
            _ => ("FailedCreatePodSandBox", format!("Failed to create pod sandbox: {error}")),
        };
        cx.event(Severity::Warning, (self.pod, None), reason, text);
    }

    /// The init containers that have ended but for the newest so many of each name
    /// (`purgeInitContainers`, `pruneInitContainersBeforeStart`).
    fn init_containers(&self, pod: &Pod, keep: usize) -> Vec<ContainerId> {
        let mut found = Vec::new();
        for index in 0..pod.spec.init_containers.len() {
            let of_name = self.status.containers.iter().filter(|c| c.index == index);
            let ended = of_name.filter(|c| keep == 0 || c.state == RunState::Exited);
            found.extend(ended.skip(keep).map(|container| container.id));
        }
        found
    }

    fn create_sandbox(&mut self, kubelet: &Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        if self.failed {
            // The old sandbox could not be stopped: no new one.
            self.give_up();
            return None;
        }
        if let Some(why) = sandbox_config::impossible(cx.catalog.pod(self.pod)) {
            let text = format!("Failed to create pod sandbox: {why}");
            cx.event(Severity::Warning, (self.pod, None), "FailedCreatePodSandBox", text);
            self.give_up();
            return None;
        }
        cx.out.changes.push((cx.now, Change::LogDirectory { pod: self.pod, container: None }));
        let config = self.sandbox_config(kubelet, cx);
        let attempt = self.actions.attempt;
        let request = Request::RunPodSandbox { pod: self.pod, attempt, config };
        self.ask(Loop::PodWorker, Step::CreateSandbox, request)
    }

    /// What the sandbox is made from: one message for all requests of a sync, put together for the
    /// first that needs it.
    pub(super) fn sandbox_config(
        &mut self,
        kubelet: &Kubelet,
        cx: &Context<'_>,
    ) -> Arc<PodSandboxConfig> {
        let (pod, attempt) = (self.pod, self.actions.attempt);
        let make = || {
            let resolver = &cx.scenario.resolver;
            sandbox_config::make(cx.catalog.pod(pod), kubelet.source, attempt, resolver)
        };
        Arc::clone(self.config.get_or_insert_with(|| Arc::new(make())))
    }

    /// `wrapUp` (`pod_workers.go`): when the pod is looked at again by itself.
    fn wrap_up(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        let failed = self.failed || kubelet.failed_children.remove(&cx.me);
        if kubelet.evicting.is_some_and(|eviction| eviction.begun && eviction.pod == self.pod) {
            kubelet.evicting = None;
            cx.wake(kubelet.loop_task);
        }
        let again = match (failed, self.no_network) {
            (_, true) => RETRY_NETWORK,
            (true, false) => RETRY,
            (false, false) => RESYNC,
        };
        let again = cx.jitter(again);
        let mailbox = kubelet.workers.get_mut(&self.pod);
        if let Some(mailbox) = mailbox.filter(|mailbox| mailbox.task == cx.me) {
            mailbox.update = std::mem::take(&mut mailbox.undelivered);
            mailbox.working = mailbox.update;
            kubelet.work_queue.insert(self.pod, cx.now + again);
        }
    }
}
