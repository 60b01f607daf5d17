//! `StopContainer` and `RemoveContainer`.

use crate::call::{EngineCall, EngineRequest, Reply, Target};
use crate::clock::Duration;
use crate::dockershim::{Served, done};
use crate::identity::ContainerId;
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
        if !serving.node.runtime_up || !serving.node.is_running(id) {
            serving.ask_for(request, Duration::from_micros(700))?;
            return done(Reply::Done);
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
        serving.engine.push(call);
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

/// `RemoveContainer` (`docker_container.go`).
///
/// 1. Inspect the container for its log, and remove the link to it.
/// 2. Delete it by force, with its volumes.
pub(super) fn remove(serving: &mut Serving<'_>, id: ContainerId) -> Served {
    let target = Target::Container(id);
    serving.inspect(target)?;
    serving.ask(EngineRequest::ContainerRemove(target))?;
    serving.change(Change::ContainerRemoved(id));
    done(Reply::Done)
}
