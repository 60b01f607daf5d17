//! What runs on the node, remembered for a moment (`container/runtime_cache.go`).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::call::{ContainerView, SandboxView};
use crate::clock::{Duration, Instant};
use crate::identity::PodId;
use crate::kubelet::kill::RunningPod;
use crate::kubelet::{Context, Kubelet};

/// How old the runtime cache may be (`container/runtime_cache.go`, `defaultCachePeriod`).
///
/// Housekeeping looks at it every 2 s as well, so whether it finds the list of the round before or
/// makes a new one is a matter of microseconds: chance, and the reason why a pod that has just been
/// killed is sometimes killed once more.
const CACHE_PERIOD: Duration = Duration::from_secs(2);
/// The clock is read a moment before and after the wake-up of a ticker: by so much the age of the
/// cache may seem to be off. Of 751 rounds of the recordings that came 2 s after a new list, 319
/// made another.
const CACHE_SLACK: Duration = Duration::from_micros(2_000);
const CACHE_EARLY: Duration = Duration::from_micros(1_150);

/// What runs on the node, as it was listed not long ago.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuntimeCache {
    pub(super) at: Option<Instant>,
    pub(super) sandboxes: Arc<[SandboxView]>,
    pub(super) containers: Arc<[ContainerView]>,
}

impl RuntimeCache {
    /// The pods that run.
    pub(super) fn pods(&self) -> BTreeSet<PodId> {
        let containers = self.containers.iter().map(|container| container.pod);
        self.sandboxes.iter().map(|sandbox| sandbox.pod).chain(containers).collect()
    }

    /// What runs of one pod; nothing when none of it does.
    pub(super) fn running(&self, pod: PodId) -> Option<RunningPod> {
        let sandboxes = self.sandboxes.iter().filter(|sandbox| sandbox.pod == pod);
        let containers = self.containers.iter().filter(|container| container.pod == pod);
        let running = RunningPod {
            sandboxes: sandboxes.map(|sandbox| sandbox.id).collect(),
            containers: containers.map(|container| container.id).collect(),
        };
        (!running.sandboxes.is_empty() || !running.containers.is_empty()).then_some(running)
    }

    /// Whether two looks found the very same.
    pub(super) fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.sandboxes, &other.sandboxes)
            && Arc::ptr_eq(&self.containers, &other.containers)
    }
}

/// Why what runs is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The cache will do, unless it is old (`GetPods`).
    Cached,
    /// The cache will do, unless a container of the pod was seen to start since
    /// (`ForceUpdateIfOlder`).
    NewerThanStart(PodId),
    /// Past the cache, which stays as it is.
    Fresh,
}

/// Whether what runs has to be listed anew for this.
pub(super) fn must_list(wanted: Wanted, kubelet: &Kubelet, cx: &mut Context<'_>) -> bool {
    let at = kubelet.runtime_cache.at;
    match wanted {
        Wanted::Fresh => true,
        Wanted::NewerThanStart(pod) => {
            kubelet.seen_started.get(&pod).is_some_and(|started| at.is_none_or(|at| at < *started))
        }
        Wanted::Cached => {
            let slack = cx.prng.up_to(CACHE_SLACK);
            at.is_none_or(|at| cx.now.since(at) + slack >= CACHE_PERIOD + CACHE_EARLY)
        }
    }
}
