//! Small scenarios: a pod that lives, a pod that crashes, a runtime that goes away for a while.

use simulator_model::clock::Duration;
use simulator_model::pod::{Container, Metadata, Pod, PodSpec};
use simulator_model::scenario::{Action, Behaviour, Exit, Scenario, Step};

/// One pod with one container.
pub(super) fn small() -> Scenario {
    scenario(vec![step(16, Action::Delete { pod: "app".into() }), step(90, Action::End)])
}

/// Its program fails at once, again and again.
pub(super) fn broken() -> Scenario {
    let fails =
        Behaviour { runs: Some(Duration::ZERO), exits: Exit::Code(1), ..Behaviour::default() };
    let behaviour = [("main".to_owned(), vec![fails])].into();
    Scenario { behaviour, ..scenario(vec![step(90, Action::End)]) }
}

/// Its runtime is stopped and stays away for a minute.
pub(super) fn restarted() -> Scenario {
    let pause = Duration::from_secs(60);
    scenario(vec![step(12, Action::RestartRuntime { pause }), step(120, Action::End)])
}

fn scenario(more: Vec<Step>) -> Scenario {
    let container = Container {
        name: "main".into(),
        image: "registry.example/app:1".into(),
        command: vec!["sleep".into(), "3600".into()],
        ..Container::default()
    };
    let spec = PodSpec { containers: vec![container], ..PodSpec::default() };
    let metadata = Metadata { name: "app".into(), ..Metadata::default() };
    let first = step(0, Action::Apply { pod: "app".into() });
    Scenario {
        name: "small".into(),
        pods: [("app".to_owned(), Pod { metadata, spec })].into(),
        steps: std::iter::once(first).chain(more).collect(),
        ..Scenario::default()
    }
}

fn step(at: i64, action: Action) -> Step {
    Step { at: Duration::from_secs(at), action }
}
