//! What the page does for the player, by methods of its element and of the engine in JavaScript:
//! files, clipboard, full screen, and the simulation. Where a method is missing, nothing happens.

use std::sync::Arc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlElement;

/// The simulation, in a module of its own.
#[derive(Clone, PartialEq)]
pub(crate) struct Engine(JsValue);

impl Engine {
    /// Loads it, once a page.
    pub(crate) async fn load(element: &HtmlElement) -> Result<Self, String> {
        let promise = call(element, "engine", &[]).and_then(|it| it.dyn_into::<Promise>().ok());
        let promise = promise.ok_or_else(|| "engine".to_owned())?;
        let engine = JsFuture::from(promise).await;
        engine.map(Self).map_err(|error| {
            let message = Reflect::get(&error, &"message".into()).ok();
            message.and_then(|it| it.as_string()).unwrap_or_else(|| "engine".to_owned())
        })
    }

    /// Plays an order; both are JSON.
    pub(crate) fn play(&self, order: &str) -> String {
        self.text("play", &[order.into()])
    }

    /// The recording of what was just played.
    pub(crate) fn recording(&self) -> String {
        self.text("recording", &[])
    }

    /// What a tool prints in a run, at µs since its recording began.
    pub(crate) fn view(&self, run: u32, at_us: i64, tool: &str) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a day is far below 2^53 µs")]
        let at_us = at_us as f64;
        self.text("view", &[run.into(), at_us.into(), tool.into()])
    }

    /// The OCI specification of something that a run made, as JSON; empty where there is none.
    pub(crate) fn spec(&self, run: u32, name: &str) -> String {
        self.text("spec", &[run.into(), name.into()])
    }

    /// The tools there are, as JSON.
    pub(crate) fn views(&self, lang: &str) -> String {
        self.text("views", &[lang.into()])
    }

    /// A recording in another format.
    pub(crate) fn export(&self, recording: &str, format: &str) -> String {
        self.text("export", &[recording.into(), format.into()])
    }

    /// What each version of the kubelet changes, as JSON.
    pub(crate) fn versions(&self, lang: &str) -> String {
        self.text("versions", &[lang.into()])
    }

    /// Forgets a run.
    pub(crate) fn forget(&self, run: u32) {
        call(&self.0, "forget", &[run.into()]);
    }

    fn text(&self, method: &str, args: &[JsValue]) -> String {
        call(&self.0, method, args).and_then(|it| it.as_string()).unwrap_or_default()
    }
}

/// Makes a part of the page what the HTML says.
pub(crate) fn write(element: &HtmlElement, part: &str, html: &str) {
    call(element, "write", &[part.into(), html.into()]);
}

/// Hands a text to the reader as a file.
pub(crate) fn save(element: &HtmlElement, name: &str, kind: &str, text: &str) {
    call(element, "save", &[name.into(), kind.into(), text.into()]);
}

/// Hands a recording to the reader in another format, which the engine writes.
pub(crate) fn export(element: HtmlElement, name: String, text: Arc<str>, format: &'static str) {
    spawn_local(async move {
        if let Ok(engine) = Engine::load(&element).await {
            save(&element, &name, "text/plain", &engine.export(&text, format));
        }
    });
}

/// Hands the picture to the reader, as it is (`svg`), or in pixels (`png`).
pub(crate) fn save_picture(element: &HtmlElement, name: &str, kind: &str) {
    call(element, "savePicture", &[name.into(), kind.into()]);
}

/// Puts a text into the clipboard.
pub(crate) fn copy(element: &HtmlElement, text: &str) {
    call(element, "copy", &[text.into()]);
}

/// Fills the screen with the element, or no longer.
pub(crate) fn full(element: &HtmlElement) {
    call(element, "full", &[]);
}

fn call(object: &JsValue, method: &str, args: &[JsValue]) -> Option<JsValue> {
    let function: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    let list = Array::new();
    for arg in args {
        list.push(arg);
    }
    function.apply(object, &list).ok()
}
