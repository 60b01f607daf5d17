//! The calls: bars and arrows. Those that look alike share one path, which keeps the page small.

use std::fmt::Write as _;

use super::write_text;
use crate::Actor;
use crate::scene::{Arrow, Bar};

pub(super) fn write_arrows(out: &mut String, arrows: &[Arrow]) {
    let mut paths = Paths::new();
    for arrow in arrows.iter().filter(|arrow| !arrow.poll) {
        let Arrow { x, from_y, to_y, .. } = *arrow;
        let derived = if arrow.recorded { "" } else { " derived" };
        let class = format!("hop w-{} a-{}{derived}", arrow.wire.class(), arrow.to.class());
        // A head of its own: a marker would take the colour of its definition.
        let back = if to_y > from_y { -4 } else { 4 };
        let _ = write!(path_of(&mut paths, class), "M{x} {from_y}V{to_y}m0 0l-3 {back}h6z");
    }
    write_paths(out, paths);
}

pub(super) fn write_bars(out: &mut String, bars: &[Bar]) {
    let mut paths = [Paths::new(), Paths::new(), Paths::new()];
    for bar in bars {
        let Bar { x, y, width, height, .. } = *bar;
        let more = match (bar.poll, bar.failed) {
            (true, _) => " poll",
            (false, true) => " failed",
            (false, false) => "",
        };
        let class = format!("bar a-{}{more}", bar.actor.class());
        // Polls below what acts, and the plugins above the call that runs them.
        let layer = if bar.poll { 0 } else { 1 + usize::from(bar.actor == Actor::Cni) };
        let path = path_of(&mut paths[layer], class);
        let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
    }
    for layer in paths {
        write_paths(out, layer);
    }
    for bar in bars.iter().filter(|bar| !bar.poll) {
        let y = bar.y + 12;
        if let Some(label) = &bar.label {
            let after = if bar.width < 8 { bar.width + 3 } else { 5 };
            write_text(out, "name", bar.x + after, y, label);
        }
        if bar.failed {
            write_text(out, "fail", bar.x + bar.width + 2, y, "✕");
        }
    }
}

/// Paths by their class. There are so few that a search is as quick as a map, and smaller.
type Paths = Vec<(String, String)>;

fn path_of(paths: &mut Paths, class: String) -> &mut String {
    let known = paths.iter().position(|(it, _)| *it == class);
    let at = known.unwrap_or(paths.len());
    if known.is_none() {
        paths.push((class, String::new()));
    }
    &mut paths[at].1
}

fn write_paths(out: &mut String, paths: Paths) {
    for (class, path) in paths {
        let _ = write!(out, "<path class=\"{class}\" d=\"{path}\"/>");
    }
}
