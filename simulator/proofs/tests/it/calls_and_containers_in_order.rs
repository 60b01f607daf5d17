//! No container starts without a ready sandbox; every call is answered; a deleted pod leaves nothing.

use std::sync::Arc;

use simulator_model::call::Request;
use simulator_model::scenario::{Action, Scenario};
use simulator_model::{Options, Run, RuntimePath, Simulation};

use crate::{everything, seconds};

/// Which containers were started while their sandbox was not ready.
pub(crate) fn started_without_sandbox(run: &Run) -> Vec<String> {
    let mut found = Vec::new();
    for call in run.calls.iter().filter(|call| call.outcome.is_ok()) {
        let Request::StartContainer(id) = call.request else { continue };
        if !run.state_at(call.at).is_ready(run.catalog.container(id).sandbox) {
            found.push(format!("{} at {} µs", run.catalog.container_name(id), call.at.as_micros()));
        }
    }
    found
}

/// The simulation of a scenario, some minutes after its planned end.
fn some_minutes_later(scenario: &Scenario, path: RuntimePath, seed: u64) -> Simulation {
    let options = Options { path, seed, keep: true };
    let mut simulation = Simulation::new(Arc::new(scenario.clone()), options);
    simulation.go_on();
    let last = scenario.steps.iter().map(|step| step.at).max().unwrap_or_default();
    simulation.run_until(simulation.now() + last + seconds(240));
    simulation
}

#[test]
fn containers_start_in_ready_sandboxes() {
    for (scenario, path) in everything() {
        for seed in 0..4 {
            let run = some_minutes_later(&scenario, path, seed).finish_now();
            let found = started_without_sandbox(&run);
            assert!(found.is_empty(), "{} on {path}, seed {seed}: {found:?}", scenario.name);
        }
    }
}

#[test]
fn every_call_is_answered_once() {
    for (scenario, path) in everything() {
        let simulation = some_minutes_later(&scenario, path, 1);
        let stops_kubelet = scenario.steps.iter().any(|step| step.action == Action::StopKubelet);
        let (made, now) = (simulation.calls_made(), simulation.now());
        let waiting = simulation.unanswered().count() as u64;
        let late = simulation.unanswered().find(|(since, _)| now.since(*since) > seconds(60));
        assert!(late.is_none(), "{} on {path}: {late:?}", scenario.name);
        let answered = simulation.finish_now().call_count;
        // What a kubelet that is stopped had asked is answered to nobody.
        if stops_kubelet {
            assert!(answered + waiting <= made, "{} on {path}", scenario.name);
        } else {
            assert_eq!(answered + waiting, made, "{} on {path}", scenario.name);
        }
    }
}

#[test]
fn nothing_is_left_of_deleted_pods() {
    for (scenario, path) in everything() {
        let deleted = scenario.steps.iter().filter_map(|step| match &step.action {
            Action::Delete { pod } => Some(pod),
            _ => None,
        });
        let deleted: Vec<_> = deleted.collect();
        for seed in 0..4 {
            let simulation = some_minutes_later(&scenario, path, seed);
            for manifest in &deleted {
                let pod = simulation.pod(manifest).expect("it is one of the scenario's");
                let node = simulation.node();
                let sandboxes = node.sandboxes_of(pod);
                let containers = node.containers.values().filter(|c| c.pod == pod).count();
                let left = (sandboxes.len(), containers, node.cgroups.contains(&pod));
                let name = &scenario.name;
                assert_eq!(left, (0, 0, false), "{manifest} of {name} on {path}, seed {seed}");
            }
        }
    }
}
