//! Changes and what follows from them by itself: programs end, calls that waited go on.

use crate::call::Target;
use crate::clock::Duration;
use crate::identity::{ContainerId, PodId};
use crate::node::{Change, ExitCause, RunState};
use crate::scenario::{Behaviour, Exit, OnTerm};
use crate::simulation::{Event, Simulation};

/// How long the kernel and the shim need from SIGKILL to a reported exit.
const KILLED: Duration = Duration::from_millis(60);

impl Simulation {
    /// Makes a change, unless it has been overtaken by another.
    pub(super) fn change(&mut self, change: Change) {
        if self.is_stale(&change) {
            return;
        }
        if !self.node.around.containerd_up
            && matches!(change, Change::ContainerExited { .. } | Change::SandboxKilled(_))
        {
            self.untold.push(change);
            return;
        }
        self.node.apply(&change, self.now, &self.catalog);
        self.recorder.change(self.now, &change, &self.node);
        match change {
            Change::ContainerStarted(id) => self.started(id),
            Change::ContainerTerminated(id) => self.terminated(id),
            Change::ContainerExited { container, .. } => {
                self.has_ended(Target::Container(container));
            }
            Change::SandboxExited(id) | Change::SandboxKilled(id) => {
                self.has_ended(Target::Sandbox(id));
            }
            Change::CgroupDestroyed(pod) => self.cgroup_destroyed(pod),
            _ => {}
        }
    }

    /// A program ends once; whoever comes second finds it ended.
    fn is_stale(&self, change: &Change) -> bool {
        match *change {
            Change::ContainerExited { container, .. } | Change::ContainerTerminated(container) => {
                !self.node.is_running(container)
            }
            Change::SandboxExited(id) | Change::SandboxKilled(id) => !self.node.is_ready(id),
            _ => false,
        }
    }

    fn behaviour(&self, id: ContainerId) -> Behaviour {
        let entry = self.catalog.container(id);
        self.scenario.behaviour(&entry.config.metadata.name, entry.attempt as usize)
    }

    /// A program has started: it may end by itself.
    fn started(&mut self, id: ContainerId) {
        let behaviour = self.behaviour(id);
        let Some(runs) = behaviour.runs else { return };
        let cause = match behaviour.exits {
            Exit::Code(code) => ExitCause::Code(code),
            Exit::OutOfMemory => ExitCause::OutOfMemory,
        };
        let exited = Change::ContainerExited { container: id, cause };
        // Even a program that ends at once takes a moment to be loaded and reaped.
        self.schedule_in(runs + Duration::from_millis(25), Event::Change(exited));
    }

    /// SIGTERM has reached a program.
    fn terminated(&mut self, id: ContainerId) {
        if let OnTerm::Exits { code, after } = self.behaviour(id).on_term {
            let cause = ExitCause::Code(code);
            let exited = Change::ContainerExited { container: id, cause };
            self.schedule_in(after + KILLED, Event::Change(exited));
        }
    }

    /// Everything in the cgroup of a pod is killed.
    fn cgroup_destroyed(&mut self, pod: PodId) {
        let running = |state: RunState| state == RunState::Running;
        let containers = self.node.containers.iter();
        let containers: Vec<_> = containers
            .filter(|(_, container)| container.pod == pod && running(container.state))
            .map(|(id, _)| *id)
            .collect();
        // CRI-O's sandboxes have no pause process that could be killed.
        let paused = self.options.path != crate::RuntimePath::CriO;
        let sandboxes = self.node.sandboxes.iter();
        let sandboxes: Vec<_> = sandboxes
            .filter(|(_, sandbox)| paused && sandbox.pod == pod && running(sandbox.state))
            .map(|(id, _)| *id)
            .collect();
        for container in containers {
            // conmon lives in the cgroup of its pod, and dies with it.
            let conmon = self.options.path == crate::RuntimePath::CriO;
            let cause = if conmon { ExitCause::Lost } else { ExitCause::Killed };
            let exited = Change::ContainerExited { container, cause };
            self.schedule_in(KILLED, Event::Change(exited));
        }
        for sandbox in sandboxes {
            self.schedule_in(KILLED, Event::Change(Change::SandboxKilled(sandbox)));
        }
    }
}
