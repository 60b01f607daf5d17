//! The parts of one run's lanes.

use super::{Arrow, Bar, LANE_PX, Lane, LifeBar, PhaseSpan, text_px};
use crate::axis::Axis;
use crate::{Actor, Life, Phase, Run, Step, What};

/// The least width of a bar, in px: even the shortest call can be seen and hit.
const BAR_PX_MIN: i32 = 3;
/// The height of a bar, in px.
const BAR_PX: i32 = 18;
/// The height of a plugin's bar, in px.
const CNI_PX: i32 = 5;
/// The height of the line of one living process, in px.
const LIFE_PX: i32 = 15;
/// Pictures with more bars than this leave out those that cannot be told apart.
const MANY: usize = 2_000;
/// Calls of one phase closer than this are one span, in µs.
const PAUSE_US: i64 = 300_000;

pub(super) fn lanes(run: &Run, top: i32) -> Vec<Lane> {
    let mut lanes = Vec::new();
    let mut y = top;
    for &actor in run.lanes() {
        let lives = rows(run, actor).iter().max().map_or(0, |row| row + 1);
        let height = LANE_PX.max(lives * LIFE_PX + 6);
        lanes.push(Lane { actor, y, height });
        y += height;
    }
    lanes
}

pub(super) fn spans(run: &Run, axis: &Axis) -> Vec<PhaseSpan> {
    let mut spans: Vec<(Phase, i64, i64)> = Vec::new();
    for (_, step) in run.acting() {
        if !matches!(step.what, What::Cri(_)) {
            continue;
        }
        match spans.last_mut() {
            Some((phase, _, to)) if *phase == step.phase && step.at_us - *to < PAUSE_US => {
                *to = (*to).max(step.end_us());
            }
            _ => spans.push((step.phase, step.at_us, step.end_us())),
        }
    }
    let mut drawn = Vec::new();
    for (phase, from, to) in spans {
        if is_on(axis, from, to) {
            let x = axis.px(from);
            let width = (axis.px(to) - x).max(BAR_PX_MIN);
            // The English word is the longer one in every case: it decides for both languages.
            let named = fits(phase.word(crate::Lang::En), 10, axis, (x, width));
            drawn.push(PhaseSpan { phase, x, width, named });
        }
    }
    drawn
}

pub(super) fn lives(run: &Run, axis: &Axis, lanes: &[Lane]) -> Vec<LifeBar> {
    let mut drawn = Vec::new();
    for lane in lanes {
        let rows = rows(run, lane.actor);
        for (life, row) in lives_of(run, lane.actor).zip(rows) {
            if !is_on(axis, life.from_us, life.to_us.unwrap_or(i64::MAX)) {
                continue;
            }
            let x = axis.px(life.from_us);
            let width = (axis.px(life.to_us.unwrap_or(axis.end_us())) - x).max(BAR_PX_MIN);
            let label = life_label(life);
            let y = lane.y + 3 + row * LIFE_PX;
            let label = fits(&label, 12, axis, (x, width)).then_some(label);
            drawn.push(LifeBar { actor: lane.actor, x, y, width, label });
        }
    }
    drawn
}

pub(super) fn bars(run: &Run, axis: &Axis, lanes: &[Lane], polls: bool) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    // Polls first, so that what acts is drawn over them.
    for acts in [false, true] {
        for (index, step) in run.steps.iter().enumerate() {
            let wanted = step.acts() == acts && (acts || polls);
            if wanted && is_on(axis, step.at_us, step.end_us()) {
                bars.extend(bar(run, (index, step), axis, lanes));
            }
        }
    }
    if bars.len() > MANY {
        bars = thinned(bars);
    }
    name_ticks(run, axis, &mut bars);
    bars
}

/// Without the bars that lie under the one before them, as far as nobody could tell.
fn thinned(bars: Vec<Bar>) -> Vec<Bar> {
    let mut kept: Vec<Bar> = Vec::new();
    // Where the last bar of each row ends, in px.
    let mut rows: Vec<((i32, bool), i32)> = Vec::new();
    for bar in bars {
        let (row, end) = ((bar.y, bar.poll), bar.x + bar.width);
        match rows.iter_mut().find(|(known, _)| *known == row) {
            Some((_, covered)) if end <= *covered && !bar.failed => continue,
            Some((_, covered)) => *covered = end.max(*covered),
            None => rows.push((row, end)),
        }
        kept.push(bar);
    }
    kept
}

fn bar(run: &Run, (index, step): (usize, &Step), axis: &Axis, lanes: &[Lane]) -> Option<Bar> {
    let actor = step.worker();
    let lane_of = match actor {
        // The plugins have no lane: they are children of the process that runs them.
        Actor::Cni => step.hops.first()?.from,
        other => other,
    };
    let lane = lanes.iter().find(|lane| lane.actor == lane_of)?;
    let x = axis.px(step.at_us);
    let width = (axis.px(step.end_us()) - x).max(BAR_PX_MIN);
    let (y, height) = match (step.what, step.acts()) {
        (_, false) => (lane.y + lane.height - 7, 5),
        // Below the name of the call that runs them.
        (What::Cni(_), _) => (lane.y + lane.height.midpoint(BAR_PX) - CNI_PX, CNI_PX),
        _ => (lane.y + (lane.height - BAR_PX) / 2, BAR_PX),
    };
    let name = short_name(run, step);
    let told =
        step.acts() && !matches!(step.what, What::Cni(_)) && fits(&name, 8, axis, (x, width));
    Some(Bar {
        step: index,
        actor,
        x,
        y,
        width,
        height,
        label: told.then_some(name),
        poll: !step.acts(),
        failed: step.failure(run).is_some(),
    })
}

