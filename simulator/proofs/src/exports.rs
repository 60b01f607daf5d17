//! What a host of the wasm module can call: numbers go in, one number comes out.

#![allow(unsafe_code, reason = "a name that a host can call needs this attribute")]

use std::cell::RefCell;

use simulator_model::clock::Instant;
use simulator_model::simulation::Course;
use simulator_model::{RuntimePath, simulate};

use crate::{day, digest, scenarios};

/// The number of the scenario `simple`.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn scenario_number_of_simple() -> u32 {
    scenarios::names().position(|name| name == "simple").expect("it is one of ours") as u32
}

/// The digest of one run.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn run_digest(scenario: u32, path: u32, seed: u32) -> u64 {
    let scenario = scenarios::at(scenario as usize).expect("the host counts from 0");
    digest::of(&simulate(&scenario, RuntimePath::ALL[path as usize], u64::from(seed)))
}

/// Reads one scenario and plays it so many times, each with another seed; the calls made.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn play(scenario: u32, path: u32, times: u32) -> u64 {
    let scenario = scenarios::at(scenario as usize).expect("the host counts from 0");
    let path = RuntimePath::ALL[path as usize];
    (0..times).map(|seed| simulate(&scenario, path, u64::from(seed)).call_count).sum()
}

/// Plays so many hours of a node with 110 pods; the calls made.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn play_hours(hours: u32, path: u32) -> u64 {
    let path = RuntimePath::ALL[path as usize];
    day::simulation(i64::from(hours), path, 0).finish().call_count
}

thread_local! {
    /// The day that is looked into.
    static COURSE: RefCell<Option<Course>> = const { RefCell::new(None) };
}

/// Plays so many hours of a node with 110 pods so that they can be looked into; how many simulations
/// were put by.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn put_hours_by(hours: u32, path: u32) -> u32 {
    let simulation = day::simulation(i64::from(hours), RuntimePath::ALL[path as usize], 0);
    // The one before goes first: a browser has not room for two.
    COURSE.set(None);
    let course = Course::of(simulation);
    let count = course.put_by() as u32;
    COURSE.set(Some(course));
    count
}

/// Looks up an instant of what was put by, in ms; the calls made until then.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn seek(at_ms: u32) -> u64 {
    let at = Instant::from_micros(i64::from(at_ms) * 1_000);
    COURSE.with_borrow(|course| course.as_ref().map_or(0, |course| course.at(at).calls_made()))
}
