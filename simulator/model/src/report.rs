//! What the kubelet tells the API server: events, and the status of each pod.
//!
//! Without an API server it works out the same and nobody listens; here it is kept either way, as
//! the mirror pod of a static pod would show it.

use crate::clock::Instant;
use crate::identity::{ContainerId, PodId};

/// How an event is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// For information.
    Normal,
    /// Something is wrong.
    Warning,
}

/// An event that the kubelet records about a pod or one of its containers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// The pod.
    pub pod: PodId,
    /// The place of the container among all of the pod.
    pub container: Option<usize>,
    /// How it is meant.
    pub severity: Severity,
    /// The reason in one word (k8s 1.20.2, pkg/kubelet/events/event.go).
    pub reason: &'static str,
    /// What it says.
    pub message: String,
}

/// The phase of a pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Not all of its containers have been made.
    #[default]
    Pending,
    /// At least one container runs, or will run again.
    Running,
    /// All containers have ended well and none starts again.
    Succeeded,
    /// All containers have ended, at least one badly, and none starts again.
    Failed,
}

impl Phase {
    /// Whether the pod never leaves it.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed)
    }

    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Running => "Running",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
        }
    }
}

/// The state of a container in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerState {
    /// It is to be started, and why it is not yet.
    Waiting(&'static str),
    /// It runs.
    Running(ContainerId),
    /// It has ended.
    Terminated {
        /// Which it was.
        id: ContainerId,
        /// How, in one word.
        reason: &'static str,
        /// Its exit code.
        exit_code: i32,
    },
}

/// The status of a pod as the kubelet last worked it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodReport {
    /// Its phase.
    pub phase: Phase,
    /// Whether the API server has marked it for deletion.
    pub deleting: bool,
    /// The state of each container and how often it was made before, init containers first.
    pub containers: Vec<(ContainerState, u32)>,
}

/// Something that is told to the API server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    Event(Event),
    /// The status of a pod; none when the pod is let go.
    Status(PodId, Option<PodReport>),
}
