//! The volumes of a pod: a sync waits for them (`volumemanager/volume_manager.go`,
//! `WaitForAttachAndMount`), and those that cannot be mounted are tried again and again
//! (`volumemanager/reconciler/reconciler.go`, `util/operationexecutor`).

use std::collections::BTreeSet;

use crate::RuntimePath;
use crate::basis::Basis;
use crate::clock::Duration;
use crate::identity::PodId;
use crate::kubelet::pod_worker::{PodWorker, Step};
use crate::kubelet::start_container::format_pod;
use crate::kubelet::{Context, Kubelet, Next, Wake, container_config, host_path};
use crate::pod::{OtherVolume, Pod, Source, Volume};
use crate::report::Severity;

/// How long a sync waits (`podAttachAndMountTimeout`).
const PATIENCE: Duration = Duration::from_secs(2 * 60 + 3);
/// How soon a mount that failed is tried again; each time it fails it is twice as long
/// (pkg/util/goroutinemap/exponentialbackoff, `initialDurationBeforeRetry`).
const FIRST_REST: Duration = Duration::from_millis(500);
/// And no longer than this (`maxDurationBeforeRetry`).
const LONGEST_REST: Duration = Duration::from_secs(2 * 60 + 2);
/// What a kubelet says for which time is up (apimachinery, pkg/util/wait, `ErrWaitTimeout`).
pub(super) const TIMED_OUT: &str = "timed out waiting for the condition";

/// Why a volume is not mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Obstacle {
    /// It is not even tried: looking up what is behind it takes an API server.
    Untried,
    /// Each try fails after so long, and says this.
    Fails(Duration, String),
}

impl PodWorker {
    /// Waits for the volumes that containers of the pod mount: the first time until they are mounted
    /// (polled every 300 ms; the reconciler mounts within 100 ms, most often while the node object is
    /// made), and for as long as a sync waits where one cannot be.
    pub(super) fn mount_volumes(
        &mut self,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Next> {
        let pod = cx.pod(self.pod);
        let wanted = wanted(&pod, kubelet.source);
        if wanted.is_empty() {
            return None;
        }
        let obstacles = obstacles(&pod, &wanted, kubelet.source, kubelet.path);
        let first = !std::mem::replace(&mut self.volumes_mounted, true);
        if first {
            if obstacles.len() < wanted.len() {
                kubelet.volumes.insert(self.pod);
            }
            for (volume, obstacle) in &obstacles {
                if let Obstacle::Fails(after, why) = obstacle {
                    let message =
                        format!("MountVolume.SetUp failed for volume \"{volume}\" : {why}");
                    cx.spawn(Mounter::new(self.pod, *after, message));
                }
            }
        }
        if !obstacles.is_empty() {
            self.put_first([Step::VolumesLate].into_iter());
            return Some(Next::Sleep(PATIENCE));
        }
        (first && kubelet.source == Source::Api).then_some(Next::Sleep(Duration::from_millis(50)))
    }

    /// The sync has waited long enough. Every volume counts as unattached, whatever became of it: the
    /// kubelet looks them up by another name than it keeps them by (`getUnattachedVolumes`).
    pub(super) fn volumes_late(&mut self, kubelet: &Kubelet, cx: &mut Context<'_>) {
        let pod = cx.pod(self.pod);
        let wanted = wanted(&pod, kubelet.source);
        let obstacles = obstacles(&pod, &wanted, kubelet.source, kubelet.path);
        let unmounted: Vec<_> = obstacles.into_iter().map(|(name, _)| name).collect();
        let all: Vec<_> = wanted.iter().map(String::as_str).collect();
        let (unmounted, all) = (unmounted.join(" "), all.join(" "));
        let why =
            format!("unmounted volumes=[{unmounted}], unattached volumes=[{all}]: {TIMED_OUT}");
        let text = format!("Unable to attach or mount volumes: {why}");
        cx.event(Severity::Warning, (self.pod, None), "FailedMount", text);
        let name = format_pod(&pod);
        let line =
            format!("Unable to attach or mount volumes for pod \"{name}\": {why}; skipping pod");
        cx.out.lines.push((line, Basis::Source));
        self.give_up();
    }
}

/// The volumes that a sync waits for: those that a container mounts, by name
/// (pkg/volume/util/util.go, `GetPodVolumeNames`).
fn wanted(pod: &Pod, source: Source) -> BTreeSet<String> {
    let mounts = pod.all_containers().flat_map(|container| &container.volume_mounts);
    let named = mounts.map(|mount| mount.name.clone());
    let known = named.filter(|name| pod.spec.volumes.iter().any(|volume| volume.name == *name));
    known.chain(container_config::token_volume(pod, source)).collect()
}

/// The volumes that cannot be mounted, as the manifest lists them, and why.
fn obstacles<'a>(
    pod: &'a Pod,
    wanted: &BTreeSet<String>,
    source: Source,
    path: RuntimePath,
) -> Vec<(&'a str, Obstacle)> {
    let mut found = Vec::new();
    let mut given_up = false;
    for volume in pod.spec.volumes.iter().filter(|volume| wanted.contains(&volume.name)) {
        given_up |= source == Source::Static && is_claim(volume);
        let obstacle = if given_up {
            Some(Obstacle::Untried)
        } else {
            fails(volume, source, path).map(|(after, why)| Obstacle::Fails(after, why))
        };
        found.extend(obstacle.map(|obstacle| (volume.name.as_str(), obstacle)));
    }
    found
}

