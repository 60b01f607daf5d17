//! Whether the node can hold a pod at all (kubelet.go, `canAdmitPod`): one that it cannot hold has
//! failed before it gets a worker, and the runtime never hears of it.

use std::collections::BTreeSet;

use crate::identity::{Catalog, PodId};
use crate::kubelet::Kubelet;
use crate::kubelet::container_config::{NODE_CPU, NODE_MEMORY_TO_GIVE};
use crate::pod::{Pod, Quantity, Source, is_critical};

/// Kernel parameters that are safe: each belongs to a namespace of the pod, the last field, and
/// reaches no other pod (pkg/security/podsecuritypolicy/sysctl/mustmatchpatterns.go). The kubelet of
/// the recordings was told of no others (`--allowed-unsafe-sysctls`).
const SAFE_SYSCTLS: [(&str, &str); 4] = [
    ("kernel.shm_rmid_forced", "ipc"),
    ("net.ipv4.ip_local_port_range", "net"),
    ("net.ipv4.tcp_syncookies", "net"),
    ("net.ipv4.ping_group_range", "net"),
];

/// How many pods a node holds (`--max-pods`).
const PODS_MAX: usize = 110;

/// Why a pod is refused: the reason in one word, and what the event says.
pub(super) type Refusal = (&'static str, String);

/// What a pod asks of its kernel (pkg/kubelet/sysctl/whitelist.go, `Admit`).
pub(super) fn sysctls(pod: &Pod) -> Option<Refusal> {
    let refused = pod.spec.security_context.sysctls.iter().find_map(|sysctl| {
        let name = &sysctl.name;
        let safe = SAFE_SYSCTLS.iter().find(|(safe, _)| safe == name);
        match safe {
            None => Some(format!("{name:?} not whitelisted")),
            Some((_, "ipc")) if pod.spec.host_ipc => {
                Some(format!("{name:?} not allowed with host ipc enabled"))
            }
            Some((_, "net")) if pod.spec.host_network => {
                Some(format!("{name:?} not allowed with host net enabled"))
            }
            Some(_) => None,
        }
    });
    refused.map(|why| ("SysctlForbidden", format!("forbidden sysctl: {why}")))
}

/// Whether there is room beside the other pods (lifecycle/predicate.go, `GeneralPredicates`; of the
/// scheduler's plugins `noderesources.Fits` and `nodeports.Fits`).
///
/// Labels of the node, huge pages and ephemeral storage are not looked at: what the node has of them
/// is not known. A critical pod, as every static pod is, would have others make way; that is not
/// modelled, and it is refused as where none can.
pub(super) fn room(id: PodId, kubelet: &Kubelet, catalog: &Catalog) -> Option<Refusal> {
    let pod = catalog.pod(id);
    let others = || {
        let active = kubelet.pods.keys().filter(|other| **other != id);
        active.filter(|other| !kubelet.is_terminated(**other)).map(|other| catalog.pod(*other))
    };
    let used = |name: &str| others().map(|other| request(other, name)).sum();
    let short = |name: &'static str, reason, unit: fn(Quantity) -> i64, capacity: i64| {
        let (asked, used): (Quantity, Quantity) = (request(pod, name), used(name));
        let (asked, used) = (unit(asked), unit(used));
        let lacks = asked > 0 && asked > capacity.saturating_sub(used);
        lacks.then(|| {
            let node = "Node didn't have enough resource";
            let numbers = format!("requested: {asked}, used: {used}, capacity: {capacity}");
            (reason, format!("{node}: {name}, {numbers}"))
        })
    };
    let count = others().count();
    let pods = (count >= PODS_MAX).then(|| {
        let node = "Node didn't have enough resource";
        let numbers = format!("requested: 1, used: {count}, capacity: {PODS_MAX}");
        ("OutOfpods", format!("{node}: pods, {numbers}"))
    });
    let resources = pods
        .or_else(|| short("cpu", "OutOfcpu", Quantity::milli, NODE_CPU * 1_000))
        .or_else(|| short("memory", "OutOfmemory", Quantity::value, NODE_MEMORY_TO_GIVE));
    if let Some((reason, text)) = resources {
        if !is_critical(pod, kubelet.source) {
            return Some((reason, text));
        }
        let why = "preemption: error finding a set of pods to preempt: no set of running pods found \
                   to reclaim resources";
        let text =
            format!("Unexpected error while attempting to recover from admission failure: {why}");
        return Some(("UnexpectedAdmissionError", text));
    }
    let taken: BTreeSet<_> = others().flat_map(|other| ports(other, kubelet.source)).collect();
    let clash = |wanted: &Port| taken.iter().any(|port| clashes(wanted, port));
    let text =
        "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports";
    ports(pod, kubelet.source).iter().any(clash).then(|| ("NodePorts", text.to_owned()))
}

/// What a pod asks for: the sum of its containers, or what its hungriest init container needs
/// (pkg/scheduler/framework/plugins/noderesources/fit.go, `computePodResourceRequest`).
fn request(pod: &Pod, name: &str) -> Quantity {
    let of = |container: &crate::pod::Container| container.request(name).unwrap_or_default();
    let all = pod.spec.containers.iter().map(of).sum();
    pod.spec.init_containers.iter().map(of).fold(all, std::cmp::max)
}

/// Protocol, address and number of a port of the node.
type Port = (String, String, i32);

/// The ports of the node that the containers of a pod want.
fn ports(pod: &Pod, source: Source) -> Vec<Port> {
    let all = pod.spec.containers.iter().flat_map(|container| &container.ports);
    // A pod in the node's network wants what it listens on: the scheme says so where a file is read,
    // and the API server for what it hands on.
    let defaults = pod.spec.host_network && source == Source::Static;
    let wanted = all.map(|port| {
        let number =
            if port.host_port == 0 && defaults { port.container_port } else { port.host_port };
        let or = |text: &str, default: &str| {
            if text.is_empty() { default.to_owned() } else { text.to_owned() }
        };
        (or(&port.protocol, "TCP"), or(&port.host_ip, "0.0.0.0"), number)
    });
    wanted.filter(|(.., number)| *number > 0).collect()
}

/// Two ports clash on one address, or where one of them is for all
/// (pkg/scheduler/framework/types.go, `HostPortInfo.CheckConflict`).
fn clashes(one: &Port, other: &Port) -> bool {
    let all = |port: &Port| port.1 == "0.0.0.0";
    one.0 == other.0 && one.2 == other.2 && (one.1 == other.1 || all(one) || all(other))
}
