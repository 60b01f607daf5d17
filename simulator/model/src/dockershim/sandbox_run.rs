//! `RunPodSandbox`.

use std::sync::Arc;

use crate::call::{EngineRequest, ImageKey, Reply, Request, Status, Target};
use crate::clock::Duration;
use crate::dockershim::{PAUSE_IMAGE, Served, create_body, done};
use crate::latency;
use crate::messages::{PodSandboxConfig, namespace_mode};
use crate::node::{Around, Change};
use crate::runtime::Serving;

/// When the shim cancels a pull that makes no progress (see `PullImage`).
const NO_PROGRESS: Duration = Duration::from_secs(70);

/// `RunPodSandbox` (`docker_sandbox.go`).
///
/// 1. See that the pause image is there.
/// 2. Create the pause container; one with a group and no user cannot be (`security_context.go`).
/// 3. Write the checkpoint.
/// 4. Start it.
/// 5. Inspect it for its resolv.conf, and write that file anew.
/// 6. Unless it uses the node's network: the CNI plugin inspects it for its network namespace, and
///    sets the network up.
///
/// The kubelet's PLEG can see the sandbox from step 4 on, before it has a network.
pub(super) fn run(
    serving: &mut Serving<'_>,
    request: &Request,
    config: &PodSandboxConfig,
) -> Served {
    ensure_pause_image(serving)?;
    if let Request::RunPodSandbox { pod, .. } = request {
        // There is one handler, and its name may be said (`docker_service.go`, `runtimeName`).
        let handler = &serving.catalog.pod(*pod).spec.runtime_handler;
        if !handler.is_empty() && handler != "docker" {
            let message = format!("RuntimeHandler \"{handler}\" not supported");
            return Err(Status { code: "Unknown", message });
        }
    }
    let user = &config.linux.security_context;
    if user.run_as_group.is_some() && user.run_as_user.is_none() {
        let pod = &config.metadata.name;
        let why = "runAsGroup is specified without a runAsUser";
        let message = format!("failed to make sandbox docker config for pod \"{pod}\": {why}");
        return Err(Status { code: "Unknown", message });
    }
    let sandbox = serving.name_sandbox(request);
    let target = Target::Sandbox(sandbox);
    let name = create_body::sandbox_name(config);
    let body = Arc::new(create_body::sandbox(config));
    let pod = &config.metadata.name;
    let said = |what: &str, status: Status| {
        let message = format!("failed to {what} for pod \"{pod}\": {}", status.message);
        Status { message, ..status }
    };
    let create = EngineRequest::ContainerCreate { target, name, body };
    serving.ask(create).map_err(|status| said("create a sandbox", status))?;
    serving.change(Change::SandboxCreated(sandbox));
    let network = config.linux.security_context.namespace_options.network;
    if network != namespace_mode::NODE {
        serving.change(Change::SandboxNetwork { sandbox, ready: false });
    }

    let took = serving.draw(latency::engine_key(&EngineRequest::ContainerStart(target)));
    let until = serving.now + took;
    serving.change(Change::SandboxLocked { sandbox, until });
    let started = serving.now + (took - Duration::from_millis(8));
    let start = EngineRequest::ContainerStart(target);
    serving.ask_for(start, took).map_err(|status| said("start sandbox container", status))?;
    serving.changes.push((started, Change::SandboxStarted(sandbox)));
    serving.inspect(target)?;
    if network == namespace_mode::NODE {
        return done(Reply::Sandbox(sandbox));
    }
    serving.inspect(target)?;
    let cni = serving.prng.up_to(Duration::from_millis(60));
    serving.pass(Duration::from_millis(40) + cni);
    serving.change(Change::SandboxAddress { sandbox, present: true });
    serving.change(Change::SandboxNetwork { sandbox, ready: true });
    done(Reply::Sandbox(sandbox))
}

/// A pause image that is not there is pulled (helpers.go, `ensureSandboxImageExists`).
fn ensure_pause_image(serving: &mut Serving<'_>) -> Result<(), Status> {
    let inspected = serving.ask(EngineRequest::ImageInspect(ImageKey::Pause));
    if serving.node.around.pause_image || !serving.node.runtime_up {
        return inspected;
    }
    let _ = serving.ask(EngineRequest::ImageInspect(ImageKey::Pause));
    let failed = |why: &str| {
        let message = format!("failed pulling image \"{PAUSE_IMAGE}\": {why}");
        Status { code: "Unknown", message }
    };
    let image = serving.catalog.image(PAUSE_IMAGE);
    let pulled = serving.ask(EngineRequest::ImageCreate(image));
    pulled.map_err(|status| failed(&status.message))?;
    if serving.registry_stalls() {
        serving.pass(NO_PROGRESS);
        return Err(failed("context canceled"));
    }
    let span = serving.draw(latency::Key::Cri("PullImage"));
    serving.pass(span);
    serving.change(Change::Around(Around::PauseImage { present: true }));
    Ok(())
}
