//! What is left of a pod, and when it goes: dead containers, sandboxes without any.

use crate::identity::{ContainerId, PodId};
use crate::kubelet::pleg::Thing;
use crate::kubelet::{ApiStatus, Context, Kubelet};
use crate::node::RunState;

/// `cleanUpContainersInPod`: of the dead containers with the name of the one that died, all but the
/// newest are removed; of a deleted pod in which nothing runs, all.
pub(super) fn clean_containers(
    pod: PodId,
    died: Thing,
    kubelet: &mut Kubelet,
    cx: &mut Context<'_>,
) {
    let Some(status) = kubelet.pleg.get(pod) else { return };
    let shown = ApiStatus::of(&cx.pod(pod), &status, kubelet.statuses.get(&pod));
    let deleting = kubelet.pods.get(&pod).is_some_and(|record| record.deleting);
    let all = deleting && shown.nothing_runs();
    let same_name = |id: ContainerId| {
        let died = status.containers.iter().find(|c| Thing::Container(c.id) == died);
        died.is_some_and(|died| cx.catalog.container(id).index == died.index)
    };
    let dead = status.containers.iter().filter(|c| c.state == RunState::Exited);
    let candidates: Vec<_> = dead.map(|c| c.id).filter(|id| all || same_name(*id)).collect();
    let keep = usize::from(!all);
    kubelet.dead_containers.extend(candidates.iter().skip(keep));
    cx.wake(kubelet.container_deleter);
}

/// `deletePodSandbox`: dead sandboxes without containers are removed, all but the newest while the
/// pod lives.
pub(super) fn clean_sandboxes(pod: PodId, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
    let Some(status) = kubelet.pleg.get(pod) else { return };
    let keep = usize::from(!kubelet.is_deleted(pod));
    let empty = |id| !status.containers.iter().any(|container| container.sandbox == id);
    let dead = status.sandboxes.iter().skip(keep).rev().filter(|s| !s.ready && empty(s.id));
    kubelet.dead_sandboxes.extend(dead.map(|sandbox| sandbox.id));
    cx.wake(kubelet.sandbox_deleter);
}

/// Whether nothing is left of a pod (`kubelet_pods.go`, `PodResourcesAreReclaimed`).
pub(super) fn reclaimed(pod: PodId, kubelet: &Kubelet, cx: &Context<'_>) -> bool {
    let Some(status) = kubelet.pleg.get(pod) else { return false };
    let left = !status.containers.is_empty() || !status.sandboxes.is_empty();
    !left && !kubelet.volumes.contains(&pod) && !cx.node.cgroups.contains(&pod)
}
