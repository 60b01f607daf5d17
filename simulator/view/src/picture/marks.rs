//! The calls: bars and arrows. Those that look alike share one path, which keeps the page small.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::write_text;
use crate::Actor;
use crate::scene::{Arrow, Bar};

pub(super) fn write_arrows(out: &mut String, arrows: &[Arrow]) {
    let mut paths = BTreeMap::new();
    for arrow in arrows {
        let Arrow { x, from_y, to_y, .. } = *arrow;
        let derived = if arrow.recorded { "" } else { " derived" };
        let class = format!("hop w-{} a-{}{derived}", arrow.wire.class(), arrow.to.class());
        // A head of its own: a marker would take the colour of its definition.
        let back = if to_y > from_y { -4 } else { 4 };
        let path: &mut String = paths.entry(class).or_default();
        let _ = write!(path, "M{x} {from_y}V{to_y}m0 0l-3 {back}h6z");
    }
    write_paths(out, paths);
}

pub(super) fn write_bars(out: &mut String, bars: &[Bar]) {
    let mut paths = BTreeMap::new();
    for bar in bars {
        let Bar { x, y, width, height, .. } = *bar;
        let more = match (bar.poll, bar.failed) {
            (true, _) => " poll",
            (false, true) => " failed",
            (false, false) => "",
        };
        // Polls below what acts, and the plugins above the call that runs them.
        let layer = (!bar.poll, bar.actor == Actor::Cni);
        let class = (layer, format!("bar a-{}{more}", bar.actor.class()));
        let path: &mut String = paths.entry(class).or_default();
        let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
    }
    write_paths(out, paths.into_iter().map(|((_, class), path)| (class, path)));
    for bar in bars.iter().filter(|bar| !bar.poll) {
        let y = bar.y + 13;
        if let Some(label) = &bar.label {
            let after = if bar.width < 8 { bar.width + 3 } else { 5 };
            write_text(out, "name", bar.x + after, y, label);
        }
        if bar.failed {
            write_text(out, "fail", bar.x + bar.width + 2, y, "✕");
        }
    }
}

fn write_paths(out: &mut String, paths: impl IntoIterator<Item = (String, String)>) {
    for (class, path) in paths {
        let _ = write!(out, "<path class=\"{class}\" d=\"{path}\"/>");
    }
}
