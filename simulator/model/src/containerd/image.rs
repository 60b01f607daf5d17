//! Images in containerd's CRI plugin.

use crate::call::{Reply, Status};
use crate::clock::Duration;
use crate::containerd::{Served, done};
use crate::identity::ImageId;
use crate::node::{Around, Change};
use crate::runtime::{Flow, Serving};

/// `ImageStatus` (`pkg/cri/server/image_status.go`).
///
/// 1. look into the store.
pub(super) fn status(serving: &mut Serving<'_>, image: ImageId) -> Served {
    serving.pass_call("ImageStatus");
    let there = if is_pause(serving, image) {
        serving.node.around.pause_image
    } else {
        serving.node.images.contains_key(&image)
    };
    done(Reply::Image(there.then_some(image)))
}

fn is_pause(serving: &Serving<'_>, image: ImageId) -> bool {
    serving.scenario.node.pause_on(serving.path) == Some(serving.catalog.image_name(image))
}

/// `PullImage` (`pkg/cri/server/image_pull.go`).
///
/// 1. resolve the reference at the registry.
/// 2. Fetch what is missing, and unpack it. Neither containerd 1.6 nor CRI-O 1.23 gives up a pull
///    that makes no progress: it is looked at once a second here.
/// 3. Enter the image into the store.
pub(super) fn pull(serving: &mut Serving<'_>, image: ImageId) -> Served {
    let name = serving.catalog.image_name(image).to_owned();
    if let Some(refusal) = serving.refusal(&name) {
        serving.pass(Duration::from_millis(7));
        return Err(Status { code: refusal.code, message: refusal.message });
    }
    if serving.node.images.contains_key(&image) {
        serving.pass(Duration::from_millis(22));
    } else if serving.registry_stalls() {
        serving.pass(Duration::from_secs(1));
        return Ok(Flow::Later { phase: 1 });
    } else {
        serving.pass_call("PullImage");
        serving.change(Change::ImagePulled(image));
    }
    done(Reply::Image(Some(image)))
}

/// `RemoveImage` (`pkg/cri/server/image_remove.go`).
///
/// 1. Delete all its references; one that is not there counts as removed.
pub(super) fn remove(serving: &mut Serving<'_>, image: ImageId) -> Served {
    serving.pass_call("RemoveImage");
    if is_pause(serving, image) {
        serving.change(Change::Around(Around::PauseImage { present: false }));
    } else if serving.node.images.contains_key(&image) {
        serving.change(Change::ImageRemoved(image));
    }
    done(Reply::Done)
}

/// A pause image that is not there is pulled before a sandbox is made
/// (`pkg/cri/server/sandbox_run.go`, `ensureImageExists`). One that stalls runs into the time that
/// the kubelet gives `RunPodSandbox`: twice `runtimeRequestTimeout` (k8s 1.20.2,
/// `pkg/kubelet/cri/remote/remote_runtime.go`).
pub(super) fn ensure_pause(serving: &mut Serving<'_>) -> Result<(), Status> {
    let Some(name) = serving.scenario.node.pause_on(serving.path).map(str::to_owned) else {
        return Ok(());
    };
    if serving.node.around.pause_image {
        return Ok(());
    }
    if let Some(refusal) = serving.refusal(&name) {
        serving.pass(Duration::from_millis(7));
        let why = refusal.message;
        let message = format!(
            "failed to get sandbox image \"{name}\": failed to pull image \"{name}\": {why}"
        );
        return Err(Status { code: "Unknown", message });
    }
    if serving.registry_stalls() {
        serving.pass(Duration::from_secs(240));
        let message = "context deadline exceeded".into();
        return Err(Status { code: "DeadlineExceeded", message });
    }
    serving.pass_call("PullImage");
    serving.change(Change::Around(Around::PauseImage { present: true }));
    Ok(())
}
