//! What is special to Linux: resources and security (`kuberuntime/kuberuntime_container_linux.go`,
//! `security_context.go`, `cm/helpers_linux.go`).

use crate::kubelet::sandbox_config::namespaces;
use crate::messages::{
    Capability, HugepageLimit, Int64Value, LinuxContainerConfig, LinuxContainerResources,
    LinuxContainerSecurityContext, SecurityProfile,
};
use crate::pod::{Container, Pod, Quantity, SeccompProfile, Source, oom_score_adj};

/// The memory of the node of the recordings, in bytes: 23.5 GiB.
const NODE_MEMORY: i64 = 25_232_932_864;
/// The period of the CPU quota, in µs.
const CPU_PERIOD: i64 = 100_000;
/// The least weight and the least quota that the kernel takes.
const LEAST_SHARES: i64 = 2;
const LEAST_QUOTA: i64 = 1_000;
/// The sizes of huge pages of the node, the largest first.
const HUGEPAGE_SIZES: [&str; 2] = ["1GB", "2MB"];

/// Hidden from a container (securitycontext/util.go).
const MASKED_PATHS: [&str; 9] = [
    "/proc/acpi",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/sys/firmware",
];
/// Not to be written to by a container (securitycontext/util.go).
const READONLY_PATHS: [&str; 6] =
    ["/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

pub(super) fn linux(pod: &Pod, container: &Container, source: Source) -> LinuxContainerConfig {
    LinuxContainerConfig {
        resources: resources(pod, container, source),
        security_context: security_context(pod, container),
    }
}

fn resources(pod: &Pod, container: &Container, source: Source) -> LinuxContainerResources {
    let milli = container.request("cpu").map_or(0, Quantity::milli);
    let limit = container.resources.limits.get("cpu").copied().map_or(0, Quantity::milli);
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

fn security_context(pod: &Pod, container: &Container) -> LinuxContainerSecurityContext {
    let of_pod = &pod.spec.security_context;
    let own = &container.security_context;
    let id = |id: Option<i64>| id.map(|value| Int64Value { value });
    // An image that names no user runs as root, and the kubelet says so.
    let user = own.run_as_user.or(of_pod.run_as_user).unwrap_or(0);
    let mut groups = of_pod.supplemental_groups.clone();
    groups.splice(0..0, of_pod.fs_group);
    let seccomp = own.seccomp_profile.as_ref().or(of_pod.seccomp_profile.as_ref());
    let unmasked = own.proc_mount == "Unmasked";
    let paths = |paths: &[&str]| {
        if unmasked { Vec::new() } else { paths.iter().map(|path| (*path).into()).collect() }
    };
    LinuxContainerSecurityContext {
        capabilities: own.capabilities.as_ref().map(|capabilities| Capability {
            add_capabilities: capabilities.add.clone(),
            drop_capabilities: capabilities.drop.clone(),
        }),
        privileged: own.privileged,
        namespace_options: namespaces(pod),
        run_as_user: id(Some(user)),
        run_as_username: String::new(),
        run_as_group: id(own.run_as_group.or(of_pod.run_as_group)),
        supplemental_groups: groups,
        readonly_rootfs: own.read_only_root_filesystem,
        seccomp_profile_path: seccomp.map(profile_path).unwrap_or_default(),
        no_new_privs: own.allow_privilege_escalation == Some(false),
        masked_paths: paths(&MASKED_PATHS),
        readonly_paths: paths(&READONLY_PATHS),
        seccomp: Some(profile(seccomp)),
    }
}

/// The old way of naming a profile; empty where none is named (kuberuntime/helpers.go).
fn profile_path(profile: &SeccompProfile) -> String {
    match profile.kind.as_str() {
        "RuntimeDefault" => "runtime/default".into(),
        "Localhost" => {
            format!("localhost//var/lib/kubelet/seccomp/{}", profile.localhost_profile)
        }
        _ => "unconfined".into(),
    }
}

/// The new way: no profile named means unconfined.
fn profile(profile: Option<&SeccompProfile>) -> SecurityProfile {
    let Some(profile) = profile else {
        return SecurityProfile { profile_type: 1, ..SecurityProfile::default() };
    };
    match profile.kind.as_str() {
        "RuntimeDefault" => SecurityProfile::default(),
        "Localhost" => SecurityProfile {
            profile_type: 2,
            localhost_ref: format!("/var/lib/kubelet/seccomp/{}", profile.localhost_profile),
        },
        _ => SecurityProfile { profile_type: 1, ..SecurityProfile::default() },
    }
}
