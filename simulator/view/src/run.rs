//! One run, ready to be shown: its recording as ordered steps.

mod build;
pub(crate) mod cni;
mod lives;
mod runc;

use simulator_model::export::EPOCH_NS;
use simulator_model::recording::{Alignment, Mark};
use simulator_model::{Recording, RuntimePath};

use crate::{Actor, Lang, Step, What, subject};

/// What the mark of a line of the node's log begins with.
pub(crate) const LOGGED: &str = "log: ";

/// One run, ready to be shown.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was recorded.
    pub recording: Recording,
    /// How the clock of the runc commands was fitted to that of the calls; exact in a simulation.
    pub alignment: Option<Alignment>,
    /// All steps, in the order in which they began; a step comes after the one it happened in.
    pub steps: Vec<Step>,
    /// How long the shims and the containers lived, as far as the recording tells.
    pub lives: Vec<Life>,
    /// How it came about.
    pub made: Made,
}

/// How a run came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Written down on a real node.
    Recorded,
    /// Computed by the model.
    Simulated,
}

impl Made {
    /// The word for it.
    pub const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Recorded => lang.pick("recorded", "录制"),
            Self::Simulated => lang.pick("simulated", "模拟"),
        }
    }
}

/// The life of a process that outlives the call that made it. Derived from the runc commands and
/// from what the runtime said about the containers later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// The shim, conmon or container.
    pub actor: Actor,
    /// The sandbox or container it is for, such as `container:main:0`.
    pub subject: String,
    /// Since when, in µs since the pod was applied.
    pub from_us: i64,
    /// Until when; none when it outlived the recording.
    pub to_us: Option<i64>,
}

impl Run {
    /// The run of a recording.
    pub fn new(recording: Recording) -> Self {
        Self::of(recording, Made::Recorded)
    }

    /// A run that the model computed, written down as a recording is.
    pub fn simulated(recording: Recording) -> Self {
        Self::of(recording, Made::Simulated)
    }

    /// As [`Run::simulated`], for a node on which nothing is called: the lines of its log, each with
    /// its instant in µs since the recording began, are all that happens.
    pub fn logged(
        mut recording: Recording,
        lines: impl IntoIterator<Item = (i64, String)>,
    ) -> Self {
        for (at_us, line) in lines {
            recording.marks.push(Mark { mark: format!("{LOGGED}{line}"), at_us });
        }
        Self::simulated(recording)
    }

    fn of(recording: Recording, made: Made) -> Self {
        let alignment = match made {
            Made::Recorded => recording.alignment(),
            // The model has one clock.
            Made::Simulated => {
                Some(Alignment { origin_unix_us: EPOCH_NS / 1_000, uncertainty_us: 0 })
            }
        };
        let steps = build::steps(&recording, alignment);
        let lives = lives::lives(&recording, alignment);
        Self { recording, alignment, steps, lives, made }
    }

    /// The set-up of the node.
    pub fn path(&self) -> RuntimePath {
        self.recording.path
    }

    /// The lanes of the picture, from the kubelet down.
    pub fn lanes(&self) -> &'static [Actor] {
        Actor::lanes(self.path())
    }

    /// The steps that act, with their indices.
    pub fn acting(&self) -> impl Iterator<Item = (usize, &Step)> {
        self.steps.iter().enumerate().filter(|(_, step)| step.acts())
    }

    /// The step around all others in which a step happened; itself where there is none.
    pub fn outermost(&self, step: usize) -> &Step {
        let mut around = &self.steps[step];
        while let Some(parent) = around.parent {
            around = &self.steps[parent];
        }
        around
    }

    /// How many steps a step is inside of.
    pub fn depth(&self, step: usize) -> usize {
        std::iter::successors(self.steps[step].parent, |&at| self.steps[at].parent).count()
    }

    /// The CRI call that a step is, or happened in, with how many of its name come before its instant
    /// since the pod was applied: `StartContainer.0`. Where others are made at that instant, with the
    /// container that it is about: `StopContainer.0.main`. None for what is in no call, or was before.
    pub fn nth_call(&self, step: usize) -> Option<String> {
        let outer = std::iter::successors(Some(step), |&at| self.steps[at].parent).last()?;
        let call = |step: &Step| match step.what {
            What::Cri(call) if step.at_us >= 0 => Some(&self.recording.calls[call]),
            _ => None,
        };
        let (wanted, at_us) = (call(&self.steps[outer])?, self.steps[outer].at_us);
        let (mut before, mut beside) = (0, 0);
        for step in &self.steps {
            if call(step).is_some_and(|it| it.call == wanted.call) {
                before += usize::from(step.at_us < at_us);
                beside += usize::from(step.at_us == at_us);
            }
        }
        let mut told = format!("{}.{before}", wanted.call);
        if beside > 1
            && let Some(of) = subject::text(&wanted.request, "/container_id").split(':').nth(1)
        {
            told = told + "." + of;
        }
        Some(told)
    }

    /// Whether the step is inside the other one, at any depth.
    pub fn is_inside(&self, step: usize, outer: usize) -> bool {
        std::iter::successors(self.steps[step].parent, |&at| self.steps[at].parent)
            .any(|at| at == outer)
    }
}

/// The instant from which a run is counted: the first `apply`, else the start of the recording.
fn zero_us(recording: &Recording) -> i64 {
    recording.mark("apply").unwrap_or(0)
}
