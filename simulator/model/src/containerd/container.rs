//! Containers in containerd's CRI plugin.

use crate::RuntimePath;
use crate::call::{Reply, Request, Status, Target};
use crate::clock::Duration;
use crate::containerd::{Served, done};
use crate::identity::ContainerId;
use crate::latency::Key;
use crate::messages::ContainerConfig;
use crate::node::{Change, ExitCause};
use crate::oci::{self, NodeFacts, SpecError};
use crate::runtime::{Flow, KILLED, Serving, is_late, sleeps};

/// `CreateContainer` (`pkg/cri/server/container_create.go`).
///
/// 1. make a snapshot and an OCI spec; what cannot be put into one is refused.
/// 2. Enter the container into the store; it has no process yet.
pub(super) fn create(serving: &mut Serving<'_>, request: &Request) -> Served {
    if let Request::CreateContainer { config, .. } = request
        && let Some(message) = impossible(serving.path, config)
    {
        serving.pass(Duration::from_millis(12));
        return Err(Status { code: "Unknown", message });
    }
    let container = serving.name_container(request);
    serving.pass_call("CreateContainer");
    serving.change(Change::ContainerCreated(container));
    done(Reply::Container(container))
}

/// Why no spec can be made: a seccomp profile in a file, of which the nodes here have none
/// (containerd 1.6.20, contrib/seccomp/seccomp.go; CRI-O 1.23.0,
/// `server/container_create_linux.go`), and on CRI-O too little memory (internal/config/cgmgr) or a
/// capability that the kernel does not have.
fn impossible(path: RuntimePath, config: &ContainerConfig) -> Option<String> {
    let crio = path == RuntimePath::CriO;
    let context = &config.linux.security_context;
    let memory = config.linux.resources.memory_limit_in_bytes;
    let minimum = oci::crio::MEMORY_MINIMUM;
    if crio && memory != 0 && memory < minimum {
        return Some(SpecError::MemoryTooLow { limit: memory, minimum }.to_string());
    }
    if let Some(capabilities) =
        context.capabilities.as_ref().filter(|_| crio && !context.privileged)
    {
        // CRI-O 1.23.0, `server/container_create.go`, `setupCapabilities`. containerd leaves it to
        // runc, which warns and goes on.
        let node = NodeFacts::recorded();
        if let Some(name) = oci::unknown_to_kernel(&capabilities.add_capabilities, &node) {
            return Some(format!("unknown capability \"{name}\" to add"));
        }
        if let Some(name) = oci::unknown_to_kernel(&capabilities.drop_capabilities, &node) {
            return Some(format!("failed to drop cap {name} invalid capability: {name}"));
        }
    }
    let profile = context.seccomp.as_ref().filter(|profile| profile.profile_type == 2)?;
    if context.privileged {
        return None;
    }
    let file = &profile.localhost_ref;
    let what = if crio { "setup seccomp" } else { "failed to create containerd container" };
    Some(format!("{what}: {}", no_profile(file)))
}

/// What all runtimes say of a profile that is not there.
pub(crate) fn no_profile(file: &str) -> String {
    format!("cannot load seccomp profile \"{file}\": open {file}: no such file or directory")
}

/// `StartContainer` (`pkg/cri/server/container_start.go`).
///
/// 1. see that the sandbox is ready.
/// 2. Make a task in the shim of the pod (`runc create`).
/// 3. Start it (`runc start`).
/// 4. Write the state down.
pub(super) fn start(serving: &mut Serving<'_>, id: ContainerId) -> Served {
    if !serving.node.containers.contains_key(&id) {
        return Err(not_found(serving, id));
    }
    let sandbox = serving.catalog.container(id).sandbox;
    if !serving.node.is_ready(sandbox) {
        serving.pass(Duration::from_micros(400));
        return Err(not_startable(serving, id));
    }
    let span = serving.draw(Key::Cri("StartContainer"));
    serving.pass(span);
    serving.change(Change::ContainerStarted(id));
    serving.pass(Duration::from_micros(300));
    done(Reply::Done)
}

/// `StopContainer` (`pkg/cri/server/container_stop.go`).
///
/// 0. One that does not run counts as stopped. Else send SIGTERM and wait.
/// 1. It has ended: answer. It has not when the time is up: SIGKILL to all its processes, and wait
///    for the exit event.
pub(super) fn stop(serving: &mut Serving<'_>, id: ContainerId, timeout: i64, phase: u8) -> Served {
    let target = Target::Container(id);
    if phase == 0 {
        if !serving.node.containers.contains_key(&id) {
            return Err(not_found(serving, id));
        }
        if !serving.node.is_running(id) {
            serving.pass(Duration::from_micros(400));
            return done(Reply::Done);
        }
        serving.pass(Duration::from_millis(50));
        serving.change(Change::ContainerTerminated(id));
        let until = serving.now + Duration::from_secs(timeout);
        return Ok(Flow::Wait { target, until, phase: 1 });
    }
    if serving.node.is_running(id) {
        serving.pass(Duration::from_millis(60));
        serving.change(Change::ContainerExited { container: id, cause: ExitCause::Killed });
    }
    let lost = serving.node.containers.get(&id).is_some_and(|container| container.exit_code < 0);
    // CRI-O waits for the exit file of a conmon that is dead.
    serving.pass(if lost { Duration::from_secs(8) } else { Duration::from_millis(120) });
    done(Reply::Done)
}

