//! What is on the stage: the scenario or one's own pod, the paths, and what is done to them. Pure.

use simulator_model::RuntimePath;

use crate::library::Library;

/// How many lanes there is room for.
pub const LANES_MAX: usize = 4;
/// How many faults a lane may have.
pub const FAULTS_MAX: usize = 8;

/// What is on the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The name of the scenario; that of the reader's own pod is [`OWN`].
    pub scenario: String,
    /// The reader's own manifests.
    pub own: Option<String>,
    /// The lanes, from above; never none.
    pub lanes: Vec<Lane>,
    /// Where the chance of a simulation starts.
    pub seed: u32,
    /// The version of the kubelet, in place of the scenario's.
    pub kubelet: Option<String>,
}

/// The name of the reader's own pod.
pub const OWN: &str = "own";

/// One node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its set-up.
    pub path: RuntimePath,
    /// Whether it is to be simulated where a recording could be played.
    pub simulated: bool,
    /// What the reader broke.
    pub faults: Vec<Fault>,
}

/// Something that breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// When, in µs since the pod was applied.
    pub at_us: i64,
    /// What, as the engine calls it.
    pub what: String,
    /// The container, pod or call that it happens to; empty for the rest.
    pub to: String,
}

impl Fault {
    /// What it happens to, in words: a call is told by its name, as its number tells a reader less
    /// than the instant does.
    pub fn victim(&self) -> &str {
        if self.what == FAIL_CALL { call_name(&self.to) } else { &self.to }
    }
}

/// The name of a call such as `StartContainer.0`.
pub fn call_name(call: &str) -> &str {
    call.split('.').next().unwrap_or_default()
}

/// The fault that makes one call fail; it happens to a call such as `StartContainer.0`.
pub const FAIL_CALL: &str = "fail-call";

/// A change of the setup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another scenario.
    Scenario(String),
    /// The reader's own manifests.
    Own(String),
    /// Show a path, or no longer.
    Path(RuntimePath),
    /// Take a lane away.
    Drop(usize),
    /// Recorded to simulated, or back.
    Source(usize),
    /// Another seed.
    Seed(u32),
    /// Another version of the kubelet; none for the scenario's own.
    Kubelet(Option<String>),
    /// Something breaks in a lane; the lane as it was may stay beside.
    Break {
        /// The lane.
        lane: usize,
        /// What breaks.
        fault: Fault,
        /// Whether the old future stays.
        fork: bool,
    },
    /// Nothing is broken in a lane any more.
    Mend(usize),
}

impl Lane {
    /// A lane as it was recorded.
    pub const fn new(path: RuntimePath) -> Self {
        Self { path, simulated: false, faults: Vec::new() }
    }
}

impl Setup {
    /// A scenario on some paths.
    pub fn new(scenario: &str, paths: &[RuntimePath]) -> Self {
        Self {
            scenario: scenario.to_owned(),
            own: None,
            lanes: paths.iter().copied().map(Lane::new).collect(),
            seed: 0,
            kubelet: None,
        }
    }

    /// Whether a lane is simulated: by choice, or because nothing of the kind was recorded.
    pub fn is_simulated(&self, lane: &Lane, library: &Library) -> bool {
        lane.simulated
            || !lane.faults.is_empty()
            || self.own.is_some()
            || self.kubelet.is_some()
            || self.seed != 0
            || library.recording(&self.scenario, lane.path).is_none()
    }

    /// Whether the reader can switch a lane between its recording and the simulation.
    pub fn has_choice(&self, lane: &Lane, library: &Library) -> bool {
        !self.is_simulated(&Lane::new(lane.path), library) && lane.faults.is_empty()
    }

    /// What a change makes of it.
    #[must_use]
    pub fn change(&self, change: &Change) -> Self {
        let mut next = self.clone();
        match change {
            Change::Scenario(name) => {
                next.scenario.clone_from(name);
                next.own = None;
                // Of the lanes only their paths were chosen for more than the last scenario.
                next.lanes.iter_mut().for_each(|lane| *lane = Lane::new(lane.path));
                next.lanes.dedup();
            }
            Change::Own(text) => {
                OWN.clone_into(&mut next.scenario);
                next.own = Some(text.clone());
                next.lanes.iter_mut().for_each(|lane| lane.faults.clear());
            }
            Change::Path(path) => next.toggle(*path),
            Change::Drop(lane) => next.drop_lane(*lane),
            Change::Source(lane) => {
                if let Some(lane) = next.lanes.get_mut(*lane) {
                    lane.simulated = !lane.simulated;
                }
            }
            Change::Seed(seed) => next.seed = *seed,
            Change::Kubelet(version) => next.kubelet.clone_from(version),
            Change::Break { lane, fault, fork } => next.break_it(*lane, fault, *fork),
            Change::Mend(lane) => {
                if let Some(lane) = next.lanes.get_mut(*lane) {
                    lane.faults.clear();
                }
            }
        }
        next
    }

    /// Paths stand in the order of the book; what was forked stays with its path.
    fn toggle(&mut self, path: RuntimePath) {
        if self.lanes.iter().any(|lane| lane.path == path) {
            if self.lanes.iter().any(|lane| lane.path != path) {
                self.lanes.retain(|lane| lane.path != path);
            }
        } else if self.lanes.len() < LANES_MAX {
            let at = self.lanes.partition_point(|lane| lane.path < path);
            self.lanes.insert(at, Lane::new(path));
        }
    }

    /// On some of these paths: where no lane has one of them, they take the place of all.
    #[must_use]
    pub fn on_one_of(mut self, paths: &[RuntimePath]) -> Self {
        if !paths.is_empty() && !self.lanes.iter().any(|lane| paths.contains(&lane.path)) {
            self.lanes = paths.iter().copied().take(LANES_MAX).map(Lane::new).collect();
        }
        self
    }

    /// With a lane of a path that nothing is broken in, simulated if it must be; where there is no
    /// room, the last one goes.
    #[must_use]
    pub fn with_path(&self, path: RuntimePath, simulated: bool) -> Self {
        let mut next = self.clone();
        let fits = |lane: &&mut Lane| lane.path == path && lane.faults.is_empty();
        if let Some(lane) = next.lanes.iter_mut().find(fits) {
            lane.simulated |= simulated;
            return next;
        }
        next.lanes.truncate(LANES_MAX - 1);
        let at = next.lanes.partition_point(|lane| lane.path < path);
        next.lanes.insert(at, Lane { simulated, ..Lane::new(path) });
        next
    }

    fn drop_lane(&mut self, lane: usize) {
        if self.lanes.len() > 1 && lane < self.lanes.len() {
            self.lanes.remove(lane);
        }
    }

    fn break_it(&mut self, at: usize, fault: &Fault, fork: bool) {
        let Some(lane) = self.lanes.get(at) else { return };
        if lane.faults.len() >= FAULTS_MAX {
            return;
        }
        let mut broken = lane.clone();
        broken.faults.push(fault.clone());
        if fork && self.lanes.len() < LANES_MAX {
            // One past for both: what differs then is the break, and not how a recording went.
            self.lanes[at].simulated = true;
            self.lanes.insert(at + 1, broken);
        } else {
            self.lanes[at] = broken;
        }
    }
}
