//! Calls: what the kubelet asks of a runtime, what comes back, and what the shim asks of Docker.
//!
//! Requests and replies are small here. The full messages are put together only when a call is
//! written out (see [`crate::export`]): most calls of a node are polls that nobody looks at.

mod engine;

use std::fmt;
use std::sync::Arc;

pub use engine::{EngineCall, EngineRequest, ImageKey, Kind, ListFilter, Target};

use crate::clock::Instant;
use crate::identity::{ContainerId, ImageId, PodId, SandboxId};
use crate::messages::{ContainerConfig, PodSandboxConfig, StringMap};
use crate::node::{Container, RunState, Sandbox};
use crate::pod::Login;

/// The part of the kubelet that calls: each is a goroutine, or one goroutine per thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loop {
    /// One per pod: sandbox, images, containers.
    PodWorker,
    /// Pulls, one at a time.
    ImagePuller,
    /// One per container killed with its pod.
    KillContainer,
    /// One per pod killed.
    KillSandbox,
    /// The pod lifecycle event generator.
    Pleg,
    /// The sync loop: new pods, pods and cgroups that nobody wants any more.
    Housekeeping,
    /// `Status` of the runtime.
    RuntimeStatus,
    /// The eviction manager.
    Stats,
    /// Container log rotation.
    LogRotation,
    /// Dead containers and sandboxes.
    GarbageCollector,
    /// Unused images.
    ImageGc,
    /// Probes, and commands a person runs through the kubelet.
    Prober,
    /// Streams for a person.
    Streaming,
    /// `Version` for the node object.
    NodeStatus,
    /// The kubelet's first steps.
    Startup,
    /// The rest.
    Other,
}

impl Loop {
    /// The name in recordings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PodWorker => "pod-worker",
            Self::ImagePuller => "image-puller",
            Self::KillContainer => "kill-container",
            Self::KillSandbox => "kill-sandbox",
            Self::Pleg => "pleg",
            Self::Housekeeping => "housekeeping",
            Self::RuntimeStatus => "runtime-status",
            Self::Stats => "stats",
            Self::LogRotation => "log-rotation",
            Self::GarbageCollector => "garbage-collector",
            Self::ImageGc => "image-gc",
            Self::Prober => "prober",
            Self::Streaming => "streaming",
            Self::NodeStatus => "node-status",
            Self::Startup => "startup",
            Self::Other => "other",
        }
    }
}

/// A CRI request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Who are you?
    Version,
    /// Are you well?
    Status,
    /// Make a pod sandbox and start it.
    RunPodSandbox {
        /// The pod.
        pod: PodId,
        /// How many sandboxes it had before.
        attempt: u32,
        /// What to make.
        config: Arc<PodSandboxConfig>,
    },
    /// Stop everything in a sandbox.
    StopPodSandbox(SandboxId),
    /// Forget a sandbox.
    RemovePodSandbox(SandboxId),
    /// How is a sandbox?
    PodSandboxStatus(SandboxId),
    /// Which sandboxes are there?
    ListPodSandbox(ListFilter),
    /// Make a container.
    CreateContainer {
        /// Its sandbox.
        sandbox: SandboxId,
        /// Its place among all containers of the pod.
        index: usize,
        /// Its image.
        image: ImageId,
        /// What to make.
        config: Arc<ContainerConfig>,
        /// What its sandbox was made from.
        sandbox_config: Arc<PodSandboxConfig>,
    },
    /// Start a container.
    StartContainer(ContainerId),
    /// Stop a container: SIGTERM, then SIGKILL after so many seconds.
    StopContainer {
        /// The container.
        container: ContainerId,
        /// How long it may take, in seconds.
        timeout: i64,
    },
    /// Forget a container.
    RemoveContainer(ContainerId),
    /// How is a container?
    ContainerStatus(ContainerId),
    /// Which containers are there?
    ListContainers(ListFilter),
    /// How much do containers use?
    ListContainerStats,
    /// Run a command and wait for it.
    ExecSync {
        /// The container.
        container: ContainerId,
        /// The command.
        command: Arc<[String]>,
        /// How long it may take, in seconds; 0 for as long as it likes.
        timeout: i64,
    },
    /// Where can a command be streamed?
    Exec {
        /// The container.
        container: ContainerId,
        /// The command.
        command: Arc<[String]>,
    },
    /// Where can a container be attached to?
    Attach(ContainerId),
    /// Where can a port be forwarded?
    PortForward(SandboxId),
    /// Which images are there?
    ListImages,
    /// Is an image there?
    ImageStatus {
        /// The image.
        image: ImageId,
        /// The annotations of the pod that asks.
        annotations: Option<Arc<PodSandboxConfig>>,
        /// How the image is named.
        key: ImageKeyKind,
    },
    /// Fetch an image.
    PullImage {
        /// The image.
        image: ImageId,
        /// The sandbox it is for.
        sandbox_config: Arc<PodSandboxConfig>,
        /// Who asks the registry.
        login: Option<Arc<Login>>,
    },
    /// How full is the image store?
    ImageFsInfo,
    /// Forget an image.
    RemoveImage(ImageId),
}

