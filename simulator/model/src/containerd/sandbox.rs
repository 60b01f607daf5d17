//! Pod sandboxes in containerd's CRI plugin.

use crate::RuntimePath;
use crate::call::{Reply, Request, Status};
use crate::clock::Duration;
use crate::containerd::{Served, done};
use crate::identity::SandboxId;
use crate::latency::Spread;
use crate::messages::{PodSandboxConfig, namespace_mode};
use crate::node::{Change, ExitCause};
use crate::oci::SpecError;
use crate::runtime::Serving;
use crate::versions::CgroupDriver;

/// `RunPodSandbox` (`pkg/cri/server/sandbox_run.go`).
///
/// 1. Reserve the name.
/// 2. See that the pause image is there.
/// 3. Create the pause container, without a process.
/// 4. Unless it uses the node's network: make a network namespace and have the CNI plugins set it
///    up.
/// 5. Create the task, and with it the shim of the pod.
/// 6. Start it.
/// 7. Enter it into the store: only now is it seen by others.
pub(super) fn run(
    serving: &mut Serving<'_>,
    request: &Request,
    config: &PodSandboxConfig,
) -> Served {
    check_handler(serving, request)?;
    super::image::ensure_pause(serving)?;
    check_cgroups(serving, request, config)?;
    let network = config.linux.security_context.namespace_options.network;
    if network != namespace_mode::NODE && !serving.node.around.network_ready {
        return Err(no_network(serving, request));
    }
    let user = &config.linux.security_context;
    if serving.path == RuntimePath::Containerd
        && let (None, Some(group)) = (&user.run_as_user, &user.run_as_group)
    {
        return Err(group_without_user(serving, group.value));
    }
    let sandbox = serving.name_sandbox(request);
    serving.pass_call("RunPodSandbox");
    serving.change(Change::SandboxCreated(sandbox));
    if network != namespace_mode::NODE {
        serving.change(Change::SandboxAddress { sandbox, present: true });
        serving.change(Change::SandboxNetwork { sandbox, ready: true });
    }
    serving.change(Change::SandboxStarted(sandbox));
    serving.pass(Duration::from_micros(300));
    done(Reply::Sandbox(sandbox))
}

/// The handler that both runtimes have from the start (containerd 1.6.20, `pkg/cri/config`,
/// `DefaultConfig`; CRI-O 1.23.0, `pkg/config/config.go`).
const HANDLER: &str = "runc";

/// A runtime class whose handler nobody has set up makes no sandbox.
fn check_handler(serving: &mut Serving<'_>, request: &Request) -> Result<(), Status> {
    let Request::RunPodSandbox { pod, .. } = request else { return Ok(()) };
    let handler = &serving.catalog.pod(*pod).spec.runtime_handler;
    if handler.is_empty() || handler == HANDLER {
        return Ok(());
    }
    let message = match serving.path {
        RuntimePath::CriO => {
            format!("failed to find runtime handler {handler} from runtime list map[{HANDLER}]")
        }
        _ => format!("failed to get sandbox runtime: no runtime for \"{handler}\" is configured"),
    };
    serving.pass(Duration::from_millis(1));
    Err(Status { code: "Unknown", message })
}

/// What a sandbox would have been called that was not made.
fn unmade(request: &Request) -> String {
    let Request::RunPodSandbox { attempt, config, .. } = request else {
        unreachable!("only RunPodSandbox comes here")
    };
    format!("sandbox:{}:{attempt}", config.metadata.name)
}

/// A pod can name a group without a user; the pause process then cannot be made, and its network is
/// taken down again (`pkg/cri/server/sandbox_run_linux.go`, `generateUserString`). CRI-O has no such
/// process to give a group to.
fn group_without_user(serving: &mut Serving<'_>, group: i64) -> Status {
    serving.pass(Duration::from_millis(250));
    let why = SpecError::GroupWithoutUser(group);
    let what = "failed to generate sandbox container spec options: failed to generate user string";
    Status { code: "Unknown", message: format!("{what}: {why}") }
}

/// A sandbox whose network cannot be set up is taken down again before anybody sees it.
fn no_network(serving: &mut Serving<'_>, request: &Request) -> Status {
    serving.pass(Duration::from_millis(60));
    let name = unmade(request);
    let message = match serving.path {
        RuntimePath::CriO => {
            format!("failed to create pod network sandbox {name}: {}", super::NO_CNI_CRIO)
        }
        _ => format!("failed to setup network for sandbox \"{name}\": {}", super::NO_CNI),
    };
    Status { code: "Unknown", message }
}

