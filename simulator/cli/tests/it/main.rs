//! What the command promises, one module a promise.

mod recorded_nodes_are_matched;
