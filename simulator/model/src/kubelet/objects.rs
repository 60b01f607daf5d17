//! `ConfigMap`s and `Secret`s on a kubelet without an API server: there is nobody to ask for them.

use crate::basis::Basis;
use crate::clock::Duration;
use crate::identity::PodId;
use crate::kubelet::pod_worker::{PodWorker, Step};
use crate::kubelet::volumes::TIMED_OUT;
use crate::kubelet::{Context, Kubelet, Next};
use crate::pod::{Container, OtherVolume, Pod};

/// How long whoever asks the cache of objects waits for it to fill
/// (`util/manager/watch_based_manager.go`, `Get`).
const PATIENCE: Duration = Duration::from_secs(1);

/// What a kubelet logs of a panic that it recovers from (apimachinery, pkg/util/runtime, `logPanic`).
const PANIC: &str = "Observed a panic: \"invalid memory address or nil pointer dereference\" (runtime \
                     error: invalid memory address or nil pointer dereference)";

/// A pod is known from now on, and what it refers to is watched (`pod/pod_manager.go`, `RegisterPod`).
/// Without an API server each watch is a panic that is recovered from, and tried again after a while:
/// kubelet 1.20 goes on (`cmd/kubelet/app/server.go`, `ReallyCrashForTesting`). The log has the first.
pub(super) fn register(pod: PodId, kubelet: &Kubelet, cx: &mut Context<'_>) {
    if kubelet.standalone() && refers(&cx.pod(pod)) {
        cx.out.lines.push((PANIC.to_owned(), Basis::Source));
    }
}

/// Whether a pod refers to a `ConfigMap` or a `Secret` (pkg/api/v1/pod/util.go,
/// `VisitPodSecretNames` and `VisitPodConfigmapNames`).
fn refers(pod: &Pod) -> bool {
    let in_volume = pod.spec.volumes.iter().any(|volume| {
        matches!(volume.other, Some(OtherVolume::ConfigMap(_) | OtherVolume::Secret(_)))
    });
    let in_environment = |container: &Container| {
        let mut from = container.env.iter().filter_map(|env| env.value_from.as_ref());
        !container.env_from.is_empty()
            || from.any(|from| from.config_map_key_ref.is_some() || from.secret_key_ref.is_some())
    };
    in_volume || !pod.spec.image_pull_secrets.is_empty() || pod.all_containers().any(in_environment)
}

impl PodWorker {
    /// The secrets that images are pulled with are asked for one after the other; one that cannot be
    /// had is done without (`kubelet_pods.go`, `getPullSecretsForPod`).
    pub(super) fn pull_secret(
        &mut self,
        place: usize,
        kubelet: &Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Next> {
        let pod = cx.pod(self.pod);
        if !kubelet.standalone() {
            return None;
        }
        let secrets = &pod.spec.image_pull_secrets;
        if let Some(secret) = place.checked_sub(1).and_then(|before| secrets.get(before)) {
            let (namespace, name) = (&pod.metadata.namespace, &pod.metadata.name);
            let line = format!(
                "Unable to retrieve pull secret {namespace}/{} for {namespace}/{name} due to failed to \
                 sync secret cache: {TIMED_OUT}.  The image pull may not succeed.",
                secret.name
            );
            cx.out.lines.push((line, Basis::Source));
        }
        secrets.get(place)?;
        self.put_first([Step::PullSecret(place + 1)].into_iter());
        Some(Next::Sleep(PATIENCE))
    }
}
