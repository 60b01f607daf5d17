//! What the command promises, one module a promise.

mod commands_below_equal_the_recorded;
mod commands_read_well;
mod container_hashes_are_the_kubelets;
mod recorded_nodes_are_matched;
