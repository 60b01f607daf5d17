//! What the kubelet knows about a pod: as the runtime tells it, and as the API shows it.

use crate::call::{ContainerView, SandboxView};
use crate::node::RunState;
use crate::pod::{Pod, RestartPolicy};
use crate::report::Phase;

/// What the runtime tells about one pod (container/runtime.go, `PodStatus`); the newest come first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PodStatus {
    pub(crate) sandboxes: Vec<SandboxView>,
    pub(crate) containers: Vec<ContainerView>,
}

impl PodStatus {
    /// The newest container at a place (`FindContainerStatusByName`).
    pub(crate) fn newest(&self, index: usize) -> Option<&ContainerView> {
        self.containers.iter().find(|container| container.index == index)
    }

    /// The containers that run.
    pub(crate) fn running(&self) -> impl Iterator<Item = &ContainerView> {
        self.containers.iter().filter(|container| container.state == RunState::Running)
    }

    /// The address of the newest sandbox, while that is ready.
    pub(crate) fn address(&self) -> Option<u32> {
        self.sandboxes.first().filter(|sandbox| sandbox.ready).and_then(|sandbox| sandbox.address)
    }
}

/// What the API shows about one pod, as far as the kubelet itself acts on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiStatus {
    pub(crate) phase: Phase,
    /// The newest container at each place that has one.
    pub(crate) containers: Vec<ContainerView>,
}

impl ApiStatus {
    /// Works the status out (`kubelet_pods.go`, `generateAPIPodStatus` and `getPhase`).
    pub(crate) fn of(pod: &Pod, status: &PodStatus, before: Option<&Self>) -> Self {
        let places = 0..pod.all_containers().count();
        let containers = places.filter_map(|index| status.newest(index).copied()).collect();
        // A pod never leaves a final phase.
        let phase = match before {
            Some(before) if before.phase.is_final() => before.phase,
            _ => phase(pod, status),
        };
        Self { phase, containers }
    }

    /// Whether no container runs (`kubelet_pods.go`, `notRunning`).
    pub(crate) fn nothing_runs(&self) -> bool {
        self.containers.iter().all(|container| container.state != RunState::Running)
    }
}

fn phase(pod: &Pod, status: &PodStatus) -> Phase {
    let init = pod.spec.init_containers.len();
    for index in 0..init {
        let Some(container) = status.newest(index) else { return Phase::Pending };
        if container.state != RunState::Exited {
            return Phase::Pending;
        }
        if container.exit_code != 0 {
            let gives_up = pod.spec.restart_policy == RestartPolicy::Never;
            return if gives_up { Phase::Failed } else { Phase::Pending };
        }
    }
    let (mut unknown, mut running, mut stopped, mut succeeded) = (0, 0, 0, 0);
    for place in 0..pod.spec.containers.len() {
        match status.newest(init + place) {
            Some(container) if container.state == RunState::Running => running += 1,
            Some(container) if container.state == RunState::Exited => {
                stopped += 1;
                succeeded += usize::from(container.exit_code == 0);
            }
            _ => unknown += 1,
        }
    }
    match pod.spec.restart_policy {
        _ if unknown > 0 && running + stopped == 0 => Phase::Pending,
        _ if running > 0 || unknown > 0 => Phase::Running,
        RestartPolicy::Always => Phase::Running,
        _ if stopped == succeeded => Phase::Succeeded,
        RestartPolicy::Never => Phase::Failed,
        RestartPolicy::OnFailure => Phase::Running,
    }
}
