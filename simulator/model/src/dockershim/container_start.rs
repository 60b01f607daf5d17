//! `StartContainer`.

use crate::call::{EngineRequest, Reply, Status, Target};
use crate::clock::Duration;
use crate::dockershim::container_stop::no_log_path;
use crate::dockershim::{Served, done};
use crate::identity::ContainerId;
use crate::latency;
use crate::node::Change;
use crate::runtime::Serving;

/// `StartContainer` (`docker_container.go`).
///
/// 1. Start the container; the engine holds its lock for as long.
/// 2. Inspect it for the path of its log, and link the log to where the kubelet looks for it: that is
///    done for a container that did not start as well, and where it fails it is what the kubelet hears.
pub(super) fn start(serving: &mut Serving<'_>, id: ContainerId) -> Served {
    let target = Target::Container(id);
    let name = serving.catalog.container_name(id);
    let took = serving.draw(latency::engine_key(&EngineRequest::ContainerStart(target)));
    let begun = serving.now + (took - Duration::from_millis(8));
    let locked = Change::ContainerLocked { container: id, until: serving.now + took };
    serving.change(locked);
    let started = serving.ask_for(EngineRequest::ContainerStart(target), took);
    if started.is_ok() {
        serving.changes.push((begun, Change::ContainerStarted(id)));
    }
    serving.inspect(target).map_err(|status| no_log_path(&name, &status))?;
    started.map_err(|status| {
        let message = format!("failed to start container \"{name}\": {}", status.message);
        Status { message, ..status }
    })?;
    done(Reply::Done)
}
