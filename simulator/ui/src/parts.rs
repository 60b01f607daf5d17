//! The parts of the page that are written as text, and where in the page they stand.
//!
//! Yew draws what it has to follow: the frame, the picture and what moves over it. The rest is text,
//! which takes a fraction of the code, and comes onto the page in one piece. When it changes, the
//! page's script changes what differs and leaves the elements, and with them the focus.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::shell;

/// What stands above the picture.
pub(crate) const HEAD: &str = "head";
/// The drawer that is open. What the page's script does to its list stays as long as it does.
pub(crate) const DRAWER: &str = "drawer";
/// A question, and what is to be known about a version or a text.
pub(crate) const NOTES: &str = "notes";
/// Which lanes there are, and which one is followed.
pub(crate) const LANES: &str = "lanes";
/// The moment in words.
pub(crate) const CAPTION: &str = "caption";
/// What moves in time, and the sheet of keys.
pub(crate) const CONTROLS: &str = "controls";
/// The tabs of the panels.
pub(crate) const TABS: &str = "tabs";
/// The terminal.
pub(crate) const TERMINAL: &str = "terminal";

/// Where a part stands. It is no box of its own.
pub(crate) fn place(name: &'static str) -> Html {
    html! { <div class="sim-part" data-part={name} /> }
}

/// The parts as they were written last.
#[derive(Default)]
pub(crate) struct Parts(Vec<(&'static str, String)>);

impl Parts {
    /// Brings the page up to date. What did not change is not touched.
    pub(crate) fn write(&mut self, element: &HtmlElement, parts: Vec<(&'static str, String)>) {
        for part in &parts {
            if !self.0.contains(part) {
                shell::write(element, part.0, &part.1);
            }
        }
        self.0 = parts;
    }
}