/// `RemoveContainer` (`pkg/cri/server/container_remove.go`).
///
/// 1. delete its snapshot, and forget it. One that is not known counts as removed; one that is being
///    removed is refused. What CRI-O 1.23.0 says to the second is not known; here both succeed.
pub(super) fn remove(serving: &mut Serving<'_>, id: ContainerId) -> Served {
    if serving.is_removing(id) && serving.path == RuntimePath::Containerd {
        let name = serving.catalog.container_name(id);
        serving.pass(Duration::from_micros(400));
        let message = format!(
            "failed to set removing state for container \"{name}\": container is already in removing \
             state"
        );
        return Err(Status { code: "Unknown", message });
    }
    let begun = serving.now;
    serving.pass_call("RemoveContainer");
    if serving.node.containers.contains_key(&id) {
        let until = serving.now;
        serving.changes.push((begun, Change::ContainerRemoving { container: id, until }));
        serving.change(Change::ContainerRemoved(id));
    }
    done(Reply::Done)
}

/// `ContainerStatus` (`pkg/cri/server/container_status.go`).
///
/// 1. look into the store.
pub(super) fn status(serving: &mut Serving<'_>, id: ContainerId) -> Served {
    serving.pass_call("ContainerStatus");
    let view = serving.container(id).ok_or_else(|| not_found(serving, id))?;
    if view.exit_code < 0 {
        // CRI-O looks once more for the exit file of a conmon that is dead, with ever longer pauses
        // (CRI-O 1.23.0, `internal/oci/runtime_oci.go`, `UpdateContainerStatus`).
        serving.pass(Duration::from_millis(3_840));
    }
    done(Reply::ContainerStatus(view))
}

/// `ExecSync` (`pkg/cri/server/container_execsync.go`).
///
/// 1. The container must run.
/// 2. Run the command in the container's shim; CRI-O has conmon run it.
/// 3. Kill it when its time is up. containerd calls that an error; CRI-O answers with an exit code
///    of -1 (1.23.0, `internal/oci/runtime_oci.go`, `ExecSyncContainer`).
pub(super) fn exec_sync(
    serving: &mut Serving<'_>,
    id: ContainerId,
    command: &[String],
    timeout: i64,
    phase: u8,
) -> Served {
    if phase > 0 {
        return exec_ended(serving, id, command, timeout);
    }
    if !serving.node.containers.contains_key(&id) {
        if serving.path == RuntimePath::CriO {
            return Err(not_found(serving, id));
        }
        let name = serving.catalog.container_name(id);
        let message = format!(
            "failed to exec in container: failed to find container \"{name}\" in store: not found"
        );
        return Err(Status { code: "NotFound", message });
    }
    if !serving.node.is_running(id) {
        let message = if serving.path == RuntimePath::CriO {
            // CRI-O 1.23.0, server/container_execsync.go
            "container is not created or running"
        } else {
            "failed to exec in container: container is in CONTAINER_EXITED state"
        };
        return Err(Status { code: "Unknown", message: message.into() });
    }
    let span = serving.draw(Key::Cri("ExecSync"));
    let sleeps = sleeps(command);
    if sleeps > Duration::ZERO {
        // It ends with its container at the latest.
        let late = is_late(command, timeout);
        let span = if late { Duration::from_secs(timeout) } else { span + sleeps };
        let (target, until) = (Target::Container(id), serving.now + span);
        return Ok(Flow::Wait { target, until, phase: 1 });
    }
    serving.pass(span);
    exec_ended(serving, id, command, timeout)
}

fn exec_ended(
    serving: &mut Serving<'_>,
    id: ContainerId,
    command: &[String],
    timeout: i64,
) -> Served {
    if !serving.node.is_running(id) {
        return done(Reply::Exec { exit_code: KILLED });
    }
    if !is_late(command, timeout) {
        return done(Reply::Exec { exit_code: serving.exec_exit_code(id, command) });
    }
    if serving.path == RuntimePath::CriO {
        return done(Reply::Exec { exit_code: -1 });
    }
    let limit = match (timeout / 60, timeout % 60) {
        (0, seconds) => format!("{seconds}s"),
        (minutes, seconds) => format!("{minutes}m{seconds}s"),
    };
    let why = format!("timeout {limit} exceeded: context deadline exceeded");
    let message = format!("failed to exec in container: {why}");
    Err(Status { code: "DeadlineExceeded", message })
}

/// What is said of a container whose sandbox is not ready. CRI-O has stopped it with its sandbox
/// (1.23.0, `server/container_start.go`).
fn not_startable(serving: &Serving<'_>, id: ContainerId) -> Status {
    let sandbox = serving.catalog.sandbox_name(serving.catalog.container(id).sandbox);
    let message = match serving.path {
        RuntimePath::CriO => {
            let name = serving.catalog.container_name(id);
            format!("container {name} is not in created state: stopped")
        }
        _ => format!("sandbox container \"{sandbox}\" is not running"),
    };
    Status { code: "Unknown", message }
}

fn not_found(serving: &Serving<'_>, id: ContainerId) -> Status {
    let name = serving.catalog.container_name(id);
    let message = if serving.path == RuntimePath::CriO {
        format!(
            "could not find container \"{name}\": container with ID starting with {name} not found: \
             ID does not exist"
        )
    } else {
        format!("an error occurred when try to find container \"{name}\": not found")
    };
    Status { code: "NotFound", message }
}
