//! One clock for all runs of a figure, with idle time cut short.
//!
//! A real run acts for a second or two, waits for many, and acts again. Drawn true to scale the
//! action would be a hair. So time is cut into [segments](Segment) in which something happens;
//! each has a scale of its own, and the idle time between two of them is a narrow break.

use crate::ordered::insert_by_key;
use crate::{Run, Step};

/// Idle time longer than this becomes a break, in µs.
const IDLE_US: i64 = 700_000;
/// The margin on both sides of what happens in a segment, in µs.
const MARGIN_US: i64 = 50_000;
/// The width of a break, in px.
const BREAK_PX: i32 = 30;
/// How much of a break is bare on both sides of its middle, in px.
const BARE_PX: i32 = 5;
/// No segment is narrower than this, in px.
const SEGMENT_PX_MIN: i32 = 60;

/// A clock laid out on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The stretches in which something happens, in order. Never empty.
    pub segments: Vec<Segment>,
}

/// A stretch of time drawn to one scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its first instant, in µs since the pod was applied.
    pub from_us: i64,
    /// Its last instant.
    pub to_us: i64,
    /// Where it begins, in px.
    pub from_px: i32,
    /// Where it ends, in px.
    pub to_px: i32,
}

/// A mark on the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The instant, in µs since the pod was applied.
    pub at_us: i64,
    /// Where it is, in px.
    pub px: i32,
}

impl Axis {
    /// Lays the steps that act out from `left` to `right`, in px.
    pub fn new<'a>(runs: impl IntoIterator<Item = &'a Run>, left: i32, right: i32) -> Self {
        let mut steps: Vec<&Step> = Vec::new();
        for run in runs {
            for (_, step) in run.acting() {
                steps.push(step);
            }
        }
        let mut stretches = stretches(&steps);
        if stretches.is_empty() {
            stretches.push((0, 1_000_000));
        }
        let (room, count) = (right - left, i32::try_from(stretches.len()).unwrap_or(i32::MAX));
        // However many there are, half of the room is left for what happens.
        let pause = BREAK_PX.min(room / (2 * count));
        let widths = widths(&stretches, &steps, (room - (count - 1) * pause).max(1));
        let mut from_px = left;
        let mut segments = Vec::new();
        for ((from_us, to_us), width) in stretches.into_iter().zip(widths) {
            segments.push(Segment { from_us, to_us, from_px, to_px: from_px + width });
            from_px += width + pause;
        }
        Self { segments }
    }

    /// One stretch alone, laid out from `left` to `right`, in px: for a narrow screen.
    #[must_use]
    pub fn stretch(&self, number: usize, left: i32, right: i32) -> Self {
        let segment = self.segments.get(number).or(self.segments.last());
        let drawn = segment.map(|it| Segment { from_px: left, to_px: right, ..*it });
        Self { segments: drawn.into_iter().collect() }
    }

    /// The stretch in which an instant is, or after which it is.
    pub fn stretch_at(&self, at_us: i64) -> usize {
        let begun = self.segments.iter().filter(|segment| segment.from_us <= at_us).count();
        begun.saturating_sub(1)
    }

    /// The first instant on the axis.
    pub fn start_us(&self) -> i64 {
        self.segments.first().map_or(0, |first| first.from_us)
    }

    /// The last instant on the axis.
    pub fn end_us(&self) -> i64 {
        self.segments.last().map_or(0, |last| last.to_us)
    }

    /// Where an instant is, in px; instants off the axis are at its ends.
    pub fn px(&self, at_us: i64) -> i32 {
        let mut before: Option<&Segment> = None;
        for segment in &self.segments {
            if at_us < segment.from_us {
                return before.map_or(segment.from_px, |before| {
                    between(at_us, (before.to_us, segment.from_us), (before.to_px, segment.from_px))
                });
            }
            if at_us <= segment.to_us {
                let px = (segment.from_px, segment.to_px);
                return between(at_us, (segment.from_us, segment.to_us), px);
            }
            before = Some(segment);
        }
        before.map_or(0, |last| last.to_px)
    }

    /// The instant at a place: the inverse of [`Axis::px`], within half a pixel's time.
    pub fn at_us(&self, px: i32) -> i64 {
        let mut before: Option<&Segment> = None;
        for segment in &self.segments {
            if px < segment.from_px {
                return before.map_or(segment.from_us, |before| {
                    instant(px, (before.to_px, segment.from_px), (before.to_us, segment.from_us))
                });
            }
            if px <= segment.to_px {
                let us = (segment.from_us, segment.to_us);
                return instant(px, (segment.from_px, segment.to_px), us);
            }
            before = Some(segment);
        }
        before.map_or(0, |last| last.to_us)
    }

    /// The breaks: the place in the middle of each, and the time it leaves out in µs.
    pub fn breaks(&self) -> impl Iterator<Item = (i32, i64)> {
        self.segments
            .windows(2)
            .map(|pair| (pair[0].to_px.midpoint(pair[1].from_px), pair[1].from_us - pair[0].to_us))
    }

    /// How far words that begin at a place may reach before a break cuts them, in px.
    pub fn room(&self, px: i32) -> i32 {
        let mut rooms = self.breaks().map(|(middle, _)| middle - BARE_PX - px);
        rooms.find(|room| *room > 0).unwrap_or(i32::MAX)
    }

    /// Marks at round instants, at least `apart` px from each other.
    pub fn ticks(&self, apart: i32) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        for segment in &self.segments {
            let width = i64::from((segment.to_px - segment.from_px).max(1));
            let span = segment.to_us - segment.from_us;
            let step = round_up(span * i64::from(apart) / width);
            let mut at_us = (segment.from_us + step - 1).div_euclid(step) * step;
            while at_us <= segment.to_us {
                let px = self.px(at_us);
                if ticks.last().is_none_or(|last| px - last.px >= apart) {
                    ticks.push(Tick { at_us, px });
                }
                at_us += step;
            }
        }
        ticks
    }
}

