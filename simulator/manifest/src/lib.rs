//! Reads manifests and scenarios: YAML in, the model's types out, every mistake with its place.
//!
//! ```
//! use simulator_manifest::{Lang, Options, read};
//!
//! let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containrs: []}\n";
//! let reading = read(text, &Options::default());
//! assert!(reading.pods.is_empty());
//! assert_eq!(
//!     reading.mistakes[0].text(Lang::En),
//!     "manifest:4:7: spec.containers: `containers` is missing",
//! );
//! assert_eq!(
//!     reading.mistakes[1].text(Lang::En),
//!     "manifest:4:8: spec.containrs: `PodSpec` has no field `containrs`; did you mean `containers`?",
//! );
//! ```
//!
//! A text goes through these stages, in this order; the first three look at the same tree, so each
//! mistake has its line and column, and all are named at once:
//!
//! - `tree`: YAML to a tree in which everything knows its place, within limits.
//! - `shape`: known fields and right types, held against [`schema`], the API as data.
//! - `check`: the rules of the API server between values.
//! - `workload`: a pod as it is, or those that a controller makes.
//! - `from_tree`: into the model's types.
//! - `defaults`: what the API server fills in; `objects`: values of `ConfigMap`s and `Secret`s.
//!
//! [`scenario`] reads scenario files, and makes a scenario of a bare manifest.

mod check;
mod defaults;
mod finding;
mod from_tree;
#[cfg(not(target_arch = "wasm32"))]
pub mod fuzz;
mod kinds;
mod message;
mod nearest;
mod note;
mod objects;
mod place;
mod read;
mod scalar;
pub mod scenario;
pub mod schema;
mod shape;
mod tree;
mod workload;

pub use finding::{MISTAKES_MAX, Mistake, Note};
pub use message::{Message, NameRule, PathRule, Shape, Why};
pub use note::Remark;
pub use place::Position;
pub use read::{Defaults, Options, PODS_MAX, Reading, TEXT_MAX, read};
pub use simulator_model::lang::Lang;
pub use tree::{DEPTH_MAX, NODES_MAX};
