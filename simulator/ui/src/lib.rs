//! The simulator in the page: plays recorded runs.
//!
//! Pure, and tested without a browser: [`playback`] (where the reader is, and what each action
//! makes of it), [`pace`] (how time passes), [`score`] and [`rows`] (what there is to play and to
//! list), [`link`] (the address of a moment), [`list`] and [`inspector`] (the run and one step of
//! it as HTML). What touches the browser but does not draw is in `effects`; `app` is the component,
//! `player` its frame, `stage` the picture, `parts` what is written around it as text.

// The wasm has nothing that prints values as Rust writes them: see `terse` of the xtask.
#![cfg_attr(not(test), warn(clippy::use_debug))]

pub mod address;
pub mod command;
pub mod figure;
pub mod inspector;
pub mod json;
pub mod library;
pub mod link;
pub mod list;
pub mod markup;
pub mod pace;
pub mod panel;
pub mod playback;
pub mod predict;
pub mod rows;
pub mod score;
pub mod sequence;
pub mod setup;
pub mod squeeze;
pub mod storyboard;
pub mod table;
pub mod window;
pub mod words;

mod app;
mod chrome;
mod controls;
mod deeds;
mod drawers;
mod effects;
mod focus;
mod guess;
mod keys;
mod lanes;
mod looks;
mod order;
mod panels;
mod parts;
mod player;
mod shell;
mod stage;
mod staging;
mod studio;
mod terminal;

/// Whether this build has the big page. A constant and no `cfg`, so that both builds are checked as
/// one; what follows from it is left out by the compiler.
pub(crate) const STUDIO: bool = cfg!(feature = "studio");

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

/// Where the program has its memory from: 2 kB less to load than with that of Rust's library.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Brings a `<dockershim-simulator>` element to life. Its static figure stays, hidden, for print;
/// when anything goes wrong it stays in sight.
#[wasm_bindgen]
pub fn mount(element: &HtmlElement) {
    app::mount(element);
}
