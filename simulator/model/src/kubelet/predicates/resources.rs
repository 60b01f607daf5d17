//! What pods ask for, and what the node has (pkg/scheduler/framework/plugins/noderesources/fit.go).

use std::collections::BTreeSet;

use crate::kubelet::container_config::{NODE_CPU, NODE_MEMORY_TO_GIVE, storage_to_give};
use crate::kubelet::predicates::Refusal;
use crate::node::Disk;
use crate::pod::{Container, Pod, Quantity};

/// How many pods a node holds (`--max-pods`).
const PODS_MAX: i64 = 110;

/// Something of which the node has too little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lack {
    /// Its name.
    pub(super) name: String,
    asked: i64,
    used: i64,
    capacity: i64,
}

impl Lack {
    /// How much is missing.
    pub(super) fn missing(&self) -> i64 {
        self.asked - (self.capacity - self.used)
    }

    /// What is said of a pod that has to go without (lifecycle/predicate.go,
    /// `InsufficientResourceError`).
    pub(super) fn refusal(&self) -> Refusal {
        let reason = match self.name.as_str() {
            "pods" => "OutOfpods",
            "cpu" => "OutOfcpu",
            "memory" => "OutOfmemory",
            "ephemeral-storage" => "OutOfephemeral-storage",
            "hugepages-2Mi" => "OutOfhugepages-2Mi",
            "hugepages-1Gi" => "OutOfhugepages-1Gi",
            _ => "OutOf",
        };
        let Self { name, asked, used, capacity } = self;
        let numbers = format!("requested: {asked}, used: {used}, capacity: {capacity}");
        (reason, format!("Node didn't have enough resource: {name}, {numbers}"))
    }
}

/// What the node has too little of for a pod beside the others.
///
/// It has no huge pages and no devices. What a node does not know of at all is no reason to refuse
/// a container (lifecycle/predicate.go, `removeMissingExtendedResources`), but an init container.
pub(super) fn lacks(pod: &Pod, others: &[&Pod], disk: &Disk) -> Vec<Lack> {
    let count = i64::try_from(others.len()).unwrap_or(i64::MAX);
    let lack = |name: &str, asked, used, capacity| {
        (asked > capacity - used).then(|| Lack { name: name.into(), asked, used, capacity })
    };
    let too_many = lack("pods", 1, count, PODS_MAX);
    let scalars = scalars(pod);
    let names = ["cpu", "memory", "ephemeral-storage"];
    if names.iter().all(|name| request(pod, name) == 0) && scalars.is_empty() {
        return too_many.into_iter().collect();
    }
    let of_all = |name: &str| sum(others.iter().map(|other| request(other, name)));
    let capacity = |name: &str| match name {
        "cpu" => NODE_CPU * 1_000,
        "memory" => NODE_MEMORY_TO_GIVE,
        _ => storage_to_give(disk),
    };
    let plain = names.iter().map(|name| {
        let asked = request(pod, name);
        lack(name, asked, of_all(name), capacity(name))
    });
    let rest = scalars.into_iter().map(|name| {
        let asked = if is_extended(name) { of_init(pod, name) } else { request(pod, name) };
        lack(name, asked, of_all(name), 0)
    });
    std::iter::once(too_many).chain(plain).chain(rest).flatten().collect()
}

/// What a pod asks for: the sum of its containers, or what its hungriest init container needs, and
/// what it needs beside them (`computePodResourceRequest`); thousandths of a processor, else whole
/// units.
fn request(pod: &Pod, name: &str) -> i64 {
    of_containers(pod, name).saturating_add(overhead(pod, name))
}

/// The same as preemption counts it: a pod whose containers ask for nothing asks for nothing
/// (pkg/api/v1/resource/helpers.go, `GetResourceRequest`).
pub(super) fn claim(pod: &Pod, name: &str) -> i64 {
    if name == "pods" {
        return 1;
    }
    match of_containers(pod, name) {
        0 => 0,
        asked => asked.saturating_add(overhead(pod, name)),
    }
}

fn of_containers(pod: &Pod, name: &str) -> i64 {
    let sum = sum(pod.spec.containers.iter().map(|container| amount(container, name)));
    of_init(pod, name).max(sum)
}

/// A sum that ends where numbers do: a manifest may ask for as much.
fn sum(amounts: impl Iterator<Item = i64>) -> i64 {
    amounts.fold(0, i64::saturating_add)
}

fn overhead(pod: &Pod, name: &str) -> i64 {
    pod.spec.overhead.get(name).map_or(0, |quantity| units(*quantity, name))
}

fn of_init(pod: &Pod, name: &str) -> i64 {
    pod.spec.init_containers.iter().map(|container| amount(container, name)).max().unwrap_or(0)
}

/// What a container asks for: a limit is a request to every scheduler, as the API server of every
/// cluster writes it down as one.
fn amount(container: &Container, name: &str) -> i64 {
    let resources = &container.resources;
    let asked = resources.requests.get(name).or(resources.limits.get(name));
    units(asked.copied().unwrap_or_default(), name)
}

const fn units(quantity: Quantity, name: &str) -> i64 {
    if matches!(name.as_bytes(), b"cpu") { quantity.milli() } else { quantity.value() }
}

/// What a pod asks for besides processors, memory and storage, as far as the node cares.
fn scalars(pod: &Pod) -> BTreeSet<&str> {
    let init = pod.spec.init_containers.iter().flat_map(names);
    let own = pod.spec.containers.iter().flat_map(names).filter(|name| !is_extended(name));
    init.chain(own).filter(|name| name.contains('/') || name.starts_with("hugepages-")).collect()
}

fn names(container: &Container) -> impl Iterator<Item = &str> {
    let resources = &container.resources;
    resources.requests.keys().chain(resources.limits.keys()).map(String::as_str)
}

/// Whether a name is of a device or the like (pkg/apis/core/v1/helper/helpers.go,
/// `IsExtendedResourceName`).
fn is_extended(name: &str) -> bool {
    name.contains('/') && !name.contains("kubernetes.io/")
}
