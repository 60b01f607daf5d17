//! One seed, one run: the same scenario and seed say the same, to the byte, and any instant can be
//! sought out.

use std::sync::Arc;

use simulator_model::clock::{Duration, Instant};
use simulator_model::pod::{Container, Metadata, Pod, PodSpec};
use simulator_model::scenario::{Action, Scenario, Step};
use simulator_model::{Options, RuntimePath, Simulation, export, simulate};

/// One pod with one container, put on the node and taken away.
fn scenario() -> Scenario {
    let image = "registry.example/app:1".into();
    let container = Container { name: "main".into(), image, ..Container::default() };
    let spec = PodSpec { containers: vec![container], ..PodSpec::default() };
    let metadata = Metadata { name: "app".into(), ..Metadata::default() };
    let step = |at, action| Step { at: Duration::from_secs(at), action };
    let pod = || "app".to_owned();
    Scenario {
        name: "small".into(),
        pods: [("app".to_owned(), Pod { metadata, spec })].into(),
        steps: vec![
            step(0, Action::Apply { pod: pod() }),
            step(16, Action::Delete { pod: pod() }),
            step(61, Action::End),
        ],
        ..Scenario::default()
    }
}

#[test]
fn same_seed_same_text() {
    for path in RuntimePath::ALL {
        let text = |seed| export::json_lines(&simulate(&scenario(), path, seed));
        assert_eq!(text(7), text(7), "{path}");
        assert_ne!(text(7), text(8), "{path}");
    }
}

#[test]
fn a_seek_finds_the_state_that_was() {
    let options = Options { path: RuntimePath::Dockershim, seed: 3, keep: true };
    let scenario = Arc::new(scenario());
    let run = Simulation::new(Arc::clone(&scenario), options).finish();
    for second in 0..75 {
        let at = Instant::ZERO + Duration::from_secs(second);
        let mut playing = Simulation::new(Arc::clone(&scenario), options);
        playing.run_until(at);
        assert_eq!(run.state_at(at), *playing.node(), "at {second} s");
    }
}

#[test]
fn nothing_is_left_of_a_deleted_pod() {
    for path in RuntimePath::ALL {
        let mut long = scenario();
        long.steps[2].at = Duration::from_secs(240);
        for seed in 0..20 {
            let last = simulate(&long, path, seed).last;
            let left = (last.containers.len(), last.sandboxes.len(), last.cgroups.len());
            assert_eq!(left, (0, 0, 0), "{path}, seed {seed}");
        }
    }
}
