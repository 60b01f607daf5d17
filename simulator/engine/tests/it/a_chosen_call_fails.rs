//! A call that somebody chose from a run fails in the run that is played anew, and what came before
//! it is the same to the microsecond.

use simulator_engine::order::Order;
use simulator_model::call::Request;
use simulator_model::run::CallRecord;
use simulator_model::scenario::NthCall;
use simulator_model::{Run, RuntimePath, Scenario, simulate};

use crate::order;

fn scenario(name: &str, path: RuntimePath) -> Scenario {
    let order: Order = serde_json::from_value(order(name, path.name())).expect("an order");
    order.read().expect("it can be played").scenario
}

fn play(scenario: &Scenario, path: RuntimePath) -> Run {
    simulate(scenario, path, 0)
}

/// The calls since the first `apply`, as a reader of the run tells them apart, each with its place
/// among all.
fn chosen(run: &Run) -> Vec<(usize, NthCall)> {
    let applied = run.marks.iter().find(|mark| mark.word == "apply").expect("it is applied").at;
    let since = |call: &&CallRecord| call.at >= applied;
    let calls = run.calls.iter().enumerate().filter(|(_, call)| since(call));
    let told = |(place, call): (usize, &CallRecord)| {
        let name = call.request.name();
        let like = || run.calls.iter().filter(since).filter(|it| it.request.name() == name);
        let nth = like().filter(|it| it.at < call.at).count() as u64;
        let of = match &call.request {
            Request::StopContainer { container, .. }
                if like().filter(|it| it.at == call.at).count() > 1 =>
            {
                run.catalog.container(*container).config.metadata.name.clone()
            }
            _ => String::new(),
        };
        (place, NthCall { name: name.to_owned(), nth, of })
    };
    calls.map(told).collect()
}

#[test]
fn it_is_that_one_and_no_other() {
    for name in ["simple", "full", "api-job"] {
        for path in RuntimePath::ALL {
            let scenario = scenario(name, path);
            let plain = play(&scenario, path);
            for (place, call) in chosen(&plain) {
                let refused = vec![call.clone()];
                let broken = play(&Scenario { refused, ..scenario.clone() }, path);
                let at = plain.calls[place].at;
                let over = |run: &Run| run.calls.iter().filter(|it| it.end < at).count();
                let past = over(&plain);
                assert_eq!(plain.calls[..past], broken.calls[..past], "{name} on {path}: {call:?}");
                let was = &plain.calls[place];
                let same = |it: &&CallRecord| {
                    (&it.request, it.at, it.goroutine) == (&was.request, was.at, was.goroutine)
                };
                let is = broken.calls.iter().find(same).expect("it is made all the same");
                let Err(status) = &is.outcome else {
                    panic!("{name} on {path}: {call:?} succeeds")
                };
                assert_eq!(status.code, "Unknown", "{name} on {path}: {call:?}");
            }
        }
    }
}
