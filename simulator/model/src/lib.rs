//! What real nodes said, as data.
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

pub mod recording;
pub mod runtime_path;

#[cfg(not(target_arch = "wasm32"))]
pub mod browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod import;
#[cfg(not(target_arch = "wasm32"))]
pub mod store;

pub use recording::Recording;
pub use runtime_path::RuntimePath;
