//! Times the model: `simulator-bench`; or prints a digest of every run: `simulator-bench digests`.
#![expect(clippy::print_stdout, reason = "a command prints what it found")]

use std::time::{Duration, Instant};

use simulator_bench::{day, digest, scenarios};
use simulator_model::{RuntimePath, Scenario, simulate};

fn main() {
    if std::env::args().nth(1).as_deref() == Some("digests") {
        return digests(4);
    }
    let simple = scenarios::named("simple").expect("it is one of ours");
    for path in RuntimePath::ALL {
        let took = median(200, || play(&simple, path));
        println!("  simple, whole run, {path:11} {took:9.1?}");
    }
    for path in RuntimePath::ALL {
        let start = Instant::now();
        let run = day::simulation(24, path, 0).finish();
        let (took, calls) = (start.elapsed(), run.call_count);
        println!("  24 h, 110 pods, {path:11} {took:9.1?}, {calls} calls");
    }
}

fn digests(seeds: u64) {
    for name in scenarios::names() {
        let scenario = scenarios::named(name).expect("it is one of ours");
        for path in RuntimePath::ALL {
            for seed in 0..seeds {
                let run = simulate(&scenario, path, seed);
                println!("{name} {path} {seed} {:016x}", digest::of(&run));
            }
        }
    }
}

fn play(scenario: &Scenario, path: RuntimePath) {
    assert!(simulate(scenario, path, 0).call_count > 0);
}

fn median(times: usize, work: impl Fn()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let mut spans: Vec<_> = (0..times).map(once).collect();
    spans.sort();
    spans[times / 2]
}
