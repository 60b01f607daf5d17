//! Scenarios (`scenario/1`): what is done to a node, and what the programs in the containers do.

mod deeds;
mod document;
mod error;
mod nth_call;
mod place;
mod predict;
mod words;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use document::{Document, FORMAT};
pub use error::{ScenarioError, ScenarioMistake};
pub use nth_call::{NoCall, NthCall};
pub use place::{Key, Place};
pub use predict::{Answer, NODE_LOG, Predict, See, Tool};
pub use words::{Text, Words};

use crate::clock::Duration;
use crate::messages::DnsConfig;
use crate::node::{Disk, Registry};
use crate::pod::{Pod, Source};
use crate::runtime::{Ends, ends};
use crate::versions::Profile;

/// What a shell says of a process that SIGTERM has ended.
const TERMINATED: i32 = 128 + 15;

/// A scenario with the pods it names.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Where its pods come from.
    pub source: Source,
    /// Its pods by the name of their manifest.
    pub pods: BTreeMap<String, Pod>,
    /// What each container does, one entry per start; the last entry repeats.
    pub behaviour: BTreeMap<String, Vec<Behaviour>>,
    /// Images that the registry does not have.
    pub registry_lacks: Vec<String>,
    /// References under which the registry holds one and the same image.
    pub same_images: Vec<Vec<String>>,
    /// What a reader is told about it.
    pub words: Words,
    /// Versions, flags and control groups of the node.
    pub node: Profile,
    /// Settings of Docker Engine.
    pub docker: DockerOptions,
    /// Whether the node has no CNI configuration at first.
    pub without_cni: bool,
    /// Whether the node's annotation still names dockershim's socket at first, as before another
    /// runtime took over.
    pub stale_annotation: bool,
    /// The disk of the images, and what is on it at first.
    pub disk: Disk,
    /// What the node's own resolv.conf says. That of the recordings is not known, but for its search
    /// domains, of which there are none.
    pub resolver: DnsConfig,
    /// What is done, in order of time.
    pub steps: Vec<Step>,
    /// Calls that the runtime refuses, because somebody wants to see what happens then.
    pub refused: Vec<NthCall>,
}

/// Settings of Docker Engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct DockerOptions {
    /// Whether containers outlive the daemon.
    pub live_restore: bool,
    /// Whether dockerd runs a containerd of its own; else it uses the system's, as recorded.
    pub own_containerd: bool,
    /// Whether it is gone with its command, where the kubelet does without; else it stands beside.
    pub removed: bool,
}

/// What one start of a container's program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// How long it runs by itself; none for ever.
    pub runs: Option<Duration>,
    /// How it ends by itself.
    pub exits: Exit,
    /// What SIGTERM does to it.
    pub on_term: OnTerm,
    /// After how long its exec liveness probe begins to fail.
    pub liveness_fails_after: Option<Duration>,
}

/// How a program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// With a code of its own.
    Code(i32),
    /// Killed by the kernel for want of memory.
    OutOfMemory,
}

/// What SIGTERM does to a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnTerm {
    /// Nothing: as the first process of its namespace, it has no handler for it.
    Ignored,
    /// It ends with this code after this long.
    Exits {
        /// The code.
        code: i32,
        /// How long it takes.
        after: Duration,
    },
}

impl Behaviour {
    /// What a container's program does as far as its command says so; none where it does not, for
    /// commands are not run. Such a program has no handler for SIGTERM: `first` in its PID namespace
    /// it takes no notice of one, else it ends.
    pub fn said_by(command: &[String], first: bool) -> Option<Self> {
        let (runs, code) = match ends(command)? {
            Ends::After(runs, code) => (Some(runs), code),
            Ends::Never => (None, 0),
        };
        let on_term = if first {
            OnTerm::Ignored
        } else {
            OnTerm::Exits { code: TERMINATED, after: Duration::from_millis(20) }
        };
        Some(Self { runs, exits: Exit::Code(code), on_term, ..Self::default() })
    }
}

impl Default for Behaviour {
    fn default() -> Self {
        let on_term = OnTerm::Ignored;
        Self { runs: None, exits: Exit::Code(0), on_term, liveness_fails_after: None }
    }
}