/// A runtime that asks systemd for cgroups wants a slice as parent; CRI-O also minds the contrary.
///
/// containerd hands the path on and runc 1.1 refuses it (libcontainer/cgroups/systemd); CRI-O
/// looks itself (CRI-O 1.23.0, internal/config/cgmgr).
fn check_cgroups(
    serving: &mut Serving<'_>,
    request: &Request,
    config: &PodSandboxConfig,
) -> Result<(), Status> {
    let id = unmade(request);
    let node = &serving.scenario.node;
    let parent = &config.linux.cgroup_parent;
    let crio = serving.path == RuntimePath::CriO;
    let message = match (node.kubelet_driver, node.runtime_driver) {
        (CgroupDriver::Cgroupfs, CgroupDriver::Systemd) if crio => format!(
            "cri-o configured with systemd cgroup manager, but did not receive slice as parent: \
             {parent}"
        ),
        (CgroupDriver::Systemd, CgroupDriver::Cgroupfs) if crio => format!(
            "cri-o configured with cgroupfs cgroup manager, but received systemd slice as parent: \
             {parent}"
        ),
        (CgroupDriver::Cgroupfs, CgroupDriver::Systemd) => format!(
            "failed to create containerd task: failed to create shim task: OCI runtime create \
             failed: runc create failed: expected cgroupsPath to be of format \
             \"slice:prefix:name\" for systemd cgroups, got \"{parent}/{id}\" instead: unknown"
        ),
        _ => return Ok(()),
    };
    serving.pass(Duration::from_millis(80));
    Err(Status { code: "Unknown", message })
}

/// How long it takes to stop a sandbox that runs: of the 16 in the recordings, whose other calls of
/// that name found nothing to do.
const STOP: Spread = Spread { p10: 105_000, median: 311_000, p90: 513_000 };

/// `StopPodSandbox` (`pkg/cri/server/sandbox_stop.go`).
///
/// 1. Kill every container in it without mercy.
/// 2. Kill the pause process.
/// 3. Tear the network down, unless that was done. Stopping a sandbox that is not known fails.
pub(super) fn stop(serving: &mut Serving<'_>, id: SandboxId) -> Served {
    let Some(sandbox) = serving.node.sandboxes.get(&id).copied() else {
        let name = serving.catalog.sandbox_name(id);
        let message = format!("an error occurred when try to find sandbox \"{name}\": not found");
        return Err(Status { code: "NotFound", message });
    };
    let runs = serving.node.is_ready(id);
    if !runs && sandbox.network_ready == Some(false) {
        let more = serving.prng.up_to(Duration::from_millis(30));
        serving.pass(Duration::from_millis(12) + more);
        return done(Reply::Done);
    }
    let span = STOP.draw(serving.prng);
    for container in serving.node.containers_in(id) {
        if serving.node.is_running(container) {
            serving.change(Change::ContainerExited { container, cause: ExitCause::Killed });
        }
    }
    let half = Duration::from_micros(span.as_micros() / 2);
    serving.pass(half);
    if runs {
        serving.change(Change::SandboxExited(id));
    }
    serving.pass(span - half);
    if sandbox.network_ready == Some(true) && !serving.node.around.network_ready {
        let name = serving.catalog.sandbox_name(id);
        let message =
            format!("failed to destroy network for sandbox \"{name}\": {}", super::NO_CNI);
        return Err(Status { code: "Unknown", message });
    }
    serving.change(Change::SandboxNetwork { sandbox: id, ready: false });
    serving.change(Change::SandboxAddress { sandbox: id, present: false });
    done(Reply::Done)
}

/// `RemovePodSandbox` (`pkg/cri/server/sandbox_remove.go`).
///
/// 1. stop it.
/// 2. Remove its containers.
/// 3. Delete the pause container, and forget it.
pub(super) fn remove(serving: &mut Serving<'_>, id: SandboxId) -> Served {
    if !serving.node.sandboxes.contains_key(&id) {
        return done(Reply::Done);
    }
    serving.pass_call("RemovePodSandbox");
    for container in serving.node.containers_in(id) {
        serving.change(Change::ContainerRemoved(container));
    }
    serving.change(Change::SandboxRemoved(id));
    done(Reply::Done)
}

/// `PodSandboxStatus` (`pkg/cri/server/sandbox_status.go`; CRI-O 1.23.0, `server/sandbox_status.go`).
///
/// 1. look into the store; the address counts only while the sandbox is ready.
pub(super) fn status(serving: &mut Serving<'_>, id: SandboxId) -> Served {
    serving.pass_call("PodSandboxStatus");
    let Some(mut view) = serving.sandbox(id) else {
        let message = if serving.path == RuntimePath::CriO {
            let name = serving.catalog.sandbox_name(id);
            format!(
                "could not find pod \"{name}\": PodSandbox with ID starting with {name} not found: ID \
                 does not exist"
            )
        } else {
            "an error occurred when try to find sandbox: not found".to_owned()
        };
        return Err(Status { code: "NotFound", message });
    };
    if !view.ready {
        view.address = None;
    }
    done(Reply::SandboxStatus(view))
}
