//! What is pressed: keys, and elements that say what they do.

use web_sys::Element;
use yew::html::Scope;
use yew::prelude::*;

use crate::app::{App, Event};
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
        let on = on.map(|it| it.tag_name().to_ascii_lowercase()).unwrap_or_default();
        if modified || on == "select" {
            return None;
        }
        let pressing = matches!(on.as_str(), "button" | "summary" | "a");
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
            "p" => Event::Act(Action::Polls(!polls)),
            "?" => Event::Help,
            "Escape" if helping => Event::Help,
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
            act => Action::parse(act).map(Event::Act),
        }
    })
}
