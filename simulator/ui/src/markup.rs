//! Pieces of HTML that several parts write.

use std::fmt::Write as _;

use simulator_view::caption::{Piece, pieces};
use simulator_view::{Actor, Lang, escape};

use crate::setup::OWN;

/// Puts pieces of HTML behind one another.
pub fn push(out: &mut String, pieces: &[&str]) {
    for piece in pieces {
        out.push_str(piece);
    }
}

/// An attribute that is there, or is not.
pub const fn when(is: bool, attribute: &'static str) -> &'static str {
    if is { attribute } else { "" }
}

/// A button that says what it does; `rest` are more attributes, each after a space.
pub fn write_button(out: &mut String, act: &str, rest: &str, label: &str) {
    push(out, &["<button type=\"button\" data-act=\"", act, "\"", rest, ">", label, "</button>"]);
}

/// A switch, and whether it is on.
pub fn write_switch(out: &mut String, act: &str, on: bool, label: &str) {
    let rest = if on { " aria-pressed=\"true\"" } else { " aria-pressed=\"false\"" };
    write_button(out, act, rest, label);
}

/// A box to tick that says what it does.
pub fn write_check(out: &mut String, act: &str, on: bool, label: &str) {
    let on = when(on, " checked");
    push(
        out,
        &[
            "<label class=\"sim-check\"><input type=\"checkbox\" data-field=\"\" data-act=\"",
            act,
            "\"",
            on,
            "> ",
            label,
            "</label>",
        ],
    );
}

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

/// A message about the reader's own text, such as `own:8:11: …`, its place in words. Chinese
/// messages have a colon of their own width.
pub fn write_placed(out: &mut String, message: &str, lang: Lang) {
    let placed = message.split_once(':').filter(|(file, _)| *file == OWN).and_then(|(_, rest)| {
        let (line, rest) = rest.split_once(':')?;
        rest.split_once([':', '：']).map(|(column, words)| (line, column, words))
    });
    let Some((line, column, words)) = placed else { return write_told(out, message) };
    let [before, between, after] = match lang {
        Lang::En => ["line ", ", column ", ": "],
        Lang::ZhCn => ["第 ", " 行第 ", " 列："],
    };
    for text in [before, line, between, column, after, words.trim_start()] {
        write_told(out, text);
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
