//! `ListImages`, `ImageStatus`, `PullImage` and `ImageFsInfo`.

use crate::call::{EngineRequest, ImageKey, ImageKeyKind, Reply, Status};
use crate::clock::Duration;
use crate::dockershim::create_body::PAUSE_IMAGE;
use crate::dockershim::{Served, done};
use crate::identity::ImageId;
use crate::latency::Key;
use crate::node::{Around, Change};
use crate::runtime::{Flow, Serving};

/// After how many seconds without progress a pull is cancelled.
const NO_PROGRESS_S: u8 = 70;

/// `ListImages` (`docker_image.go`).
///
/// 1. list.
pub(super) fn list(serving: &mut Serving<'_>) -> Served {
    serving.ask(EngineRequest::ImageList)?;
    done(Reply::Images(serving.images()))
}

/// `ImageStatus` (`docker_image.go`).
///
/// 1. Inspect the image by reference.
/// 2. When it is not there, inspect it once more by the same name as an ID: the shim cannot tell
///    one from the other (`libdocker/kube_docker_client.go`).
pub(super) fn status(serving: &mut Serving<'_>, image: ImageId, key: ImageKeyKind) -> Served {
    if serving.catalog.image_name(image) == PAUSE_IMAGE {
        let inspect = EngineRequest::ImageInspect(ImageKey::Pause);
        if serving.ask(inspect.clone()).is_ok() {
            return done(Reply::Image(Some(image)));
        }
        if serving.node.runtime_up {
            let _ = serving.ask(inspect);
            return done(Reply::Image(None));
        }
        return Err(failed(""));
    }
    if key == ImageKeyKind::Id {
        serving.ask(EngineRequest::ImageInspect(ImageKey::Id(image)))?;
        return done(Reply::Image(Some(image)));
    }
    let request = EngineRequest::ImageInspect(ImageKey::Reference(image));
    if serving.ask(request.clone()).is_ok() {
        return done(Reply::Image(Some(image)));
    }
    if !serving.node.runtime_up {
        return Err(failed(""));
    }
    let _ = serving.ask(request);
    done(Reply::Image(None))
}

/// `PullImage` (`docker_image.go`).
///
/// 1. Pull; the engine answers as soon as it has talked to the registry and sends progress while
///    the layers come.
/// 2. Inspect the image by reference.
///
/// A pull that makes no progress for a minute is cancelled by the shim, which looks every 10 s: at
/// the seventh look (`libdocker/kube_docker_client.go`, `progressReporter`;
/// `--image-pull-progress-deadline`). Each second of waiting is a phase here.
pub(super) fn pull(serving: &mut Serving<'_>, image: ImageId, phase: u8) -> Served {
    if phase == 0 {
        serving.ask(EngineRequest::ImageCreate(image))?;
    } else if !serving.node.runtime_up {
        return Err(failed("error during connect: EOF"));
    } else if phase >= NO_PROGRESS_S && serving.registry_stalls() {
        return Err(failed("context canceled"));
    }
    if !serving.node.images.contains_key(&image) {
        if serving.registry_stalls() {
            serving.pass(Duration::from_secs(1));
            return Ok(Flow::Later { phase: phase + 1 });
        }
        let whole = serving.draw(Key::Cri("PullImage"));
        serving.pass((whole - Duration::from_millis(25)).max(Duration::from_millis(1)));
        serving.change(Change::ImagePulled(image));
    }
    serving.ask(EngineRequest::ImageInspect(ImageKey::Reference(image)))?;
    done(Reply::Image(Some(image)))
}

/// `RemoveImage` (`docker_image.go`).
///
/// 1. Inspect the image by ID; one that is not there counts as removed.
/// 2. Delete it by its tag, and once more by its ID.
pub(super) fn remove(serving: &mut Serving<'_>, image: ImageId) -> Served {
    let pause = serving.catalog.image_name(image) == PAUSE_IMAGE;
    let (by_name, by_id) = if pause {
        (ImageKey::Pause, ImageKey::Pause)
    } else {
        (ImageKey::Reference(image), ImageKey::Id(image))
    };
    serving.ask(EngineRequest::ImageInspect(by_id))?;
    serving.ask(EngineRequest::ImageRemove(by_name))?;
    serving.change(if pause {
        Change::Around(Around::PauseImage { present: false })
    } else {
        Change::ImageRemoved(image)
    });
    let _ = serving.ask(EngineRequest::ImageRemove(by_id));
    done(Reply::Done)
}

fn failed(message: &str) -> Status {
    Status { code: "Unknown", message: message.into() }
}

/// `ImageFsInfo`.
///
/// 1. ask the engine where its files are.
/// 2. Walk them.
pub(super) fn fs_info(serving: &mut Serving<'_>) -> Served {
    serving.ask(EngineRequest::Info)?;
    done(Reply::Done)
}