/// Names runc's ticks on their right, where the next tick leaves room.
fn name_ticks(run: &Run, axis: &Axis, bars: &mut [Bar]) {
    let mut ticks: Vec<(usize, i32)> = Vec::new();
    for (at, bar) in bars.iter().enumerate() {
        if bar.actor == Actor::Runc && !bar.poll {
            ticks.push((at, bar.x));
        }
    }
    for (nth, &(at, x)) in ticks.iter().enumerate() {
        let name = short_name(run, &run.steps[bars[at].step]);
        let room = ticks.get(nth + 1).map_or(i32::MAX, |&(_, next)| next - x);
        if fits(&name, 10, axis, (x, room)) {
            bars[at].label = Some(name);
        }
    }
}

pub(super) fn arrows(run: &Run, axis: &Axis, lanes: &[Lane], polls: bool) -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for (index, step) in run.steps.iter().enumerate() {
        if (polls || step.acts()) && is_on(axis, step.at_us, step.end_us()) {
            add_arrows(&mut arrows, (index, step), axis, lanes);
        }
    }
    if arrows.len() > MANY {
        let place = |arrow: &Arrow| (arrow.x, arrow.from_y, arrow.to_y, arrow.poll);
        let mut last: Vec<(i32, i32, i32, bool)> = Vec::new();
        arrows.retain(|arrow| {
            let here = place(arrow);
            let row = |it: &(i32, i32, i32, bool)| (it.1, it.2, it.3) == (here.1, here.2, here.3);
            match last.iter_mut().find(|it| row(it)) {
                Some(before) if before.0 == here.0 => return false,
                Some(before) => *before = here,
                None => last.push(here),
            }
            true
        });
    }
    arrows
}

/// The arrows of a step's hops, as far as both ends have a lane.
fn add_arrows(arrows: &mut Vec<Arrow>, (index, step): (usize, &Step), axis: &Axis, lanes: &[Lane]) {
    let x = axis.px(step.at_us);
    let lane = |actor: Actor| lanes.iter().find(|lane| lane.actor == actor);
    for hop in &step.hops {
        let (Some(from), Some(to)) = (lane(hop.from), lane(hop.to)) else { continue };
        let edge = if to.y > from.y { (to.height - BAR_PX) / 2 } else { to.height };
        arrows.push(Arrow {
            step: index,
            x,
            from_y: from.y + from.height / 2,
            to_y: to.y + edge,
            wire: hop.wire,
            to: hop.to,
            recorded: hop.recorded,
            poll: !step.acts(),
        });
    }
}

/// Whether words with some px around them have room in a place and its width, and no break cuts them.
fn fits(words: &str, around: i32, axis: &Axis, (x, width): (i32, i32)) -> bool {
    let px = text_px(words);
    px + around <= width && px + 3 <= axis.room(x)
}

/// Whether any of a span of time is on the clock.
fn is_on(axis: &Axis, from_us: i64, to_us: i64) -> bool {
    to_us >= axis.start_us() && from_us <= axis.end_us()
}

/// A name that fits a bar: the last word of a route, a verb, a call.
fn short_name(run: &Run, step: &Step) -> String {
    let name = step.name(run);
    match step.what {
        What::Engine(..) | What::Outside(_) => {
            let (method, route) = name.split_once(' ').unwrap_or((&name, ""));
            let last = route.rsplit('/').next().unwrap_or(route);
            let kind = if route == "/images/create" { "pull" } else { last };
            if method == "DELETE" { "delete".to_owned() } else { kind.to_owned() }
        }
        What::Runc(_) => name.strip_prefix("runc ").unwrap_or(&name).to_owned(),
        _ => name,
    }
}

fn lives_of(run: &Run, actor: Actor) -> impl Iterator<Item = &Life> {
    run.lives.iter().filter(move |life| life.actor == actor)
}

/// In which row of its lane each life is drawn: the first that is free when it begins.
fn rows(run: &Run, actor: Actor) -> Vec<i32> {
    let mut free_us: Vec<i64> = Vec::new();
    let mut rows = Vec::new();
    for life in lives_of(run, actor) {
        let end = life.to_us.unwrap_or(i64::MAX);
        let row = free_us.iter().position(|&free| free <= life.from_us).unwrap_or(free_us.len());
        if row == free_us.len() {
            free_us.push(end);
        } else {
            free_us[row] = end;
        }
        rows.push(i32::try_from(row).unwrap_or(0));
    }
    rows
}

fn life_label(life: &Life) -> String {
    match life.subject.split(':').nth(1) {
        Some(_) if life.subject.starts_with("sandbox:") => "pause".to_owned(),
        Some(name) => name.to_owned(),
        None => String::new(),
    }
}
