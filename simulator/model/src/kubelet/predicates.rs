//! Whether the node can hold a pod at all (kubelet.go, `canAdmitPod`): one that it cannot hold has
//! failed before it gets a worker, and the runtime never hears of it.

mod affinity;
mod preemption;
mod resources;

use std::collections::BTreeSet;

use crate::identity::{Catalog, PodId};
use crate::kubelet::Kubelet;
use crate::pod::{Pod, Source, is_critical};

use resources::Lack;

/// Kernel parameters that are safe: each belongs to a namespace of the pod, the last field, and
/// reaches no other pod (pkg/security/podsecuritypolicy/sysctl/mustmatchpatterns.go). The kubelet of
/// the recordings was told of no others (`--allowed-unsafe-sysctls`).
const SAFE_SYSCTLS: [(&str, &str); 4] = [
    ("kernel.shm_rmid_forced", "ipc"),
    ("net.ipv4.ip_local_port_range", "net"),
    ("net.ipv4.tcp_syncookies", "net"),
    ("net.ipv4.ping_group_range", "net"),
];

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

/// What is to become of a pod that wants to be here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There is room.
    Fits,
    /// There is room once these pods have made way.
    After(Vec<PodId>),
    /// It is refused.
    Refused(Refusal),
}

/// Whether a pod fits on this node beside the others (lifecycle/predicate.go, `GeneralPredicates`;
/// of the scheduler's plugins `noderesources`, `nodeaffinity` and `nodeports`).
///
/// A critical pod, as every static pod is, need not fit: others make way for it, see
/// [`preemption`]. What no room helps against comes first then.
pub(super) fn room(id: PodId, kubelet: &Kubelet, catalog: &Catalog) -> Verdict {
    let pod = catalog.pod(id);
    let active = kubelet.pods.keys().filter(|other| **other != id);
    let others: Vec<_> = active.copied().filter(|other| !kubelet.is_terminated(*other)).collect();
    let beside: Vec<&Pod> = others.iter().map(|other| catalog.pod(*other).as_ref()).collect();
    let lacks = resources::lacks(pod, &beside, &kubelet.disk);
    let mut reasons = Vec::new();
    if !affinity::matches(pod) {
        reasons.push("NodeAffinity");
    }
    let taken: BTreeSet<_> = beside.iter().flat_map(|other| ports(other, kubelet.source)).collect();
    let clash = |wanted: &Port| taken.iter().any(|port| clashes(wanted, port));
    if ports(pod, kubelet.source).iter().any(clash) {
        reasons.push("NodePorts");
    }
    let critical = is_critical(pod, kubelet.source);
    let first = lacks.first().filter(|_| !critical).map(Lack::refusal);
    let failed = |name: &&'static str| (*name, format!("Predicate {name} failed"));
    if let Some(refusal) = first.or_else(|| reasons.first().map(failed)) {
        return Verdict::Refused(refusal);
    }
    if lacks.is_empty() {
        return Verdict::Fits;
    }
    match preemption::victims(pod, &others, lacks, kubelet.source, catalog) {
        Ok(victims) => Verdict::After(victims),
        Err(why) => {
            let what = "Unexpected error while attempting to recover from admission failure";
            let text = format!("{what}: preemption: error finding a set of pods to preempt: {why}");
            Verdict::Refused(("UnexpectedAdmissionError", text))
        }
    }
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
