//! What a figure plays: its runs and their score, shared by all parts of the page.

use std::rc::Rc;

use simulator_view::axis::Axis;
use simulator_view::{Phase, Run, What};

use crate::link::{At, Place};
use crate::playback::{Action, Playback};
use crate::score::Score;

/// The places of the slider.
pub const SLIDER_PX: i32 = 1000;

/// The runs of a figure. Cheap to clone; two are equal when they are the same one.
#[derive(Clone, Debug)]
pub struct Figure(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    runs: Vec<Run>,
    score: Score,
    clock: Axis,
}

impl PartialEq for Figure {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Figure {
    /// A figure of runs.
    pub fn new(runs: Vec<Run>) -> Self {
        let score = Score::new(&runs.iter().collect::<Vec<&Run>>());
        let clock = Axis::new(&runs, 0, SLIDER_PX);
        Self(Rc::new(Inner { runs, score, clock }))
    }

    /// The runs.
    pub fn runs(&self) -> &[Run] {
        &self.0.runs
    }

    /// The run of a number; none when there are not so many.
    pub fn run(&self, number: usize) -> Option<&Run> {
        self.0.runs.get(number)
    }

    /// What can be played.
    pub fn score(&self) -> &Score {
        &self.0.score
    }

    /// The clock of the slider: that of the picture, where waits are cut short.
    pub fn clock(&self) -> &Axis {
        &self.0.clock
    }

    /// Where a reader starts: at the most telling moment.
    pub fn beginning(&self) -> Playback {
        Playback::new(self.score(), self.telling())
    }

    /// What somebody did to the running pod of the first run, such as killing a process; taking
    /// its manifest away is part of its life and no such thing. Else the deepest moment: runc has
    /// just started the first container, and everybody up to the kubelet waits for it.
    fn telling(&self) -> Option<(usize, usize)> {
        let run = self.run(0)?;
        let starts = |what: What| match what {
            What::Runc(command) => run.recording.runc[command].verb == "start",
            _ => false,
        };
        let done = |what: What| match what {
            What::Mark(mark) => run.recording.marks[mark].mark != "delete",
            _ => false,
        };
        let mut acting = run.acting();
        if run.recording.calls.is_empty() {
            // What the node logs is all there is.
            return acting.find(|(_, step)| step.phase == Phase::Log).map(|(step, _)| (0, step));
        }
        let (start, _) = acting.find(|(_, step)| starts(step.what))?;
        let deed = acting.find(|(_, step)| done(step.what)).map(|(step, _)| step);
        Some((0, deed.unwrap_or(start)))
    }

    /// Where a link leads; none when it names a path or a step that is not here.
    pub fn follow(&self, place: &Place) -> Option<Playback> {
        let run = self.runs().iter().position(|run| run.path().name() == place.path)?;
        self.follow_run(run, place.at, place.polls)
    }

    /// A moment of a run; none when the run or the step is not here.
    pub fn follow_run(&self, run: usize, at: At, polls: bool) -> Option<Playback> {
        let steps = &self.run(run)?.steps;
        let score = self.score();
        let start = self.beginning().reduce(score, Action::Polls(polls));
        let now_us = match at {
            At::Step(step) if score.place_of(run, true, step).is_some() => {
                return Some(start.reduce(score, Action::Choose { run, step }));
            }
            // The run has it and the score does not: the moment is as near as it gets.
            At::Step(step) => steps.get(step)?.at_us,
            At::Instant(now_us) => now_us,
        };
        let followed = start.reduce(score, Action::Follow(run));
        Some(followed.reduce(score, Action::Seek(now_us)))
    }

    /// The link to where the reader is.
    pub fn place(&self, playback: &Playback) -> Option<Place> {
        let run = self.run(playback.run)?;
        let step = playback.step(self.score());
        let on_step = step.filter(|step| run.steps[*step].at_us == playback.now_us);
        Some(Place {
            path: run.path().name().to_owned(),
            at: on_step.map_or(At::Instant(playback.now_us), At::Step),
            polls: playback.polls,
        })
    }
}
