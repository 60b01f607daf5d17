//! The processes that take part in a run, and how each is told apart without its colour.

use simulator_model::RuntimePath;
use simulator_model::state::socket::{CONTAINERD_SOCKET, DOCKER_SOCKET, SHIM_SOCKET};

use crate::Lang;

/// Somebody or something that takes part in a run. Named after its process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// The person at the node, who applies and deletes manifests.
    Person,
    /// The kubelet.
    Kubelet,
    /// dockershim: code inside the kubelet's process, reached over a socket all the same.
    Dockershim,
    /// cri-dockerd: the same wedge, in a process of its own.
    CriDockerd,
    /// Docker Engine.
    Dockerd,
    /// containerd.
    Containerd,
    /// CRI-O.
    CriO,
    /// containerd-shim-runc-v2: the parent of the containers.
    Shim,
    /// conmon: CRI-O's parent of a container.
    Conmon,
    /// runc: comes, makes or ends a container, and goes.
    Runc,
    /// The processes in the container.
    Container,
    /// The CNI plugins, which give a sandbox its network.
    Cni,
    /// The image registry.
    Registry,
    /// The first process of the node: the parent of daemons, and of those whom nobody waits for.
    Init,
}

impl Actor {
    /// The actors of a path that have a lane of their own, from the kubelet down.
    pub const fn lanes(path: RuntimePath) -> &'static [Self] {
        use Actor::{
            Conmon, Container, Containerd, CriDockerd, CriO, Dockerd, Dockershim, Kubelet, Runc,
            Shim,
        };
        match path {
            RuntimePath::Dockershim => {
                &[Kubelet, Dockershim, Dockerd, Containerd, Shim, Runc, Container]
            }
            RuntimePath::CriDockerd => {
                &[Kubelet, CriDockerd, Dockerd, Containerd, Shim, Runc, Container]
            }
            RuntimePath::Containerd => &[Kubelet, Containerd, Shim, Runc, Container],
            RuntimePath::CriO => &[Kubelet, CriO, Conmon, Runc, Container],
        }
    }

    /// The actor that serves the kubelet's CRI calls on a path.
    pub const fn cri_server(path: RuntimePath) -> Self {
        match path {
            RuntimePath::Dockershim => Self::Dockershim,
            RuntimePath::CriDockerd => Self::CriDockerd,
            RuntimePath::Containerd => Self::Containerd,
            RuntimePath::CriO => Self::CriO,
        }
    }

    /// The Unix socket through which it is reached on a path, if it is reached through one.
    pub fn socket(self, path: RuntimePath) -> Option<&'static str> {
        match self {
            _ if self == Self::cri_server(path) => Some(path.cri_socket()),
            Self::Dockerd => Some(DOCKER_SOCKET),
            Self::Containerd => Some(CONTAINERD_SOCKET),
            Self::Shim => Some(SHIM_SOCKET),
            _ => None,
        }
    }

    /// Whose child its process is on a path. Recorded in `processes` of each `node.json`; runc is
    /// too short for that, and is the child of who ran it.
    ///
    /// None for dockershim, which is no process, and for CRI-O's runc: conmon runs it, or CRI-O.
    pub const fn parent(self, path: RuntimePath) -> Option<Self> {
        match (self, path) {
            (Self::Container, RuntimePath::CriO) => Some(Self::Conmon),
            (Self::Runc, RuntimePath::CriO) | (Self::Dockershim, _) => None,
            (Self::Runc | Self::Container, _) => Some(Self::Shim),
            _ => Some(Self::Init),
        }
    }

    /// The name as it stands in a picture or a sentence.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Person => lang.pick("you", "你"),
            Self::Kubelet => "kubelet",
            Self::Dockershim => "dockershim",
            Self::CriDockerd => "cri-dockerd",
            Self::Dockerd => "dockerd",
            Self::Containerd => "containerd",
            Self::CriO => "CRI-O",
            Self::Shim => lang.pick("shim", "shim"),
            Self::Conmon => "conmon",
            Self::Runc => "runc",
            Self::Container => lang.pick("container", "容器"),
            Self::Cni => lang.pick("CNI plugins", "CNI 插件"),
            Self::Registry => lang.pick("registry", "镜像仓库"),
            Self::Init => "PID 1",
        }
    }

    /// The class that gives it its colour in the style sheet, without the `a-` before it.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Kubelet => "kubelet",
            Self::Dockershim => "dockershim",
            Self::CriDockerd => "cri-dockerd",
            Self::Dockerd => "dockerd",
            Self::Containerd => "containerd",
            Self::CriO => "cri-o",
            Self::Shim => "shim",
            Self::Conmon => "conmon",
            Self::Runc => "runc",
            Self::Container => "container",
            Self::Cni => "cni",
            Self::Registry => "registry",
            Self::Init => "init",
        }
    }

    /// Its shape, as the data of an SVG path in a box of 16 by 16; none for the first process, which
    /// has no row.
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Person => "M8 1.5a3 3 0 110 6 3 3 0 010-6zM2.5 14.5a5.5 5.5 0 0111 0z",
            Self::Kubelet => "M8 1l6.1 3.5v7L8 15l-6.1-3.5v-7z",
            Self::Dockershim => "M9.5 1H14L6.5 15H2z",
            Self::CriDockerd => "M9.5 1H14L6.5 15H2zM10 2.8L4.4 13.2h1.6l5.6-10.4z",
            Self::Dockerd => "M2 9h5.4v5.4H2zM8.6 9H14v5.4H8.6zM5.3 2.4h5.4v5.4H5.3z",
            Self::Containerd => "M8 1.5a6.5 6.5 0 110 13 6.5 6.5 0 010-13z",
            Self::CriO => {
                "M8 1.5a6.5 6.5 0 110 13 6.5 6.5 0 010-13zM8 5.2a2.8 2.8 0 100 5.6 2.8 2.8 0 \
                 000-5.6z"
            }
            Self::Shim => "M6 1h4v14H6z",
            Self::Conmon => "M3.5 1h3v14h-3zM9.5 1h3v14h-3z",
            Self::Runc => "M3 1.8L14 8 3 14.2z",
            Self::Container => "M8 1l7 7-7 7-7-7z",
            Self::Cni => "M6 1.5h4V6h4.5v4H10v4.5H6V10H1.5V6H6z",
            Self::Init => "",
            Self::Registry => "M3 3.5C3 1 13 1 13 3.5v9C13 15 3 15 3 12.5z",
        }
    }
}
