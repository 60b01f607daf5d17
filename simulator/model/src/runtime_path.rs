//! The four ways from the kubelet to a container that were recorded.

use std::fmt;
use std::str::FromStr;

use crate::state::socket::CONTAINERD_SOCKET;

/// One set-up of a node: which programs stand between the kubelet and a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuntimePath {
    /// The kubelet's built-in dockershim, Docker Engine, containerd, runc.
    Dockershim,
    /// cri-dockerd beside the kubelet, then the same Docker Engine.
    CriDockerd,
    /// containerd, spoken to directly through its CRI plugin.
    Containerd,
    /// CRI-O, conmon, runc.
    CriO,
}

/// A name that is no recorded path.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown path `{name}`; the paths are dockershim, cri-dockerd, containerd and cri-o")]
pub struct UnknownPath {
    /// The name as it was given.
    pub name: String,
}

impl RuntimePath {
    /// All four, in the order in which pages show them.
    pub const ALL: [Self; 4] = [Self::Dockershim, Self::CriDockerd, Self::Containerd, Self::CriO];

    /// What pages call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::CriO => "CRI-O",
            other => other.name(),
        }
    }

    /// The name used in files, links and messages about them.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dockershim => "dockershim",
            Self::CriDockerd => "cri-dockerd",
            Self::Containerd => "containerd",
            Self::CriO => "cri-o",
        }
    }

    /// Whether Docker Engine is between the kubelet and the container.
    pub const fn has_docker(self) -> bool {
        matches!(self, Self::Dockershim | Self::CriDockerd)
    }

    /// The Unix socket on which the kubelet reached the CRI server when the run was recorded.
    pub const fn cri_socket(self) -> &'static str {
        match self {
            Self::Dockershim => "/var/run/dockershim.sock",
            Self::CriDockerd => "/var/run/cri-dockerd.sock",
            Self::Containerd => CONTAINERD_SOCKET,
            Self::CriO => "/var/run/crio/crio.sock",
        }
    }
}

impl fmt::Display for RuntimePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for RuntimePath {
    type Err = UnknownPath;

    fn from_str(name: &str) -> Result<Self, UnknownPath> {
        Self::ALL
            .into_iter()
            .find(|path| path.name() == name)
            .ok_or_else(|| UnknownPath { name: name.to_owned() })
    }
}
