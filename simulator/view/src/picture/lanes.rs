//! The grounds of a run: title, lanes, who is whose child, sockets, and the box that is a process.

use std::fmt::Write as _;

use simulator_model::state::socket::SHIM_SOCKET;

use super::{write_rect, write_text};
use crate::scene::{RunScene, Scene, TITLE_PX};
use crate::tally::Tally;
use crate::{Actor, Lang, Made, Run};

pub(super) fn write(out: &mut String, scene: &Scene, part: &RunScene, run: &Run, lang: Lang) {
    let narrow = scene.width < 560;
    write_text(out, "run", 0, part.top + 19, run.path().title());
    let indent = i32::try_from(run.path().title().len()).unwrap_or(0) * 9 + 10;
    let mut told = Tally::of(run).words(narrow, lang);
    if run.made == Made::Simulated {
        told = format!("{} · {told}", run.made.word(lang));
    }
    write_text(out, "tally", indent, part.top + 19, &told);
    for (at, lane) in part.lanes.iter().enumerate() {
        let class = if at % 2 == 1 { "lane odd" } else { "lane" };
        write_rect(out, class, 0, [0, lane.y, scene.width, lane.height]);
    }
    write_box(out, scene, part);
    write_rows(out, part, run, lang);
}

/// The name of each row, the socket into it on its edge, and a line up to the parent of its process;
/// the first process of the node is above the lanes.
fn write_rows(out: &mut String, part: &RunScene, run: &Run, lang: Lang) {
    let top = part.top + TITLE_PX;
    // Lines to a shim or conmon begin below its shape: it is the last of the node's own processes.
    let (mut lines, mut below) = (String::new(), top);
    write_text(out, "sock", 0, top - 3, Actor::Init.name(lang));
    for row in &part.lanes {
        let (path, middle) = (run.path(), row.y + row.height / 2);
        let parent = row.actor.parent(path);
        let (rail, from, x) = match parent {
            Some(Actor::Init) => (4, top, 14),
            None if row.actor == Actor::Dockershim => (0, 0, 22),
            _ => (20, below, 28),
        };
        if parent.is_some() {
            let _ = write!(lines, "M{rail} {from}V{middle}h7");
        }
        if rail == 4 {
            below = middle + 7;
        }
        write_name(out, row.actor, (x, middle), lang);
        if let Some(socket) = row.actor.socket(path) {
            let y = row.y + 4;
            let short = match row.actor {
                // Its file has no name that stays.
                Actor::Shim => &SHIM_SOCKET["/run/".len()..],
                _ => socket.rsplit('/').next().unwrap_or_default(),
            };
            let _ = write!(
                out,
                "<text class=\"sock\" x=\"15\" y=\"{y}\">▾ {short}<title>{socket}</title></text>"
            );
        }
    }
    let _ = write!(out, "<path class=\"kin\" d=\"{lines}\"/>");
}

fn write_name(out: &mut String, actor: Actor, (x, middle): (i32, i32), lang: Lang) {
    let class = actor.class();
    let _ = write!(
        out,
        "<path class=\"glyph a-{class}\" transform=\"translate({x} {}) scale(.75)\" d=\"{}\"/>",
        middle - 6,
        actor.glyph()
    );
    write_text(out, "actor", x + 16, middle + 4, actor.name(lang));
}

/// dockershim is no process of its own: a box holds it and the kubelet together.
fn write_box(out: &mut String, scene: &Scene, part: &RunScene) {
    let Some(wedge) = part.lane(Actor::Dockershim) else { return };
    let Some(kubelet) = part.lane(Actor::Kubelet) else { return };
    let (y, height) = (kubelet.y + 1, wedge.y + wedge.height - kubelet.y - 2);
    write_rect(out, "process a-kubelet", 5, [9, y, scene.width - 10, height]);
}
