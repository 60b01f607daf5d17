//! Pods as the API server shows them: what the kubelet last said, and events counted.

use crate::clock::{Duration, Instant};
use crate::identity::{ContainerId, PodId};
use crate::kubelet::pod_address;
use crate::pod::Probe;
use crate::report::{ContainerState, Event, Phase, PodReport};
use crate::state::Moment;

/// The address of the recorded node.
pub const NODE_ADDRESS: &str = "10.99.0.2";
/// The name of the recorded node.
pub const NODE_NAME: &str = "node1";

/// A pod as `kubectl get pod` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodRow {
    /// The pod.
    pub pod: PodId,
    /// Its containers that are ready.
    pub ready: usize,
    /// Its containers, init containers apart.
    pub of: usize,
    /// Phase, reason or trouble, in one word.
    pub status: String,
    /// How often its containers were started again.
    pub restarts: u32,
    /// Since when the API server knows it.
    pub since: Instant,
    /// Its address.
    pub address: Option<String>,
    /// All that the kubelet said.
    pub report: PodReport,
}

/// One condition of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its type.
    pub kind: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// Why not, in one word.
    pub reason: &'static str,
}

/// An event with how often it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The event, as it was recorded first.
    pub event: Event,
    /// How often.
    pub count: usize,
    /// When it was recorded last.
    pub last: Instant,
}

impl Moment<'_> {
    /// The pods that the API server knows.
    pub fn pods(&self) -> Vec<PodRow> {
        let all = self.run.catalog.pods();
        all.filter_map(|(pod, _)| self.pod_row(pod)).collect()
    }

    /// A pod as `kubectl get pod` shows it; none before it is known and after it is gone.
    pub fn pod_row(&self, id: PodId) -> Option<PodRow> {
        let (report, since) = self.report(id)?;
        let pod = self.pod(id);
        let init = pod.spec.init_containers.len();
        let ready = (init..report.containers.len())
            .filter(|place| self.is_container_ready(id, *place, report))
            .count();
        let (status, counted) = self.status(id, report);
        let restarts = report.containers[counted].iter().map(|(_, restarts)| restarts).sum();
        Some(PodRow {
            pod: id,
            ready,
            of: pod.spec.containers.len(),
            status,
            restarts,
            since,
            address: self.address(id),
            report: report.clone(),
        })
    }

    /// What the kubelet last said of a pod, and when it first said something.
    fn report(&self, pod: PodId) -> Option<(&PodReport, Instant)> {
        let statuses = &self.run.statuses;
        let count = statuses.partition_point(|(when, ..)| *when <= self.at);
        let mut said = statuses[..count].iter().rev().filter(|(_, of, _)| *of == pod);
        let (when, _, report) = said.next()?;
        let report = report.as_ref()?;
        let first = said.take_while(|(.., report)| report.is_some()).last();
        Some((report, first.map_or(*when, |(when, ..)| *when)))
    }

    /// The word of the column STATUS, and whose restarts count (kubectl 1.20,
    /// pkg/printers/internalversion/printers.go, `printPod`).
    fn status(&self, id: PodId, report: &PodReport) -> (String, std::ops::Range<usize>) {
        let init = self.pod(id).spec.init_containers.len();
        let all = init..report.containers.len();
        let initialising = report.containers[..init].iter().position(|(state, _)| {
            !matches!(state, ContainerState::Terminated { exit_code: 0, .. })
        });
        let (status, counted) = match initialising {
            Some(place) => {
                let status = match report.containers[place].0 {
                    ContainerState::Terminated { reason, .. } => format!("Init:{reason}"),
                    ContainerState::Waiting(reason) if reason != "PodInitializing" => {
                        format!("Init:{reason}")
                    }
                    _ => format!("Init:{place}/{init}"),
                };
                (status, 0..place + 1)
            }
            None => (self.trouble(id, report, init), all),
        };
        let status = if report.deleting { "Terminating".into() } else { status };
        (status, counted)
    }

    /// The phase, unless a container has something to say; the first container has the last word.
    fn trouble(&self, id: PodId, report: &PodReport, init: usize) -> String {
        let mut status = report.phase.name();
        let mut runs = false;
        for place in (init..report.containers.len()).rev() {
            match report.containers[place].0 {
                ContainerState::Waiting(reason) | ContainerState::Terminated { reason, .. } => {
                    status = reason;
                }
                ContainerState::Running(_) => runs |= self.is_container_ready(id, place, report),
            }
        }
        if status == "Completed" && runs { "NotReady".into() } else { status.into() }
    }

    /// Whether a container runs and its readiness probe has succeeded. HTTP and TCP probes are
    /// taken to succeed one period after their initial delay.
    fn is_container_ready(&self, pod: PodId, place: usize, report: &PodReport) -> bool {
        let Some((ContainerState::Running(id), _)) = report.containers.get(place) else {
            return false;
        };
        let probe = &self.pod(pod).container(place).readiness_probe;
        probe.as_ref().is_none_or(|probe| self.has_answered(*id, probe))
    }

    fn has_answered(&self, id: ContainerId, probe: &Probe) -> bool {
        let Some(container) = self.node.containers.get(&id) else { return false };
        if probe.exec.is_some() || container.ready.is_some() {
            return container.ready == Some(true);
        }
        let seconds = probe.initial_delay_seconds + probe.period_seconds.unwrap_or(10);
        container.started.is_some_and(|at| self.at.since(at) >= Duration::from_secs(seconds))
    }

    fn address(&self, pod: PodId) -> Option<String> {
        if self.pod(pod).spec.host_network {
            return Some(NODE_ADDRESS.into());
        }
        let newest = self.node.sandboxes_of(pod).into_iter().next()?;
        self.node.sandboxes[&newest].address.map(pod_address)
    }

    /// The conditions of a pod (k8s 1.20.2, pkg/kubelet/status/generate.go).
    pub fn conditions(&self, row: &PodRow) -> Vec<Condition> {
        let init = self.pod(row.pod).spec.init_containers.len();
        let succeeded = row.report.phase == Phase::Succeeded;
        let initialized = row.report.containers[..init]
            .iter()
            .all(|(state, _)| matches!(state, ContainerState::Terminated { exit_code: 0, .. }));
        let ready = row.ready == row.of && !succeeded;
        let why = if succeeded { "PodCompleted" } else { "ContainersNotReady" };
        let condition = |kind, holds, reason| {
            let reason = if holds { "" } else { reason };
            Condition { kind, holds, reason }
        };
        vec![
            condition("Initialized", initialized, "ContainersNotInitialized"),
            condition("Ready", ready, why),
            condition("ContainersReady", ready, why),
            condition("PodScheduled", true, ""),
        ]
    }

    /// Events up to now, equal ones counted (client-go, `tools/record/events_cache.go`), by pod and
    /// time.
    pub fn events(&self) -> Vec<EventRow> {
        let events = &self.run.events;
        let count = events.partition_point(|event| event.at <= self.at);
        let mut rows: Vec<EventRow> = Vec::new();
        for event in &events[..count] {
            match rows.iter_mut().find(|row| says_the_same(&row.event, event)) {
                Some(row) => (row.count, row.last) = (row.count + 1, event.at),
                None => rows.push(EventRow { event: event.clone(), count: 1, last: event.at }),
            }
        }
        rows.sort_by_key(|row| (row.event.pod, row.event.at));
        rows
    }
}

/// Whether two events differ in nothing but their time.
fn says_the_same(one: &Event, other: &Event) -> bool {
    let of = |event: &Event| (event.pod, event.container, event.reason, event.severity);
    of(one) == of(other) && one.message == other.message
}
