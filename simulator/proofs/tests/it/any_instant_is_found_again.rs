//! A run of which nothing was kept is found again at any instant, as it was.

use std::sync::Arc;

use simulator_model::clock::Instant;
use simulator_model::prng::Prng;
use simulator_model::simulation::Course;
use simulator_model::{Options, RuntimePath, Simulation, simulate};
use simulator_proofs::day;

use crate::{everything, seconds};

#[test]
fn the_node_is_what_it_was() {
    let mut prng = Prng::new(9);
    for (scenario, path) in everything() {
        let run = simulate(&scenario, path, 3);
        let name = &scenario.name;
        let options = Options { path, seed: 3, keep: false };
        let simulation = Simulation::new(Arc::new(scenario.clone()), options);
        // So few that the distance between them is doubled several times.
        let course = Course::spaced(simulation, 5, 16);
        assert!((8..=16).contains(&course.put_by()), "{name} on {path}: {}", course.put_by());
        assert_eq!(course.end().node(), &run.last, "{name} on {path}");
        for _ in 0..8 {
            let at = Instant::ZERO + prng.up_to(run.end.since(Instant::ZERO));
            let found = course.at(at);
            assert!(found.now() <= at);
            assert_eq!(found.node(), &run.state_at(at), "{name} on {path} at {at:?}");
            assert_eq!(found.finish().call_count, run.call_count, "{name} on {path} from {at:?}");
        }
    }
}

#[test]
fn what_is_found_goes_its_own_way() {
    let course = Course::of(day::simulation(1, RuntimePath::Containerd, 0));
    let at = Instant::ZERO + seconds(1_800);
    let (left_alone, mut stopped) = (course.at(at), course.at(at));
    assert_eq!(left_alone.calls_made(), stopped.calls_made());
    stopped.plan(at, simulator_model::scenario::Action::StopKubelet);
    let (left_alone, stopped) = (left_alone.finish(), stopped.finish());
    assert!(left_alone.last.kubelet_up && !stopped.last.kubelet_up);
    assert!(left_alone.call_count > stopped.call_count);
}
