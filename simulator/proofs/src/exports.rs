//! What a host of the wasm module can call: numbers go in, one number comes out.

#![allow(unsafe_code, reason = "a name that a host can call needs this attribute")]

use simulator_model::{RuntimePath, simulate};

use crate::{day, digest, scenarios};

/// The number of the scenario `simple`.
#[unsafe(no_mangle)]
pub extern "C" fn scenario_number_of_simple() -> u32 {
    scenarios::names().position(|name| name == "simple").expect("it is one of ours") as u32
}

/// The digest of one run.
#[unsafe(no_mangle)]
pub extern "C" fn run_digest(scenario: u32, path: u32, seed: u32) -> u64 {
    let scenario = scenarios::at(scenario as usize).expect("the host counts from 0");
    digest::of(&simulate(&scenario, RuntimePath::ALL[path as usize], u64::from(seed)))
}

/// Reads one scenario and plays it so many times, each with another seed; the calls made.
#[unsafe(no_mangle)]
pub extern "C" fn play(scenario: u32, path: u32, times: u32) -> u64 {
    let scenario = scenarios::at(scenario as usize).expect("the host counts from 0");
    let path = RuntimePath::ALL[path as usize];
    (0..times).map(|seed| simulate(&scenario, path, u64::from(seed)).call_count).sum()
}

/// Plays so many hours of a node with 110 pods; the calls made.
#[unsafe(no_mangle)]
pub extern "C" fn play_hours(hours: u32, path: u32) -> u64 {
    let path = RuntimePath::ALL[path as usize];
    day::simulation(i64::from(hours), path, 0).finish().call_count
}
