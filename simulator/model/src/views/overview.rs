//! The node in short: what runs, what is kept, what lies on disk.

use std::fmt::Write;

use super::View;
use crate::node::RunState;
use crate::state::Moment;
use crate::state::files::Kind;

pub(super) fn overview(moment: &Moment<'_>) -> String {
    let mut text = String::new();
    heading(moment, &mut text);
    for view in [View::KubectlPod, View::Ps, View::CrictlPods, View::CrictlPsAll] {
        let _ = write!(text, "\n$ {}\n{}", view.command(), super::render(view, moment));
    }
    if moment.path().has_docker() {
        let view = View::DockerPsAll;
        let _ = write!(text, "\n$ {}\n{}", view.command(), super::render(view, moment));
    }
    text
}

fn heading(moment: &Moment<'_>, text: &mut String) {
    let (run, node) = (moment.run, &moment.node);
    let up = |up: bool| if up { "up" } else { "down" };
    let seconds = |at: crate::clock::Instant| {
        let millis = at.as_micros() / 1_000;
        format!("{}.{:03} s", millis / 1_000, millis % 1_000)
    };
    let ready = node.sandboxes.values().filter(|s| s.state == RunState::Running).count();
    let running = node.containers.values().filter(|c| c.state == RunState::Running).count();
    let files = moment.files();
    let logs = files.iter().filter(|file| !matches!(file.kind, Kind::Folder(_))).count();
    let lines = [
        ("scenario", run.scenario.clone()),
        ("path", run.path.to_string()),
        ("instant", format!("{} of {} (seed {})", seconds(moment.at), seconds(run.end), run.seed)),
        ("daemons", format!("kubelet {}, runtime {}", up(node.kubelet_up), up(node.runtime_up))),
        ("sandboxes", format!("{} known, {ready} ready", node.sandboxes.len())),
        ("containers", format!("{} known, {running} running", node.containers.len())),
        ("images", format!("{} pulled", node.images.len())),
        ("files", format!("{logs} logs, links and checkpoints")),
    ];
    for (name, value) in lines {
        let _ = writeln!(text, "{name:11}{value}");
    }
}
