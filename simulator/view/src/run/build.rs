//! From a recording to ordered steps.

use simulator_model::Recording;
use simulator_model::recording::{Alignment, Call, EngineCall};

use super::{cni, runc, zero_us};
use crate::step::engine_route;
use crate::{Actor, Hop, Phase, Poll, Step, What, Wire};

pub(super) fn steps(recording: &Recording, alignment: Option<Alignment>) -> Vec<Step> {
    let zero = zero_us(recording);
    let applied = recording.mark("apply").is_some();
    let mut steps: Vec<Step> = marks(recording, zero).collect();
    steps.extend((0..recording.outside_cri.len()).map(|index| outside(recording, zero, index)));
    for (index, call) in recording.calls.iter().enumerate() {
        let outer = steps.len();
        steps.push(cri(recording, zero, index));
        let inner = call.docker.iter().enumerate();
        steps.extend(inner.map(|(at, engine)| nested(recording, zero, (index, at), engine, outer)));
    }
    cni::add(recording, zero, alignment, &mut steps);
    if let Some(alignment) = alignment {
        runc::add(recording, zero, alignment, &mut steps);
    }
    if applied {
        steps.iter_mut().filter(|step| step.at_us < 0).for_each(|step| {
            step.phase = Phase::Before;
            step.poll = step.poll.or(Some(Poll::Other));
        });
    }
    in_order(&steps)
}

fn marks(recording: &Recording, zero: i64) -> impl Iterator<Item = Step> {
    recording.marks.iter().enumerate().map(move |(index, mark)| Step {
        parent: None,
        what: What::Mark(index),
        at_us: mark.at_us - zero,
        dur_us: None,
        hops: vec![Hop::recorded(Actor::Person, Actor::Kubelet, Wire::Direct)],
        phase: Phase::Person,
        poll: None,
    })
}

fn cri(recording: &Recording, zero: i64, index: usize) -> Step {
    let call = &recording.calls[index];
    let server = Actor::cri_server(recording.path);
    let mut hops = vec![Hop::recorded(Actor::Kubelet, server, Wire::Grpc)];
    if call.call == "PullImage" && !recording.path.has_docker() {
        hops.push(Hop::derived(server, Actor::Registry, Wire::Http));
    }
    let poll = Poll::of(call);
    Step {
        parent: None,
        what: What::Cri(index),
        at_us: call.at_us - zero,
        dur_us: call.dur_us,
        hops,
        phase: if poll.is_some() { Phase::Watching } else { Phase::of(call) },
        poll,
    }
}

fn nested(
    recording: &Recording,
    zero: i64,
    (index, at): (usize, usize),
    engine: &EngineCall,
    outer: usize,
) -> Step {
    let call: &Call = &recording.calls[index];
    let poll = Poll::of(call);
    Step {
        parent: Some(outer),
        what: What::Engine(index, at),
        // Two recorders stamped the two calls; theirs can cross by less than a millisecond.
        at_us: engine.at_us.max(call.at_us) - zero,
        dur_us: Some(engine.dur_us),
        hops: engine_hops(recording, engine),
        phase: if poll.is_some() { Phase::Watching } else { Phase::of(call) },
        poll,
    }
}

fn outside(recording: &Recording, zero: i64, index: usize) -> Step {
    let engine = &recording.outside_cri[index];
    Step {
        parent: None,
        what: What::Outside(index),
        at_us: engine.at_us - zero,
        dur_us: Some(engine.dur_us),
        hops: engine_hops(recording, engine),
        phase: Phase::Before,
        poll: Some(Poll::Other),
    }
}

fn engine_hops(recording: &Recording, engine: &EngineCall) -> Vec<Hop> {
    let client = Actor::cri_server(recording.path);
    let mut hops = vec![Hop::recorded(client, Actor::Dockerd, Wire::Http)];
    if engine_route(engine) == "/images/create" {
        hops.push(Hop::derived(Actor::Dockerd, Actor::Registry, Wire::Http));
    }
    hops
}

/// Sorts by time, a step after the one it happened in, and mends the indices of the parents.
fn in_order(steps: &[Step]) -> Vec<Step> {
    let depth =
        |step: &Step| std::iter::successors(step.parent, |&at: &usize| steps[at].parent).count();
    let mut order: Vec<usize> = (0..steps.len()).collect();
    order.sort_by_key(|&at| (steps[at].at_us, depth(&steps[at]), at));
    let mut place = vec![0; steps.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let moved = |&old: &usize| Step {
        parent: steps[old].parent.map(|parent| place[parent]),
        ..steps[old].clone()
    };
    order.iter().map(moved).collect()
}
