//! Pods that fail for good, whatever their containers do: past their deadline, or killed to make way
//! for another.

use crate::clock::{Duration, Instant};
use crate::kubelet::pod_worker::{PodWorker, Step};
use crate::kubelet::{ApiStatus, Context, Kubelet, PodStatus};
use crate::pod::Pod;
use crate::report::{Phase, Severity};

impl PodWorker {
    /// The pod has failed, and what runs of it is killed (kubelet.go, `syncPod` for `SyncPodKill`).
    pub(super) fn fail_for_good(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        let status = ApiStatus { phase: Phase::Failed, containers: Vec::new() };
        kubelet.statuses.insert(self.pod, status);
        kubelet.report(self.pod, Phase::Failed, &PodStatus::default(), cx);
        self.put_first([Step::KillAll(true)].into_iter());
    }

    /// Whether the pod has been active for longer than it may: then it has failed, and what runs of it
    /// is killed (`active_deadline.go`, `ShouldEvict`).
    ///
    /// It counts from its first sync, by a clock that shows whole seconds (`status/status_manager.go`,
    /// `updateStatusInternal` and `normalizeStatus`).
    pub(super) fn past_deadline(
        &self,
        pod: &Pod,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> bool {
        /// What no run reaches, in seconds: a year.
        const MOST: i64 = 365 * 24 * 3_600;
        let Some(seconds) = pod.spec.active_deadline_seconds else { return false };
        let after = Duration::from_secs(seconds.clamp(0, MOST));
        let until = *kubelet.deadlines.entry(self.pod).or_insert(whole_second(cx.now) + after);
        let past = cx.now >= until;
        if past {
            let text = "Pod was active on the node longer than the specified deadline".to_owned();
            cx.event(Severity::Normal, (self.pod, None), "DeadlineExceeded", text);
        }
        past
    }
}

/// The second that an instant is in.
fn whole_second(now: Instant) -> Instant {
    const SECOND: i64 = 1_000_000;
    Instant::ZERO + Duration::from_secs(now.since(Instant::ZERO).as_micros() / SECOND)
}
