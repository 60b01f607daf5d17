//! Calls on their way: the one seam where every call of the kubelet passes and is recorded.

use crate::call::{EngineCall, EngineRequest, Loop, Outcome, Request, Status, Target};
use crate::clock::{Duration, Instant};
use crate::identity::CallId;
use crate::kubelet::{TaskId, Wake};
use crate::node::Change;
use crate::run::CallRecord;
use crate::runtime::{self, Flow, Serving};
use crate::simulation::{Event, Simulation, Verdict, connection};

/// How soon a call is answered that a rule refuses.
const REFUSED: Duration = Duration::from_millis(1);

/// A call that has not been answered yet.
#[derive(Clone, Debug)]
pub(super) struct Flight {
    from: TaskId,
    of: Loop,
    pub(super) request: Request,
    pub(super) at: Instant,
    engine: Vec<EngineCall>,
    waits: Option<(Target, u8)>,
    later: Option<u8>,
    outcome: Option<Outcome>,
    verdict: Option<Verdict>,
}

impl Simulation {
    /// Sends a call.
    pub(super) fn call(&mut self, from: TaskId, of: Loop, request: Request) {
        let id = CallId(self.next_call);
        self.next_call += 1;
        let (at, engine) = (self.now, Vec::new());
        let (waits, later, outcome) = (None, None, None);
        let verdict = self.rules.on_call(&request, &self.catalog);
        let mut flight = Flight { from, of, request, at, engine, waits, later, outcome, verdict };
        if let Some(Verdict::Refused(status)) = &flight.verdict {
            flight.outcome = Some(Err(status.clone()));
            self.flights.push(id, flight);
            self.schedule_in(REFUSED, Event::Answer(id));
            return;
        }
        if let Some(outcome) = self.no_connection(&flight.request) {
            flight.outcome = Some(outcome);
            self.flights.push(id, flight);
            self.schedule_in(connection::FAILS_AT_ONCE, Event::Answer(id));
            return;
        }
        self.flights.push(id, flight);
        self.serve(id, 0);
    }

    /// Has the runtime serve one phase of a call, and puts what follows into the queue.
    fn serve(&mut self, id: CallId, phase: u8) {
        let Some(flight) = self.flights.get_mut(id) else { return };
        let mut serving = Serving {
            path: self.options.path,
            node: &self.node,
            catalog: &mut self.catalog,
            prng: &mut self.prng,
            scenario: &self.scenario,
            memory: &mut self.memory,
            lists: &mut self.lists,
            now: self.now,
            changes: Vec::new(),
            engine: std::mem::take(&mut flight.engine),
            engine_fails: match flight.verdict {
                Some(Verdict::EngineFails { request }) => Some(request),
                _ => None,
            },
        };
        let flow = runtime::serve(&mut serving, &flight.request, phase);
        let Serving { now, changes, engine, .. } = serving;
        flight.engine = engine;
        let (at, event) = match flow {
            Flow::Done(outcome) => {
                flight.outcome = Some(match &flight.verdict {
                    Some(Verdict::AnswerLost(status)) => Err(status.clone()),
                    _ => outcome,
                });
                flight.waits = None;
                (now, Event::Answer(id))
            }
            Flow::Later { phase } => {
                flight.later = Some(phase);
                (now, Event::Waited(id, phase))
            }
            Flow::Wait { target, until, phase } => {
                flight.waits = Some((target, phase));
                (until, Event::Waited(id, phase))
            }
        };
        for (at, change) in changes {
            self.schedule(at, Event::Effect(id, change));
        }
        self.schedule(at, event);
    }

    /// A call is over: it is recorded, and its goroutine goes on.
    pub(super) fn answer(&mut self, id: CallId) {
        let Some(mut flight) = self.flights.remove(id) else { return };
        let outcome = flight.outcome.take().expect("a call is answered once it has an outcome");
        let from = flight.from;
        // The recorder told goroutines apart by what they do. One that was to kill a container and
        // ends because the container is not there has done nothing it could be known by.
        let lost = matches!(flight.request, Request::ContainerStatus(_)) && outcome.is_err();
        let of = if lost && flight.of == Loop::KillContainer { Loop::Other } else { flight.of };
        self.recorder.call(|| CallRecord {
            goroutine: from.0,
            of,
            request: flight.request,
            at: flight.at,
            end: self.now,
            outcome: outcome.clone(),
            engine: flight.engine,
        });
        if self.tasks.doing(from).is_some() {
            self.resume(from, Wake::Answer(outcome));
        }
    }

    /// Something becomes different because of a call that is still on its way.
    pub(super) fn effect(&mut self, id: CallId, change: Change) {
        if self.flights.get(id).is_some() {
            self.change(change);
        }
    }

    /// A call has waited long enough.
    pub(super) fn waited(&mut self, id: CallId, phase: u8) {
        let Some(flight) = self.flights.get(id) else { return };
        let waits = flight.waits.is_some_and(|(_, waits_in)| waits_in == phase);
        if waits || flight.later == Some(phase) {
            self.next_phase(id, phase);
        }
    }

    /// The process of a target has ended: calls that waited for it go on.
    pub(super) fn has_ended(&mut self, target: Target) {
        let waiting = |(id, flight): &(CallId, Flight)| match flight.waits {
            Some((waits_for, phase)) if waits_for == target => Some((*id, phase)),
            _ => None,
        };
        let waiting: Vec<_> = self.flights.iter().filter_map(waiting).collect();
        for (id, phase) in waiting {
            self.next_phase(id, phase);
        }
    }

    fn next_phase(&mut self, id: CallId, phase: u8) {
        if let Some(flight) = self.flights.get_mut(id) {
            flight.waits = None;
            flight.later = None;
            self.serve(id, phase);
        }
    }

    /// The daemon dies: calls on their way end as a client sees it, and what they would still have
    /// changed does not happen. A shim that waits for Docker finds out by itself, unless it is
    /// the `shim` that is gone.
    pub(super) fn cut_off(&mut self, status: &Status, shim: bool) {
        let now = self.now;
        let goes_on = |(_, flight): &(CallId, Flight)| flight.later.is_some() && !shim;
        let (rest, cut): (Vec<_>, Vec<_>) = self.flights.take().into_iter().partition(goes_on);
        for (id, flight) in rest {
            self.flights.push(id, flight);
        }
        for (_, mut flight) in cut {
            flight.engine.retain(|call| call.at <= now);
            if let Some(last) = flight.engine.last_mut()
                && (last.at + last.took > now
                    || matches!(last.request, EngineRequest::ContainerStop(..)))
            {
                last.took = now.since(last.at);
                last.status = None;
            }
            flight.waits = None;
            flight.later = None;
            flight.outcome = Some(Err(status.clone()));
            // A new number, so that effects and answers under the old one find nothing.
            let new = CallId(self.next_call);
            self.next_call += 1;
            self.flights.push(new, flight);
            self.schedule(now, Event::Answer(new));
        }
    }

    /// The kubelet dies: nobody waits for answers any more.
    pub(super) fn forget_calls(&mut self) {
        self.flights.take();
    }
}
