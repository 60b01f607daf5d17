//! Goroutines: resumed with what happened, they say what they do next.

use std::sync::Arc;

use crate::basis::Basis;
use crate::call::{Loop, Outcome, Request};
use crate::clock::{Duration, Instant};
use crate::identity::{Catalog, ImageId, PodId};
use crate::kubelet::{
    Kubelet, Person, Startup, deleter, garbage, hook, image_manager, kill, pleg, pod_worker, polls,
    prober, puller, sync_loop, volumes,
};
use crate::node::{Change, NodeState};
use crate::pod::Pod;
use crate::prng::Prng;
use crate::report::Report;
use crate::scenario::Scenario;

/// A goroutine of the kubelet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TaskId(pub(crate) u32);

/// Why a goroutine is resumed.
#[derive(Clone, Debug)]
pub(crate) enum Wake {
    /// For the first time, after a sleep, or because something it waits for may have happened.
    Ready,
    /// Its call has been answered.
    Answer(Outcome),
}

/// What a goroutine does next.
#[derive(Clone, Debug)]
pub(crate) enum Next {
    /// It calls the runtime.
    Call(Loop, Request),
    /// It sleeps.
    Sleep(Duration),
    /// It sleeps, and looks at nothing but the kubelet's memory whenever the period is over: while
    /// that has this version it finds nothing to do.
    Watch { period: Duration, version: u64 },
    /// It waits to be woken.
    Wait,
    /// It ends.
    Done,
}

/// What a goroutine sees besides the kubelet's memory.
pub(crate) struct Context<'a> {
    pub(crate) now: Instant,
    pub(crate) me: TaskId,
    pub(crate) node: &'a NodeState,
    pub(crate) catalog: &'a mut Catalog,
    pub(crate) prng: &'a mut Prng,
    /// What programs do.
    pub(crate) scenario: &'a Scenario,
    /// What it leaves behind.
    pub(crate) out: &'a mut Outbox,
    pub(crate) next_task: &'a mut u32,
}

/// What a goroutine leaves behind when it has run from one call to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outbox {
    /// Goroutines to start, with the numbers they will have.
    pub(crate) spawned: Vec<(TaskId, Task)>,
    /// Goroutines to resume.
    pub(crate) woken: Vec<TaskId>,
    /// What the kubelet itself changes on the node.
    pub(crate) changes: Vec<(Instant, Change)>,
    /// What the kubelet writes into its log.
    pub(crate) lines: Vec<(String, Basis)>,
    /// What it tells the API server.
    pub(crate) reports: Vec<Report>,
    /// Whether the kubelet's process ends with it, for systemd to start another.
    pub(crate) exits: bool,
}

impl Outbox {
    /// Whether there is nothing in it, but for goroutines to resume.
    pub(crate) fn is_empty(&self) -> bool {
        self.spawned.is_empty()
            && self.changes.is_empty()
            && self.lines.is_empty()
            && self.reports.is_empty()
            && !self.exits
    }
}

impl Context<'_> {
    /// Starts a goroutine.
    pub(crate) fn spawn(&mut self, task: impl Into<Task>) -> TaskId {
        let id = TaskId(*self.next_task);
        *self.next_task += 1;
        self.out.spawned.push((id, task.into()));
        id
    }

    /// Resumes a goroutine that waits.
    pub(crate) fn wake(&mut self, task: Option<TaskId>) {
        self.out.woken.extend(task);
    }

    /// The manifest of a pod.
    pub(crate) fn pod(&self, id: PodId) -> Arc<Pod> {
        Arc::clone(self.catalog.pod(id))
    }

    /// The number of a container's image.
    pub(crate) fn image_of(&mut self, pod: PodId, index: usize) -> ImageId {
        let pod = self.pod(pod);
        self.catalog.image(&crate::pod::with_default_tag(&pod.container(index).image))
    }

    /// A span up to half as long again (apimachinery, pkg/util/wait, `Jitter`).
    pub(crate) fn jitter(&mut self, span: Duration) -> Duration {
        span + self.prng.up_to(Duration::from_micros(span.as_micros() / 2))
    }
}

macro_rules! tasks {
    ($($(#[$doc:meta])* $name:ident($type:ty),)*) => {
        /// Every kind of goroutine.
        #[derive(Clone, Debug)]
        pub(crate) enum Task {
            $($(#[$doc])* $name($type),)*
        }

        $(impl From<$type> for Task {
            fn from(task: $type) -> Self {
                Self::$name(task)
            }
        })*

        impl Task {
            /// Runs the goroutine from one call to the next.
            pub(crate) fn resume(&mut self, wake: Wake, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Next {
                match self {
                    $(Self::$name(task) => task.resume(wake, kubelet, cx),)*
                }
            }
        }
    };
}

tasks!(
    /// The first steps.
    Startup(Startup),
    /// The main loop.
    SyncLoop(sync_loop::SyncLoop),
    /// One per pod.
    PodWorker(pod_worker::PodWorker),
    /// The pod lifecycle event generator.
    Pleg(pleg::Pleg),
    /// One per pod killed.
    KillPod(kill::KillPod),
    /// One per container killed.
    KillContainer(kill::KillContainer),
    /// One per hook before a stop.
    PreStop(hook::PreStop),
    /// Wakes another after a while.
    Alarm(hook::Alarm),
    /// Tries to mount a volume that cannot be mounted.
    Mounter(volumes::Mounter),
    /// Pulls images one at a time.
    Puller(puller::Puller),
    /// Removes dead containers of live pods.
    ContainerDeleter(deleter::ContainerDeleter),
    /// Removes dead sandboxes of live pods.
    SandboxDeleter(deleter::SandboxDeleter),
    /// Removes what dead pods leave behind.
    Garbage(garbage::GarbageCollector),
    /// Removes unused images.
    ImageManager(image_manager::ImageManager),
    /// Asks in a rhythm.
    Poll(polls::Poll),
    /// One per probe.
    Prober(prober::Prober),
    /// One per question of a person.
    Person(Person),
);
