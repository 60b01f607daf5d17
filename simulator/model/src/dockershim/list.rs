//! `ListPodSandbox`, `ListContainers` and `ListContainerStats`.

use crate::call::{EngineRequest, Kind, ListFilter, Reply};
use crate::clock::Duration;
use crate::dockershim::{Served, done};
use crate::runtime::Serving;

/// `ListPodSandbox` (`docker_sandbox.go`).
///
/// 1. list by label, all states unless only ready ones count.
pub(super) fn sandboxes(serving: &mut Serving<'_>, filter: ListFilter) -> Served {
    serving.engine_list(Kind::Sandbox, filter)?;
    done(Reply::Sandboxes(serving.sandboxes(filter)))
}

/// `ListContainers` (`docker_container.go`).
///
/// 1. list by label, in all states or one.
pub(super) fn containers(serving: &mut Serving<'_>, filter: ListFilter) -> Served {
    serving.engine_list(Kind::Container, filter)?;
    done(Reply::Containers(serving.containers(filter)))
}

/// `ListContainerStats`; only cri-dockerd is asked (the kubelet has cAdvisor for dockershim).
///
/// 1. List all containers.
/// 2. For each, side by side: what it uses, which belongs to no call (see `export::outside`).
pub(super) fn container_stats(serving: &mut Serving<'_>) -> Served {
    let filter = ListFilter::default();
    serving.ask(EngineRequest::ContainerList { kind: Kind::Container, filter })?;
    if !serving.containers(filter).is_empty() {
        serving.pass(Duration::from_millis(50));
    }
    done(Reply::Done)
}
