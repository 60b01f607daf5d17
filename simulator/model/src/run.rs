//! A run as data: calls with what they caused, changes of the node with their instants,
//! checkpoints.

mod made;

use std::sync::Arc;

use made::Made;

use crate::RuntimePath;
use crate::basis::Basis;
use crate::call::{EngineCall, Loop, Outcome, Request, Target};
use crate::clock::Instant;
use crate::identity::{Catalog, ContainerId, PodId};
use crate::node::{Change, Disk, NodeState};
use crate::pod::Source;
use crate::report::{Event, PodReport, Report};
use crate::scenario::Scenario;
use crate::simulation::Options;
use crate::versions::Profile;

/// After so many changes the whole state is kept, so that no seek applies more than this.
const CHECKPOINT_EVERY: usize = 256;
/// No more lines of logs are kept than this: a kubelet that fails to start says so for ever.
const MOST_LOG_LINES: usize = 10_000;

/// One CRI call with the calls to Docker Engine that it caused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRecord {
    /// The goroutine that called, by a number that no other of the run has.
    pub goroutine: u32,
    /// The part of the kubelet that called.
    pub of: Loop,
    /// What was asked.
    pub request: Request,
    /// When.
    pub at: Instant,
    /// When the answer came.
    pub end: Instant,
    /// The answer.
    pub outcome: Outcome,
    /// What Docker Engine was asked.
    pub engine: Vec<EngineCall>,
}

/// Something that was done to the node from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The word for it.
    pub word: &'static str,
    /// When.
    pub at: Instant,
}

/// A line that a program of the node wrote into its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// The program, such as `kubelet`.
    pub who: &'static str,
    /// When.
    pub at: Instant,
    /// What it wrote, without time and place in the source.
    pub text: String,
    /// What the text rests on.
    pub basis: Basis,
}

/// A scenario played to its end on one path.
#[derive(Clone, Debug)]
pub struct Run {
    /// The scenario.
    pub scenario: String,
    /// The path.
    pub path: RuntimePath,
    /// The seed.
    pub seed: u64,
    /// Versions, flags and control groups of the node.
    pub profile: Profile,
    /// What the scenario presupposes beyond its steps, by the names of [`crate::grounds`].
    pub premises: Vec<&'static str>,
    /// What programs of the node wrote that no call shows.
    pub node_log: Vec<LogLine>,
    /// Where its pods come from.
    pub source: Source,
    /// The disk of the images.
    pub disk: Disk,
    /// The calls, in the order in which they were answered.
    pub calls: Vec<CallRecord>,
    /// How many calls there were, kept or not.
    pub call_count: u64,
    /// What was done from outside.
    pub marks: Vec<Mark>,
    /// What became different.
    pub changes: Vec<(Instant, Change)>,
    /// Events that the kubelet recorded.
    pub events: Vec<Event>,
    /// What the kubelet found out about pods: when, which, and how it is; nothing when it was let go.
    pub statuses: Vec<(Instant, PodId, Option<PodReport>)>,
    /// What things are called.
    pub catalog: Catalog,
    /// When the run ended.
    pub end: Instant,
    /// The node at the end.
    pub last: NodeState,
    checkpoints: Vec<NodeState>,
    made: Made,
    /// What was played, for forks.
    pub(crate) played: Arc<Scenario>,
}

impl Run {
    /// The state of the node at an instant: the checkpoint before it and the changes since.
    pub fn state_at(&self, at: Instant) -> NodeState {
        let count = self.changes.partition_point(|(when, _)| *when <= at);
        let checkpoint = (count / CHECKPOINT_EVERY).min(self.checkpoints.len().saturating_sub(1));
        let mut state = self.checkpoints.get(checkpoint).cloned().unwrap_or_else(NodeState::new);
        for (when, change) in &self.changes[checkpoint * CHECKPOINT_EVERY..count] {
            state.apply(change, *when, &self.catalog);
        }
        state
    }
}

/// Links from what is on the node to what made it.
impl Run {
    /// The place of the call that made a sandbox or container among [`Run::calls`].
    pub fn call_that_made(&self, target: Target) -> Option<usize> {
        self.made.by(target)
    }

    /// Whether the kubelet pulled the image for this very container: then it asks for the
    /// container by the digest that the pull answered, else by the ID of the image
    /// (k8s 1.20.2, `images/image_manager.go`, `EnsureImageExists`).
    pub fn pulled_for(&self, container: ContainerId) -> bool {
        self.made.pulled(container.0)
    }
}

/// Writes a run down.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    run: Run,
    keep: bool,
}

impl Recorder {
    pub(crate) fn new(scenario: &Arc<Scenario>, options: Options) -> Self {
        let run = Run {
            scenario: scenario.name.clone(),
            path: options.path,
            seed: options.seed,
            profile: scenario.node.clone(),
            premises: crate::grounds::premises(scenario),
            node_log: Vec::new(),
            source: scenario.source,
            disk: scenario.disk.clone(),
            calls: Vec::new(),
            call_count: 0,
            marks: Vec::new(),
            changes: Vec::new(),
            events: Vec::new(),
            statuses: Vec::new(),
            catalog: Catalog::default(),
            end: Instant::ZERO,
            last: NodeState::default(),
            checkpoints: vec![NodeState::new()],
            made: Made::default(),
            played: Arc::clone(scenario),
        };
        Self { run, keep: options.keep }
    }

    /// Counts a call, and writes it down if calls are kept.
    pub(crate) fn call(&mut self, record: impl FnOnce() -> CallRecord) {
        self.run.call_count += 1;
        if self.keep {
            let record = record();
            // Few calls overtake others, and by few: its place is near the end.
            let later = self.run.calls.iter().rev().take_while(|call| call.at > record.at).count();
            self.run.calls.insert(self.run.calls.len() - later, record);
        }
    }

    /// Writes a change down, after it was made: `node` is the node after it.
    pub(crate) fn change(&mut self, at: Instant, change: &Change, node: &NodeState) {
        if !self.keep {
            return;
        }
        self.run.changes.push((at, *change));
        if self.run.changes.len().is_multiple_of(CHECKPOINT_EVERY) {
            self.run.checkpoints.push(node.clone());
        }
    }

    /// Writes down what the kubelet tells the API server; a status only when it is a new one.
    pub(crate) fn report(&mut self, at: Instant, report: Report) {
        if !self.keep {
            return;
        }
        match report {
            Report::Event(event) => self.run.events.push(event),
            Report::Status(pod, status) => {
                let last = self.run.statuses.iter().rfind(|(_, of, _)| *of == pod);
                if last.map(|(.., last)| last) != Some(&status) {
                    self.run.statuses.push((at, pod, status));
                }
            }
        }
    }

    pub(crate) fn mark(&mut self, word: &'static str, at: Instant) {
        self.run.marks.push(Mark { word, at });
    }

    pub(crate) fn log(&mut self, line: LogLine) {
        if self.keep && self.run.node_log.len() < MOST_LOG_LINES {
            self.run.node_log.push(line);
        }
    }

    pub(crate) fn finish(mut self, end: Instant, catalog: Catalog, last: NodeState) -> Run {
        self.run.end = end;
        self.run.catalog = catalog;
        self.run.last = last;
        self.run.made = Made::of(&self.run.calls);
        self.run
    }
}