/// A claim is looked up at the API server; without one the kubelet panics there, recovers, and has
/// not come to the volumes after it (`desired_state_of_world_populator.go`, `getPVCExtractPV`).
const fn is_claim(volume: &Volume) -> bool {
    matches!(volume.other, Some(OtherVolume::PersistentVolumeClaim(_)))
}

/// How long mounting a volume takes to fail, and what it says then; none where it succeeds.
///
/// Without an API server the cache of `ConfigMap`s and `Secret`s never fills, and whoever asks it
/// waits a second (`util/manager/watch_based_manager.go`, `Get`); a projected volume is refused
/// whatever is in it (pkg/volume/projected/projected.go, `collectData`).
fn fails(volume: &Volume, source: Source, path: RuntimePath) -> Option<(Duration, String)> {
    let unsynced =
        |kind| (Duration::from_secs(1), format!("failed to sync {kind} cache: {TIMED_OUT}"));
    if let Some(host) = &volume.host_path {
        return Some((Duration::ZERO, host_path::misfit(host, path)?));
    }
    match (&volume.other, source) {
        (Some(OtherVolume::ConfigMap(_)), Source::Static) => Some(unsynced("configmap")),
        (Some(OtherVolume::Secret(_)), Source::Static) => Some(unsynced("secret")),
        (Some(OtherVolume::Projected(_)), Source::Static) => {
            let name = &volume.name;
            let why = format!(
                "Cannot setup projected volume {name} because kube client is not configured"
            );
            Some((Duration::ZERO, why))
        }
        _ => None,
    }
}

/// Tries to mount a volume that cannot be, for as long as the pod is wanted.
#[derive(Clone, Debug)]
pub(crate) struct Mounter {
    pod: PodId,
    /// How long a try takes.
    takes: Duration,
    message: String,
    rest: Duration,
    tries: bool,
}

impl Mounter {
    fn new(pod: PodId, takes: Duration, message: String) -> Self {
        Self { pod, takes, message, rest: FIRST_REST, tries: false }
    }

    pub(crate) fn resume(&mut self, _: Wake, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Next {
        if kubelet.is_terminated(self.pod) {
            return Next::Done;
        }
        self.tries = !self.tries;
        if self.tries {
            return Next::Sleep(self.takes);
        }
        let text = self.message.clone();
        cx.event(Severity::Warning, (self.pod, None), "FailedMount", text);
        let rest = self.rest;
        self.rest = (rest + rest).min(LONGEST_REST);
        Next::Sleep(rest)
    }
}
