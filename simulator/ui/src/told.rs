//! A sentence of the view, its names set as code.

use simulator_view::caption::{Piece, pieces};
use simulator_view::{Actor, Lang};
use yew::prelude::*;

/// A caption as HTML.
pub(crate) fn told(caption: &str) -> Html {
    let pieces = pieces(caption).map(|piece| match piece {
        Piece::Words(words) => html! { { words.to_owned() } },
        Piece::Code(code) => html! { <code>{ code.to_owned() }</code> },
    });
    pieces.collect()
}

/// The shape of an actor, in its colour.
pub(crate) fn glyph(actor: Actor) -> Html {
    html! {
        <svg class={classes!("sim-glyph", format!("a-{}", actor.class()))} viewBox="0 0 16 16"
            width="12" height="12" aria-hidden="true">
            <path d={actor.glyph()} />
        </svg>
    }
}

/// An actor's shape and name.
pub(crate) fn named(actor: Actor, lang: Lang) -> Html {
    html! { <span class="sim-actor">{ glyph(actor) }{ actor.name(lang) }</span> }
}
