//! Calls to Docker Engine.

use std::sync::Arc;

use crate::clock::{Duration, Instant};
use crate::identity::{ContainerId, ImageId, PodId, SandboxId};
use crate::messages::ContainerCreate;

/// A thing that Docker calls a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The pause container of a sandbox.
    Sandbox(SandboxId),
    /// A container.
    Container(ContainerId),
}

/// What a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Pause containers.
    Sandbox,
    /// Containers of pods.
    Container,
}

/// Which sandboxes or containers a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Only those of this pod.
    pub pod: Option<PodId>,
    /// Only ready sandboxes, or running containers.
    pub live: bool,
}

/// An image as Docker is asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKey {
    /// By reference.
    Reference(ImageId),
    /// By ID.
    Id(ImageId),
    /// The pause image.
    Pause,
}

/// One request to Docker Engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineRequest {
    /// `GET /version`
    Version,
    /// `GET /info`
    Info,
    /// `GET /containers/json` with a filter by label.
    ContainerList {
        /// Pause containers or others.
        kind: Kind,
        /// Which.
        filter: ListFilter,
    },
    /// `GET /containers/json` for the containers of one sandbox.
    ContainersOfSandbox(SandboxId),
    /// `POST /containers/create`
    ContainerCreate {
        /// What is made.
        target: Target,
        /// Its name.
        name: String,
        /// What it is made from.
        body: Arc<ContainerCreate>,
    },
    /// `POST /containers/ID/start`
    ContainerStart(Target),
    /// `POST /containers/ID/stop`
    ContainerStop(Target, i64),
    /// `DELETE /containers/ID`
    ContainerRemove(Target),
    /// `GET /containers/ID/json`
    ContainerInspect(Target),
    /// `GET /images/json`
    ImageList,
    /// `GET /images/NAME/json`
    ImageInspect(ImageKey),
    /// `POST /images/create`: a pull.
    ImageCreate(ImageId),
    /// `DELETE /images/NAME`
    ImageRemove(ImageKey),
    /// `POST /containers/ID/exec`
    ExecCreate {
        /// The container.
        container: ContainerId,
        /// The command.
        command: Arc<[String]>,
    },
    /// `GET /exec/ID/json`
    ExecInspect(u64),
}

/// One request to Docker Engine with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineCall {
    /// When the request left.
    pub at: Instant,
    /// How long until the head of the answer.
    pub took: Duration,
    /// What was asked.
    pub request: EngineRequest,
    /// The HTTP status; none when the engine could not be reached.
    pub status: Option<u16>,
    /// How many things a list held.
    pub items: Option<usize>,
    /// What an error said.
    pub message: Option<String>,
}
