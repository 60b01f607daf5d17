//! `RunPodSandbox`.

use std::sync::Arc;

use crate::call::{EngineRequest, ImageKey, Reply, Request, Target};
use crate::clock::Duration;
use crate::dockershim::{Served, create_body, done};
use crate::latency;
use crate::messages::{PodSandboxConfig, namespace_mode};
use crate::node::Change;
use crate::runtime::Serving;

/// `RunPodSandbox` (`docker_sandbox.go`).
///
/// 1. See that the pause image is there.
/// 2. Create the pause container.
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
    serving.ask(EngineRequest::ImageInspect(ImageKey::Pause))?;
    let sandbox = serving.name_sandbox(request);
    let target = Target::Sandbox(sandbox);
    let name = create_body::sandbox_name(config);
    let body = Arc::new(create_body::sandbox(config));
    serving.ask(EngineRequest::ContainerCreate { target, name, body })?;
    serving.change(Change::SandboxCreated(sandbox));
    let network = config.linux.security_context.namespace_options.network;
    if network != namespace_mode::NODE {
        serving.change(Change::SandboxNetwork { sandbox, ready: false });
    }

    let took = serving.draw(latency::engine_key(&EngineRequest::ContainerStart(target)));
    let until = serving.now + took;
    serving.change(Change::SandboxLocked { sandbox, until });
    let started = serving.now + (took - Duration::from_millis(8));
    serving.ask_for(EngineRequest::ContainerStart(target), took)?;
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
