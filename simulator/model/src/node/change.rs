//! Everything that can become different on a node, one small thing at a time.

use crate::clock::Instant;
use crate::identity::{Catalog, ContainerId, ImageId, PodId, SandboxId};
use crate::node::{Around, Container, NodeState, RunState, Sandbox};

/// One thing that becomes different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The kubelet runs, or does not.
    Kubelet {
        /// Whether it runs.
        up: bool,
    },
    /// The runtime daemon answers, or does not.
    Runtime {
        /// Whether it answers.
        up: bool,
    },
    /// Something around the runtime becomes different.
    Around(Around),
    /// The shim has lost its memory of networks, with the process it lived in.
    ShimForgets,
    /// A sandbox is known to the runtime.
    SandboxCreated(SandboxId),
    /// Its network is set up or torn down, as the shim remembers it.
    SandboxNetwork {
        /// The sandbox.
        sandbox: SandboxId,
        /// Whether it is set up.
        ready: bool,
    },
    /// It has an address, or none any more.
    SandboxAddress {
        /// The sandbox.
        sandbox: SandboxId,
        /// Whether it has one.
        present: bool,
    },
    /// Its pause process runs.
    SandboxStarted(SandboxId),
    /// Its pause process has ended, by SIGTERM, which it obeys with 0.
    SandboxExited(SandboxId),
    /// Its pause process has been killed.
    SandboxKilled(SandboxId),
    /// The runtime has forgotten it.
    SandboxRemoved(SandboxId),
    /// The engine holds its lock.
    SandboxLocked {
        /// The sandbox.
        sandbox: SandboxId,
        /// Until when.
        until: Instant,
    },
    /// A container is known to the runtime.
    ContainerCreated(ContainerId),
    /// Its program runs.
    ContainerStarted(ContainerId),
    /// Its program has ended.
    ContainerExited {
        /// The container.
        container: ContainerId,
        /// How.
        cause: ExitCause,
    },
    /// The runtime has forgotten it.
    ContainerRemoved(ContainerId),
    /// The engine holds its lock.
    ContainerLocked {
        /// The container.
        container: ContainerId,
        /// Until when.
        until: Instant,
    },
    /// The runtime removes it.
    ContainerRemoving {
        /// The container.
        container: ContainerId,
        /// Until when.
        until: Instant,
    },
    /// SIGTERM reaches its program.
    ContainerTerminated(ContainerId),
    /// A readiness probe has been answered.
    ContainerReady {
        /// The container.
        container: ContainerId,
        /// Whether it is ready.
        ready: bool,
    },
    /// A pod has a log directory, or one of its containers has one inside.
    LogDirectory {
        /// The pod.
        pod: PodId,
        /// The place of the container among all of the pod.
        container: Option<usize>,
    },
    /// The log directory of a pod is gone with all that was in it.
    LogDirectoryRemoved(PodId),
    /// The log of a container is gone.
    LogRemoved(ContainerId),
    /// The link to the log of a container is gone.
    LogLinkRemoved(ContainerId),
    /// An image is in the store.
    ImagePulled(ImageId),
    /// An image has left the store.
    ImageRemoved(ImageId),
    /// An image has been built with Docker on the node.
    ImageBuilt(ImageId),
    /// The cgroup of a pod is there.
    CgroupCreated(PodId),
    /// The cgroup of a pod is gone, and with it every process in it.
    CgroupDestroyed(PodId),
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExitCause {
    /// With a code of its own.
    Code(i32),
    /// By SIGKILL.
    Killed,
    /// By the kernel, for want of memory.
    OutOfMemory,
    /// Nobody knows: conmon was killed with it, so its exit file was never written.
    Lost,
}

impl ExitCause {
    /// The exit code that a runtime reports: 128 and the number of the signal.
    pub const fn code(self) -> i32 {
        match self {
            Self::Code(code) => code,
            Self::Killed | Self::OutOfMemory => 137,
            Self::Lost => -1,
        }
    }
}

pub(super) fn apply(node: &mut NodeState, change: &Change, at: Instant, catalog: &Catalog) {
    node.generation += 1;
    match *change {
        Change::Kubelet { up } => node.kubelet_up = up,
        Change::Runtime { up } => node.runtime_up = up,
        Change::Around(around) => node.around.apply(around),
        Change::ShimForgets => {
            node.sandboxes.values_mut().for_each(|sandbox| sandbox.network_ready = None);
        }
        Change::ImagePulled(image) => {
            node.images.entry(image).or_insert(at);
        }
        Change::ImageRemoved(image) => {
            node.images.remove(&image);
        }
        Change::ImageBuilt(image) => {
            node.built.insert(image, at);
        }
        Change::CgroupCreated(pod) => {
            node.cgroups.insert(pod);
        }
        Change::CgroupDestroyed(pod) => {
            node.cgroups.remove(&pod);
        }
        Change::LogDirectory { pod, container } => {
            node.log_directories.entry(pod).or_default().extend(container);
        }
        Change::LogDirectoryRemoved(pod) => {
            node.log_directories.remove(&pod);
        }
        Change::SandboxCreated(_)
        | Change::SandboxNetwork { .. }
        | Change::SandboxAddress { .. }
        | Change::SandboxStarted(_)
        | Change::SandboxExited(_)
        | Change::SandboxKilled(_)
        | Change::SandboxRemoved(_)
        | Change::SandboxLocked { .. } => apply_to_sandbox(node, change, at, catalog),
        Change::ContainerCreated(_)
        | Change::ContainerStarted(_)
        | Change::ContainerExited { .. }
        | Change::ContainerRemoved(_)
        | Change::ContainerLocked { .. }
        | Change::ContainerRemoving { .. }
        | Change::ContainerTerminated(_)
        | Change::ContainerReady { .. }
        | Change::LogRemoved(_)
        | Change::LogLinkRemoved(_) => apply_to_container(node, change, at, catalog),
    }
}

