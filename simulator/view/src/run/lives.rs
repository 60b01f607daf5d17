//! How long shims and containers lived, read off the runc commands.

use simulator_model::recording::{Alignment, RuncCommand};
use simulator_model::{Recording, RuntimePath};

use super::{Life, zero_us};
use crate::Actor;

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
        let (actor, to_us) = match command.verb.as_str() {
            "create" if has_shim(recording.path, subject) => {
                (parent_of_containers(recording.path), ends(&|other| other.has("--force")))
            }
            "start" => (Actor::Container, ends(&is_end)),
            _ => continue,
        };
        lives.push(Life { actor, subject: subject.to_owned(), from_us: at(command), to_us });
    }
    lives
}

/// Docker and CRI-O keep a parent process for each container, containerd's CRI plugin one for
/// each pod (see `processes` in the recordings' `up`).
fn has_shim(path: RuntimePath, subject: &str) -> bool {
    path != RuntimePath::Containerd || subject.starts_with("sandbox:")
}

fn parent_of_containers(path: RuntimePath) -> Actor {
    if path == RuntimePath::CriO { Actor::Conmon } else { Actor::Shim }
}

/// A process is gone once runc deletes what held it, or every process in it was killed.
fn is_end(command: &RuncCommand) -> bool {
    command.verb == "delete" || (command.verb == "kill" && command.has("--all"))
}
