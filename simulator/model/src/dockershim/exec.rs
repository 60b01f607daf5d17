//! `ExecSync`, and the addresses for `Exec`, `Attach` and `PortForward`.

use std::sync::Arc;

use crate::call::{EngineRequest, Reply, Status, Target};
use crate::clock::Duration;
use crate::dockershim::{Served, done};
use crate::identity::ContainerId;
use crate::runtime::{Flow, KILLED, Serving, is_late, sleeps};

/// `ExecSync` (exec.go, `NativeExecHandler`).
///
/// 1. Inspect the container: it must run.
/// 2. Create the exec.
/// 3. Start it with its streams, which takes over the connection.
/// 4. Inspect the exec for its exit code.
///
/// When its time is up, the shim says so and looks no more; the process goes on
/// (`docker_streaming.go`; cri-dockerd 0.3.1, `core/container_exec.go`).
pub(super) fn exec_sync(
    serving: &mut Serving<'_>,
    container: ContainerId,
    command: &Arc<[String]>,
    timeout: i64,
    phase: u8,
) -> Served {
    if phase > 0 {
        return ended(serving, container, command, timeout);
    }
    serving.inspect(Target::Container(container))?;
    if !serving.node.is_running(container) {
        let name = serving.catalog.container_name(container);
        let message = format!("container not running ({name})");
        return Err(Status { code: "Unknown", message });
    }
    let asked = Arc::clone(command);
    serving.ask(EngineRequest::ExecCreate { container, command: asked }).map_err(|status| {
        let setup = "failed to exec in container - Exec setup failed";
        let message = format!("{setup} - {}", status.message);
        Status { message, ..status }
    })?;
    if !serving.node.around.containerd_up {
        return Err(serving.no_containerd());
    }
    let runs = Duration::from_millis(90) + serving.prng.up_to(Duration::from_millis(60));
    let sleeps = sleeps(command);
    if sleeps > Duration::ZERO {
        // It ends with its container at the latest.
        let late = is_late(command, timeout);
        let span = if late { Duration::from_secs(timeout) } else { runs + sleeps };
        let (target, until) = (Target::Container(container), serving.now + span);
        return Ok(Flow::Wait { target, until, phase: 1 });
    }
    serving.pass(runs);
    ended(serving, container, command, timeout)
}

fn ended(
    serving: &mut Serving<'_>,
    container: ContainerId,
    command: &[String],
    timeout: i64,
) -> Served {
    let killed = !serving.node.is_running(container);
    if !killed && is_late(command, timeout) {
        let message = "context deadline exceeded".into();
        return Err(Status { code: "DeadlineExceeded", message });
    }
    serving.memory.execs += 1;
    let number = serving.memory.execs;
    serving.ask(EngineRequest::ExecInspect(number))?;
    let exit_code = if killed { KILLED } else { serving.exec_exit_code(container, command) };
    done(Reply::Exec { exit_code })
}

/// `Exec`, `Attach` and `PortForward` (`docker_streaming.go`).
///
/// 1. inspect; it must run.
/// 2. Give out an address of the streaming server.
pub(super) fn url(serving: &mut Serving<'_>, target: Target, verb: &'static str) -> Served {
    serving.inspect(target)?;
    done(Reply::Url(verb))
}
