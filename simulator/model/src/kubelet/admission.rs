//! Whether a pod may run: what the worker asks before each sync (kubelet.go, `canRunPod`).
//!
//! A pod that may not stays `Pending`, with its containers `Blocked`, and is tried again. Pods that
//! the node cannot hold at all are refused before they get a worker: see [`super::predicates`].

use crate::RuntimePath;
use crate::call::{Loop, Outcome, Request};
use crate::clock::Duration;
use crate::identity::PodId;
use crate::kubelet::pod_worker::{PodWorker, Step};
use crate::kubelet::{Context, Kubelet, Next};
use crate::pod::annotations::APPARMOR;
use crate::pod::{Container, Pod};
use crate::report::Phase;

impl PodWorker {
    /// `canRunPod`, in the order of its handlers:
    ///
    /// 1. `AppArmor`. A profile other than `unconfined` needs a kernel that has it
    ///    (pkg/security/apparmor/validate.go), which that of the recordings has not: "Cannot enforce
    ///    `AppArmor`: `AppArmor` is not enabled on the host".
    /// 2. No new privileges, and an unmasked /proc. Either is only let in on a Docker new enough for
    ///    it, so the kubelet asks for the runtime's version, and remembers it for a minute
    ///    (lifecycle/handlers.go, `noNewPrivsAdmitHandler` and `procMountAdmitHandler`).
    pub(super) fn admit(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        if wants_apparmor(&cx.pod(self.pod)) {
            return self.refuse(kubelet, cx);
        }
        if !needs_version(kubelet, cx, self.pod) {
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
        if kubelet.path == RuntimePath::CriDockerd { self.refuse(kubelet, cx) } else { None }
    }

    /// What runs of the pod is killed, and the sync fails.
    fn refuse(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        for place in 0..cx.pod(self.pod).all_containers().count() {
            kubelet.reasons.insert((self.pod, place), "Blocked");
        }
        kubelet.report(self.pod, Phase::Pending, &self.status, cx);
        self.give_up();
        self.put_first([Step::KillAll(true)].into_iter());
        None
    }
}

/// Whether a container is to be held by a profile (pkg/security/apparmor/helpers.go, `isRequired`).
fn wants_apparmor(pod: &Pod) -> bool {
    let annotations = &pod.metadata.annotations;
    annotations.iter().any(|(key, profile)| key.starts_with(APPARMOR) && profile != "unconfined")
}

/// Whether admission has to ask for Docker's version. Init containers are not looked at.
fn needs_version(kubelet: &Kubelet, cx: &Context<'_>, pod: PodId) -> bool {
    let docker = matches!(kubelet.path, RuntimePath::Dockershim | RuntimePath::CriDockerd);
    let needs = |container: &Container| {
        let context = &container.security_context;
        context.allow_privilege_escalation == Some(false) || context.proc_mount == "Unmasked"
    };
    docker && cx.pod(pod).spec.containers.iter().any(needs)
}
