//! Times the model: `simulator-bench [WORD]`, only what has the word in its name; or prints a digest
//! of every run: `simulator-bench digests`.
#![expect(clippy::print_stdout, reason = "a command prints what it found")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use simulator_model::clock;
use simulator_model::prng::Prng;
use simulator_model::simulation::Course;
use simulator_model::{RuntimePath, simulate};
use simulator_proofs::{day, digest, scenarios};

/// How many instants of the day are looked up.
const SEEKS: usize = 500;
/// A day in µs.
const DAY_US: i64 = 86_400_000_000;

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
            println!("  {name:32} {took:9.1?}, {calls} calls{}", memory());
        }
    }
    for path in RuntimePath::ALL {
        let name = format!("seek in the 24 h, {path}");
        if wanted(&name) {
            seek(&name, path);
        }
    }
}

/// Looks random instants of the day up, and forks the node there: the two are one.
fn seek(name: &str, path: RuntimePath) {
    let start = Instant::now();
    let course = Course::of(day::simulation(24, path, 0));
    let made = start.elapsed();
    let mut prng = Prng::new(1);
    let mut took: Vec<_> = (0..SEEKS)
        .map(|_| {
            let whole_day = clock::Duration::from_micros(DAY_US);
            let at = clock::Instant::ZERO + prng.up_to(whole_day);
            fastest(3, || drop(black_box(course.at(at))))
        })
        .collect();
    took.sort_unstable();
    let (median, nine_in_ten) = (took[SEEKS / 2], took[SEEKS * 9 / 10]);
    let (longest, put_by) = (took[SEEKS - 1], course.put_by());
    println!(
        "  {name:32} {median:9.1?} median, {nine_in_ten:.1?} nine in ten, {longest:.1?} longest"
    );
    println!("  {:32} {made:9.1?} to play with {put_by} put by{}", "", memory());
}

/// The most memory that this process has had so far, where the system tells it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|text| text.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    peak.map_or_else(String::new, |kib| format!(", at most {} MiB so far", kib / 1_024))
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
