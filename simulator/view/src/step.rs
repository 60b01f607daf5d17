//! One step of a run: a call, a command, or something a person did.

use simulator_model::recording::EngineCall;

use crate::run::LOGGED;
use crate::subject::has;
use crate::{Actor, Phase, Poll, Run, Wire};

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The step inside which this one happened, as an index into [`Run::steps`].
    pub parent: Option<usize>,
    /// What happened, and where the recording says so.
    pub what: What,
    /// When it began, in µs since the pod was applied.
    pub at_us: i64,
    /// How long it took, in µs; none where that was not recorded.
    pub dur_us: Option<i64>,
    /// The way it took, from process to process.
    pub hops: Vec<Hop>,
    /// What the kubelet was busy with.
    pub phase: Phase,
    /// The polling loop it belongs to; none for a step that acts.
    pub poll: Option<Poll>,
}

/// What a step is, with its place in the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A mark, by its index.
    Mark(usize),
    /// A CRI call, by its index.
    Cri(usize),
    /// A Docker Engine call made while a CRI call was served, by both indices.
    Engine(usize, usize),
    /// A Docker Engine call outside all CRI calls, by its index.
    Outside(usize),
    /// A runc command, by its index.
    Runc(usize),
    /// The CNI plugins setting up or taking down the network of a sandbox, during a CRI call.
    /// Not recorded: derived from the order in which each runtime works.
    Cni(usize),
}

/// From one process to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Who speaks.
    pub from: Actor,
    /// Who listens.
    pub to: Actor,
    /// In which way.
    pub wire: Wire,
    /// Whether the recording holds this very hop, or it follows from how the runtime works.
    pub recorded: bool,
}

impl Hop {
    pub(crate) const fn recorded(from: Actor, to: Actor, wire: Wire) -> Self {
        Self { from, to, wire, recorded: true }
    }

    pub(crate) const fn derived(from: Actor, to: Actor, wire: Wire) -> Self {
        Self { from, to, wire, recorded: false }
    }
}

impl Step {
    /// When it ended, in µs since the pod was applied.
    pub fn end_us(&self) -> i64 {
        self.at_us + self.dur_us.unwrap_or(0)
    }

    /// Whether it acts: everything but polls.
    pub fn acts(&self) -> bool {
        self.poll.is_none()
    }

    /// The process that did the work of the step.
    pub fn worker(&self) -> Actor {
        match self.what {
            What::Mark(_) => Actor::Kubelet,
            What::Cni(_) => Actor::Cni,
            What::Runc(_) => Actor::Runc,
            _ => self.hops.first().map_or(Actor::Kubelet, |hop| hop.to),
        }
    }

    /// Its name, as the protocol or the command line has it.
    pub fn name(&self, run: &Run) -> String {
        let recording = &run.recording;
        match self.what {
            What::Mark(mark) => {
                let mark = &recording.marks[mark].mark;
                mark.strip_prefix(LOGGED).unwrap_or(mark).to_owned()
            }
            What::Cri(call) => recording.calls[call].call.clone(),
            What::Engine(call, inner) => engine_name(&recording.calls[call].docker[inner]),
            What::Outside(call) => engine_name(&recording.outside_cri[call]),
            What::Runc(command) => format!("runc {}", recording.runc[command].verb),
            What::Cni(call) if recording.calls[call].call == "RunPodSandbox" => {
                "CNI ADD".to_owned()
            }
            What::Cni(_) => "CNI DEL".to_owned(),
        }
    }

    /// Whether it went wrong, in the protocol's own terms.
    pub fn failure(&self, run: &Run) -> Option<String> {
        let recording = &run.recording;
        match self.what {
            What::Cri(call) => {
                let call = &recording.calls[call];
                call.code.clone().filter(|code| code != "OK")
            }
            What::Engine(call, inner) => engine_failure(&recording.calls[call].docker[inner]),
            What::Outside(call) => engine_failure(&recording.outside_cri[call]),
            // What systemd calls so: a program has ended that should not.
            What::Mark(mark) => {
                has(&recording.marks[mark].mark, "FAILURE").then(|| "FAILURE".to_owned())
            }
            What::Runc(_) | What::Cni(_) => None,
        }
    }
}

/// Method and path without the version in front, which is the same in every call.
fn engine_name(call: &EngineCall) -> String {
    format!("{} {}", call.method, engine_route(call))
}

/// The path of an engine call without the API version.
pub(crate) fn engine_route(call: &EngineCall) -> &str {
    let path = call.path.as_str();
    let versioned = path.strip_prefix("/v").and_then(|rest| Some(&rest[rest.find('/')?..]));
    versioned.unwrap_or(path)
}

/// Whether Docker says that what was asked for, or an image that was to go, is not there: an answer
/// like any other.
pub(crate) fn says_absent(call: &EngineCall) -> bool {
    let image = || call.method == "DELETE" && engine_route(call).starts_with("/images/");
    call.status == Some(404) && (call.method == "GET" || image())
}

/// An answer of 400 or more, but for "no such image", which is an answer like any other.
fn engine_failure(call: &EngineCall) -> Option<String> {
    match call.status {
        None => Some(call.error.clone().unwrap_or_default()),
        Some(_) if says_absent(call) => None,
        Some(status) if status >= 400 => Some(format!("HTTP {status}")),
        Some(_) => None,
    }
}
