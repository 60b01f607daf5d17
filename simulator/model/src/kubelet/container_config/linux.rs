//! What is special to Linux: resources (`kuberuntime/kuberuntime_container_linux.go`,
//! `cm/helpers_linux.go`), and who the container may be.

use crate::kubelet::container_config::security;
use crate::messages::{HugepageLimit, LinuxContainerConfig, LinuxContainerResources};
use crate::pod::{Container, Pod, Quantity, Source, oom_score_adj};

/// The memory of the node of the recordings, in bytes: 23.5 GiB.
const NODE_MEMORY: i64 = 25_232_932_864;
/// The period of the CPU quota, in µs.
const CPU_PERIOD: i64 = 100_000;
/// The least weight and the least quota that the kernel takes.
const LEAST_SHARES: i64 = 2;
const LEAST_QUOTA: i64 = 1_000;
/// The sizes of huge pages of the node, the largest first.
const HUGEPAGE_SIZES: [&str; 2] = ["1GB", "2MB"];

pub(super) fn linux(pod: &Pod, container: &Container, source: Source) -> LinuxContainerConfig {
    LinuxContainerConfig {
        resources: resources(pod, container, source),
        security_context: security::context(pod, container),
    }
}

fn resources(pod: &Pod, container: &Container, source: Source) -> LinuxContainerResources {
    let limit = container.resources.limits.get("cpu").copied().map_or(0, Quantity::milli);
    // A request of nothing is as good as none: then the limit gives the weight.
    let asked = container.resources.requests.get("cpu").copied().map_or(0, Quantity::milli);
    let milli = if asked == 0 { limit } else { asked };
    let quota =
        if limit == 0 { 0 } else { (limit.saturating_mul(CPU_PERIOD) / 1_000).max(LEAST_QUOTA) };
    let hugepages = |size: &&str| {
        let name = format!("hugepages-{}i", size.trim_end_matches('B'));
        let limit = container.resources.limits.get(&name).copied().map_or(0, Quantity::value);
        HugepageLimit { page_size: (*size).into(), limit: limit.unsigned_abs() }
    };
    LinuxContainerResources {
        cpu_period: CPU_PERIOD,
        cpu_quota: quota,
        cpu_shares: (milli.saturating_mul(1_024) / 1_000).max(LEAST_SHARES),
        memory_limit_in_bytes: container.resources.limits.get("memory").map_or(0, |m| m.value()),
        oom_score_adj: oom_score_adj(pod, container, source, NODE_MEMORY),
        hugepage_limits: HUGEPAGE_SIZES.iter().map(hugepages).collect(),
    }
}
