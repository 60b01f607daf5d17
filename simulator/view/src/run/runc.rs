//! The runc commands as steps: who caused each, and the way down to it.

use simulator_model::recording::{Alignment, RuncCommand};
use simulator_model::{Recording, RuntimePath};

use super::zero_us;
use crate::step::engine_route;
use crate::{Actor, Hop, Phase, Poll, Step, What, Wire};

/// Adds a step for every runc command.
pub(super) fn add(recording: &Recording, zero: i64, alignment: Alignment, steps: &mut Vec<Step>) {
    debug_assert_eq!(zero, zero_us(recording));
    for (index, command) in recording.runc.iter().enumerate() {
        let at_us = alignment.at_us(command.at_unix) - zero;
        let parent = cause(recording, command, at_us, alignment.uncertainty_us, steps);
        // A command cannot come before its cause; the alignment may be off by its uncertainty.
        let at_us = parent.map_or(at_us, |at| at_us.clamp(steps[at].at_us, steps[at].end_us()));
        let phase = parent.map_or_else(|| phase_alone(command), |at| steps[at].phase);
        steps.push(Step {
            parent,
            what: What::Runc(index),
            at_us,
            dur_us: None,
            hops: hops(recording.path, command),
            phase,
            // CRI-O asks runc for the state again and again.
            poll: (command.verb == "state").then_some(Poll::Other),
        });
    }
}

/// The innermost step, about the same container, during which the command ran.
fn cause(
    recording: &Recording,
    command: &RuncCommand,
    at_us: i64,
    slack_us: i64,
    steps: &[Step],
) -> Option<usize> {
    let subject = command.subject()?;
    let causes = |step: &Step| match step.what {
        What::Engine(call, inner) => {
            let engine = &recording.calls[call].docker[inner];
            let mut parts = engine_route(engine).rsplit('/');
            let (verb, of) = (parts.next().unwrap_or_default(), parts.next());
            let kind = parts.next().unwrap_or_default();
            match command.verb.as_str() {
                "exec" => kind == "exec" && verb == "start",
                "create" | "start" => verb == "start" && of == Some(subject),
                _ => verb == "stop" && of == Some(subject),
            }
        }
        What::Cri(call) => {
            let call = &recording.calls[call];
            let named = ["container_id", "pod_sandbox_id"].iter().any(|key| {
                let of =
                    |value: &serde_json::Value| value.get(key)?.as_str().map(|id| id == subject);
                of(&call.request) == Some(true)
                    || call.response.as_deref().and_then(of) == Some(true)
            });
            named && step.acts() && call.docker.is_empty()
        }
        _ => false,
    };
    steps.iter().rposition(|step| {
        step.at_us - slack_us <= at_us && at_us <= step.end_us() + slack_us && causes(step)
    })
}

fn phase_alone(command: &RuncCommand) -> Phase {
    match command.verb.as_str() {
        "kill" | "delete" => Phase::Deletion,
        _ => Phase::Container,
    }
}

/// The way from the engine to runc, and on into the container.
///
/// Only runc itself was recorded here. The hops above it are those that the deep recording of
/// `simple` on dockershim shows, and that the process trees of the others agree with.
fn hops(path: RuntimePath, command: &RuncCommand) -> Vec<Hop> {
    use Actor::{Conmon, Container, Containerd, CriO, Dockerd, Runc, Shim};
    let verb = command.verb.as_str();
    let mut hops = match path {
        RuntimePath::CriO if matches!(verb, "create" | "exec") => {
            vec![Hop::derived(CriO, Conmon, Wire::Exec), Hop::recorded(Conmon, Runc, Wire::Exec)]
        }
        RuntimePath::CriO => vec![Hop::recorded(CriO, Runc, Wire::Exec)],
        _ if command.has("--force") => vec![
            // A shim that is gone is cleaned up after by a fresh one, run for that alone.
            Hop::derived(Containerd, Shim, Wire::Exec),
            Hop::recorded(Shim, Runc, Wire::Exec),
        ],
        RuntimePath::Containerd => {
            vec![Hop::derived(Containerd, Shim, Wire::Ttrpc), Hop::recorded(Shim, Runc, Wire::Exec)]
        }
        RuntimePath::Dockershim | RuntimePath::CriDockerd => vec![
            Hop::derived(Dockerd, Containerd, Wire::Grpc),
            Hop::derived(Containerd, Shim, Wire::Ttrpc),
            Hop::recorded(Shim, Runc, Wire::Exec),
        ],
    };
    match verb {
        "start" | "exec" => hops.push(Hop::derived(Runc, Container, Wire::Exec)),
        "kill" => hops.push(Hop::derived(Runc, Container, Wire::Direct)),
        _ => {}
    }
    hops
}
