//! Whether a pod may run: what the worker asks before each sync (kubelet.go, `canRunPod`).

use crate::RuntimePath;
use crate::call::{Loop, Outcome, Request};
use crate::clock::Duration;
use crate::identity::PodId;
use crate::kubelet::pod_worker::{PodWorker, Step};
use crate::kubelet::{Context, Kubelet, Next};
use crate::report::Phase;

impl PodWorker {
    /// `canRunPod`: a pod that must not gain privileges is only let in on a Docker new enough to
    /// forbid it, so the kubelet asks for the runtime's version, and remembers it for a minute
    /// (lifecycle/handlers.go, `noNewPrivsAdmitHandler`).
    pub(super) fn admit(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        if !needs_no_new_privileges(kubelet, cx, self.pod) {
            return None;
        }
        let known = kubelet.admission_version_at;
        if known.is_some_and(|at| cx.now.since(at) < Duration::from_secs(60)) {
            return self.refuse_if_fork(kubelet, cx);
        }
        self.ask(Loop::PodWorker, Step::Admission, Request::Version)
    }

    pub(super) fn admission_answered(
        &mut self,
        outcome: &Outcome,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) {
        if outcome.is_ok() {
            kubelet.admission_version_at = Some(cx.now);
        }
        self.refuse_if_fork(kubelet, cx);
    }

    /// cri-dockerd answers with the CRI's version where Docker's API version is expected, so the
    /// kubelet refuses the pod: "Cannot enforce `NoNewPrivs`: illegal version string".
    fn refuse_if_fork(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        if kubelet.path == RuntimePath::CriDockerd {
            for place in 0..cx.pod(self.pod).all_containers().count() {
                kubelet.reasons.insert((self.pod, place), "Blocked");
            }
            kubelet.report(self.pod, Phase::Pending, &self.status, cx);
            self.give_up();
            self.put_first([Step::KillAll(true)].into_iter());
        }
        None
    }
}

/// Whether admission has to ask for Docker's version.
fn needs_no_new_privileges(kubelet: &Kubelet, cx: &Context<'_>, pod: PodId) -> bool {
    let docker = matches!(kubelet.path, RuntimePath::Dockershim | RuntimePath::CriDockerd);
    let refuses =
        |c: &crate::pod::Container| c.security_context.allow_privilege_escalation == Some(false);
    docker && cx.pod(pod).spec.containers.iter().any(refuses)
}
