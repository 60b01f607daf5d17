//! What the model promises of every run, by enumeration and by sweeps of seeds; a module a promise.

mod any_instant_is_found_again;
mod any_pod_comes_to_an_end;
mod arbitrary;
mod calls_and_containers_in_order;
mod every_call_may_fail;
mod forks_share_their_past;
mod messages_are_the_published_ones;
mod native_equals_wasm;
mod one_seed_one_run;
mod scenarios_are_all_here;

use simulator_model::clock::Duration;
use simulator_model::{RuntimePath, Scenario};
use simulator_proofs::scenarios;

/// All scenarios of this repository on all paths.
fn everything() -> impl Iterator<Item = (Scenario, RuntimePath)> {
    let all = scenarios::names().filter_map(scenarios::named);
    all.flat_map(|scenario| RuntimePath::ALL.map(|path| (scenario.clone(), path)))
}

/// So many seconds.
const fn seconds(count: i64) -> Duration {
    Duration::from_secs(count)
}
