//! `ListImages`, `ImageStatus`, `PullImage` and `ImageFsInfo`.

use crate::call::{EngineRequest, ImageKey, ImageKeyKind, Reply};
use crate::clock::Duration;
use crate::dockershim::create_body::PAUSE_IMAGE;
use crate::dockershim::{Served, done};
use crate::identity::ImageId;
use crate::latency::Key;
use crate::node::Change;
use crate::runtime::Serving;

/// `ListImages` (`docker_image.go`).
///
/// 1. list.
pub(super) fn list(serving: &mut Serving<'_>) -> Served {
    serving.ask(EngineRequest::ImageList)?;
    done(Reply::Images(serving.node.images.keys().copied().collect()))
}

/// `ImageStatus` (`docker_image.go`).
///
/// 1. Inspect the image by reference.
/// 2. When it is not there, inspect it once more by the same name as an ID: the shim cannot tell
///    one from the other (`libdocker/kube_docker_client.go`).
pub(super) fn status(serving: &mut Serving<'_>, image: ImageId, key: ImageKeyKind) -> Served {
    if serving.catalog.image_name(image) == PAUSE_IMAGE {
        serving.ask(EngineRequest::ImageInspect(ImageKey::Pause))?;
        return done(Reply::Image(Some(image)));
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
        return Err(crate::call::Status { code: "Unknown", message: String::new() });
    }
    let _ = serving.ask(request);
    done(Reply::Image(None))
}

/// `PullImage` (`docker_image.go`).
///
/// 1. Pull; the engine answers as soon as it has talked to the registry and sends progress while
///    the layers come.
/// 2. Inspect the image by reference.
pub(super) fn pull(serving: &mut Serving<'_>, image: ImageId) -> Served {
    serving.ask(EngineRequest::ImageCreate(image))?;
    if !serving.node.images.contains_key(&image) {
        let whole = serving.draw(Key::Cri("PullImage"));
        serving.pass((whole - Duration::from_millis(25)).max(Duration::from_millis(1)));
        serving.change(Change::ImagePulled(image));
    }
    serving.ask(EngineRequest::ImageInspect(ImageKey::Reference(image)))?;
    done(Reply::Image(Some(image)))
}

/// `ImageFsInfo`.
///
/// 1. ask the engine where its files are.
/// 2. Walk them.
pub(super) fn fs_info(serving: &mut Serving<'_>) -> Served {
    serving.ask(EngineRequest::Info)?;
    done(Reply::Done)
}
