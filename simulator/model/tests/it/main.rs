//! What the model crate promises, one module a promise.

mod alignment_keeps_cause_before_effect;
mod every_recording_reads;
mod mistakes_are_named;

use std::path::Path;

use simulator_model::store::Store;

/// The recordings of this repository.
fn store() -> Store {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../recordings");
    Store::open(root).expect("the repository has recordings")
}
