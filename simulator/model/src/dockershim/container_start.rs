//! `StartContainer`.

use crate::call::{EngineRequest, Reply, Target};
use crate::clock::Duration;
use crate::dockershim::{Served, done};
use crate::identity::ContainerId;
use crate::latency;
use crate::node::Change;
use crate::runtime::Serving;

/// `StartContainer` (`docker_container.go`).
///
/// 1. Start the container; the engine holds its lock for as long.
/// 2. Inspect it for the path of its log, and link the log to where the kubelet looks for it.
pub(super) fn start(serving: &mut Serving<'_>, id: ContainerId) -> Served {
    let target = Target::Container(id);
    let took = serving.draw(latency::engine_key(&EngineRequest::ContainerStart(target)));
    let started = serving.now + (took - Duration::from_millis(8));
    let locked = Change::ContainerLocked { container: id, until: serving.now + took };
    serving.change(locked);
    serving.ask_for(EngineRequest::ContainerStart(target), took)?;
    serving.changes.push((started, Change::ContainerStarted(id)));
    serving.inspect(target)?;
    done(Reply::Done)
}
