//! `ContainerStatus`.

use crate::call::{EngineRequest, ImageKey, Reply, Target};
use crate::dockershim::{Served, done};
use crate::identity::ContainerId;
use crate::runtime::Serving;

/// `ContainerStatus` (`docker_container.go`).
///
/// 1. Inspect the container.
/// 2. Inspect its image by ID, to name it by its digest.
pub(super) fn status(serving: &mut Serving<'_>, id: ContainerId) -> Served {
    serving.inspect(Target::Container(id))?;
    let image = serving.catalog.container(id).image;
    serving.ask(EngineRequest::ImageInspect(ImageKey::Id(image)))?;
    let view = serving.container(id).expect("the engine has just shown it");
    done(Reply::ContainerStatus(view))
}
