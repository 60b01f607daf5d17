//! Whichever one call fails, the node ends as it would have ended without: what should run runs, and
//! what was deleted is cleaned up.
//!
//! The space is small and walked whole: every call of every scenario on every path is refused, is
//! served with its answer lost, and has each of its requests to Docker Engine fail.

use std::collections::BTreeMap;
use std::sync::Arc;

use simulator_model::call::Status;
use simulator_model::clock::Instant;
use simulator_model::node::RunState;
use simulator_model::scenario::{Action, Scenario};
use simulator_model::simulation::{Rule, Verdict};
use simulator_model::{Options, Run, RuntimePath, Simulation};
use simulator_proofs::scenarios;

use crate::seconds;

/// How long after the planned end a node has come to rest at the latest: the longest back-off, a
/// grace period and two rounds of garbage collection.
const PATIENCE: i64 = 480;

/// What is looked at in the end, by the names of manifests.
type Shape = BTreeMap<String, PodShape>;

/// One pod in the end.
#[derive(Debug, PartialEq, Eq)]
enum PodShape {
    /// Deleted: what is left of it.
    Left(usize),
    /// Here: its ready sandboxes, and the containers that should run for ever and do.
    Here { ready: usize, running: Vec<String> },
}

fn shape(scenario: &Scenario, simulation: &Simulation) -> Shape {
    let pods = scenario.pods.keys().map(|manifest| {
        let deleted = |action: &Action| matches!(action, Action::Delete { pod } if pod == manifest);
        let deleted = scenario.steps.iter().any(|step| deleted(&step.action));
        (manifest.clone(), pod_shape(scenario, simulation, manifest, deleted))
    });
    pods.collect()
}

fn pod_shape(
    scenario: &Scenario,
    simulation: &Simulation,
    manifest: &str,
    deleted: bool,
) -> PodShape {
    let node = simulation.node();
    let pod = simulation.pod(manifest).expect("it is one of the scenario's");
    let sandboxes = node.sandboxes_of(pod);
    let containers = node.containers.iter().filter(|(_, container)| container.pod == pod);
    if deleted {
        let cgroup = usize::from(node.cgroups.contains(&pod));
        return PodShape::Left(sandboxes.len() + containers.count() + cgroup);
    }
    let lasting = containers.filter(|(_, container)| container.state == RunState::Running);
    let names = lasting.map(|(id, _)| &simulation.catalog().container(*id).config.metadata.name);
    let lasting = |name: &&String| scenario.behaviour(name, 0).runs.is_none();
    let mut running: Vec<_> = names.filter(lasting).cloned().collect();
    running.sort();
    let ready = sandboxes.into_iter().filter(|id| node.is_ready(*id)).count();
    PodShape::Here { ready, running }
}

/// Where every call of a scenario can be made to fail.
struct Trial {
    scenario: Scenario,
    path: RuntimePath,
    /// When its steps are over.
    planned_end: Instant,
    /// How it ends when nothing fails.
    wanted: Shape,
    base: Run,
}

impl Trial {
    fn new(scenario: Scenario, path: RuntimePath) -> Self {
        let mut simulation = Self::begin(&scenario, path, false);
        simulation.run_until(Instant::ZERO + seconds(3_600));
        let planned_end = simulation.now();
        assert!(simulation.is_over(), "{} has an end", scenario.name);
        simulation.go_on();
        simulation.run_until(planned_end + seconds(240));
        let wanted = shape(&scenario, &simulation);
        let base = Self::begin(&scenario, path, true).finish();
        Self { scenario, path, planned_end, wanted, base }
    }

    fn begin(scenario: &Scenario, path: RuntimePath, keep: bool) -> Simulation {
        Simulation::new(Arc::new(scenario.clone()), Options { path, seed: 0, keep })
    }

    /// Lets every call fail, each in a run of its own; how many runs that were.
    fn walk(&self) -> usize {
        let mut past = Self::begin(&self.scenario, self.path, false);
        let mut runs = 0;
        let mut instants: Vec<_> = self.base.calls.iter().map(|call| call.at).collect();
        instants.dedup();
        for at in instants {
            let before = past.clone();
            past.run_until(at);
            let engine = self.base.calls.iter().filter(|call| call.at == at);
            let requests = engine.map(|call| call.engine.len()).max().unwrap_or_default();
            for call in before.calls_made()..past.calls_made() {
                for verdict in verdicts(requests) {
                    self.ends_well(before.clone(), &Rule { call, verdict });
                    runs += 1;
                }
            }
        }
        runs
    }

    fn ends_well(&self, mut simulation: Simulation, rule: &Rule) {
        simulation.add_rule(rule.clone());
        simulation.go_on();
        simulation.run_until(self.planned_end);
        let mut found = shape(&self.scenario, &simulation);
        for waited in 0..PATIENCE / 10 {
            if found == self.wanted {
                return;
            }
            simulation.run_until(self.planned_end + seconds(10 * (waited + 1)));
            found = shape(&self.scenario, &simulation);
        }
        let (name, path, wanted) = (&self.scenario.name, self.path, &self.wanted);
        panic!("{name} on {path}, {rule:?}: found {found:?}, wanted {wanted:?}");
    }
}

/// The ways in which a call with so many requests to the engine can fail.
fn verdicts(requests: usize) -> impl Iterator<Item = Verdict> {
    let status = |code| Status { code, message: "somebody wanted to see this fail".into() };
    let whole = [Verdict::Refused(status("Unknown")), Verdict::AnswerLost(status("Unavailable"))];
    whole.into_iter().chain((0..requests).map(|request| Verdict::EngineFails { request }))
}

fn walk(path: RuntimePath) {
    let all = scenarios::names().filter_map(scenarios::named);
    let runs: usize = all.map(|scenario| Trial::new(scenario, path).walk()).sum();
    assert!(runs > 1_000, "{runs} runs are not all");
}

#[test]
fn every_call_of_dockershim() {
    walk(RuntimePath::Dockershim);
}

#[test]
fn every_call_of_cri_dockerd() {
    walk(RuntimePath::CriDockerd);
}

#[test]
fn every_call_of_containerd() {
    walk(RuntimePath::Containerd);
}

#[test]
fn every_call_of_cri_o() {
    walk(RuntimePath::CriO);
}
