//! What the engine promises to a page, one module a promise.

mod a_chosen_call_fails;
mod exports_hold_every_call;
mod faults_leave_the_past_alone;
mod jaeger_opens_a_trace;
mod orders_are_played;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use simulator_engine::session::Session;

/// The folder of the scenarios.
const SCENARIOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios");

/// An order for a scenario of this repository, as a page writes it.
fn order(scenario: &str, path: &str) -> Value {
    let read = |file: &str| std::fs::read_to_string(format!("{SCENARIOS}/{file}")).expect("a file");
    let pods = std::fs::read_dir(format!("{SCENARIOS}/pods")).expect("a folder");
    let files: BTreeMap<_, _> = pods
        .map(|file| format!("pods/{}", file.expect("a file").file_name().display()))
        .map(|pod| (pod.clone(), read(&pod)))
        .collect();
    json!({
        "text": read(&format!("{scenario}.yaml")),
        "name": scenario,
        "files": files,
        "path": path,
    })
}

/// What comes of an order.
fn play(order: &Value) -> Value {
    serde_json::from_str(&Session::default().play(&order.to_string())).expect("an answer is JSON")
}
