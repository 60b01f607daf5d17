//! From a recording to ordered steps.

use serde_json::Value;
use simulator_model::Recording;
use simulator_model::recording::{Alignment, Call, EngineCall, Mark};

use super::{LOGGED, cni, runc, zero_us};
use crate::ordered::insert_by_key;
use crate::step::engine_route;
use crate::subject::field;
use crate::{Actor, Hop, Phase, Poll, Step, What, Wire};

pub(super) fn steps(recording: &Recording, alignment: Option<Alignment>) -> Vec<Step> {
    let zero = zero_us(recording);
    let applied = recording.mark("apply").is_some();
    let mut steps: Vec<Step> = Vec::new();
    for index in 0..recording.marks.len() {
        steps.push(mark(recording, zero, index));
    }
    for index in 0..recording.outside_cri.len() {
        steps.push(outside(recording, zero, index));
    }
    for (index, call) in recording.calls.iter().enumerate() {
        let outer = steps.len();
        steps.push(cri(recording, zero, index));
        for (at, engine) in call.docker.iter().enumerate() {
            steps.push(nested(recording, zero, (index, at), engine, outer));
        }
    }
    cni::add(recording, zero, alignment, &mut steps);
    if let Some(alignment) = alignment {
        runc::add(recording, zero, alignment, &mut steps);
    }
    for step in &mut steps {
        if applied && step.at_us < 0 {
            step.phase = Phase::Before;
            step.poll = step.poll.or(Some(Poll::Other));
            continue;
        }
        if let (What::Cri(call) | What::Engine(call, _), Some(_)) = (step.what, step.poll)
            && (!applied || tells_news(recording, call))
        {
            step.poll = None;
        }
    }
    in_order(steps)
}

/// Whether a poll ends otherwise than its like before it: the runtime is away, or not ready, or it
/// is back. Only what the two loops ask first counts that make the kubelet call the node not ready
/// (k8s 1.20.2, `pkg/kubelet/runtime.go`, `runtimeErrors`). One that tells nothing new is folded
/// away; where no pod is, polls are all there is.
fn tells_news(recording: &Recording, index: usize) -> bool {
    let call = &recording.calls[index];
    let asked = (call.loop_name.as_str(), call.call.as_str());
    if !matches!(asked, ("pleg", "ListPodSandbox") | ("runtime-status", "Status")) {
        return false;
    }
    // What was not answered tells nothing.
    let is_like = |other: &&Call| {
        other.call == call.call && other.loop_name == call.loop_name && other.code.is_some()
    };
    let before = recording.calls[..index].iter().rfind(is_like);
    call.code.is_some() && goes_well(call) != before.is_none_or(goes_well)
}

fn goes_well(call: &Call) -> bool {
    let conditions = call.response.as_deref().and_then(|it| field(it, "/status/conditions"));
    let mut conditions = conditions.and_then(Value::as_array).into_iter().flatten();
    call.is_ok() && conditions.all(|condition| condition.get("status") == Some(&Value::Bool(true)))
}

fn mark(recording: &Recording, zero: i64, index: usize) -> Step {
    let Mark { mark, at_us } = &recording.marks[index];
    let phase = if mark.starts_with(LOGGED) { Phase::Log } else { Phase::Person };
    // Where nothing is called no kubelet runs that could be told.
    let told = way(mark).filter(|_| !recording.calls.is_empty());
    let hops = told.map(|wire| Hop::recorded(Actor::Person, Actor::Kubelet, wire));
    Step {
        parent: None,
        what: What::Mark(index),
        at_us: at_us - zero,
        dur_us: None,
        hops: hops.into_iter().collect(),
        phase,
        poll: None,
    }
}

/// How the kubelet is told of what a person does; none where it is told nothing.
fn way(mark: &str) -> Option<Wire> {
    match mark {
        "apply" | "delete" | "stop" => Some(Wire::Direct),
        // Its own server, and the API server's before it.
        "exec" | "run" | "attach" | "portforward" | "logs" | "stats" | "runningpods" => {
            Some(Wire::Http)
        }
        _ => None,
    }
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
        phase: Phase::Watching,
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
fn in_order(mut steps: Vec<Step>) -> Vec<Step> {
    let mut order: Vec<usize> = Vec::with_capacity(steps.len());
    for at in 0..steps.len() {
        insert_by_key(&mut order, at, |&at| (steps[at].at_us, depth(&steps, at)));
    }
    let mut place = vec![0; steps.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    for step in &mut steps {
        step.parent = step.parent.map(|parent| place[parent]);
    }
    // Each swap puts one step, and with it the mark where it belongs, in its place for good.
    for at in 0..steps.len() {
        while place[at] != at {
            let to = place[at];
            steps.swap(at, to);
            place.swap(at, to);
        }
    }
    steps
}

fn depth(steps: &[Step], at: usize) -> usize {
    let mut depth = 0;
    let mut outer = steps[at].parent;
    while let Some(at) = outer {
        depth += 1;
        outer = steps[at].parent;
    }
    depth
}
