//! A Kubernetes node as a model, and what real nodes said, as data.
//!
//! # The model
//!
//! [`simulate`] plays a [`scenario`] on one [`RuntimePath`] and gives a [`Run`]. The model knows no
//! files, clock, threads or floating-point numbers; the same scenario and seed give the same run on
//! every machine, to the byte.
//!
//! ```text
//!   scenario ──► simulation ◄──── queue of events, by (instant, sequence)
//!                 │      │
//!        resume   │      │ serve: one phase of a call, as a timeline
//!                 ▼      ▼
//!             kubelet   runtime ── dockershim | containerd | crio
//!                 │ call   │ changes
//!                 ▼        ▼
//!              the seam ► node state ──► run (calls, changes, checkpoints) ──► export
//! ```
//!
//! - [`clock`], [`prng`], [`latency`]: time and chance, in whole numbers.
//! - [`pod`], [`scenario`]: what is asked for.
//! - [`identity`], [`messages`], [`call`]: what is said, small inside and in full outside.
//! - [`node`]: what is true on the node; it changes only by [`node::Change`]s.
//! - `kubelet`: goroutines as state machines between calls.
//! - `runtime`, `dockershim`, `containerd`, `crio`: a plain function per CRI call.
//! - [`simulation`]: the event loop, and the one seam where every call passes; a long run that can
//!   be looked into anywhere.
//! - [`run`], [`export`]: the run as data, and as `cri-recording/1`.
//! - [`report`]: what the kubelet tells the API server.
//! - [`state`], [`views`]: the node at any instant as rows, and as tools on the node print it.
//! - [`compare`]: how far two recordings agree.
//!
//! Two choices to know about. A call is worked out when it starts, over the node as it is then, and
//! played out later: simple handlers, at the price that a call does not see what others change while
//! it runs, except where it waits for a process to end. And requests and replies are small numbers
//! inside; full messages are put together only when a call is written out.
//!
//! # The recordings
//!
//! - [`recording`]: one recorded run, typed, and how it is read from text. Pure: no files, no clock.
//! - [`runtime_path`]: the four ways from the kubelet to a container.
//! - [`store`], [`import`] and [`browser`] (not in wasm): the recordings kept in this repository, how
//!   they are brought in, and how they go out to a page.
//!
//! # Glossary
//!
//! - **path**: one of the four set-ups recorded, from the kubelet down to runc.
//! - **scenario**: what a person did to a node while the recorder ran, and what the containers did.
//! - **recording**: everything written down while one scenario played on one path.
//! - **call**: one CRI request with its reply. An **engine call** is one HTTP request to Docker.
//! - **loop**: the part of the kubelet that made a call (its goroutine), such as the pod worker.
//! - **mark**: something the person at the node did, such as putting a manifest in place.

pub mod basis;
pub mod call;
pub mod clock;
pub mod compare;
mod containerd;
mod crio;
mod dockershim;
pub mod export;
pub mod grounds;
pub mod identity;
mod kubelet;
pub mod lang;
pub mod latency;
pub mod messages;
pub mod node;
pub mod oci;
pub mod pod;
pub mod prng;
pub mod recording;
pub mod report;
pub mod run;
mod runtime;
pub mod runtime_path;
pub mod scenario;
pub mod simulation;
pub mod state;
pub mod versions;
pub mod views;

#[cfg(not(target_arch = "wasm32"))]
pub mod browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod import;
#[cfg(not(target_arch = "wasm32"))]
pub mod store;

use std::sync::Arc;

pub use recording::Recording;
pub use run::Run;
pub use runtime_path::RuntimePath;
pub use scenario::Scenario;
pub use simulation::{Options, Simulation};

/// Plays a scenario to its end on one path.
///
/// # Example
///
/// ```
/// use simulator_model::{RuntimePath, Scenario, simulate};
/// let run = simulate(&Scenario::default(), RuntimePath::Containerd, 0);
/// assert_eq!(run.call_count, 0);
/// ```
pub fn simulate(scenario: &Scenario, path: RuntimePath, seed: u64) -> Run {
    let options = Options { path, seed, keep: true };
    Simulation::new(Arc::new(scenario.clone()), options).finish()
}
