//! Which pods make way for a critical one (pkg/kubelet/preemption/preemption.go): as few as will do,
//! and of those that ask for little.

use crate::identity::{Catalog, PodId};
use crate::kubelet::predicates::resources::{Lack, claim};
use crate::pod::{Pod, QualityOfService, Source, is_critical};

/// How much of a resource is wanted.
type Wanted = Vec<(String, i64)>;

/// The pods that have to go, or why none will do.
pub(super) fn victims(
    pod: &Pod,
    others: &[PodId],
    lacks: Vec<Lack>,
    source: Source,
    catalog: &Catalog,
) -> Result<Vec<PodId>, String> {
    let wanted: Wanted =
        lacks.into_iter().map(|lack| (lack.name.clone(), lack.missing())).collect();
    let of_class = |class| {
        let fits = |id: &&PodId| {
            let other = catalog.pod(**id);
            makes_way(pod, other, source) && QualityOfService::of(other) == class
        };
        others.iter().filter(fits).copied().collect::<Vec<_>>()
    };
    let best_effort = of_class(QualityOfService::BestEffort);
    let burstable = of_class(QualityOfService::Burstable);
    let guaranteed = of_class(QualityOfService::Guaranteed);
    let without = |wanted: &Wanted, pods: &[&[PodId]]| {
        pods.iter()
            .flat_map(|pods| pods.iter())
            .fold(wanted.clone(), |wanted, pod| without(&wanted, catalog.pod(*pod)))
    };
    let left = without(&wanted, &[&best_effort, &burstable, &guaranteed]);
    if !left.is_empty() {
        return Err(nobody(&left));
    }
    // The better a class, the more is asked of the others first.
    let still = without(&wanted, &[&best_effort, &burstable]);
    let of_guaranteed = nearest(guaranteed, still, catalog)?;
    let still = without(&wanted, &[&best_effort, &of_guaranteed]);
    let of_burstable = nearest(burstable, still, catalog)?;
    let still = without(&wanted, &[&of_burstable, &of_guaranteed]);
    let of_best_effort = nearest(best_effort, still, catalog)?;
    Ok([of_best_effort, of_burstable, of_guaranteed].concat())
}

/// Whether one pod makes way for another (`pkg/kubelet/types/pod_update.go`, `Preemptable`).
fn makes_way(pod: &Pod, other: &Pod, source: Source) -> bool {
    let critical = |pod: &Pod| is_critical(pod, source);
    let ranks = pod.spec.priority.zip(other.spec.priority);
    (critical(pod) && !critical(other)) || ranks.is_some_and(|(own, other)| own > other)
}

/// What is still wanted once a pod is gone.
fn without(wanted: &Wanted, pod: &Pod) -> Wanted {
    let left = wanted.iter().map(|(name, amount)| (name.clone(), amount - claim(pod, name)));
    left.filter(|(_, amount)| *amount > 0).collect()
}

/// The pods that come nearest to what is wanted, one after the other (`getPodsToPreemptByDistance`).
fn nearest(
    mut pods: Vec<PodId>,
    mut wanted: Wanted,
    catalog: &Catalog,
) -> Result<Vec<PodId>, String> {
    let mut chosen = Vec::new();
    while !wanted.is_empty() {
        let mut best: Option<(usize, f64)> = None;
        for (place, id) in pods.iter().enumerate() {
            let pod = catalog.pod(*id);
            let far = distance(&wanted, pod);
            let nearer = best.is_none_or(|(at, least)| {
                let order = far.total_cmp(&least);
                order.is_lt() || (order.is_eq() && is_smaller(pod, catalog.pod(pods[at])))
            });
            if nearer {
                best = Some((place, far));
            }
        }
        let Some((place, _)) = best else { return Err(nobody(&wanted)) };
        let id = pods.swap_remove(place);
        wanted = without(&wanted, catalog.pod(id));
        chosen.push(id);
    }
    Ok(chosen)
}

/// The part of each want that a pod would leave open, squared.
#[allow(clippy::cast_precision_loss, reason = "the kubelet reckons so")]
fn distance(wanted: &Wanted, pod: &Pod) -> f64 {
    let parts = wanted.iter().map(|(name, amount)| {
        let left = (amount - claim(pod, name)).max(0) as f64 / *amount as f64;
        left * left
    });
    parts.sum()
}

/// Whether a pod asks for no more than another (`smallerResourceRequest`).
fn is_smaller(one: &Pod, other: &Pod) -> bool {
    let asks = |pod| (claim(pod, "memory"), claim(pod, "cpu"));
    asks(one) <= asks(other)
}

fn nobody(wanted: &Wanted) -> String {
    let list: String =
        wanted.iter().map(|(name, amount)| format!("(res: {name}, q: {amount}), ")).collect();
    format!("no set of running pods found to reclaim resources: [{list}]")
}
