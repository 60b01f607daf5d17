//! `StopContainer` and `RemoveContainer`.

use crate::call::{EngineCall, EngineRequest, Reply, Status, Target};
use crate::clock::Duration;
use crate::dockershim::{Served, done};
use crate::identity::ContainerId;
use crate::latency;
use crate::node::{Change, ExitCause};
use crate::runtime::{Flow, Serving};

/// How long the engine needs from SIGKILL, or from seeing an exit, to its answer.
const REAPED: Duration = Duration::from_millis(120);

/// `StopContainer` (`docker_container.go`): one request, `POST /containers/ID/stop?t=SECONDS`.
///
/// 0. The engine sends SIGTERM and waits; a container that does not run is answered 304 at once.
/// 1. It has ended: answer. It has not when the time is up: SIGKILL, and answer.
pub(super) fn stop(serving: &mut Serving<'_>, id: ContainerId, timeout: i64, phase: u8) -> Served {
    let target = Target::Container(id);
    let request = EngineRequest::ContainerStop(target, timeout);
    if phase == 0 {
        if !serving.node.runtime_up || !serving.node.is_running(id) || serving.next_fails() {
            serving.ask_for(request, Duration::from_micros(700))?;
            return done(Reply::Done);
        }
        if !serving.node.around.containerd_up {
            return stop_without_containerd(serving, id, request);
        }
        let at = serving.now;
        serving.pass(Duration::from_millis(40));
        serving.change(Change::ContainerTerminated(id));
        let call = EngineCall {
            at,
            took: Duration::ZERO,
            request,
            status: Some(204),
            items: None,
            message: None,
        };
        serving.note(call);
        let until = serving.now + Duration::from_secs(timeout);
        return Ok(Flow::Wait { target, until, phase: 1 });
    }
    if serving.node.is_running(id) {
        serving.pass(Duration::from_millis(60));
        serving.change(Change::ContainerExited { container: id, cause: ExitCause::Killed });
    }
    serving.pass(REAPED);
    let now = serving.now;
    if let Some(call) = serving.engine.last_mut() {
        call.took = now.since(call.at);
    }
    done(Reply::Done)
}

/// Without containerd dockerd cannot signal: it waits 2 s for the SIGTERM it could not send and 10
/// s for the SIGKILL, then kills the process itself, and still hears of no exit (moby 20.10.24,
/// daemon/stop.go and daemon/kill.go).
fn stop_without_containerd(
    serving: &mut Serving<'_>,
    id: ContainerId,
    request: EngineRequest,
) -> Served {
    let at = serving.now;
    serving.pass(Duration::from_secs(12));
    serving.change(Change::ContainerExited { container: id, cause: ExitCause::Killed });
    serving.pass(Duration::from_secs(4));
    let message = format!(
        "Error response from daemon: cannot stop container: {}: tried to kill container, but did \
         not receive an exit event",
        serving.catalog.container_name(id)
    );
    let took = serving.now.since(at);
    let call = EngineCall {
        at,
        took,
        request,
        status: Some(500),
        items: None,
        message: Some(message.clone()),
    };
    serving.note(call);
    Err(Status { code: "Unknown", message })
}

/// `RemoveContainer` (`docker_container.go`).
///
/// 1. Inspect the container for its log, and remove the link to it.
/// 2. Delete it by force, with its volumes. While the engine deletes it for somebody else it refuses.
pub(super) fn remove(serving: &mut Serving<'_>, id: ContainerId) -> Served {
    let target = Target::Container(id);
    let (name, begun) = (serving.catalog.container_name(id), serving.now);
    serving.inspect(target).map_err(|status| no_log_path(&name, &status))?;
    let request = EngineRequest::ContainerRemove(target);
    let refused = serving.is_removing(id);
    let drawn = serving.draw(latency::engine_key(&request));
    let took = if refused { Duration::from_micros(700) } else { drawn };
    if !refused {
        let until = serving.now + took;
        serving.changes.push((begun, Change::ContainerRemoving { container: id, until }));
    }
    serving.ask_for(request, took).map_err(|status| {
        let message = format!("failed to remove container \"{name}\": {}", status.message);
        Status { message, ..status }
    })?;
    serving.change(Change::ContainerRemoved(id));
    done(Reply::Done)
}

/// What is said of a container that was inspected for its log and could not be
/// (`docker_container.go`, `getContainerLogPath` and its callers).
pub(super) fn no_log_path(name: &str, status: &Status) -> Status {
    let why = format!("failed to inspect container \"{name}\": {}", status.message);
    let message = format!("failed to get container \"{name}\" log path: {why}");
    Status { message, ..*status }
}
