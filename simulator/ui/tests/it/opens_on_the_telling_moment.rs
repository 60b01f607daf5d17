//! Before anything is pressed, a figure shows what somebody did to the running pod, else its start.

use simulator_model::RuntimePath;

use crate::figure_of;

/// The step on which a recorded scenario opens.
fn opens(scenario: &str) -> String {
    let figure = figure_of(scenario, &[RuntimePath::Dockershim, RuntimePath::Containerd]);
    let step = figure.beginning().step(figure.score()).expect("a step is chosen");
    let run = figure.run(0).expect("there is a run");
    run.steps[step].name(run)
}

#[test]
fn what_was_done_to_a_running_pod_is_seen_first() {
    assert_eq!(opens("container_killed"), "kill");
    assert_eq!(opens("sandbox_killed"), "kill");
    assert_eq!(opens("engine_restart"), "stop-runtime");
    assert_eq!(opens("kubelet_restart"), "start");
    assert_eq!(opens("interact"), "run");
}

#[test]
fn a_life_without_it_opens_where_the_container_starts() {
    for scenario in ["simple", "full", "crash", "oneshot"] {
        assert_eq!(opens(scenario), "runc start", "{scenario}");
    }
}
