//! The OCI runtime specification that reaches runc, from what the layer above was asked.
//!
//! ```text
//!   Docker create body ──► docker ─────┐
//!                                      │
//!   CRI messages ──► containerd ───────┼──► Spec (config.json) ──► runc
//!                └─► crio ─────────────┘
//! ```
//!
//! Each function is pure: the message, the image's own configuration, and facts about the sandbox
//! and the node go in, a [`Spec`] comes out. Only [`specs`] knows the simulation.
//!
//! The order of the steps is that of the programs themselves, because order shows: in the lists of
//! mounts, capabilities and environment variables, and in who has the last word.
//!
//! What is left to chance upstream is given one order here: Docker walks the binds of a container
//! in the order of a Go map before it sorts them by depth, so binds of one depth may come in any
//! order.
//! `SELinux` labels, cgroup v2 and user namespaces are not modelled.

mod capabilities;
pub mod containerd;
pub mod crio;
mod devices;
pub mod docker;
mod environment;
mod facts;
mod mounts;
mod of_run;
mod program;
mod seccomp;
mod spec;
mod users;

pub(crate) use capabilities::{unknown_to_docker, unknown_to_kernel};
pub use facts::{
    CgroupDriver, CgroupFacts, ContainerExtras, DeviceRequest, Group, ImageFacts, NodeFacts,
    SandboxFacts, User,
};
pub(crate) use mounts::clean;
pub use of_run::{Drawn, spec_of, spec_of_name, specs};
pub use spec::{
    BlockIo, Capabilities, Cpu, Device, DeviceRule, Hook, Hooks, Hugepages, Linux, Memory, Mount,
    Namespace, OCI_VERSION, Pids, Process, Resources, Rlimit, Root, Seccomp, Spec, SyscallArgument,
    Syscalls, Text, User as ProcessUser,
};

/// Why a runtime refuses to write a specification: the CRI call or Docker call fails with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// Neither the request nor the image says what to run.
    #[error("no command specified")]
    NoCommand,
    /// The image has no such user.
    #[error("unable to find user {0}: no matching entries in passwd file")]
    UnknownUser(String),
    /// The image has no such group.
    #[error("unable to find group {0}: no matching entries in group file")]
    UnknownGroup(String),
    /// A group without a user.
    #[error("user group \"{0}\" is specified without user")]
    GroupWithoutUser(i64),
    /// No such capability.
    #[error("unknown capability: \"{0}\"")]
    UnknownCapability(String),
    /// A privileged container in a sandbox that is not.
    #[error("no privileged container allowed in sandbox")]
    NotPrivilegedSandbox,
    /// CRI-O wants a minimum of memory.
    #[error("set memory limit {limit} too low; should be at least {minimum}")]
    MemoryTooLow {
        /// What was asked for, in bytes.
        limit: i64,
        /// The least, in bytes.
        minimum: i64,
    },
    /// A profile by a name that is none.
    #[error("invalid seccomp profile \"{0}\"")]
    InvalidProfile(String),
    /// A profile in a file that the node does not have.
    #[error("open {0}: no such file or directory")]
    NoProfile(String),
    /// A container to join that is not there or does not run.
    #[error("cannot join the namespaces of container {0}: it is not running")]
    NotRunning(String),
    /// A device that the node does not have.
    #[error("error gathering device information while adding custom device \"{0}\": no such file")]
    NoDevice(String),
}
