//! Recordings of real nodes as data, and (later) the model that reproduces them.