/// The stretches of time in which something happens, none closer than [`IDLE_US`] to the next.
fn stretches(steps: &[&Step]) -> Vec<(i64, i64)> {
    let mut spans: Vec<(i64, i64)> = Vec::with_capacity(steps.len());
    for step in steps {
        let span = (step.at_us - MARGIN_US, step.end_us() + MARGIN_US);
        insert_by_key(&mut spans, span, |span| span.0);
    }
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match stretches.last_mut() {
            Some(last) if from - last.1 < IDLE_US => last.1 = last.1.max(to),
            _ => stretches.push((from, to)),
        }
    }
    stretches
}

/// Shares the room out: a stretch gets more for lasting longer and for holding more steps, but
/// both count only by their square root, so that a short burst of calls stays readable.
fn widths(stretches: &[(i64, i64)], steps: &[&Step], room: i32) -> Vec<i32> {
    let mut counts = vec![0_u64; stretches.len()];
    for step in steps {
        let begun = stretches.partition_point(|(from, _)| *from <= step.at_us);
        if let Some(count) = begun.checked_sub(1).and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let weight = |(&(from, to), count): (&(i64, i64), u64)| {
        let millis = (to - from).max(1_000).unsigned_abs() / 1_000;
        i64::from(u32::try_from((millis * count).isqrt()).unwrap_or(u32::MAX)).max(1)
    };
    let mut weights: Vec<i64> = Vec::new();
    for stretch in stretches.iter().zip(counts) {
        weights.push(weight(stretch));
    }
    let all: i64 = weights.iter().sum();
    let count = i32::try_from(stretches.len()).unwrap_or(1);
    let floor = SEGMENT_PX_MIN.min(room / count.max(1));
    let rest = i64::from((room - floor * count).max(0));
    let mut widths: Vec<i32> = Vec::new();
    for weight in weights {
        widths.push(floor + i32::try_from(rest * weight / all).unwrap_or(0));
    }
    widths
}

fn between(at: i64, us: (i64, i64), px: (i32, i32)) -> i32 {
    let span = (us.1 - us.0).max(1);
    let along = i64::from(px.1 - px.0) * (at - us.0) / span;
    px.0 + i32::try_from(along).unwrap_or(0)
}

fn instant(at: i32, px: (i32, i32), us: (i64, i64)) -> i64 {
    let span = i64::from((px.1 - px.0).max(1));
    us.0 + (us.1 - us.0) * i64::from(at - px.0) / span
}

/// The next of 1, 2, 5 times a power of ten, not less than the given µs.
fn round_up(us: i64) -> i64 {
    let mut unit = 1_000;
    loop {
        for step in [unit, 2 * unit, 5 * unit] {
            if step >= us {
                return step;
            }
        }
        unit *= 10;
    }
}
