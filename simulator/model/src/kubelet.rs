//! kubelet 1.20.2: its goroutines as state machines, and what they share.
//!
//! Each goroutine is a [`Task`] that runs from one call to the next: it is resumed with an answer
//! and says what it does next (call, sleep, wait to be woken, end). Nothing calls back; what
//! goroutines tell each other goes through inboxes in [`Kubelet`] and a wake-up.

#![allow(clippy::needless_pass_by_value, reason = "every goroutine is resumed the same way")]
#![allow(clippy::unnecessary_wraps, reason = "every step of a plan may make a call")]

mod admission;
mod backoff;
mod container_config;
mod deleter;
mod eviction;
mod final_failure;
mod garbage;
mod hook;
mod host_path;
mod image_manager;
mod keyring;
mod kill;
mod objects;
mod person;
mod pleg;
mod pod_status;
mod pod_worker;
mod polls;
mod predicates;
mod prober;
mod puller;
mod remains;
mod reports;
mod runtime_cache;
mod runtime_state;
mod sandbox_config;
mod start_container;
mod startup;
mod sync_actions;
mod sync_loop;
mod task;
mod verdict;
mod volumes;
mod watched;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

pub(crate) use backoff::Backoff;
pub(crate) use container_config::pod_address;
pub(crate) use person::Person;
pub(crate) use pod_status::{ApiStatus, PodStatus};
pub(crate) use polls::{Kind, Poll};
pub(crate) use runtime_state::RuntimeState;
pub(crate) use startup::Startup;
pub(crate) use sync_loop::LoopMessage;
pub(crate) use task::{Context, Next, Outbox, Task, TaskId, Wake};

use watched::Watched;

use crate::RuntimePath;
use crate::clock::{Duration, Instant};
use crate::identity::{ContainerId, ImageId, PodId, SandboxId};
use crate::node::Disk;
use crate::pod::Source;

/// What the goroutines of one kubelet process share.
#[derive(Clone, Debug)]
pub(crate) struct Kubelet {
    pub(crate) path: RuntimePath,
    pub(crate) source: Source,
    /// The pod manager: pods that should be here.
    pub(crate) pods: Watched<BTreeMap<PodId, PodRecord>>,
    /// The status manager: what was last found out about each pod.
    pub(crate) statuses: Watched<BTreeMap<PodId, ApiStatus>>,
    pub(crate) pleg: pleg::PlegCache,
    pub(crate) workers: BTreeMap<PodId, pod_worker::Mailbox>,
    /// Workers whose next sync waits for the PLEG. One that has been forgotten meanwhile still takes
    /// the update it was given: a closed channel of Go is read to its end.
    pub(crate) await_news: BTreeSet<(PodId, TaskId)>,
    /// When each pod is to be synced again.
    pub(crate) work_queue: BTreeMap<PodId, Instant>,
    pub(crate) runtime_cache: runtime_cache::RuntimeCache,
    /// When a container of each pod was last seen to have started (`lastContainerStartedTime`).
    pub(crate) seen_started: BTreeMap<PodId, Instant>,
    /// Pods that a goroutine is killing.
    pub(crate) killing: BTreeSet<PodId>,
    pub(crate) restarts: Backoff,
    pub(crate) pulls: Backoff,
    /// What people ask, the question at hand first.
    pub(crate) questions: VecDeque<Person>,
    pub(crate) loop_inbox: VecDeque<LoopMessage>,
    pub(crate) loop_task: Option<TaskId>,
    pub(crate) pull_queue: VecDeque<puller::PullRequest>,
    pub(crate) pull_results: BTreeMap<TaskId, crate::call::Outcome>,
    pub(crate) pull_task: Option<TaskId>,
    pub(crate) dead_containers: VecDeque<ContainerId>,
    pub(crate) container_deleter: Option<TaskId>,
    pub(crate) dead_sandboxes: VecDeque<SandboxId>,
    pub(crate) sandbox_deleter: Option<TaskId>,
    /// Liveness and startup probes: containers found to be failing.
    pub(crate) failing: BTreeSet<ContainerId>,
    /// Why containers that should run do not (`reason_cache.go`).
    pub(crate) reasons: BTreeMap<(PodId, usize), &'static str>,
    /// The pod that is being killed to make way for another.
    pub(crate) evicting: Option<Eviction>,
    /// When the runtime was last asked for its API version on behalf of admission.
    pub(crate) admission_version_at: Option<Instant>,
    /// When pods that may only be active for so long have been (`active_deadline.go`).
    pub(crate) deadlines: BTreeMap<PodId, Instant>,
    /// Containers whose startup probe has succeeded.
    pub(crate) started: BTreeSet<ContainerId>,
    /// Goroutines whose hook is over.
    pub(crate) hooks_over: BTreeSet<TaskId>,
    /// Children that goroutines wait for.
    pub(crate) unfinished: BTreeMap<TaskId, usize>,
    /// Goroutines whose children failed.
    pub(crate) failed_children: BTreeSet<TaskId>,
    pub(crate) runtime: RuntimeState,
    /// What the image manager remembers.
    pub(crate) images: BTreeMap<ImageId, image_manager::ImageRecord>,
    /// The pause image that the runtime listed when the kubelet started.
    pub(crate) listed_pause: Option<ImageId>,
    /// The disk of the images.
    pub(crate) disk: Arc<Disk>,
    /// Whether the eviction manager has found too little room.
    pub(crate) disk_pressure: bool,
    /// Whether that was not mended by removing what belongs to no pod.
    pub(crate) must_evict: bool,
    /// Pods whose volumes have not been given back after their deletion.
    pub(crate) volumes: Watched<BTreeSet<PodId>>,
}

