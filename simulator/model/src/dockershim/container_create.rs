//! `CreateContainer`.

use std::sync::Arc;

use crate::call::{EngineRequest, Reply, Request, Status, Target};
use crate::clock::Duration;
use crate::dockershim::{Served, create_body, done};
use crate::node::Change;
use crate::runtime::Serving;

/// How long the shim remembers the engine's API version (`docker_service.go`, `versionCacheTTL`).
const VERSION_REMEMBERED: Duration = Duration::from_secs(60);

/// `CreateContainer` (`docker_container.go`).
///
/// 1. Ask for the engine's API version, unless it was asked for within a minute.
/// 2. Read the seccomp profile, if it is in a file: the nodes here have none
///    (`helpers_linux.go`, `getSeccompDockerOpts`).
/// 3. Create the container.
pub(super) fn create(serving: &mut Serving<'_>, request: &Request) -> Served {
    let Request::CreateContainer { sandbox, config, sandbox_config, .. } = request else {
        unreachable!("only CreateContainer comes here")
    };
    let now = serving.now;
    let asked = serving.memory.api_version_at;
    if asked.is_none_or(|at| now.since(at) >= VERSION_REMEMBERED) {
        serving.ask(EngineRequest::Version)?;
        serving.memory.api_version_at = Some(serving.now);
    }
    if let Some(file) =
        config.linux.security_context.seccomp_profile_path.strip_prefix("localhost/")
    {
        let why = crate::containerd::no_profile(file);
        let container = &config.metadata.name;
        let message = format!(
            "failed to generate security options for container \"{container}\": failed to generate \
             seccomp security options for container: {why}"
        );
        return Err(Status { code: "Unknown", message });
    }
    let container = serving.name_container(request);
    let target = Target::Container(container);
    let name = create_body::container_name(sandbox_config, config);
    let of = serving.catalog.sandbox_name(*sandbox);
    let body = Arc::new(create_body::container(sandbox_config, config, &of));
    serving.ask(EngineRequest::ContainerCreate { target, name, body })?;
    serving.change(Change::ContainerCreated(container));
    done(Reply::Container(container))
}
