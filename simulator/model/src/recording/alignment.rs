//! Fitting the wall clock of the runc commands to the clock of the calls.
//!
//! The recorder stamped calls with µs since its start and runc commands with the wall clock.
//! What ties them together is cause and effect: `runc create` and `runc start` of a container run
//! *within* the call that starts it, and an engine stamps `created_at` *within* the call that
//! creates. Each such fact allows a span of offsets; the truth is in all of them at once, so we
//! intersect them, take the middle and keep half the width as the uncertainty.

use serde_json::Value;

use super::{Call, EngineCall, Recording, RuncCommand, UnixMicros};
use crate::RuntimePath;

/// The offset between the two clocks of a recording. Derived, not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The wall clock at the start of the recording, in µs since 1970.
    pub origin_unix_us: i64,
    /// How far off that may be to either side, in µs.
    pub uncertainty_us: i64,
}

/// A span of µs on the clock of the calls.
type Span = (i64, i64);

impl Alignment {
    pub(super) fn of(recording: &Recording) -> Option<Self> {
        let runc = recording
            .runc
            .iter()
            .filter_map(|command| Some((command.at_unix.0, span_of_command(recording, command)?)));
        let stamps = stamps(recording);
        let stamps = stamps.iter().filter_map(|it| Some((it.unix_us, it.span(recording)?)));
        let mut bounds: Vec<Span> =
            runc.chain(stamps).map(|(unix, (start, end))| (unix - end, unix - start)).collect();
        // The narrowest facts first; one that contradicts them (a repeated name) is left out.
        let (mut low, mut high) = take_narrowest(&mut bounds)?;
        while let Some(next) = take_narrowest(&mut bounds) {
            let narrowed = (low.max(next.0), high.min(next.1));
            if narrowed.0 <= narrowed.1 {
                (low, high) = narrowed;
            }
        }
        Some(Self { origin_unix_us: low.midpoint(high), uncertainty_us: (high - low).midpoint(0) })
    }

    /// An instant of the wall clock, in µs since the recording began.
    pub fn at_us(self, instant: UnixMicros) -> i64 {
        instant.0 - self.origin_unix_us
    }
}

fn take_narrowest(spans: &mut Vec<Span>) -> Option<Span> {
    let narrowest = (0..spans.len()).min_by_key(|&at| spans[at].1 - spans[at].0)?;
    Some(spans.swap_remove(narrowest))
}

/// The call during which the command must have run.
fn span_of_command(recording: &Recording, command: &RuncCommand) -> Option<Span> {
    let subject = command.subject()?;
    match command.verb.as_str() {
        "create" | "start" => {
            if recording.path.has_docker() {
                return only(engine_starts(recording, subject).map(engine_span));
            }
            let on_create = recording.path == RuntimePath::CriO && command.verb == "create";
            let name = if on_create { "CreateContainer" } else { "StartContainer" };
            only(answers(recording, name, subject).map(call_span))
                .or_else(|| only(answers(recording, "RunPodSandbox", subject).map(call_span)))
        }
        _ => None,
    }
}

/// The `created_at` of a container or sandbox, as a status tells it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp<'a> {
    /// The call during which it was stamped.
    creator: &'static str,
    /// The sandbox or container.
    id: &'a str,
    /// What it says, in µs since 1970.
    unix_us: i64,
}

impl<'a> Stamp<'a> {
    fn of(call: &'a Call) -> Option<Self> {
        let (creator, id_key) = match call.call.as_str() {
            "PodSandboxStatus" => ("RunPodSandbox", "pod_sandbox_id"),
            "ContainerStatus" => ("CreateContainer", "container_id"),
            _ => return None,
        };
        let id = call.request.get(id_key)?.as_str()?;
        let created_ns = call.response.as_ref()?.get("status")?.get("created_at")?.as_i64()?;
        Some(Self { creator, id, unix_us: created_ns / 1000 })
    }

    fn span(&self, recording: &Recording) -> Option<Span> {
        let creating = only(answers(recording, self.creator, self.id))?;
        let in_engine =
            creating.docker.iter().find(|inner| inner.path.ends_with("/containers/create"));
        Some(in_engine.map_or_else(|| call_span(creating), engine_span))
    }
}

/// The stamps of a recording, each once: a kubelet asks for the same status again and again.
///
/// There are as few as containers, so they are looked through one by one; a set of them would be
/// 3 kB of the browser's bundle.
fn stamps(recording: &Recording) -> Vec<Stamp<'_>> {
    let mut stamps = Vec::new();
    for stamp in recording.calls.iter().filter_map(Stamp::of) {
        if !stamps.contains(&stamp) {
            stamps.push(stamp);
        }
    }
    stamps
}

fn engine_starts<'a>(
    recording: &'a Recording,
    subject: &'a str,
) -> impl Iterator<Item = &'a EngineCall> {
    recording.calls.iter().flat_map(|call| &call.docker).filter(move |inner| {
        let of_subject = inner.path.strip_suffix("/start").and_then(|path| path.rsplit('/').next());
        inner.method == "POST" && of_subject == Some(subject)
    })
}

/// The answered calls of this name that are about, or that made, the subject.
fn answers<'a>(
    recording: &'a Recording,
    name: &'a str,
    subject: &'a str,
) -> impl Iterator<Item = &'a Call> {
    let id = |message: &'a Value, key| message.get(key).and_then(Value::as_str);
    let is_about = move |call: &'a Call| {
        let made = call.response.as_deref().and_then(|response| {
            id(response, "container_id").or_else(|| id(response, "pod_sandbox_id"))
        });
        made == Some(subject) || id(&call.request, "container_id") == Some(subject)
    };
    let answered = recording.calls.iter().filter(|call| call.dur_us.is_some());
    answered.filter(move |call| call.call == name && is_about(call))
}

/// The item, when there is exactly one: a repeated name ties nothing.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

fn call_span(call: &Call) -> Span {
    (call.at_us, call.end_us())
}

fn engine_span(call: &EngineCall) -> Span {
    (call.at_us, call.end_us())
}
