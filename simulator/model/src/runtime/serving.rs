//! What a handler works with: the node as it is, a clock of its own, and a timeline to write.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::RuntimePath;
use crate::call::{ContainerView, EngineCall, ListFilter, Outcome, Request, SandboxView, Target};
use crate::clock::{Duration, Instant};
use crate::identity::{Catalog, ContainerId, ImageId, SandboxId};
use crate::latency::{self, Key};
use crate::messages::{ContainerConfig, PodSandboxConfig};
use crate::node::{Change, NodeState};
use crate::prng::Prng;
use crate::runtime::Lists;
use crate::runtime::command::exit_code;
use crate::scenario::Scenario;

/// How a phase of a call ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// The call is over at the handler's clock.
    Done(Outcome),
    /// The call goes on at its next phase at the handler's clock, over the node as it is then.
    Later {
        /// The next phase.
        phase: u8,
    },
    /// The call goes on at its next phase when the process has ended, or at an instant.
    Wait {
        /// Whose process.
        target: Target,
        /// The latest instant.
        until: Instant,
        /// The next phase.
        phase: u8,
    },
}

/// What a shim or daemon remembers between calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShimMemory {
    /// When the shim last asked Docker for its API version, which it remembers for a minute.
    pub(crate) api_version_at: Option<Instant>,
    /// How many commands have been run in containers.
    pub(crate) execs: u64,
    /// Sandboxes whose network a shim for Docker has torn down after they were gone.
    pub(crate) torn_down: BTreeSet<SandboxId>,
}

/// What a handler works with.
pub(crate) struct Serving<'a> {
    /// The path of the node.
    pub(crate) path: RuntimePath,
    /// The node at the start of this phase.
    pub(crate) node: &'a NodeState,
    /// What things are called.
    pub(crate) catalog: &'a mut Catalog,
    /// Chance.
    pub(crate) prng: &'a mut Prng,
    /// What images the registry lacks, and what programs do.
    pub(crate) scenario: &'a Scenario,
    /// What the shim remembers.
    pub(crate) memory: &'a mut ShimMemory,
    /// Lists that were answered before.
    pub(crate) lists: &'a mut Lists,
    /// The handler's clock.
    pub(crate) now: Instant,
    /// What becomes different, and when.
    pub(crate) changes: Vec<(Instant, Change)>,
    /// What Docker Engine was asked.
    pub(crate) engine: Vec<EngineCall>,
    /// Which of these requests, counted from 0, a rule lets fail.
    pub(crate) engine_fails: Option<usize>,
}

impl Serving<'_> {
    /// The images in the store, the pause image among them.
    pub(crate) fn images(&mut self) -> Vec<ImageId> {
        let mut images: Vec<_> = self.node.images.keys().copied().collect();
        if self.node.around.pause_image
            && let Some(pause) = self.scenario.node.pause_on(self.path)
        {
            images.push(self.catalog.image(pause));
        }
        images
    }

    /// Lets so much time pass.
    pub(crate) fn pass(&mut self, span: Duration) {
        self.now += span;
    }

    /// Lets as much time pass as this call was measured to take.
    pub(crate) fn pass_call(&mut self, name: &'static str) {
        let span = self.draw(Key::Cri(name));
        self.pass(span);
    }

    /// Draws how long something takes.
    pub(crate) fn draw(&mut self, key: Key) -> Duration {
        latency::draw(self.path, key, self.prng)
    }

    /// Something becomes different now.
    pub(crate) fn change(&mut self, change: Change) {
        self.changes.push((self.now, change));
    }

    /// The sandbox as an answer shows it; none when the runtime does not know it.
    pub(crate) fn sandbox(&self, id: SandboxId) -> Option<SandboxView> {
        self.node.sandboxes.get(&id).map(|sandbox| sandbox.view(id))
    }

    /// The container as an answer shows it; none when the runtime does not know it.
    pub(crate) fn container(&self, id: ContainerId) -> Option<ContainerView> {
        self.node.containers.get(&id).map(|container| container.view(id))
    }

    /// The sandboxes that pass a filter, the newest first.
    pub(crate) fn sandboxes(&mut self, filter: ListFilter) -> Arc<[SandboxView]> {
        self.lists.sandboxes(self.node, filter)
    }

    /// The containers that pass a filter, the newest first.
    pub(crate) fn containers(&mut self, filter: ListFilter) -> Arc<[ContainerView]> {
        self.lists.containers(self.node, filter)
    }

    /// Whether the process of the target runs.
    pub(crate) fn is_running(&self, target: Target) -> bool {
        match target {
            Target::Sandbox(id) => self.node.is_ready(id),
            Target::Container(id) => self.node.is_running(id),
        }
    }

    /// Whether the runtime removes the container for somebody else (moby 20.10.24, daemon/delete.go,
    /// `ContainerRm`; containerd 1.6.20, `pkg/cri/server/container_remove.go`, `setContainerRemoving`).
    pub(crate) fn is_removing(&self, id: ContainerId) -> bool {
        self.node.containers.get(&id).is_some_and(|container| self.now < container.removed_until)
    }

    /// Adds a sandbox to the catalogue.
    pub(crate) fn name_sandbox(&mut self, request: &Request) -> SandboxId {
        let Request::RunPodSandbox { pod, attempt, config } = request else {
            unreachable!("only RunPodSandbox makes a sandbox")
        };
        let config: Arc<PodSandboxConfig> = Arc::clone(config);
        let entry = crate::identity::SandboxEntry { pod: *pod, attempt: *attempt, config };
        self.catalog.add_sandbox(entry)
    }

    /// Adds a container to the catalogue.
    pub(crate) fn name_container(&mut self, request: &Request) -> ContainerId {
        let Request::CreateContainer { sandbox, index, image, config, .. } = request else {
            unreachable!("only CreateContainer makes a container")
        };
        let config: Arc<ContainerConfig> = Arc::clone(config);
        let entry = crate::identity::ContainerEntry {
            pod: self.catalog.sandbox(*sandbox).pod,
            sandbox: *sandbox,
            index: *index,
            attempt: config.metadata.attempt,
            image: *image,
            config,
        };
        self.catalog.add_container(entry)
    }

    /// How a command in a container ends: as it says itself, and that of its liveness probe fails
    /// once its time has come.
    pub(crate) fn exec_exit_code(&self, id: ContainerId, command: &[String]) -> i32 {
        let Some(container) = self.node.containers.get(&id) else { return 1 };
        let says = exit_code(command);
        if says != 0 {
            return says;
        }
        let entry = self.catalog.container(id);
        let pod = self.catalog.pod(entry.pod);
        let probe = pod.container(entry.index).liveness_probe.as_ref();
        let probed = probe.and_then(|probe| probe.exec.as_ref());
        if probed.is_none_or(|exec| exec.command != command) {
            return 0;
        }
        let name = &entry.config.metadata.name;
        let behaviour = self.scenario.behaviour(name, container.attempt as usize);
        let running_for = self.now.since(container.started.unwrap_or(self.now));
        i32::from(behaviour.liveness_fails_after.is_some_and(|after| running_for >= after))
    }
}
