//! Whatever pods are put on a node and whatever is done to it, nothing panics, the run ends, and once
//! all pods are deleted nothing of them is left.

use std::sync::Arc;

use simulator_model::scenario::Action;
use simulator_model::{Options, RuntimePath, Simulation, export};

use crate::calls_and_containers_in_order::started_without_sandbox;
use crate::{arbitrary, seconds};

/// How long a node may need to clean up after everything was deleted: two rounds of garbage
/// collection behind the longest grace period and back-off.
const PATIENCE: i64 = 600;

fn sweep(path: RuntimePath) {
    for seed in 0..200 {
        let scenario = Arc::new(arbitrary::scenario(seed));
        let mut simulation =
            Simulation::new(Arc::clone(&scenario), Options { path, seed, keep: true });
        // A restart of CRI-O holds the steps after it up for more than a minute.
        simulation.run_until(simulation.now() + seconds(1_500));
        assert!(simulation.is_over(), "{path}, seed {seed}: it ends");

        simulation.go_on();
        let end = simulation.now();
        simulation.plan(end, Action::StartKubelet);
        for pod in scenario.pods.keys() {
            simulation.plan(end + seconds(15), Action::Delete { pod: pod.clone() });
        }
        simulation.run_until(end + seconds(PATIENCE));
        let node = simulation.node();
        let left = (node.containers.len(), node.sandboxes.len(), node.cgroups.len());
        assert_eq!(left, (0, 0, 0), "{path}, seed {seed}: {:?}", scenario.steps);

        let run = simulation.finish_now();
        let found = started_without_sandbox(&run);
        assert!(found.is_empty(), "{path}, seed {seed}: {found:?}");
        assert!(!export::lines(&run).is_empty());
    }
}

#[test]
fn on_dockershim() {
    sweep(RuntimePath::Dockershim);
}

#[test]
fn on_cri_dockerd() {
    sweep(RuntimePath::CriDockerd);
}

#[test]
fn on_containerd() {
    sweep(RuntimePath::Containerd);
}

#[test]
fn on_cri_o() {
    sweep(RuntimePath::CriO);
}
