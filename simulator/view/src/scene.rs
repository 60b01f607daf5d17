//! Where everything is in the picture: lanes, bars, arrows and lives, in px.

mod bars;
mod place;

use crate::axis::Axis;
use crate::{Actor, Phase, Run, Wire};

pub use place::{Frame, hit};

/// The height of a lane, in px.
pub const LANE_PX: i32 = 26;
/// The height of the title above a run's lanes, in px.
pub const TITLE_PX: i32 = 34;
/// The height of the clock below all lanes, in px.
pub const CLOCK_PX: i32 = 35;
/// The width of a letter of the small text in the picture, in tenths of a px, roughly.
const LETTER_PX_TENTHS: usize = 62;

/// The picture of some runs on one clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// Its width, in px.
    pub width: i32,
    /// Its height, in px.
    pub height: i32,
    /// Where the lanes end and the clock begins, in px.
    pub clock_y: i32,
    /// Where the names of the lanes end and time begins, in px.
    pub left: i32,
    /// The clock.
    pub axis: Axis,
    /// The runs, from above.
    pub runs: Vec<RunScene>,
}

/// The part of the picture that shows one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunScene {
    /// Which of the figure's runs it is.
    pub run: usize,
    /// Where it begins, in px.
    pub top: i32,
    /// Its lanes, from above.
    pub lanes: Vec<Lane>,
    /// What the kubelet is busy with, in its lane.
    pub spans: Vec<PhaseSpan>,
    /// The processes that live on, behind the bars.
    pub lives: Vec<LifeBar>,
    /// The steps.
    pub bars: Vec<Bar>,
    /// Who called whom, and when.
    pub arrows: Vec<Arrow>,
}

/// The lane of one actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Whose it is.
    pub actor: Actor,
    /// Where it begins, in px.
    pub y: i32,
    /// Its height, in px.
    pub height: i32,
}

/// A step in the lane of the process that did its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The step, as an index into the run's steps.
    pub step: usize,
    /// Who did the work.
    pub actor: Actor,
    /// The left edge, in px.
    pub x: i32,
    /// The top edge, in px.
    pub y: i32,
    /// The width, in px.
    pub width: i32,
    /// The height, in px.
    pub height: i32,
    /// Its name, where there is room for it.
    pub label: Option<String>,
    /// Whether it belongs to a polling loop.
    pub poll: bool,
    /// Whether it went wrong.
    pub failed: bool,
}

/// A hop of a step: from one lane to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The step, as an index into the run's steps.
    pub step: usize,
    /// When, in px.
    pub x: i32,
    /// Where it starts, in px.
    pub from_y: i32,
    /// Where it arrives, in px.
    pub to_y: i32,
    /// The protocol.
    pub wire: Wire,
    /// Who listens: it gives the arrow its colour.
    pub to: Actor,
    /// Whether the recording holds this very hop.
    pub recorded: bool,
    /// Whether it belongs to a polling loop; the picture leaves those out, they are too many.
    pub poll: bool,
}

/// A stretch in which the kubelet was busy with one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseSpan {
    /// With what.
    pub phase: Phase,
    /// The left edge, in px.
    pub x: i32,
    /// The width, in px.
    pub width: i32,
    /// Whether there is room for its word.
    pub named: bool,
}

/// A process that lives on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeBar {
    /// Whose lane it is in.
    pub actor: Actor,
    /// The left edge, in px.
    pub x: i32,
    /// The top edge, in px.
    pub y: i32,
    /// The width, in px.
    pub width: i32,
    /// What it is for, where there is room.
    pub label: Option<String>,
}

/// What a scene is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The width to fill, in px.
    pub width: i32,
    /// Whether polls are drawn.
    pub polls: bool,
    /// Where there is no room for all: the one run and the one stretch of time to draw.
    pub only: Option<(usize, usize)>,
}

impl Scene {
    /// Lays out the runs.
    pub fn new(runs: &[&Run], options: Options) -> Self {
        let left = if options.width < 560 { 96 } else { 112 };
        let (from, to) = (left + 6, options.width - 10);
        let whole = Axis::new(runs.iter().copied(), from, to);
        let axis = match options.only {
            Some((_, stretch)) => whole.stretch(stretch, from, to),
            None => whole,
        };
        let shown = runs
            .iter()
            .enumerate()
            .filter(|(at, _)| options.only.is_none_or(|(run, _)| run == *at));
        let mut scenes = Vec::new();
        let mut top = 0;
        for (at, run) in shown {
            let scene = RunScene::new(at, run, &axis, top, options.polls);
            top = scene.bottom() + 14;
            scenes.push(scene);
        }
        let clock_y = top - 8;
        let height = clock_y + CLOCK_PX;
        Self { width: options.width, height, clock_y, left, axis, runs: scenes }
    }

    /// The part that shows a run.
    pub fn of_run(&self, run: usize) -> Option<&RunScene> {
        self.runs.iter().find(|scene| scene.run == run)
    }
}

impl RunScene {
    fn new(at: usize, run: &Run, axis: &Axis, top: i32, polls: bool) -> Self {
        let lanes = bars::lanes(run, top + TITLE_PX);
        Self {
            run: at,
            top,
            spans: bars::spans(run, axis),
            lives: bars::lives(run, axis, &lanes),
            bars: bars::bars(run, axis, &lanes, polls),
            arrows: bars::arrows(run, axis, &lanes, polls),
            lanes,
        }
    }

    /// Where its lanes end, in px.
    pub fn bottom(&self) -> i32 {
        self.lanes.last().map_or(self.top + TITLE_PX, |lane| lane.y + lane.height)
    }

    /// The lane of an actor, if it has one here.
    pub fn lane(&self, actor: Actor) -> Option<Lane> {
        self.lanes.iter().copied().find(|lane| lane.actor == actor)
    }
}

/// How wide a text is in the picture, in px, roughly: a Chinese character is as wide as two
/// letters.
pub(crate) fn text_px(text: &str) -> i32 {
    let letters: usize = text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    i32::try_from(letters * LETTER_PX_TENTHS / 10).unwrap_or(i32::MAX)
}
