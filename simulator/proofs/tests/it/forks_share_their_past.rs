//! A fork has the past of its run; left alone, it has its future as well.

use simulator_model::clock::Instant;
use simulator_model::prng::Prng;
use simulator_model::run::CallRecord;
use simulator_model::scenario::Action;
use simulator_model::{Run, RuntimePath, simulate};
use simulator_proofs::{digest, scenarios};

use crate::{everything, seconds};

/// The calls that were answered until an instant.
fn answered(run: &Run, until: Instant) -> Vec<&CallRecord> {
    run.calls.iter().filter(|call| call.end <= until).collect()
}

#[test]
fn a_fork_left_alone_is_the_run() {
    let mut prng = Prng::new(5);
    for (scenario, path) in everything() {
        let run = simulate(&scenario, path, 3);
        let at = Instant::ZERO + prng.up_to(run.end.since(Instant::ZERO));
        let fork = run.fork(at);
        assert!(fork.now() <= at);
        assert_eq!(digest::of(&fork.finish()), digest::of(&run), "{} on {path}", scenario.name);
    }
}

#[test]
fn what_is_planned_changes_only_the_future() {
    let scenario = scenarios::named("simple").expect("it is one of ours");
    for path in RuntimePath::ALL {
        let run = simulate(&scenario, path, 0);
        let at = run.marks[0].at + seconds(10);
        let mut fork = run.fork(at);
        fork.plan(at, Action::KillContainer { container: "main".into() });
        let other = fork.finish();
        assert_eq!(answered(&run, at), answered(&other, at), "{path}");
        let later = at + seconds(2);
        assert_ne!(answered(&run, later), answered(&other, later), "{path}");
        let made =
            |run: &Run| run.calls.iter().filter(|c| c.request.name() == "StartContainer").count();
        assert_eq!((made(&run), made(&other)), (1, 2), "{path}");
    }
}

#[test]
fn a_run_goes_on_beyond_its_end() {
    let run = simulate(&scenarios::named("simple").expect("ours"), RuntimePath::CriO, 0);
    let mut fork = run.fork(run.end);
    fork.go_on();
    fork.plan(run.end + seconds(60), Action::End);
    let longer = fork.finish();
    assert_eq!(longer.end, run.end + seconds(60));
    assert!(longer.call_count > run.call_count);
}
