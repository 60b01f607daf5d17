//! Another future: a simulation taken up at an instant of a finished run, and what is changed in it.
//!
//! A run is its scenario, its path and its seed, so any instant of it is reached by playing it again
//! up to there. This is cheap (a whole recorded scenario takes well under a millisecond), needs no
//! memory, and is the same to the byte.

use std::sync::Arc;

use crate::clock::Instant;
use crate::identity::PodId;
use crate::run::Run;
use crate::scenario::{Action, Step};
use crate::simulation::{Event, Options, Rule, Simulation};
use crate::{Scenario, call};

impl Run {
    /// The simulation as it was at an instant: everything up to and including that instant has
    /// happened.
    ///
    /// # Example
    ///
    /// ```
    /// use simulator_model::clock::Instant;
    /// use simulator_model::{RuntimePath, Scenario, simulate};
    /// let run = simulate(&Scenario::default(), RuntimePath::Containerd, 0);
    /// assert_eq!(run.fork(Instant::ZERO).finish().call_count, run.call_count);
    /// ```
    pub fn fork(&self, at: Instant) -> Simulation {
        let options = Options { path: self.path, seed: self.seed, keep: true };
        let mut simulation = Simulation::new(Arc::clone(&self.played), options);
        simulation.run_until(at);
        simulation
    }
}

impl Simulation {
    /// Plans one more step; for an instant that has passed, it happens now.
    pub fn plan(&mut self, at: Instant, action: Action) {
        let at = at.max(self.now);
        let step = Step { at: at.since(self.first_step), action };
        let scenario: &mut Scenario = Arc::make_mut(&mut self.scenario);
        scenario.steps.push(step);
        let index = scenario.steps.len() - 1;
        self.schedule(at, Event::Step(index));
    }

    /// Lets the node go on beyond the end that its scenario planned; a later [`Action::End`] counts.
    pub fn go_on(&mut self) {
        self.ended = false;
        self.ends_from = self.scenario.steps.len();
    }

    /// Adds a rule about a call that has not been made yet.
    pub fn add_rule(&mut self, rule: Rule) {
        self.rules.add(rule);
    }

    /// How many calls have been made.
    pub fn calls_made(&self) -> u64 {
        self.rules.made()
    }

    /// The calls that have not been answered yet, and since when they wait.
    pub fn unanswered(&self) -> impl Iterator<Item = (Instant, &call::Request)> {
        self.flights.iter().map(|(_, flight)| (flight.at, &flight.request))
    }

    /// Whether the scenario is over.
    pub fn is_over(&self) -> bool {
        self.ended
    }

    /// The number of a pod, by the name of its manifest.
    pub fn pod(&self, manifest: &str) -> Option<PodId> {
        self.pods.get(manifest).copied()
    }
}
