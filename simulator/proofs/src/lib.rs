//! The model as a bare wasm module: the same work natively and in a browser, to compare and to time.
//!
//! - [`scenarios`]: the scenarios of this repository, kept in the program.
//! - [`digest`]: a run as one number.
//! - [`day`]: a node with 110 pods for a day.
//! - `exports`: what a host of the wasm module can call.

pub mod day;
pub mod digest;
#[cfg(target_arch = "wasm32")]
mod exports;
pub mod scenarios;
