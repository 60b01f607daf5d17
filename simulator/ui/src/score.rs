//! The runs of a figure as a player sees them: which steps there are, when, and when nothing is.

use simulator_view::axis::Axis;
use simulator_view::{Phase, Run, What};

/// What can be played: the steps of every run on one clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The first instant, in µs since the pod was applied.
    pub start_us: i64,
    /// The last instant.
    pub end_us: i64,
    /// The runs.
    pub parts: Vec<Part>,
    /// The instants at which something that acts begins or ends, in order.
    pub events_us: Vec<i64>,
}

/// The steps of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The steps that act and that lie on the clock, in order of time.
    pub acting: Vec<Note>,
    /// Those and the polls.
    pub all: Vec<Note>,
    /// How many of all went wrong.
    pub errors: usize,
    /// How many polls there are, those inside other ones not counted.
    pub polls: usize,
}

/// A step as a player sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its index in the run.
    pub step: usize,
    /// When it begins, in µs since the pod was applied.
    pub at_us: i64,
    /// Whether the kubelet turns to something else with it.
    pub opens_phase: bool,
    /// Whether something comes to be, starts, stops or goes.
    pub turns: bool,
    /// Whether it went wrong.
    pub failed: bool,
}

impl Note {
    fn new(run: &Run, index: usize, phase: &mut Option<Phase>) -> Self {
        let step = &run.steps[index];
        let opens_phase = step.acts() && step.parent.is_none() && *phase != Some(step.phase);
        if opens_phase {
            *phase = Some(step.phase);
        }
        let turns = match step.what {
            What::Mark(_) => true,
            What::Cri(call) => is_turn(&run.recording.calls[call].call),
            _ => false,
        };
        let failed = step.failure(run).is_some();
        Self { step: index, at_us: step.at_us, opens_phase, turns, failed }
    }
}

/// Whether a call of the CRI changes what there is on the node.
fn is_turn(call: &str) -> bool {
    let verbs = ["Run", "Create", "Start", "Stop", "Remove", "Pull"];
    verbs.iter().any(|verb| call.starts_with(verb))
}

impl Score {
    /// The score of some runs.
    pub fn new(runs: &[&Run]) -> Self {
        let axis = Axis::new(runs.iter().copied(), 0, 1000);
        let (start_us, end_us) = (axis.start_us(), axis.end_us());
        let mut parts = Vec::new();
        for run in runs {
            let mut part = Part { acting: Vec::new(), all: Vec::new(), errors: 0, polls: 0 };
            let mut phase = None;
            for (step, it) in run.steps.iter().enumerate() {
                let note = Note::new(run, step, &mut phase);
                if it.at_us >= start_us && it.at_us <= end_us {
                    part.all.push(note);
                    part.errors += usize::from(note.failed);
                    part.polls += usize::from(!it.acts() && it.parent.is_none());
                    if it.acts() {
                        part.acting.push(note);
                    }
                }
            }
            parts.push(part);
        }
        let acting = runs.iter().flat_map(|run| run.acting());
        let mut events_us: Vec<i64> = Vec::new();
        for event_us in acting.flat_map(|(_, step)| [step.at_us, step.end_us()]) {
            if let Err(place) = events_us.binary_search(&event_us) {
                events_us.insert(place, event_us);
            }
        }
        Self { start_us, end_us, parts, events_us }
    }

    /// The steps of a run that are shown, with or without the polls.
    pub fn notes(&self, run: usize, polls: bool) -> &[Note] {
        let part = self.parts.get(run);
        part.map_or(&[], |part| if polls { &part.all } else { &part.acting })
    }

    /// The place of the last shown step that has begun by an instant; the first if none has.
    pub fn place_at(&self, run: usize, polls: bool, now_us: i64) -> usize {
        let begun = self.notes(run, polls).partition_point(|note| note.at_us <= now_us);
        begun.saturating_sub(1)
    }

    /// The place of a step among those shown, if it is.
    pub fn place_of(&self, run: usize, polls: bool, step: usize) -> Option<usize> {
        // Steps are numbered in the order in which they are shown.
        self.notes(run, polls).binary_search_by_key(&step, |note| note.step).ok()
    }
}
