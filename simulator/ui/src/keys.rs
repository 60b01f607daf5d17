//! What is pressed: keys, and elements that say what they do.

use web_sys::{Element, HtmlInputElement};
use yew::html::Scope;
use yew::prelude::*;

use crate::STUDIO;
use crate::app::{App, Event};
use crate::command::Command;
use crate::playback::{Action, Playback};

/// The keys of the player. Those it knows go no further, so that the page does not turn.
pub(crate) fn on_key(
    playback: &Playback,
    helping: bool,
    link: &Scope<App>,
) -> Callback<KeyboardEvent> {
    let (speed, polls) = (playback.speed, playback.polls);
    link.batch_callback(move |event: KeyboardEvent| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        let on = event.target_dyn_into::<Element>();
        let is_box = on.as_ref().is_some_and(is_box);
        // What is typed into a field is the field's.
        let typed = !is_box && on.as_ref().is_some_and(|it| it.has_attribute("data-field"));
        let on = on.map(|it| it.tag_name().to_ascii_lowercase()).unwrap_or_default();
        if modified || on == "select" || (typed && event.key() != "Escape") {
            return None;
        }
        let pressing = is_box || matches!(on.as_str(), "button" | "summary" | "a");
        let happens = match event.key().as_str() {
            " " if pressing => {
                event.stop_propagation();
                return None;
            }
            " " => Event::Act(Action::Toggle),
            "ArrowRight" => Event::Act(Action::Forward),
            "ArrowLeft" => Event::Act(Action::Back),
            "Home" => Event::Act(Action::First),
            "End" => Event::Act(Action::Last),
            "+" | "=" => Event::Act(Action::Pace(speed.faster())),
            "-" => Event::Act(Action::Pace(speed.slower())),
            "PageDown" | "]" => Event::Act(Action::Phase),
            "PageUp" | "[" => Event::Act(Action::PhaseBack),
            "n" => Event::Act(Action::Turn),
            "e" => Event::Act(Action::Error),
            "p" => Event::Act(Action::Polls(!polls)),
            "?" => Event::Help,
            "Escape" if helping => Event::Help,
            "Escape" => Event::Do(Command::Close),
            _ => return None,
        };
        event.prevent_default();
        event.stop_propagation();
        Some(happens)
    })
}

/// Clicks on elements with a `data-act`.
pub(crate) fn on_click(link: &Scope<App>) -> Callback<MouseEvent> {
    link.batch_callback(move |event: MouseEvent| {
        let on = event.target_dyn_into::<Element>();
        let on = on.and_then(|it| it.closest("[data-act]").ok().flatten())?;
        match on.get_attribute("data-act")?.as_str() {
            "help" => Some(Event::Help),
            // A field says what it wants when it has changed.
            _ if on.has_attribute("data-field") => None,
            act => does(act),
        }
    })
}

/// Fields with a `data-act`: what they say, and their value.
pub(crate) fn on_change(link: &Scope<App>) -> Callback<web_sys::Event> {
    link.batch_callback(move |event: web_sys::Event| {
        let on = event.target_dyn_into::<Element>()?;
        let act = on.get_attribute("data-act")?;
        // Of a box, whether it is ticked.
        let property = if is_box(&on) { "checked" } else { "value" };
        let value = js_sys::Reflect::get(&on, &property.into()).ok()?;
        let value = value.as_string().or_else(|| value.as_bool().map(|is| is.to_string()))?;
        does(&format!("{act} {value}"))
    })
}

/// The slider, while it is pulled.
pub(crate) fn on_input(link: &Scope<App>) -> Callback<InputEvent> {
    link.batch_callback(move |event: InputEvent| {
        let on = event.target_dyn_into::<HtmlInputElement>()?;
        let slides = on.get_attribute("data-act")? == "slide";
        slides.then(|| on.value().parse().ok().map(Event::Slid)).flatten()
    })
}

/// Whether it is a box to tick.
fn is_box(element: &Element) -> bool {
    element.get_attribute("type").is_some_and(|kind| kind == "checkbox")
}

fn does(act: &str) -> Option<Event> {
    let command = || if STUDIO { Command::parse(act) } else { None };
    Action::parse(act).map(Event::Act).or_else(|| command().map(Event::Do))
}
