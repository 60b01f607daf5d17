//! What a reader sees of a run: lanes, steps, captions and the static picture.
//!
//! Pure: a recording goes in, plain data and HTML come out. The browser and the book's
//! preprocessor both draw from here, so that they cannot disagree.
//!
//! - [`run`](Run): the recording as ordered [steps](Step), nested as the calls were, with the
//!   [hops](Hop) each took and the [phase](Phase) it belongs to; [polls](Poll) apart.
//! - [`caption`]: each step in one plain sentence, in every [language](Lang).
//! - [`axis`]: one clock for all runs of a figure, idle time cut short.
//! - [`scene`]: where everything is in the picture; [`picture`]: the picture as SVG.
//! - [`static_figure`]: picture and list as HTML, for print and for readers without JavaScript.

// The wasm has nothing that prints values as Rust writes them: see `terse` of the xtask.
#![cfg_attr(not(test), warn(clippy::use_debug))]

pub mod axis;
pub mod caption;
pub mod detail;
pub mod ledger;
pub mod picture;
pub mod provenance;
pub mod scene;
pub mod tally;
pub mod translation;

mod actor;
mod duration;
mod escape;
mod legend;
mod ordered;
mod phase;
mod poll;
mod run;
mod static_figure;
mod step;
mod subject;
mod wire;

pub use actor::Actor;
pub use duration::{duration, instant};
pub use escape::escape;
pub use legend::legend;
pub use phase::Phase;
pub use poll::Poll;
pub use run::{Life, Made, Run};
pub use simulator_model::lang::{Lang, UnknownLang};
pub use static_figure::static_figure;
pub use step::{Hop, Step, What};
pub use wire::Wire;
