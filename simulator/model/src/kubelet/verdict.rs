//! What becomes of a pod that was asked for: it is let in or refused, or another makes way for it.

use crate::identity::PodId;
use crate::kubelet::pod_worker::Mailbox;
use crate::kubelet::predicates;
use crate::kubelet::prober::Prober;
use crate::kubelet::sync_loop::dispatch;
use crate::kubelet::{ApiStatus, Context, Eviction, Kubelet, PodStatus};
use crate::report::{Phase, Severity};

/// A pod that is to be had is refused (kubelet.go, `rejectPod`): it has failed.
pub(super) fn reject(
    pod: PodId,
    (reason, message): predicates::Refusal,
    kubelet: &mut Kubelet,
    cx: &mut Context<'_>,
) {
    cx.event(Severity::Warning, (pod, None), reason, message);
    let status = ApiStatus { phase: Phase::Failed, containers: Vec::new() };
    kubelet.statuses.insert(pod, status);
    kubelet.report(pod, Phase::Failed, &PodStatus::default(), cx);
}

/// A pod has been let in: it gets a worker and its probes.
pub(super) fn accept(pod: PodId, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
    dispatch(pod, kubelet, cx);
    for prober in Prober::for_pod(pod, cx) {
        cx.spawn(prober);
    }
}

/// A pod is killed to make way for another (preemption/preemption.go, `evictPodsToFreeRequests`).
pub(super) fn evict(pod: PodId, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
    let text = "Preempted in order to admit critical pod".to_owned();
    cx.event(Severity::Warning, (pod, None), "Preempting", text);
    dispatch(pod, kubelet, cx);
    let told = |mailbox: &Mailbox| mailbox.update || mailbox.undelivered;
    if kubelet.workers.get(&pod).is_some_and(told) {
        kubelet.evicting = Some(Eviction { pod, begun: false });
    }
}
