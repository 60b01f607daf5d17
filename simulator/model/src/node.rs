//! What is true on the node at an instant; it changes only by [`Change`]s.

mod around;
mod change;

use std::collections::{BTreeMap, BTreeSet};

pub use around::{Around, Disk, Registry, Surroundings};
pub use change::{Change, ExitCause};

use crate::clock::Instant;
use crate::identity::{Catalog, ContainerId, ImageId, PodId, ProcessId, SandboxId};

/// How many process numbers the start of one container takes: a shim, `runc create`, `runc init`,
/// `runc start` and their threads (measured between a pause process and its program).
const PROCESSES_PER_START: u32 = 50;

/// The state of a container or of the pause process of a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunState {
    /// Made, not started.
    Created,
    /// Its process runs.
    Running,
    /// Its process has ended.
    Exited,
}

/// A sandbox as the runtime holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sandbox {
    /// Its pod.
    pub pod: PodId,
    /// How many sandboxes the pod had before.
    pub attempt: u32,
    /// Its pause process; a sandbox is ready while that runs.
    pub state: RunState,
    /// When it was made.
    pub created: Instant,
    /// The last part of its address.
    pub address: Option<u32>,
    /// What the shim remembers of its network: nothing, set up, or torn down.
    pub network_ready: Option<bool>,
    /// Until when the engine holds its lock, so that inspecting it waits.
    pub locked_until: Instant,
    /// When its pause process was started.
    pub started: Option<Instant>,
    /// When that ended.
    pub finished: Option<Instant>,
    /// How that ended.
    pub exit_code: i32,
    /// Its pause process, while that runs.
    pub process: Option<ProcessId>,
}

/// A container as the runtime holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its pod.
    pub pod: PodId,
    /// Its sandbox.
    pub sandbox: SandboxId,
    /// Its place among all containers of the pod.
    pub index: usize,
    /// How many times it was made before.
    pub attempt: u32,
    /// Whether its process runs.
    pub state: RunState,
    /// When it was made.
    pub created: Instant,
    /// When it was started.
    pub started: Option<Instant>,
    /// When it ended.
    pub finished: Option<Instant>,
    /// How it ended.
    pub exit_code: i32,
    /// Whether the kernel killed it for want of memory.
    pub out_of_memory: bool,
    /// Until when the engine holds its lock, so that inspecting it waits.
    pub locked_until: Instant,
    /// Until when the runtime is removing it; whoever asks for the same meanwhile is turned away.
    pub removed_until: Instant,
    /// Its first process, while that runs.
    pub process: Option<ProcessId>,
    /// Whether its log is in the log directory of the pod.
    pub logged: bool,
    /// Whether `/var/log/containers` has a link to its log.
    pub linked: bool,
    /// Whether its readiness probe has succeeded; nothing before the first answer.
    pub ready: Option<bool>,
}

/// What is true on the node at an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeState {
    /// Sandboxes that the runtime knows.
    pub sandboxes: BTreeMap<SandboxId, Sandbox>,
    /// Containers that the runtime knows.
    pub containers: BTreeMap<ContainerId, Container>,
    /// Images in the runtime's store, and since when.
    pub images: BTreeMap<ImageId, Instant>,
    /// Images that were built with Docker on the node, and since when: in Docker's store, whether
    /// or not the runtime's is that.
    pub built: BTreeMap<ImageId, Instant>,
    /// Pods that have a cgroup.
    pub cgroups: BTreeSet<PodId>,
    /// Pods that have a log directory, with the places of the containers that have one inside.
    pub log_directories: BTreeMap<PodId, BTreeSet<usize>>,
    /// Whether the kubelet runs.
    pub kubelet_up: bool,
    /// Whether the runtime daemon answers.
    pub runtime_up: bool,
    /// What lies around the runtime.
    pub around: Surroundings,
    /// Counts changes of sandboxes and containers, so that a reader can tell that nothing changed.
    pub generation: u64,
    /// The next address to give out.
    pub next_address: u32,
    next_process: u32,
}

impl NodeState {
    /// A node on which nothing runs yet but the runtime.
    pub fn new() -> Self {
        Self { runtime_up: true, next_address: 2, next_process: 1_000, ..Self::default() }
    }

    /// The sandboxes of a pod, the newest first.
    pub fn sandboxes_of(&self, pod: PodId) -> Vec<SandboxId> {
        let found = self.sandboxes.iter().filter(|(_, sandbox)| sandbox.pod == pod);
        found.map(|(id, _)| *id).rev().collect()
    }

    /// The containers in a sandbox, the newest first.
    pub fn containers_in(&self, sandbox: SandboxId) -> Vec<ContainerId> {
        let found = self.containers.iter().filter(|(_, container)| container.sandbox == sandbox);
        found.map(|(id, _)| *id).rev().collect()
    }

    /// Whether a process of the container runs.
    pub fn is_running(&self, container: ContainerId) -> bool {
        self.containers.get(&container).is_some_and(|c| c.state == RunState::Running)
    }

    /// Whether the pause process of the sandbox runs.
    pub fn is_ready(&self, sandbox: SandboxId) -> bool {
        self.sandboxes.get(&sandbox).is_some_and(|s| s.state == RunState::Running)
    }

    /// Makes one change at one instant.
    pub fn apply(&mut self, change: &Change, at: Instant, catalog: &Catalog) {
        change::apply(self, change, at, catalog);
    }

    /// The number of the process that is started now: between one container and the next, the
    /// runtime starts a good many short-lived ones.
    fn next_process(&mut self) -> ProcessId {
        self.next_process += PROCESSES_PER_START;
        ProcessId(self.next_process)
    }
}
