//! The scenario of a bare manifest: its pods come, run for a while and go.

use std::collections::BTreeMap;

use simulator_model::Scenario;
use simulator_model::clock::Duration;
use simulator_model::pod::{Pod, RestartPolicy, Source};
use simulator_model::scenario::{Action, Behaviour, Exit, OnTerm, Step};

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

/// The scenario: everything is put on the node at 0 s and deleted later.
///
/// Init containers, and the containers of pods that are not always restarted, do their work in a
/// second and succeed. All others run until they are told to end, and then end at once.
pub fn implied(name: &str, source: Source, pods: Vec<Pod>, course: Course) -> Scenario {
    let pods: BTreeMap<_, _> =
        pods.into_iter().map(|pod| (pod.metadata.name.clone(), pod)).collect();
    let on_term = if course.ignore_term {
        OnTerm::Ignored
    } else {
        OnTerm::Exits { code: 0, after: Duration::from_millis(100) }
    };
    let mut behaviour = BTreeMap::new();
    for pod in pods.values() {
        let has_end = pod.spec.restart_policy != RestartPolicy::Always;
        let of =
            |runs| vec![Behaviour { runs, exits: Exit::Code(0), on_term, ..Behaviour::default() }];
        for container in &pod.spec.init_containers {
            behaviour.insert(container.name.clone(), of(Some(WORK)));
        }
        for container in &pod.spec.containers {
            behaviour.insert(container.name.clone(), of(has_end.then_some(WORK)));
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
