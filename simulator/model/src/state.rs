//! The node at any instant: what a person with a shell on it would find.
//!
//! A [`Moment`] is a run at an instant. Everything here is worked out from the small
//! [`NodeState`], the catalogue and the path when it is asked for, and given as plain rows that name
//! the sandbox or container they belong to. How tools print it is the business of [`crate::views`].
//!
//! ```text
//!   run ── moment(at) ──► Moment ──► processes, sockets    who runs, who listens
//!                           │   ├──► stores, images         what each store holds
//!                           │   ├──► files, cgroups         what is on disk
//!                           │   ├──► pods, events           what the API server was told
//!                           │   └──► names                  IDs as tools show them
//!                           ▼
//!                         views: text, column for column
//! ```

pub mod checkpoint;
pub mod files;
pub mod names;
pub mod node_status;
pub mod pods;
pub mod process;
pub mod socket;
pub mod store;

use crate::RuntimePath;
use crate::call::Target;
use crate::clock::Instant;
use crate::identity::{PodId, SandboxId};
use crate::node::{NodeState, RunState};
use crate::pod::Pod;
use crate::run::Run;

/// A run at an instant.
#[derive(Clone, Debug)]
pub struct Moment<'a> {
    /// The run.
    pub run: &'a Run,
    /// The instant.
    pub at: Instant,
    /// The node then.
    pub node: NodeState,
}

impl Run {
    /// The run at an instant; after its end, as it was at its end.
    ///
    /// # Example
    ///
    /// ```
    /// use simulator_model::{RuntimePath, Scenario, clock::Instant, simulate};
    /// let run = simulate(&Scenario::default(), RuntimePath::CriO, 0);
    /// assert_eq!(run.moment(Instant::ZERO).containers().len(), 0);
    /// ```
    pub fn moment(&self, at: Instant) -> Moment<'_> {
        let at = at.min(self.end);
        Moment { run: self, at, node: self.state_at(at) }
    }
}

/// A sandbox or container with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Which it is.
    pub target: Target,
    /// Its pod.
    pub pod: PodId,
    /// Its sandbox; a sandbox is its own.
    pub sandbox: SandboxId,
    /// How many times it was made before.
    pub attempt: u32,
    /// Whether its first process runs.
    pub state: RunState,
    /// When it was made.
    pub created: Instant,
    /// When its first process was started.
    pub started: Option<Instant>,
    /// When that ended.
    pub finished: Option<Instant>,
    /// How that ended.
    pub exit_code: i32,
    /// The number of that process; 0 while there is none.
    pub pid: u32,
}

impl Moment<'_> {
    /// The path of the node.
    pub fn path(&self) -> RuntimePath {
        self.run.path
    }

    /// The manifest of a pod.
    pub fn pod(&self, id: PodId) -> &Pod {
        self.run.catalog.pod(id)
    }

    /// The sandboxes, the newest first.
    pub fn sandboxes(&self) -> Vec<Thing> {
        let sandboxes = self.node.sandboxes.iter().map(|(id, sandbox)| Thing {
            target: Target::Sandbox(*id),
            pod: sandbox.pod,
            sandbox: *id,
            attempt: sandbox.attempt,
            state: sandbox.state,
            created: sandbox.created,
            started: sandbox.started,
            finished: sandbox.finished,
            exit_code: sandbox.exit_code,
            pid: sandbox.process.map_or(0, |process| process.0),
        });
        newest_first(sandboxes.collect())
    }

    /// The containers, the newest first.
    pub fn containers(&self) -> Vec<Thing> {
        let containers = self.node.containers.iter().map(|(id, container)| Thing {
            target: Target::Container(*id),
            pod: container.pod,
            sandbox: container.sandbox,
            attempt: container.attempt,
            state: container.state,
            created: container.created,
            started: container.started,
            finished: container.finished,
            exit_code: container.exit_code,
            pid: container.process.map_or(0, |process| process.0),
        });
        newest_first(containers.collect())
    }

    /// Sandboxes and containers alike, the newest first: to Docker and to containerd they are one
    /// kind of thing.
    pub fn things(&self) -> Vec<Thing> {
        let mut things = self.sandboxes();
        things.extend(self.containers());
        newest_first(things)
    }

    /// Whether a sandbox has a pause process while it is ready: always, but on CRI-O only where
    /// containers share process IDs (`drop_infra_ctr`).
    pub fn has_pause(&self, sandbox: SandboxId) -> bool {
        let config = &self.run.catalog.sandbox(sandbox).config;
        self.path() != RuntimePath::CriO || crate::oci::crio::needs_pause(config)
    }

    /// What runs as the first process of a sandbox or container. What an image runs by itself is
    /// not known; its name stands for it.
    pub fn command(&self, target: Target) -> Vec<String> {
        match target {
            Target::Sandbox(_) => vec!["/pause".into()],
            Target::Container(id) => {
                let config = &self.run.catalog.container(id).config;
                let image = self.run.catalog.image_name(self.run.catalog.container(id).image);
                let program = store::repository(image).0.rsplit('/').next().map(str::to_owned);
                let program = program.filter(|_| config.command.is_empty());
                let words = config.command.iter().chain(&config.args).cloned();
                program.into_iter().chain(words).collect()
            }
        }
    }
}

fn newest_first(mut things: Vec<Thing>) -> Vec<Thing> {
    let rank = |target: Target| match target {
        Target::Sandbox(id) => (0, id.0),
        Target::Container(id) => (1, id.0),
    };
    things.sort_by_key(|thing| std::cmp::Reverse((thing.created, rank(thing.target))));
    things
}
