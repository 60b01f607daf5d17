//! A kubelet whose runtime goes away fails at once, and finds it again only at its next attempt.

use simulator_model::call::{Loop, Request};
use simulator_model::clock::Duration;
use simulator_model::scenario::{Action, Daemon, Deed, Return};
use simulator_model::{Run, RuntimePath, simulate};

use crate::faults_end_as_upstream::{deed, end, scenario};

/// When calls of a service failed for want of a connection: the first and the last, in ms since
/// `mark`.
fn away(run: &Run, mark: &str, image: bool) -> Option<(i64, i64)> {
    let since = run.marks.iter().find(|m| m.word == mark).expect("it was done").at;
    let of_images = |request: &Request| {
        let name = request.name();
        name.contains("Image") && name != "RemoveContainer"
    };
    let failed = run.calls.iter().filter(|call| of_images(&call.request) == image);
    let failed = failed.filter(|call| {
        call.outcome.as_ref().is_err_and(|status| status.message.starts_with("connection error"))
    });
    let at: Vec<_> = failed.map(|call| call.at.since(since).as_micros() / 1_000).collect();
    Some((*at.first()?, *at.last()?))
}

#[test]
fn a_runtime_that_is_back_is_not_seen_before_the_next_attempt() {
    // Attempts after 1, 2.6, 5.2, 9.3, 15.8 and 26.3 s: what is back after 17 s is seen at the last.
    for path in [RuntimePath::Containerd, RuntimePath::CriO] {
        let crash = Action::Daemon {
            who: Daemon::Runtime,
            deed: Deed::Crash,
            back: Return::After(Duration::from_secs(17)),
        };
        let run = simulate(&scenario(vec![(12, crash), end(90)]), path, 0);
        let (first, last) = away(&run, "crash-runtime", false).expect("calls failed");
        assert!(first < 1_100 && (25_000..26_400).contains(&last), "{path}: {first} to {last}");
        let quick = run.calls.iter().filter(|call| call.outcome.is_err());
        let quick = quick.filter(|call| call.of == Loop::Pleg);
        let longest = quick.map(|call| call.end.since(call.at)).max();
        assert!(longest < Some(Duration::from_millis(10)), "{path}: {longest:?}");
    }
}

#[test]
fn the_two_services_come_back_each_by_itself() {
    let restart = Action::RestartRuntime { pause: Duration::from_secs(2) };
    let apart = (1..40).any(|seed| {
        let run =
            simulate(&scenario(vec![(12, restart.clone()), end(130)]), RuntimePath::CriO, seed);
        let last = |image| away(&run, "stop-runtime", image).map(|(_, last)| last / 10_000);
        last(true) > last(false)
    });
    assert!(apart, "in the recording the image service came back half a minute later");
}

#[test]
fn steps_after_a_restart_wait_for_it() {
    let restart = Action::RestartRuntime { pause: Duration::from_secs(2) };
    for path in RuntimePath::ALL {
        let run = simulate(&scenario(vec![(12, restart.clone()), end(66)]), path, 0);
        let at = |word| run.marks.iter().find(|mark| mark.word == word).expect("it was").at;
        let after = run.end.since(at("start-runtime"));
        assert_eq!(after, Duration::from_secs(52), "{path}");
    }
}

#[test]
fn a_pod_without_a_network_is_tried_again_after_a_second() {
    for path in RuntimePath::ALL {
        let steps = vec![(20, Action::SetCni { present: true }), end(60)];
        let mut without = scenario(steps);
        without.without_cni = true;
        let run = simulate(&without, path, 0);
        let asked = run.calls.iter().filter(|call| call.request.name() == "RunPodSandbox");
        let restored = run.marks.iter().find(|mark| mark.word == "restore-cni").expect("it was").at;
        let first = asked.map(|call| call.at.since(restored)).min().expect("it was made");
        // The runtime looks every 5 s, the kubelet every 5 s, the worker every 1 to 1.5 s.
        assert!(first < Duration::from_millis(12_500), "{path}: {first:?}");
    }
}

#[test]
fn a_connection_is_not_missed_by_who_lives_in_the_process() {
    let stop = deed(Daemon::Dockerd, Deed::Stop);
    let run = simulate(&scenario(vec![(12, stop), end(60)]), RuntimePath::Dockershim, 0);
    assert_eq!(away(&run, "stop-runtime", false), None, "dockershim itself answers");
}
