//! Quality of service: what a pod is worth when memory runs out.

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
    /// The class of a pod.
    pub fn of(pod: &Pod) -> Self {
        let mut containers = pod.all_containers();
        if pod.all_containers().all(|c| named(c).next().is_none()) {
            return Self::BestEffort;
        }
        if containers.all(is_guaranteed) { Self::Guaranteed } else { Self::Burstable }
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

fn named(container: &Container) -> impl Iterator<Item = (&String, &Quantity)> {
    let resources = &container.resources;
    resources.requests.iter().chain(&resources.limits).filter(|(name, quantity)| {
        matches!(name.as_str(), "cpu" | "memory") && quantity.milli() > 0
    })
}

fn is_guaranteed(container: &Container) -> bool {
    ["cpu", "memory"].iter().all(|name| {
        let limit = container.resources.limits.get(*name);
        limit.is_some() && container.request(name) == limit.copied()
    })
}

impl Container {
    /// What it asks for; a limit without a request asks for as much as the limit.
    pub fn request(&self, name: &str) -> Option<Quantity> {
        self.resources.requests.get(name).or(self.resources.limits.get(name)).copied()
    }
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
