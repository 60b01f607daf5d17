//! The tracks of a timeline.

use crate::language::Language;

/// What a fact is about: its track on a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Track {
    /// Docker, the company and the engine.
    Docker,
    /// Kubernetes itself.
    Kubernetes,
    /// Dockershim.
    Dockershim,
    /// The Container Runtime Interface.
    Cri,
    /// containerd.
    Containerd,
    /// CRI-O.
    CriO,
    /// cri-dockerd.
    CriDockerd,
    /// People: posts, surveys, talks.
    Community,
}

impl Track {
    /// All tracks, in the order in which a timeline shows them.
    pub const ALL: [Self; 8] = [
        Self::Docker,
        Self::Kubernetes,
        Self::Dockershim,
        Self::Cri,
        Self::Containerd,
        Self::CriO,
        Self::CriDockerd,
        Self::Community,
    ];

    /// Its name in the data and in class names.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Kubernetes => "kubernetes",
            Self::Dockershim => "dockershim",
            Self::Cri => "cri",
            Self::Containerd => "containerd",
            Self::CriO => "cri-o",
            Self::CriDockerd => "cri-dockerd",
            Self::Community => "community",
        }
    }

    /// The track with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|track| track.name() == name)
    }

    /// The names of all tracks.
    pub fn names() -> Vec<&'static str> {
        Self::ALL.into_iter().map(Self::name).collect()
    }

    /// What a reader sees.
    pub const fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Docker, _) => "Docker",
            (Self::Kubernetes, _) => "Kubernetes",
            (Self::Dockershim, _) => "dockershim",
            (Self::Cri, _) => "CRI",
            (Self::Containerd, _) => "containerd",
            (Self::CriO, _) => "CRI-O",
            (Self::CriDockerd, _) => "cri-dockerd",
            (Self::Community, Language::En) => "Community",
            (Self::Community, Language::ZhCn) => "社区",
        }
    }
}
