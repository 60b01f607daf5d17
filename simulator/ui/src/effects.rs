//! What touches the browser: loading, frames, sizes, the address, scrolling. Nothing here panics:
//! where the browser refuses, the effect is left out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, ResizeObserver, Response, Window};

use crate::link::{self, BadLink, Place};

/// The text at a URL; none when it cannot be had. Asked for at once, not first when it is awaited.
pub(crate) fn fetch(url: &str) -> impl Future<Output = Option<String>> + use<> {
    let asked = window().map(|window| window.fetch_with_str(url));
    async {
        let response: Response = JsFuture::from(asked?).await.ok()?.dyn_into().ok()?;
        if !response.ok() {
            return None;
        }
        // As the bytes that came: a text would be decoded for JavaScript, and encoded again for us.
        let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
        String::from_utf8(Uint8Array::new(&bytes).to_vec()).ok()
    }
}

/// Lets the browser draw, and answer the reader, before long work goes on.
pub(crate) async fn pause() {
    let mut wait = |done: Function, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback(&done);
        }
    };
    let _ = JsFuture::from(Promise::new(&mut wait)).await;
}

/// Where the page's address leads in a figure.
pub(crate) fn linked(figure: &str) -> Result<Option<Place>, BadLink> {
    link::read(&query(), figure)
}

/// The query of the page's address.
pub(crate) fn query() -> String {
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// Whether the page is to have little around it: `embed=1` in the query.
pub(crate) fn embedded() -> bool {
    link::pairs(&query()).any(|pair| pair == "embed=1")
}

/// The address of the page without its query.
pub(crate) fn page() -> String {
    let location = window().map(|window| window.location());
    let parts = location.map(|it| [it.origin(), it.pathname()].map(Result::unwrap_or_default));
    parts.map(|parts| parts.concat()).unwrap_or_default()
}

/// Puts another query into the page's address; the anchor stays.
pub(crate) fn remember(write: impl FnOnce(&str) -> String) {
    let Some(window) = window() else { return };
    let location = window.location();
    let (Ok(path), Ok(anchor)) = (location.pathname(), location.hash()) else { return };
    let url = format!("{path}{}{anchor}", write(&query()));
    if let Ok(history) = window.history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&url));
    }
}

/// Something that ends when it is dropped.
pub(crate) struct Guard(Option<Box<dyn FnOnce()>>);

impl Guard {
    fn new(end: impl FnOnce() + 'static) -> Self {
        Self(Some(Box::new(end)))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}

/// Calls back after some ms, once.
pub(crate) fn after(ms: i32, callback: impl FnOnce() + 'static) -> Guard {
    let closure = Closure::once(callback);
    let id = window().and_then(|window| {
        let function = closure.as_ref().unchecked_ref();
        window.set_timeout_with_callback_and_timeout_and_arguments_0(function, ms).ok()
    });
    Guard::new(move || {
        if let (Some(window), Some(id)) = (window(), id) {
            window.clear_timeout_with_handle(id);
        }
        drop(closure);
    })
}

/// A function of the browser that can name itself, to be asked for again.
type Frame = Rc<RefCell<Option<Closure<dyn FnMut(f64)>>>>;

/// Calls back at every frame with the µs since the frame before.
pub(crate) fn frames(on_frame: impl Fn(i64) + 'static) -> Guard {
    let frame: Frame = Rc::default();
    let asked: Rc<Cell<Option<i32>>> = Rc::default();
    let mut before_ms: Option<f64> = None;
    let (again, asked_again) = (Rc::clone(&frame), Rc::clone(&asked));
    *frame.borrow_mut() = Some(Closure::new(move |now_ms: f64| {
        let elapsed_ms = before_ms.map_or(0.0, |before_ms| (now_ms - before_ms).clamp(0.0, 100.0));
        before_ms = Some(now_ms);
        asked_again.set(request_frame(&again));
        #[expect(clippy::cast_possible_truncation, reason = "it is between 0 and 100 000")]
        on_frame((elapsed_ms * 1000.0) as i64);
    }));
    asked.set(request_frame(&frame));
    Guard::new(move || {
        if let (Some(window), Some(id)) = (window(), asked.get()) {
            let _ = window.cancel_animation_frame(id);
        }
        frame.take();
    })
}

fn request_frame(frame: &Frame) -> Option<i32> {
    let frame = frame.borrow();
    let function = frame.as_ref()?.as_ref().unchecked_ref();
    window()?.request_animation_frame(function).ok()
}

/// Calls back with the element's width in px, now and whenever it changes.
pub(crate) fn width(element: &Element, on_width: impl Fn(i32) + 'static) -> Guard {
    let measured = element.clone();
    let closure: Closure<dyn FnMut()> = Closure::new(move || on_width(measured.client_width()));
    let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
    }
    Guard::new(move || {
        if let Some(observer) = observer {
            observer.disconnect();
        }
        drop(closure);
    })
}

/// Marks the row that does `act` as the current one, in place of the one that was, and scrolls the
/// list, and only it, so that the row is in sight.
pub(crate) fn point_out(panel: &HtmlElement, act: &str, moved: bool, table_px: Option<i32>) {
    let found = |selector: &str| {
        let element = panel.query_selector(selector).ok().flatten();
        element.and_then(|element| element.dyn_into::<HtmlElement>().ok())
    };
    if let Some(old) = found("[aria-current]") {
        let _ = old.remove_attribute("aria-current");
        let _ = old.set_attribute("tabindex", "-1");
    }
    let Some(row) = found(&format!("[data-act=\"{act}\"]")) else {
        // A table writes the row once it is scrolled there.
        if let Some(px) = table_px.filter(|_| moved) {
            panel.set_scroll_top((px - panel.client_height() / 2).max(0));
        }
        return;
    };
    let _ = row.set_attribute("aria-current", "step");
    let _ = row.set_attribute("tabindex", "0");
    // What is folded away has no height; `showMarked` of the page's script follows when it is opened.
    let folded = panel.closest("details:not([open])").is_ok_and(|it| it.is_some());
    if !moved || folded {
        return;
    }
    let list = found("ol").filter(|_| panel.scroll_height() <= panel.client_height() + 1);
    reveal(list.as_ref().unwrap_or(panel), &row);
}

/// Moves the focus to the first element of the player that a selector finds.
pub(crate) fn focus(player: &HtmlElement, selector: &str) {
    let found = player.query_selector(selector).ok().flatten();
    let _ = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()).map(|it| it.focus());
}

#[expect(clippy::cast_possible_truncation, reason = "no page is that high")]
fn reveal(list: &HtmlElement, row: &HtmlElement) {
    let (list_at, row_at) = (list.get_bounding_client_rect(), row.get_bounding_client_rect());
    let (seen, height) = (list.scroll_top(), list.client_height());
    let top = (row_at.top() - list_at.top()) as i32 + seen;
    let bottom = top + row_at.height() as i32;
    let margin = height / 4;
    if top - margin < seen {
        list.set_scroll_top((top - margin).max(0));
    } else if bottom + margin > seen + height {
        list.set_scroll_top(bottom + margin - height);
    }
}

/// Keeps sending a pointer's moves to the element until it is lifted.
pub(crate) fn capture(element: &Element, pointer: i32) {
    let _ = element.set_pointer_capture(pointer);
}

fn window() -> Option<Window> {
    web_sys::window()
}
