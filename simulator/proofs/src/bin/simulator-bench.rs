//! Times the model: `simulator-bench [WORD]`, only what has the word in its name; or prints a digest
//! of every run: `simulator-bench digests`.
#![expect(clippy::print_stdout, reason = "a command prints what it found")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use simulator_model::{RuntimePath, simulate};
use simulator_proofs::{day, digest, scenarios};

fn main() {
    let word = std::env::args().nth(1).unwrap_or_default();
    if word == "digests" {
        return digests(4);
    }
    let wanted = |name: &str| name.contains(&word);
    let simple = scenarios::named("simple").expect("it is one of ours");
    for path in RuntimePath::ALL {
        let name = format!("simple, whole run, {path}");
        if wanted(&name) {
            let took = fastest(300, || drop(black_box(simulate(&simple, path, 0))));
            println!("  {name:32} {took:9.1?}");
        }
    }
    for path in RuntimePath::ALL {
        let name = format!("24 h, 110 pods, {path}");
        if wanted(&name) {
            let mut calls = 0;
            let took = fastest(3, || calls = day::simulation(24, path, 0).finish().call_count);
            println!("  {name:32} {took:9.1?}, {calls} calls");
        }
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

/// The shortest of so many times: what others do on the machine only makes it longer.
fn fastest(times: u32, mut work: impl FnMut()) -> Duration {
    let mut once = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..times).map(&mut once).min().unwrap_or_default()
}