/// How an image is named in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKeyKind {
    /// By reference.
    Reference,
    /// By ID.
    Id,
}

impl Request {
    /// The name of the call.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Version => "Version",
            Self::Status => "Status",
            Self::RunPodSandbox { .. } => "RunPodSandbox",
            Self::StopPodSandbox(_) => "StopPodSandbox",
            Self::RemovePodSandbox(_) => "RemovePodSandbox",
            Self::PodSandboxStatus(_) => "PodSandboxStatus",
            Self::ListPodSandbox(_) => "ListPodSandbox",
            Self::CreateContainer { .. } => "CreateContainer",
            Self::StartContainer(_) => "StartContainer",
            Self::StopContainer { .. } => "StopContainer",
            Self::RemoveContainer(_) => "RemoveContainer",
            Self::ContainerStatus(_) => "ContainerStatus",
            Self::ListContainers(_) => "ListContainers",
            Self::ListContainerStats => "ListContainerStats",
            Self::ExecSync { .. } => "ExecSync",
            Self::Exec { .. } => "Exec",
            Self::Attach(_) => "Attach",
            Self::PortForward(_) => "PortForward",
            Self::ListImages => "ListImages",
            Self::ImageStatus { .. } => "ImageStatus",
            Self::PullImage { .. } => "PullImage",
            Self::ImageFsInfo => "ImageFsInfo",
            Self::RemoveImage(_) => "RemoveImage",
        }
    }

    /// The gRPC service, without the protobuf package.
    pub const fn service(&self) -> &'static str {
        match self {
            Self::ListImages
            | Self::ImageStatus { .. }
            | Self::PullImage { .. }
            | Self::RemoveImage(_)
            | Self::ImageFsInfo => "ImageService",
            _ => "RuntimeService",
        }
    }
}

/// What the kubelet reads from a good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing.
    Done,
    /// A sandbox was made.
    Sandbox(SandboxId),
    /// A container was made.
    Container(ContainerId),
    /// How a sandbox is.
    SandboxStatus(SandboxView),
    /// How a container is.
    ContainerStatus(ContainerView),
    /// Sandboxes.
    Sandboxes(Arc<[SandboxView]>),
    /// Containers.
    Containers(Arc<[ContainerView]>),
    /// An image, if it is there.
    Image(Option<ImageId>),
    /// Images.
    Images(Vec<ImageId>),
    /// How a command ended.
    Exec {
        /// Its exit code.
        exit_code: i32,
    },
    /// Where to stream.
    Url(&'static str),
    /// How well a runtime is.
    Status(Conditions),
}

/// What a runtime says about itself in `Status`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Why `RuntimeReady` is false.
    pub runtime: Option<Lack>,
    /// Why `NetworkReady` is false.
    pub network: Option<Lack>,
}

/// Why a condition of a runtime is false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// In one word.
    pub reason: &'static str,
    /// In a sentence.
    pub message: String,
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The gRPC code by name.
    pub code: &'static str,
    /// What the client reads.
    pub message: String,
}

impl fmt::Display for Status {
    /// As gRPC's Go client prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rpc error: code = {} desc = {}", self.code, self.message)
    }
}

/// How a call ended.
pub type Outcome = Result<Reply, Status>;

/// A sandbox as an answer shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SandboxView {
    /// The sandbox.
    pub id: SandboxId,
    /// Its pod.
    pub pod: PodId,
    /// How many sandboxes the pod had before.
    pub attempt: u32,
    /// Whether it is ready.
    pub ready: bool,
    /// When it was made.
    pub created: Instant,
    /// The last part of its address.
    pub address: Option<u32>,
}

/// A container as an answer shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContainerView {
    /// The container.
    pub id: ContainerId,
    /// Its pod.
    pub pod: PodId,
    /// Its sandbox.
    pub sandbox: SandboxId,
    /// Its place among all containers of the pod.
    pub index: usize,
    /// How many times it was made before.
    pub attempt: u32,
    /// Whether it runs.
    pub state: RunState,
    /// When it was made.
    pub created: Instant,
    /// When it was started.
    pub started: Option<Instant>,
    /// When it ended.
    pub finished: Option<Instant>,
    /// How it ended.
    pub exit_code: i32,
    /// Whether the kernel killed it for want of memory.
    pub out_of_memory: bool,
}

impl Sandbox {
    /// The sandbox as an answer shows it.
    pub fn view(&self, id: SandboxId) -> SandboxView {
        SandboxView {
            id,
            pod: self.pod,
            attempt: self.attempt,
            ready: self.state == RunState::Running,
            created: self.created,
            address: self.address,
        }
    }
}

impl Container {
    /// The container as an answer shows it.
    pub fn view(&self, id: ContainerId) -> ContainerView {
        ContainerView {
            id,
            pod: self.pod,
            sandbox: self.sandbox,
            index: self.index,
            attempt: self.attempt,
            state: self.state,
            created: self.created,
            started: self.started,
            finished: self.finished,
            exit_code: self.exit_code,
            out_of_memory: self.out_of_memory,
        }
    }
}

/// The labels of a sandbox or container, for the few places that show them.
pub type Labels = StringMap;
