//! `CreateContainer`.

use std::sync::Arc;

use crate::call::{EngineRequest, Reply, Request, Target};
use crate::clock::Duration;
use crate::dockershim::{Served, create_body, done};
use crate::node::Change;
use crate::runtime::Serving;

/// How long the shim remembers the engine's API version (`docker_service.go`, `versionCacheTTL`).
const VERSION_REMEMBERED: Duration = Duration::from_secs(60);

/// `CreateContainer` (`docker_container.go`).
///
/// 1. Ask for the engine's API version, unless it was asked for within a minute.
/// 2. Create the container.
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
    let container = serving.name_container(request);
    let target = Target::Container(container);
    let name = create_body::container_name(sandbox_config, config);
    let of = serving.catalog.sandbox_name(*sandbox);
    let body = Arc::new(create_body::container(sandbox_config, config, &of));
    serving.ask(EngineRequest::ContainerCreate { target, name, body })?;
    serving.change(Change::ContainerCreated(container));
    done(Reply::Container(container))
}
