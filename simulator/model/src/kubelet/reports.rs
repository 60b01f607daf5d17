//! Events and pod statuses for the API server (`kubelet_pods.go`, `convertStatusToAPIStatus` and
//! `convertToAPIContainerStatuses`; `reason_cache.go`).

use crate::call::ContainerView;
use crate::identity::PodId;
use crate::kubelet::{Context, Kubelet, PodStatus};
use crate::node::RunState;
use crate::pod::{Pod, RestartPolicy};
use crate::report::{ContainerState, Event, Phase, PodReport, Report, Severity};

impl Context<'_> {
    /// Records an event about a pod or one of its containers.
    pub(crate) fn event(
        &mut self,
        severity: Severity,
        (pod, container): (PodId, Option<usize>),
        reason: &'static str,
        message: String,
    ) {
        let at = self.now;
        self.out.reports.push(Report::Event(Event {
            at,
            pod,
            container,
            severity,
            reason,
            message,
        }));
    }

    /// Records an event for information.
    pub(crate) fn tell(
        &mut self,
        pod: PodId,
        container: usize,
        reason: &'static str,
        text: String,
    ) {
        self.event(Severity::Normal, (pod, Some(container)), reason, text);
    }

    /// Records a warning.
    pub(crate) fn warn(
        &mut self,
        pod: PodId,
        container: usize,
        reason: &'static str,
        text: String,
    ) {
        self.event(Severity::Warning, (pod, Some(container)), reason, text);
    }
}

impl Kubelet {
    /// Hands the status of a pod to the status manager.
    pub(crate) fn report(&self, id: PodId, phase: Phase, status: &PodStatus, cx: &mut Context<'_>) {
        let pod = cx.pod(id);
        let deleting = self.pods.get(&id).is_some_and(|record| record.deleting);
        let places = 0..pod.all_containers().count();
        let containers = places.map(|place| self.container(id, &pod, place, status)).collect();
        let report = PodReport { phase, deleting, containers };
        cx.out.reports.push(Report::Status(id, Some(report)));
    }

    fn container(
        &self,
        id: PodId,
        pod: &Pod,
        place: usize,
        status: &PodStatus,
    ) -> (ContainerState, u32) {
        let newest = status.newest(place);
        let waiting = if pod.spec.init_containers.is_empty() {
            "ContainerCreating"
        } else {
            "PodInitializing"
        };
        let state = newest.map_or(ContainerState::Waiting(waiting), state);
        let restarts = newest.map_or(0, |container| container.attempt);
        let init_done = place < pod.spec.init_containers.len()
            && newest.is_some_and(|c| c.state == RunState::Exited && c.exit_code == 0);
        if init_done || !would_start(pod.spec.restart_policy, newest) {
            return (state, restarts);
        }
        // A container that is to be started is waiting, if it is known for what.
        match self.reasons.get(&(id, place)) {
            Some(reason) => (ContainerState::Waiting(reason), restarts),
            None => (state, restarts),
        }
    }
}

/// Containers that are made but not started count as ended: no sync leaves one behind.
fn state(container: &ContainerView) -> ContainerState {
    let id = container.id;
    match (container.state, container.out_of_memory, container.exit_code) {
        (RunState::Running, ..) => ContainerState::Running(id),
        (_, true, exit_code) => ContainerState::Terminated { id, reason: "OOMKilled", exit_code },
        (_, _, 0) => ContainerState::Terminated { id, reason: "Completed", exit_code: 0 },
        (_, _, exit_code) => ContainerState::Terminated { id, reason: "Error", exit_code },
    }
}

/// `ShouldContainerBeRestarted` (container/helpers.go).
fn would_start(policy: RestartPolicy, newest: Option<&ContainerView>) -> bool {
    match newest {
        None => true,
        Some(container) if container.state == RunState::Running => false,
        Some(container) => match policy {
            RestartPolicy::Always => true,
            RestartPolicy::OnFailure => container.exit_code != 0,
            RestartPolicy::Never => false,
        },
    }
}
