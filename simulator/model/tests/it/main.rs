//! What the model crate promises, one module a promise.

mod alignment_keeps_cause_before_effect;
mod compare_is_the_measure;
mod connections_come_back;
mod every_recording_reads;
mod faults_end_as_upstream;
mod images_built_with_docker;
mod kubeadm_reads_the_annotation;
mod mistakes_are_named;
mod node_equals_the_recorded;
mod oci_fields_beyond_the_recorded;
mod oci_specs_equal_the_recorded;
mod simulation_is_deterministic;
mod versions_are_known_by_source;
mod views_are_the_tools_output;

use simulator_model::store::Store;

/// The recordings of this repository.
fn store() -> Store {
    let root = simulator_model::store::folder();
    Store::open(root).expect("the repository has recordings")
}
