//! `runc list`: what the lowest layer knows.

use super::calendar;
use super::table::{Layout, row, table};
use crate::RuntimePath;
use crate::call::Target;
use crate::node::RunState;
use crate::state::Moment;

/// runc 1.1.5, list.go
const LAYOUT: Layout = Layout { least: 12, padding: 3, closed: false };

/// Shims delete a container from runc when its process has ended; CRI-O keeps it, stopped, until
/// the container is removed.
pub(super) fn list(moment: &Moment<'_>) -> String {
    let crio = moment.path() == RuntimePath::CriO;
    let mut lines = Vec::new();
    for thing in moment.things() {
        let pause = thing.target == Target::Sandbox(thing.sandbox);
        let dropped = pause && !moment.has_pause(thing.sandbox);
        if dropped || (!crio && thing.state == RunState::Exited) {
            continue;
        }
        let status = match thing.state {
            RunState::Created => "created",
            RunState::Running => "running",
            RunState::Exited => "stopped",
        };
        let id = moment.run.hex(thing.target);
        let bundle = bundle(moment.path(), &id);
        let created = calendar::Moment::of(thing.created).rfc3339();
        let pid = thing.pid.to_string();
        lines.push(vec![id, pid, status.to_owned(), bundle, created, "root".to_owned()]);
    }
    lines.sort();
    let mut rows = vec![row(["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"])];
    rows.extend(lines);
    table(LAYOUT, &rows)
}

/// The folder that runc is given for a container: its `config.json` is the specification.
pub(super) fn bundle(path: RuntimePath, id: &str) -> String {
    let tasks = "/run/containerd/io.containerd.runtime.v2.task";
    match path {
        RuntimePath::CriO => format!("/run/containers/storage/overlay-containers/{id}/userdata"),
        RuntimePath::Containerd => format!("{tasks}/k8s.io/{id}"),
        RuntimePath::Dockershim | RuntimePath::CriDockerd => format!("{tasks}/moby/{id}"),
    }
}
