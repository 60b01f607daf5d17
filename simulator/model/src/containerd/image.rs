//! Images in containerd's CRI plugin.

use crate::call::{Reply, Status};
use crate::containerd::{Served, done};
use crate::identity::ImageId;
use crate::node::Change;
use crate::pod::image_tag;
use crate::runtime::Serving;

/// `ImageStatus` (`pkg/cri/server/image_status.go`).
///
/// 1. look into the store.
pub(super) fn status(serving: &mut Serving<'_>, image: ImageId) -> Served {
    serving.pass_call("ImageStatus");
    done(Reply::Image(serving.node.images.contains_key(&image).then_some(image)))
}

/// `PullImage` (`pkg/cri/server/image_pull.go`).
///
/// 1. resolve the reference at the registry.
/// 2. Fetch what is missing, and unpack it.
/// 3. Enter the image into the store.
pub(super) fn pull(serving: &mut Serving<'_>, image: ImageId) -> Served {
    let name = serving.catalog.image_name(image).to_owned();
    if serving.scenario.registry_lacks.contains(&name) {
        serving.pass(crate::clock::Duration::from_millis(7));
        let whole = repository(&name);
        let message = format!(
            "failed to pull and unpack image \"{name}\": failed to resolve reference \"{name}\": \
             {whole}: not found"
        );
        return Err(Status { code: "NotFound", message });
    }
    if serving.node.images.contains_key(&image) {
        serving.pass(crate::clock::Duration::from_millis(22));
    } else {
        serving.pass_call("PullImage");
        serving.change(Change::ImagePulled(image));
    }
    done(Reply::Image(Some(image)))
}

/// The reference with a tag, as the resolver names it.
fn repository(name: &str) -> String {
    if image_tag(name).is_some() { name.to_owned() } else { format!("{name}:latest") }
}
