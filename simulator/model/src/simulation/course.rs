//! A long run that keeps no calls, and can be looked into at any instant all the same.
//!
//! Every so many events the whole simulation is put by. An instant is reached from the last one put
//! by before it: the same seed gives the same run, so what lies between need not be kept. The clone
//! that a reader is given is a fork as well: it can be changed, and goes its own way.

use crate::clock::Instant;
use crate::simulation::Simulation;

/// So many events lie between two simulations that are put by, unless there would be too many.
const SPACING: u64 = 500;
/// No more are put by than this: beyond it, every other one is dropped and the distance doubled.
const MOST: usize = 2_048;

/// A run to its end, with simulations to go on from.
///
/// # Example
///
/// ```
/// use std::sync::Arc;
/// use simulator_model::clock::Instant;
/// use simulator_model::simulation::Course;
/// use simulator_model::{Options, RuntimePath, Scenario, Simulation};
/// let options = Options { path: RuntimePath::Containerd, seed: 0, keep: false };
/// let course = Course::of(Simulation::new(Arc::new(Scenario::default()), options));
/// assert_eq!(course.at(Instant::ZERO).now(), Instant::ZERO);
/// ```
#[derive(Clone, Debug)]
pub struct Course {
    /// In the order of time, the beginning first.
    put_by: Vec<Simulation>,
    end: Simulation,
}

impl Course {
    /// Plays a simulation to its end. What it keeps, each that is put by keeps as well: it should
    /// keep nothing ([`crate::Options::keep`]).
    pub fn of(simulation: Simulation) -> Self {
        Self::spaced(simulation, SPACING, MOST)
    }

    /// As [`Course::of`]: `spacing` events lie between two, or twice as many as often as it takes
    /// to put no more by than `most`.
    pub fn spaced(simulation: Simulation, spacing: u64, most: usize) -> Self {
        let mut spacing = spacing;
        let mut now = simulation;
        let mut put_by = vec![now.clone()];
        let mut next = now.events + spacing;
        while now.advance(Instant::NEVER) {
            if now.events < next {
                continue;
            }
            put_by.push(now.clone());
            if put_by.len() > most {
                let mut place = 0;
                put_by.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                spacing *= 2;
            }
            next = now.events + spacing;
        }
        Self { put_by, end: now }
    }

    /// The simulation as it was at an instant: everything up to and including that instant has
    /// happened.
    pub fn at(&self, at: Instant) -> Simulation {
        let after = self.put_by.partition_point(|simulation| simulation.now() <= at);
        let mut simulation = self.put_by[after.saturating_sub(1)].clone();
        simulation.run_until(at);
        simulation
    }

    /// The simulation at its end.
    pub fn end(&self) -> &Simulation {
        &self.end
    }

    /// How many simulations were put by.
    pub fn put_by(&self) -> usize {
        self.put_by.len()
    }
}