/// A pod that should be here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PodRecord {
    /// Whether the API server has marked it for deletion.
    pub(crate) deleting: bool,
}

/// A pod that is killed to make way for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Eviction {
    pub(crate) pod: PodId,
    /// Whether its worker has begun.
    pub(crate) begun: bool,
}

/// How often a well pod is synced, up to half as long again (`--sync-frequency`).
pub(crate) const RESYNC: Duration = Duration::from_secs(60);
/// How soon a failed sync is tried again, up to half as long again (kubelet.go, `backOffPeriod`).
pub(crate) const RETRY: Duration = Duration::from_secs(10);
/// How soon a sync that failed for want of a network is (kubelet.go,
/// `backOffOnTransientErrorPeriod`).
pub(crate) const RETRY_NETWORK: Duration = Duration::from_secs(1);
/// What finding out the node's addresses and capacity costs whenever the kubelet builds a node
/// object without an API server; measured between an update and its `Version` call.
pub(crate) const NODE_OBJECT: Duration = Duration::from_millis(110);

impl Kubelet {
    pub(crate) fn new(path: RuntimePath, source: Source) -> Self {
        Self {
            path,
            source,
            pods: Watched::default(),
            statuses: Watched::default(),
            pleg: pleg::PlegCache::default(),
            workers: BTreeMap::new(),
            await_news: BTreeSet::new(),
            work_queue: BTreeMap::new(),
            runtime_cache: runtime_cache::RuntimeCache::default(),
            seen_started: BTreeMap::new(),
            killing: BTreeSet::new(),
            restarts: Backoff::default(),
            pulls: Backoff::default(),
            questions: VecDeque::new(),
            loop_inbox: VecDeque::new(),
            loop_task: None,
            pull_queue: VecDeque::new(),
            pull_results: BTreeMap::new(),
            pull_task: None,
            dead_containers: VecDeque::new(),
            container_deleter: None,
            dead_sandboxes: VecDeque::new(),
            sandbox_deleter: None,
            failing: BTreeSet::new(),
            reasons: BTreeMap::new(),
            evicting: None,
            admission_version_at: None,
            deadlines: BTreeMap::new(),
            started: BTreeSet::new(),
            hooks_over: BTreeSet::new(),
            unfinished: BTreeMap::new(),
            failed_children: BTreeSet::new(),
            runtime: RuntimeState::default(),
            images: BTreeMap::new(),
            listed_pause: None,
            disk: Arc::default(),
            disk_pressure: false,
            must_evict: false,
            volumes: Watched::default(),
        }
    }

    /// Without an API server the kubelet makes up a node object whenever it needs one, and asks the
    /// runtime for its version each time (`kubelet_getters.go`, `GetNode`).
    pub(crate) fn standalone(&self) -> bool {
        self.source == Source::Static
    }

    /// Whether the kubelet talks to the runtime over a socket of somebody else.
    pub(crate) fn remote(&self) -> bool {
        self.path != RuntimePath::Dockershim
    }

    /// A number that is another one after each change of what should be here, of what was found out
    /// about it, or of the volumes in use.
    pub(crate) fn version(&self) -> u64 {
        self.pods.version() + self.statuses.version() + self.volumes.version()
    }

    /// Whether the pod is gone, or marked for deletion with nothing running (`kubelet_pods.go`,
    /// `IsPodDeleted`).
    pub(crate) fn is_deleted(&self, pod: PodId) -> bool {
        self.pods.get(&pod).is_none_or(|record| {
            record.deleting && self.statuses.get(&pod).is_none_or(ApiStatus::nothing_runs)
        })
    }

    /// Whether no sync can change the pod any more (`kubelet_pods.go`, `podIsTerminated`).
    pub(crate) fn is_terminated(&self, pod: PodId) -> bool {
        let Some(record) = self.pods.get(&pod) else { return true };
        let Some(status) = self.statuses.get(&pod) else { return false };
        status.phase.is_final() || (record.deleting && status.nothing_runs())
    }

    /// Puts a message into the inbox of the sync loop.
    pub(crate) fn tell_loop(&mut self, message: LoopMessage, cx: &mut Context<'_>) {
        self.loop_inbox.push_back(message);
        cx.wake(self.loop_task);
    }

    /// One child of `parent` has ended.
    pub(crate) fn child_done(&mut self, parent: TaskId, failed: bool, cx: &mut Context<'_>) {
        if let Some(left) = self.unfinished.get_mut(&parent) {
            *left = left.saturating_sub(1);
        }
        if failed {
            self.failed_children.insert(parent);
        }
        cx.wake(Some(parent));
    }

    /// Whether all children of a goroutine have ended.
    pub(crate) fn children_done(&self, parent: TaskId) -> bool {
        self.unfinished.get(&parent).is_none_or(|left| *left == 0)
    }
}
