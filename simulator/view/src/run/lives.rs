//! How long shims and containers lived, read off the runc commands and the containers' statuses.

use simulator_model::recording::{Alignment, RuncCommand, UnixMicros};
use simulator_model::{Recording, RuntimePath};

use super::{Life, zero_us};
use crate::Actor;
use crate::subject::{number, text};

pub(super) fn lives(recording: &Recording, alignment: Option<Alignment>) -> Vec<Life> {
    let Some(alignment) = alignment else { return Vec::new() };
    let zero = zero_us(recording);
    let at = |command: &RuncCommand| alignment.at_us(command.at_unix) - zero;
    let mut lives = Vec::new();
    for command in &recording.runc {
        let Some(subject) = command.subject() else { continue };
        let ends = |wanted: &dyn Fn(&RuncCommand) -> bool| {
            let after = |other: &&RuncCommand| {
                other.subject() == Some(subject) && at(other) > at(command) && wanted(other)
            };
            recording.runc.iter().filter(after).map(at).min()
        };
        let told = finished(recording, subject).map(|at| alignment.at_us(at) - zero);
        let (actor, to_us) = match command.verb.as_str() {
            // conmon leaves with its container.
            "create" if recording.path == RuntimePath::CriO => (Actor::Conmon, told),
            "create" if has_shim(recording.path, subject) => {
                (Actor::Shim, ends(&|other| other.has("--force")))
            }
            "start" => (Actor::Container, [ends(&is_end), told].into_iter().flatten().min()),
            _ => continue,
        };
        lives.push(Life { actor, subject: subject.to_owned(), from_us: at(command), to_us });
    }
    lives
}

/// Docker keeps a shim for each container, containerd's CRI plugin one for each pod (see
/// `processes` in the recordings' `up`).
fn has_shim(path: RuntimePath, subject: &str) -> bool {
    path != RuntimePath::Containerd || subject.starts_with("sandbox:")
}

/// When a container's program ended, as the runtime told the kubelet later. CRI-O's containers are
/// not deleted when they end, so that runc alone would not tell.
fn finished(recording: &Recording, subject: &str) -> Option<UnixMicros> {
    let statuses = recording.calls.iter().filter(|call| call.call == "ContainerStatus");
    let of_subject = statuses.filter(|call| text(&call.request, "/container_id") == subject);
    let told = of_subject.filter_map(|call| call.response.as_deref());
    let ended = told.map(|response| number(response, "/status/finished_at"));
    ended.filter(|ns| *ns > 0).map(|ns| UnixMicros(ns / 1_000)).next()
}

/// A process is gone once runc deletes what held it, or every process in it was killed.
fn is_end(command: &RuncCommand) -> bool {
    command.verb == "delete" || (command.verb == "kill" && command.has("--all"))
}