fn apply_to_sandbox(node: &mut NodeState, change: &Change, at: Instant, catalog: &Catalog) {
    match *change {
        Change::SandboxCreated(id) => {
            let entry = catalog.sandbox(id);
            let sandbox = Sandbox {
                pod: entry.pod,
                attempt: entry.attempt,
                state: RunState::Created,
                created: at,
                address: None,
                network_ready: None,
                locked_until: Instant::ZERO,
                started: None,
                finished: None,
                exit_code: 0,
                process: None,
            };
            node.sandboxes.insert(id, sandbox);
        }
        Change::SandboxStarted(id) => {
            let process = node.next_process();
            with_sandbox(node, id, |sandbox| {
                sandbox.state = RunState::Running;
                sandbox.started = Some(at);
                sandbox.process = Some(process);
            });
        }
        Change::SandboxExited(id) => sandbox_ended(node, id, at, ExitCause::Code(0)),
        Change::SandboxKilled(id) => sandbox_ended(node, id, at, ExitCause::Killed),
        Change::SandboxRemoved(id) => {
            node.sandboxes.remove(&id);
        }
        Change::SandboxNetwork { sandbox, ready } => {
            with_sandbox(node, sandbox, |sandbox| sandbox.network_ready = Some(ready));
        }
        Change::SandboxAddress { sandbox, present } => {
            let address = present.then_some(node.next_address);
            node.next_address += u32::from(present);
            with_sandbox(node, sandbox, |sandbox| sandbox.address = address);
        }
        Change::SandboxLocked { sandbox, until } => {
            with_sandbox(node, sandbox, |sandbox| sandbox.locked_until = until);
        }
        _ => unreachable!("only changes of sandboxes come here"),
    }
}

fn apply_to_container(node: &mut NodeState, change: &Change, at: Instant, catalog: &Catalog) {
    match *change {
        Change::ContainerCreated(id) => {
            let entry = catalog.container(id);
            let container = Container {
                pod: entry.pod,
                sandbox: entry.sandbox,
                index: entry.index,
                attempt: entry.attempt,
                state: RunState::Created,
                created: at,
                started: None,
                finished: None,
                exit_code: 0,
                out_of_memory: false,
                locked_until: Instant::ZERO,
                removed_until: Instant::ZERO,
                process: None,
                logged: false,
                linked: false,
                ready: None,
            };
            node.containers.insert(id, container);
        }
        Change::ContainerStarted(id) => {
            let process = node.next_process();
            with_container(node, id, |container| {
                container.state = RunState::Running;
                container.started = Some(at);
                container.process = Some(process);
                // The runtime opens the log, the kubelet links to it, within the same call.
                (container.logged, container.linked) = (true, true);
            });
        }
        Change::ContainerExited { container: id, cause } => {
            with_container(node, id, |container| {
                container.state = RunState::Exited;
                container.finished = Some(at);
                container.exit_code = cause.code();
                container.out_of_memory = cause == ExitCause::OutOfMemory;
                container.process = None;
            });
        }
        Change::ContainerRemoved(id) => {
            node.containers.remove(&id);
        }
        Change::ContainerLocked { container, until } => {
            with_container(node, container, |container| container.locked_until = until);
        }
        Change::ContainerRemoving { container, until } => {
            with_container(node, container, |container| container.removed_until = until);
        }
        Change::ContainerTerminated(_) => {}
        Change::ContainerReady { container, ready } => {
            with_container(node, container, |container| container.ready = Some(ready));
        }
        Change::LogRemoved(id) => with_container(node, id, |container| container.logged = false),
        Change::LogLinkRemoved(id) => {
            with_container(node, id, |container| container.linked = false);
        }
        _ => unreachable!("only changes of containers come here"),
    }
}

fn sandbox_ended(node: &mut NodeState, id: SandboxId, at: Instant, cause: ExitCause) {
    with_sandbox(node, id, |sandbox| {
        sandbox.state = RunState::Exited;
        sandbox.finished = Some(at);
        sandbox.exit_code = cause.code();
        sandbox.process = None;
    });
}

fn with_sandbox(node: &mut NodeState, id: SandboxId, edit: impl FnOnce(&mut Sandbox)) {
    if let Some(sandbox) = node.sandboxes.get_mut(&id) {
        edit(sandbox);
    }
}

fn with_container(node: &mut NodeState, id: ContainerId, edit: impl FnOnce(&mut Container)) {
    if let Some(container) = node.containers.get_mut(&id) {
        edit(container);
    }
}
