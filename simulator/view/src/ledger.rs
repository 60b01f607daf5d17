//! What a run has cost by an instant: calls, hops, processes, bytes. Counted once, looked up often.

use crate::detail::{Content, messages};
use crate::ordered::insert_by_key;
use crate::{Actor, Lang, Run, What};

/// What a run had cost by some instant. Polls are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Calls to the CRI.
    pub cri: usize,
    /// Calls to Docker Engine.
    pub docker: usize,
    /// runc commands.
    pub runc: usize,
    /// From process to process, over all calls.
    pub hops: usize,
    /// The messages of those calls as JSON without spaces, in bytes.
    pub bytes: usize,
    /// Processes alive at the instant: daemons, shims, containers.
    pub processes: usize,
}

impl Totals {
    /// Calls of every kind.
    pub fn calls(&self) -> usize {
        self.cri + self.docker + self.runc
    }
}

/// The totals of a run after each of its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    after: Vec<(i64, Totals)>,
    daemons: usize,
    lives: Vec<(i64, i64)>,
}

impl Ledger {
    /// Counts a run.
    pub fn new(run: &Run) -> Self {
        let mut totals = Totals::default();
        let mut after = Vec::new();
        // Steps are in order but for runc commands moved to the time of their cause.
        let mut steps = Vec::new();
        for (_, step) in run.acting() {
            insert_by_key(&mut steps, step, |step| step.at_us);
        }
        for step in steps {
            match step.what {
                What::Cri(_) => totals.cri += 1,
                What::Engine(..) | What::Outside(_) => totals.docker += 1,
                What::Runc(_) => totals.runc += 1,
                What::Mark(_) | What::Cni(_) => {}
            }
            totals.hops += step.hops.len();
            for message in messages(run, step, Lang::En) {
                totals.bytes += match message.content {
                    Content::Json(message) => message.json_len(),
                    Content::Text(text) => text.len(),
                };
            }
            after.push((step.at_us, totals));
        }
        let ends = run.lives.iter().map(|life| (life.from_us, life.to_us.unwrap_or(i64::MAX)));
        let daemons = run.lanes().iter().filter(|actor| is_daemon(**actor)).count();
        Self { after, daemons, lives: ends.collect() }
    }

    /// The totals at an instant, in µs since the pod was applied.
    pub fn at(&self, now_us: i64) -> Totals {
        let begun = self.after.partition_point(|(at_us, _)| *at_us <= now_us);
        let mut totals = begun.checked_sub(1).map_or_else(Totals::default, |at| self.after[at].1);
        let alive = self.lives.iter().filter(|(from, to)| *from <= now_us && now_us < *to);
        totals.processes = self.daemons + alive.count();
        totals
    }
}

/// dockershim is none: it is part of the kubelet's process.
const fn is_daemon(actor: Actor) -> bool {
    matches!(
        actor,
        Actor::Kubelet | Actor::CriDockerd | Actor::Dockerd | Actor::Containerd | Actor::CriO
    )
}
