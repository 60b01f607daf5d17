//! What the command promises, one module a promise.

mod container_hashes_are_the_kubelets;
mod recorded_nodes_are_matched;
