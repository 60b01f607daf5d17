//! Quality of service: what a pod is worth when memory runs out.

use std::collections::BTreeMap;

use crate::pod::{Container, Pod, PullPolicy, Quantity, Source};

/// The three classes (k8s 1.20.2, pkg/apis/core/v1/helper/qos/qos.go).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QualityOfService {
    /// Every container has limits for CPU and memory, and requests that equal them.
    Guaranteed,
    /// Something is requested or limited.
    Burstable,
    /// Nothing is.
    BestEffort,
}

impl QualityOfService {
    /// The class of a pod (`GetPodQOS`), by the requests as they stand: an API server and a kubelet
    /// that reads a file write limits down as requests, nobody else does.
    pub fn of(pod: &Pod) -> Self {
        let requests = sums(pod, |container| &container.resources.requests);
        let limits = sums(pod, |container| &container.resources.limits);
        let limited = |container: &Container| {
            let limits = &container.resources.limits;
            let is_limited = |name| limits.get(name).is_some_and(|limit| limit.milli() > 0);
            COUNTED.into_iter().all(is_limited)
        };
        if requests.is_empty() && limits.is_empty() {
            Self::BestEffort
        } else if requests == limits && pod.all_containers().all(limited) {
            Self::Guaranteed
        } else {
            Self::Burstable
        }
    }

    /// The cgroup below `/kubepods` that holds the pods of this class.
    pub const fn cgroup(self) -> &'static str {
        match self {
            Self::Guaranteed => "/kubepods",
            Self::Burstable => "/kubepods/burstable",
            Self::BestEffort => "/kubepods/besteffort",
        }
    }
}

/// The resources that make the class.
const COUNTED: [&str; 2] = ["cpu", "memory"];

/// What all containers together name of each resource, in thousandths; nothing is as good as not
/// named.
fn sums<'a>(
    pod: &'a Pod,
    of: impl Fn(&'a Container) -> &'a BTreeMap<String, Quantity>,
) -> BTreeMap<&'static str, i64> {
    let mut sums = BTreeMap::new();
    for container in pod.all_containers() {
        for name in COUNTED {
            let milli = of(container).get(name).map_or(0, |quantity| quantity.milli());
            if milli > 0 {
                let sum = sums.entry(name).or_insert(0_i64);
                *sum = sum.saturating_add(milli);
            }
        }
    }
    sums
}

/// The least priority of those for whom others make way (pkg/apis/scheduling/types.go,
/// `SystemCriticalPriority`).
const SYSTEM_CRITICAL: i32 = 2_000_000_000;

/// Whether others make way for a pod (`pkg/kubelet/types/pod_update.go`, `IsCriticalPod`). The name
/// of its priority class means nothing to the kubelet; the API server puts a number beside it.
pub(crate) fn is_critical(pod: &Pod, source: Source) -> bool {
    source == Source::Static || pod.spec.priority >= Some(SYSTEM_CRITICAL)
}

/// How soon the kernel picks a container of the pod when memory runs out
/// (k8s 1.20.2, pkg/kubelet/qos/policy.go). Static pods are critical and get what Guaranteed gets.
pub(crate) fn oom_score_adj(
    pod: &Pod,
    container: &Container,
    source: Source,
    node_memory: i64,
) -> i64 {
    const GUARANTEED: i64 = -997;
    const BEST_EFFORT: i64 = 1000;
    if is_critical(pod, source) {
        return GUARANTEED;
    }
    match QualityOfService::of(pod) {
        QualityOfService::Guaranteed => GUARANTEED,
        QualityOfService::BestEffort => BEST_EFFORT,
        QualityOfService::Burstable => {
            let asked = container.resources.requests.get("memory").map_or(0, |m| m.value());
            let share = 1000 - asked.saturating_mul(1000) / node_memory.max(1);
            // Never as safe as Guaranteed, never as exposed as BestEffort.
            share.clamp(1000 + GUARANTEED, BEST_EFFORT - 1)
        }
    }
}

/// Whether the image has to be pulled, given whether it is there (k8s 1.20.2,
/// `pkg/kubelet/images/image_manager.go`, `shouldPullImage`).
pub(crate) fn must_pull(container: &Container, present: bool) -> bool {
    match container.pull_policy() {
        PullPolicy::Never => false,
        PullPolicy::Always => true,
        PullPolicy::IfNotPresent => !present,
    }
}
