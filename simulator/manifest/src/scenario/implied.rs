//! The scenario of a bare manifest: its pods come, run for a while and go.

use std::collections::{BTreeMap, BTreeSet};

use simulator_model::Scenario;
use simulator_model::clock::Duration;
use simulator_model::pod::{Container, Pod, RestartPolicy, Source};
use simulator_model::scenario::{Action, Behaviour, Exit, OnTerm, Step};

use crate::note::Remark;

/// How long garbage collection takes to come round, and to finish.
const AFTERMATH: Duration = Duration::from_secs(150);
/// How long a program runs whose work has an end.
const WORK: Duration = Duration::from_secs(1);

/// What becomes of the pods of a bare manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// When they are deleted, after they were put on the node.
    pub delete_at: Duration,
    /// When the run ends; none for when the node has cleaned up.
    pub end_at: Option<Duration>,
    /// Whether the programs take no notice of SIGTERM.
    pub ignore_term: bool,
}

impl Default for Course {
    fn default() -> Self {
        Self { delete_at: Duration::from_secs(20), end_at: None, ignore_term: false }
    }
}

/// The containers of a pod, each with whether its program has to come to an end.
fn programs(pod: &Pod) -> impl Iterator<Item = (&Container, bool)> {
    let has_end = pod.spec.restart_policy != RestartPolicy::Always;
    let inits = pod.spec.init_containers.iter().map(|container| (container, true));
    inits.chain(pod.spec.containers.iter().map(move |container| (container, has_end)))
}

/// What the commands say of the programs, by container; none where they do not, or where containers
/// of one name say different things, as a scenario knows containers by their names.
fn said(pods: &[&Pod]) -> BTreeMap<String, Option<Behaviour>> {
    let mut said = BTreeMap::new();
    for pod in pods {
        let first = !pod.spec.host_pid && !pod.spec.share_process_namespace;
        for (container, _) in programs(pod) {
            let command: Vec<_> =
                container.command.iter().chain(&container.args).cloned().collect();
            let here = Behaviour::said_by(&command, first);
            let known = said.entry(container.name.clone()).or_insert(here);
            if *known != here {
                *known = None;
            }
        }
    }
    said
}

/// What is taken for granted of the pods of a bare manifest.
pub fn assumed(pods: &[Pod]) -> impl Iterator<Item = Remark> {
    let said = said(&pods.iter().collect::<Vec<_>>());
    let programs = pods.iter().flat_map(programs).filter(|(_, has_end)| *has_end);
    let names: BTreeSet<_> = programs.map(|(container, _)| container.name.clone()).collect();
    let unsaid = names.into_iter().filter(move |name| said[name].is_none());
    unsaid.map(|name| Remark::EndAssumed { name })
}

/// The scenario: everything is put on the node at 0 s and deleted later.
///
/// Programs end as their commands say, where these do. Else init containers, and the containers of
/// pods that are not always restarted, do their work in a second and succeed, and all others run
/// until they are told to end, and then end at once.
pub fn implied(name: &str, source: Source, pods: Vec<Pod>, course: Course) -> Scenario {
    let pods: BTreeMap<_, _> =
        pods.into_iter().map(|pod| (pod.metadata.name.clone(), pod)).collect();
    let on_term = if course.ignore_term {
        OnTerm::Ignored
    } else {
        OnTerm::Exits { code: 0, after: Duration::from_millis(100) }
    };
    let assumed = |runs| Behaviour { runs, exits: Exit::Code(0), on_term, ..Behaviour::default() };
    let mut behaviour = BTreeMap::new();
    let all_said = said(&pods.values().collect::<Vec<_>>());
    for pod in pods.values() {
        for (container, has_end) in programs(pod) {
            let said = all_said[&container.name].map(|it| Behaviour {
                on_term: if course.ignore_term { OnTerm::Ignored } else { it.on_term },
                ..it
            });
            let does = said.unwrap_or_else(|| assumed(has_end.then_some(WORK)));
            behaviour.insert(container.name.clone(), vec![does]);
        }
    }
    let grace = pods.values().map(Pod::grace_seconds).max().unwrap_or(0).clamp(0, 3_600);
    let end = course.delete_at + Duration::from_secs(grace) + AFTERMATH;
    let step = |at, action| Step { at, action };
    let apply = |pod: &String| step(Duration::ZERO, Action::Apply { pod: pod.clone() });
    let delete = |pod: &String| step(course.delete_at, Action::Delete { pod: pod.clone() });
    let mut steps: Vec<_> = pods.keys().map(apply).chain(pods.keys().map(delete)).collect();
    steps.push(step(course.end_at.unwrap_or(end), Action::End));
    steps.sort_by_key(|step| step.at);
    Scenario { name: name.to_owned(), source, pods, behaviour, steps, ..Scenario::default() }
}
