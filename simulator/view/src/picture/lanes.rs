//! The grounds of a run: title, lanes, and the boxes that are processes.

use std::fmt::Write as _;

use super::write_text;
use crate::scene::{Lane, RunScene, Scene};
use crate::tally::Tally;
use crate::{Actor, Lang, Made, Run};

pub(super) fn write(out: &mut String, scene: &Scene, part: &RunScene, run: &Run, lang: Lang) {
    let narrow = scene.width < 560;
    write_text(out, "run", 0, part.top + 19, run.path().name());
    let indent = i32::try_from(run.path().name().len()).unwrap_or(0) * 9 + 10;
    let mut told = Tally::of(run).words(narrow, lang);
    if run.made == Made::Simulated {
        told = format!("{} · {told}", run.made.word(lang));
    }
    write_text(out, "tally", indent, part.top + 19, &told);
    for (at, lane) in part.lanes.iter().enumerate() {
        let inside = lane.actor == Actor::Dockershim;
        write_ground(out, scene.width, *lane, at % 2 == 1);
        write_name(out, *lane, inside, lang);
    }
    write_box(out, scene, part);
}

fn write_ground(out: &mut String, width: i32, lane: Lane, odd: bool) {
    let (y, height) = (lane.y, lane.height);
    let odd = if odd { " odd" } else { "" };
    let _ = write!(
        out,
        "<rect class=\"lane{odd}\" x=\"0\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
    );
}

fn write_name(out: &mut String, row: Lane, inside: bool, lang: Lang) {
    let x = if inside { 16 } else { 6 };
    let middle = row.y + row.height / 2;
    let class = row.actor.class();
    let _ = write!(
        out,
        "<path class=\"glyph a-{class}\" transform=\"translate({x} {}) scale(.75)\" d=\"{}\"/>",
        middle - 6,
        row.actor.glyph()
    );
    write_text(out, "actor", x + 16, middle + 4, row.actor.name(lang));
}

/// dockershim is no process of its own: a box holds it and the kubelet together.
fn write_box(out: &mut String, scene: &Scene, part: &RunScene) {
    let Some(wedge) = part.lane(Actor::Dockershim) else { return };
    let Some(kubelet) = part.lane(Actor::Kubelet) else { return };
    let (y, height) = (kubelet.y + 1, wedge.y + wedge.height - kubelet.y - 2);
    let width = scene.width - 2;
    let _ = write!(
        out,
        "<rect class=\"process a-kubelet\" x=\"1\" y=\"{y}\" width=\"{width}\" \
         height=\"{height}\" rx=\"5\"/>"
    );
}
