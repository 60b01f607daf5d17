//! What a sync does: `computePodActions` (`kuberuntime/kuberuntime_manager.go`).

use std::collections::BTreeSet;

use crate::call::ContainerView;
use crate::identity::{ContainerId, SandboxId};
use crate::kubelet::PodStatus;
use crate::node::RunState;
use crate::pod::{Pod, RestartPolicy};

/// The work of one sync.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PodActions {
    /// Whether everything is killed first.
    pub(crate) kill_pod: bool,
    /// Whether a sandbox is made.
    pub(crate) create_sandbox: bool,
    /// The sandbox there is.
    pub(crate) sandbox: Option<SandboxId>,
    /// How many sandboxes there were before the one that is or will be.
    pub(crate) attempt: u32,
    /// The init container to start, by its place.
    pub(crate) next_init: Option<usize>,
    /// The containers to start, by their places.
    pub(crate) start: Vec<usize>,
    /// The containers to kill, with their places.
    pub(crate) kill: Vec<(ContainerId, usize)>,
}

/// Works out what to do.
pub(crate) fn compute(
    pod: &Pod,
    status: &PodStatus,
    failing: &BTreeSet<ContainerId>,
) -> PodActions {
    let mut actions = sandbox_changes(pod, status);
    let policy = pod.spec.restart_policy;
    let init = pod.spec.init_containers.len();
    let places = init..init + pod.spec.containers.len();
    if actions.create_sandbox {
        if policy == RestartPolicy::Never && actions.attempt != 0 && !status.containers.is_empty() {
            // It has run and is over: there is nothing to make a sandbox for.
            actions.create_sandbox = false;
            return actions;
        }
        let succeeded = |index: usize| {
            let newest = status.newest(index).filter(|c| c.state != RunState::Running);
            newest.is_some_and(|container| container.exit_code == 0)
        };
        let on_failure = policy == RestartPolicy::OnFailure;
        let start: Vec<_> = places.filter(|&index| !(on_failure && succeeded(index))).collect();
        if start.is_empty() && initialisation(pod, status) == Initialisation::Done {
            actions.create_sandbox = false;
        } else if init > 0 {
            actions.next_init = Some(0);
        } else {
            actions.start = start;
        }
        return actions;
    }
    match initialisation(pod, status) {
        Initialisation::Done => {}
        Initialisation::Busy => return actions,
        Initialisation::Next(index) => {
            let failed = status.newest(index).is_some_and(has_failed);
            if failed && policy == RestartPolicy::Never {
                actions.kill_pod = true;
            } else {
                actions.next_init = Some(index);
            }
            return actions;
        }
    }
    let mut kept = 0;
    for index in places {
        match status.newest(index) {
            Some(container) if container.state == RunState::Running => {
                if !failing.contains(&container.id) {
                    kept += 1;
                    continue;
                }
                if policy != RestartPolicy::Never {
                    actions.start.push(index);
                }
                actions.kill.push((container.id, index));
            }
            newest => {
                if should_restart(policy, newest) {
                    actions.start.push(index);
                }
            }
        }
    }
    actions.kill_pod = kept == 0 && actions.start.is_empty();
    actions
}

/// Whether the sandbox has to be made anew (`podSandboxChanged`).
fn sandbox_changes(pod: &Pod, status: &PodStatus) -> PodActions {
    let Some(newest) = status.sandboxes.first() else {
        return PodActions { kill_pod: true, create_sandbox: true, ..PodActions::default() };
    };
    let ready = status.sandboxes.iter().filter(|sandbox| sandbox.ready).count();
    let no_address = !pod.spec.host_network && newest.address.is_none();
    let changed = ready > 1 || !newest.ready || no_address;
    PodActions {
        kill_pod: changed,
        create_sandbox: changed,
        sandbox: Some(newest.id),
        attempt: newest.attempt + u32::from(changed),
        ..PodActions::default()
    }
}

/// How far initialisation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Initialisation {
    /// All init containers have done their work, or there are none.
    Done,
    /// One runs.
    Busy,
    /// This one is next.
    Next(usize),
}

/// The next init container to start (`findNextInitContainerToRun`): the last that failed, or the one
/// after the last that was seen to end. One that was made and not started counts for nothing.
fn initialisation(pod: &Pod, status: &PodStatus) -> Initialisation {
    let init = pod.spec.init_containers.len();
    if init == 0 {
        return Initialisation::Done;
    }
    let newest = |index: &usize| status.newest(*index);
    let failed = |index: &usize| newest(index).is_some_and(has_failed);
    if let Some(index) = (0..init).rev().find(failed) {
        return Initialisation::Next(index);
    }
    for index in (0..init).rev() {
        match newest(&index).map(|container| container.state) {
            Some(RunState::Running) => return Initialisation::Busy,
            Some(RunState::Exited) if index + 1 == init => return Initialisation::Done,
            Some(RunState::Exited) => return Initialisation::Next(index + 1),
            Some(RunState::Created) | None => {}
        }
    }
    Initialisation::Next(0)
}

fn has_failed(container: &ContainerView) -> bool {
    container.state == RunState::Exited && container.exit_code != 0
}

/// Whether a container that does not run is started (container/helpers.go,
/// `ShouldContainerBeRestarted`).
fn should_restart(policy: RestartPolicy, newest: Option<&ContainerView>) -> bool {
    let Some(newest) = newest.filter(|container| container.state == RunState::Exited) else {
        // It was never made, or made and not started.
        return true;
    };
    match policy {
        RestartPolicy::Always => true,
        RestartPolicy::OnFailure => newest.exit_code != 0,
        RestartPolicy::Never => false,
    }
}
