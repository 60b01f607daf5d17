//! Pieces of HTML that several parts write.

use std::fmt::Write as _;

use simulator_view::caption::{Piece, pieces};
use simulator_view::{Actor, Lang, escape};

/// A caption, its names set as code.
pub fn write_told(out: &mut String, caption: &str) {
    for piece in pieces(caption) {
        match piece {
            Piece::Words(words) => out.push_str(&escape(words)),
            Piece::Code(code) => {
                let _ = write!(out, "<code>{}</code>", escape(code));
            }
        }
    }
}

/// The shape of an actor, in its colour.
pub fn write_glyph(out: &mut String, actor: Actor) {
    let _ = write!(
        out,
        "<svg class=\"sim-glyph a-{}\" viewBox=\"0 0 16 16\" width=\"12\" height=\"12\" \
         aria-hidden=\"true\"><path d=\"{}\"/></svg>",
        actor.class(),
        actor.glyph()
    );
}

/// An actor's shape and name.
pub fn write_actor(out: &mut String, actor: Actor, lang: Lang) {
    out.push_str("<span class=\"sim-actor\">");
    write_glyph(out, actor);
    out.push_str(actor.name(lang));
    out.push_str("</span>");
}
