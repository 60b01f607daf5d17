//! The event loop: a queue ordered by time, one closed kind of event, one place where calls pass.

mod connection;
mod course;
mod daemons;
mod flight;
mod flights;
mod fork;
mod goroutines;
mod intervene;
mod kubeadm;
mod kubelet_process;
mod network;
mod play;
mod queue;
mod rule;
mod store;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use connection::{Connections, Service};
pub use course::Course;
use flights::Flights;
use goroutines::{Doing, Goroutines};
use queue::{Beat, Queue};
use rule::Rules;
pub use rule::{Rule, Verdict};

use crate::RuntimePath;
use crate::clock::{Duration, Instant};
use crate::identity::{CallId, Catalog, PodId};
use crate::kubelet::{Kubelet, Next, Outbox, Task, TaskId, Wake};
use crate::node::{Change, NodeState};
use crate::prng::Prng;
use crate::run::{Recorder, Run};
use crate::runtime::{Lists, ShimMemory};
use crate::scenario::Scenario;

/// No run has more events than this: a run of a day with 110 pods has about 30 million.
const MOST_EVENTS: u64 = 200_000_000;
/// How many scheduled events may wait at once.
const MOST_WAITING: usize = 1_000_000;

/// Something that happens.
#[derive(Clone, Debug)]
enum Event {
    /// A goroutine's sleep is over, or it begins.
    Resume(TaskId),
    /// Something becomes different because of a call.
    Effect(CallId, Change),
    /// A call is over.
    Answer(CallId),
    /// A call has waited long enough for a process to end.
    Waited(CallId, u8),
    /// Something becomes different by itself.
    Change(Change),
    /// The scenario's next step.
    Step(usize),
    /// The middle of an intervention that takes a while.
    Intervene(daemons::Stage),
    /// The kubelet dials a service once more, if it has lost it no more than so many times.
    Dial(Service, u32),
}

/// What the run is made with.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The path of the node.
    pub path: RuntimePath,
    /// The seed of chance.
    pub seed: u64,
    /// Whether calls and changes are kept.
    pub keep: bool,
}

/// A node in the middle of a scenario. It can be cloned at any instant, and both copies go on.
#[derive(Clone, Debug)]
pub struct Simulation {
    options: Options,
    scenario: Arc<Scenario>,
    now: Instant,
    events: u64,
    queue: Queue,
    prng: Prng,
    node: NodeState,
    catalog: Catalog,
    pods: BTreeMap<String, PodId>,
    kubelet: Kubelet,
    tasks: Goroutines,
    next_task: u32,
    next_call: u32,
    flights: Flights,
    connections: Connections,
    memory: ShimMemory,
    lists: Lists,
    rules: Rules,
    /// Goroutines to resume at this instant; empty between events, kept for its room.
    ready: VecDeque<(TaskId, bool)>,
    /// What the goroutine at hand leaves behind; empty between events, kept for its room.
    outbox: Outbox,
    recorder: Recorder,
    /// Ends of processes of which dockerd has not heard, for its containerd is away.
    untold: Vec<Change>,
    first_step: Instant,
    /// How many of the steps were planned from the start; they wait for a restart among them.
    planned: usize,
    /// The restart that the steps after it wait for.
    restarting: Option<usize>,
    ended: bool,
    /// Steps before this one do not end the run.
    ends_from: usize,
}

impl Simulation {
    /// A node on which only the runtime runs, at the instant before the kubelet starts.
    pub fn new(scenario: Arc<Scenario>, options: Options) -> Self {
        let kubelet = Kubelet::new(options.path, scenario.source);
        let mut simulation = Self {
            options,
            now: Instant::ZERO,
            events: 0,
            queue: Queue::default(),
            prng: Prng::new(options.seed),
            node: NodeState::new(),
            catalog: Catalog::default(),
            pods: BTreeMap::new(),
            kubelet,
            tasks: Goroutines::default(),
            next_task: 0,
            next_call: 0,
            flights: Flights::default(),
            connections: Connections::default(),
            memory: ShimMemory::default(),
            lists: Lists::default(),
            rules: Rules::new(&scenario),
            ready: VecDeque::new(),
            outbox: Outbox::default(),
            recorder: Recorder::new(&scenario, options),
            untold: Vec::new(),
            first_step: Instant::ZERO,
            planned: scenario.steps.len(),
            restarting: None,
            ended: false,
            ends_from: 0,
            scenario,
        };
        simulation.begin();
        simulation
    }

    /// The state of the node now.
    pub fn node(&self) -> &NodeState {
        &self.node
    }

    /// What things are called.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The instant now.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Goes on until the end of the scenario.
    pub fn finish(mut self) -> Run {
        self.run_until(Instant::NEVER);
        self.finish_now()
    }