/// Something that is done to the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, since the first `apply`, or since the start of the kubelet where nothing is applied.
    pub at: Duration,
    /// What.
    pub action: Action,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A pod is put on the node.
    Apply {
        /// The manifest.
        pod: String,
    },
    /// A pod is taken away.
    Delete {
        /// The manifest.
        pod: String,
    },
    /// The process of a container is killed with SIGKILL.
    KillContainer {
        /// The container.
        container: String,
    },
    /// The kernel kills the program of a container for want of memory.
    OomKill {
        /// The container.
        container: String,
    },
    /// A daemon is stopped, killed or started.
    Daemon {
        /// Which.
        who: Daemon,
        /// What is done to it.
        deed: Deed,
        /// Whether and when it is started again.
        back: Return,
    },
    /// The registry answers otherwise from now on.
    SetRegistry(Registry),
    /// A CNI configuration is put in its folder, or taken out.
    SetCni {
        /// Whether it is there from now on.
        present: bool,
    },
    /// An image is removed from the runtime's store by hand.
    RemoveImage {
        /// Its reference; empty for the pause image.
        image: String,
    },
    /// An image is built with `docker build` on the node.
    DockerBuild {
        /// Its reference.
        image: String,
    },
    /// An image is brought from Docker's store into the runtime's: with containerd by
    /// `docker save` and `ctr -n k8s.io images import`, with CRI-O by `skopeo copy`.
    ImportImage {
        /// Its reference.
        image: String,
    },
    /// The node's annotation is corrected: it names the kubelet's socket again.
    Annotate,
    /// kubeadm upgrades the control plane on this node.
    KubeadmUpgrade,
    /// Other files fill the disk of the images.
    FillDisk {
        /// How full it is then, in percent.
        percent: u8,
    },
    /// The pause process of a pod is killed with SIGKILL.
    KillSandbox {
        /// The manifest.
        pod: String,
    },
    /// The kubelet is started.
    StartKubelet,
    /// The kubelet is stopped.
    StopKubelet,
    /// The runtime daemon is stopped with SIGTERM and started again.
    RestartRuntime {
        /// How long it stays away once it is gone.
        pause: Duration,
    },
    /// A person asks something of the kubelet.
    Ask {
        /// What is asked.
        question: Question,
        /// The manifest.
        pod: String,
        /// The container.
        container: String,
        /// The command.
        command: Vec<String>,
    },
    /// The recording ends.
    End,
}

/// A daemon of the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daemon {
    /// The kubelet.
    Kubelet,
    /// The one that keeps the containers on this path: dockerd, containerd or CRI-O.
    Runtime,
    /// Docker Engine.
    Dockerd,
    /// containerd, by itself or below Docker Engine.
    Containerd,
    /// cri-dockerd.
    CriDockerd,
    /// CRI-O.
    CriO,
}

impl Daemon {
    /// After how long systemd starts it again when it has crashed: `RestartSec` of the unit files
    /// of moby 20.10 (docker.service), containerd 1.6.20, cri-dockerd 0.3.1, CRI-O 1.23.0 and
    /// kubernetes/release.
    pub const fn restart(self, path: crate::RuntimePath) -> Duration {
        use crate::RuntimePath;
        match (self, path) {
            (Self::Kubelet | Self::CriO, _) | (Self::Runtime, RuntimePath::CriO) => {
                Duration::from_secs(10)
            }
            (Self::Containerd, _) | (Self::Runtime, RuntimePath::Containerd) => {
                Duration::from_secs(5)
            }
            (Self::Runtime | Self::Dockerd | Self::CriDockerd, _) => Duration::from_secs(2),
        }
    }
}

/// Whether and when a daemon that was stopped or killed is started again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Return {
    /// As its unit file says: not after a stop, after `RestartSec` when it has crashed.
    Unit,
    /// After so long.
    After(Duration),
    /// Not by itself.
    Never,
}

/// What is done to a daemon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// SIGTERM.
    Stop,
    /// SIGKILL.
    Crash,
    /// It is started.
    Start,
}

/// What a person asks of the kubelet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Run a command and show what it says (`/run`).
    Run,
    /// The log of a container.
    Logs,
    /// A command with a stream (`kubectl exec`).
    Exec,
    /// The streams of a container (`kubectl attach`).
    Attach,
    /// A port (`kubectl port-forward`).
    PortForward,
    /// Statistics (`/stats/summary`).
    StatsSummary,
    /// What runs (`/runningpods/`).
    RunningPods,
}

/// Reads a span of time such as `250ms`, `12s`, `5m` or `1h`, a year at most.
pub fn span(text: &str) -> Option<Duration> {
    document::span(text)
}

impl Scenario {
    /// What the program of a container does at its start number `start`, counted from 0.
    pub fn behaviour(&self, container: &str, start: usize) -> Behaviour {
        let starts = self.behaviour.get(container).map_or(&[][..], Vec::as_slice);
        starts.get(start).or(starts.last()).copied().unwrap_or_default()
    }
}
