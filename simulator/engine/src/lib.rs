//! The simulation in the page: orders go in as JSON, recordings and views come out as text.
//!
//! A WebAssembly module of its own beside the player, fetched when a reader first asks for something
//! that no recording shows. Everything but this file is pure and tested without a browser.
//!
//! - [`order`]: what a page asks for.
//! - [`fault`]: what breaks, and when.
//! - [`session`]: the runs that the page still shows.
//! - [`trace`], [`mermaid`]: a recording as other tools read it.
//! - [`dial`]: what each version of the kubelet changes.

pub mod dial;
pub mod fault;
pub mod mermaid;
pub mod order;
pub mod session;
pub mod trace;

use simulator_model::lang::Lang;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::session::Session;

/// The runs of a page.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    session: Session,
    recording: String,
}

#[wasm_bindgen]
impl Engine {
    /// An engine without runs.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Plays an [`order::Order`] and answers with a [`session::Answer`], both as JSON. The recording
    /// is handed out apart, by [`Engine::recording`]: it is long, and a page reads it only once.
    pub fn play(&mut self, order: &str) -> String {
        let mut answer = self.session.order(order);
        let lines = std::mem::take(&mut answer.recording);
        self.recording = serde_json::to_string(&lines).unwrap_or_default();
        serde_json::to_string(&answer).unwrap_or_default()
    }

    /// The recording of what was just played, as the JSON array of its lines.
    pub fn recording(&mut self) -> String {
        std::mem::take(&mut self.recording)
    }

    /// The views there are: a JSON array of `{id, command, label, about}`.
    pub fn views(&self, lang: &str) -> String {
        session::views(lang.parse().unwrap_or(Lang::En))
    }

    /// What a tool prints at an instant, in µs since the recording began; empty for an unknown run.
    pub fn view(&self, run: u32, at_us: f64, view: &str) -> String {
        self.session.view(run, at_us, view)
    }

    /// The OCI specification of a sandbox or container of a run, by the name that recordings give it,
    /// as JSON; empty where there is none.
    pub fn spec(&self, run: u32, name: &str) -> String {
        self.session.spec(run, name)
    }

    /// Forgets a run.
    pub fn forget(&mut self, run: u32) {
        self.session.forget(run);
    }

    /// A recording, as the JSON array that a page plays, in another format: `jsonl`, `jaeger` or
    /// `mermaid`; empty when the recording or the format is unknown.
    pub fn export(&self, recording: &str, format: &str) -> String {
        session::export(recording, format)
    }

    /// What each version of the kubelet changes: a JSON array, the oldest version first.
    pub fn versions(&self, lang: &str) -> String {
        dial::versions(lang.parse().unwrap_or(Lang::En))
    }
}