    /// Ends here, whatever was planned.
    pub fn finish_now(self) -> Run {
        self.recorder.finish(self.now, self.catalog, self.node)
    }

    /// Goes on until an instant, or the end of the scenario.
    pub fn run_until(&mut self, until: Instant) {
        while self.advance(until) {}
    }

    /// Lets one event happen, unless the scenario is over or none is left until an instant.
    fn advance(&mut self, until: Instant) -> bool {
        !self.ended && self.step(until)
    }

    /// Lets one event happen; false when there is none left until an instant.
    fn step(&mut self, until: Instant) -> bool {
        let Some((at, event)) = self.queue.pop(until, self.kubelet.version()) else { return false };
        self.events += 1;
        assert!(self.events < MOST_EVENTS, "seed {}: too many events", self.options.seed);
        self.now = at;
        match event {
            Event::Resume(task) => self.resume(task, Wake::Ready),
            Event::Effect(call, change) => self.effect(call, change),
            Event::Answer(call) => self.answer(call),
            Event::Waited(call, phase) => self.waited(call, phase),
            Event::Change(change) => self.change(change),
            Event::Step(index) => self.do_step(index),
            Event::Intervene(stage) => self.intervene(stage),
            Event::Dial(service, loss) => self.dial_again(service, loss),
        }
        true
    }

    fn schedule(&mut self, at: Instant, event: Event) {
        assert!(self.queue.len() < MOST_WAITING, "seed {}: too many waiting", self.options.seed);
        let at = at.max(self.now);
        self.queue.push(at, event);
    }

    fn schedule_in(&mut self, span: Duration, event: Event) {
        self.schedule(self.now + span, event);
    }

    /// Starts a goroutine now.
    fn spawn(&mut self, task: impl Into<Task>) {
        let id = TaskId(self.next_task);
        self.next_task += 1;
        self.tasks.insert(id, task.into(), Doing::Sleeping);
        self.schedule(self.now, Event::Resume(id));
    }

    /// Runs a goroutine from one call to the next, and then all that it has woken.
    fn resume(&mut self, first: TaskId, wake: Wake) {
        self.run_goroutine(first, wake);
        while let Some((id, woken)) = self.ready.pop_front() {
            // Whoever is woken twice before it runs is resumed once.
            if !woken || self.tasks.doing(id) == Some(Doing::Nothing) {
                self.run_goroutine(id, Wake::Ready);
            }
        }
    }

    /// Runs a goroutine from one call to the next, unless it has ended.
    fn run_goroutine(&mut self, id: TaskId, wake: Wake) {
        let Some(task) = self.tasks.get_mut(id) else { return };
        let mut cx = crate::kubelet::Context {
            now: self.now,
            me: id,
            node: &self.node,
            catalog: &mut self.catalog,
            prng: &mut self.prng,
            scenario: &self.scenario,
            out: &mut self.outbox,
            next_task: &mut self.next_task,
        };
        let next = task.resume(wake, &mut self.kubelet, &mut cx);
        if !self.outbox.is_empty() {
            self.empty_outbox();
        }
        let doing = self.follow(id, next);
        self.tasks.note(id, doing);
        self.ready.extend(self.outbox.woken.drain(..).map(|woken| (woken, true)));
    }

    /// Does what a goroutine has left behind, but for those it woke: it sleeps before they run.
    fn empty_outbox(&mut self) {
        let mut out = std::mem::take(&mut self.outbox);
        for (text, basis) in out.lines.drain(..) {
            self.log("kubelet", text, basis);
        }
        for report in out.reports.drain(..) {
            self.recorder.report(self.now, report);
        }
        for (at, change) in out.changes.drain(..) {
            self.schedule(at, Event::Change(change));
        }
        for (spawned, task) in out.spawned.drain(..) {
            self.tasks.insert(spawned, task, Doing::Nothing);
            self.ready.push_back((spawned, false));
        }
        let exits = std::mem::take(&mut out.exits);
        self.outbox = out;
        if exits {
            self.kubelet_exits();
        }
    }

    /// Does what a goroutine wants next.
    fn follow(&mut self, id: TaskId, next: Next) -> Option<Doing> {
        match next {
            Next::Call(of, request) => {
                self.call(id, of, request);
                Some(Doing::Calling)
            }
            Next::Sleep(span) => {
                self.schedule_in(span, Event::Resume(id));
                Some(Doing::Sleeping)
            }
            Next::Watch { period, version } => {
                let at = self.now + period;
                self.queue.push_beat(Beat { at, sequence: 0, period, task: id, version });
                Some(Doing::Sleeping)
            }
            Next::Wait => Some(Doing::Nothing),
            Next::Done => None,
        }
    }
}
