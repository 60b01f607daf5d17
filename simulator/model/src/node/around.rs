//! What lies around the runtime: its helpers, the registry, the network's configuration, the disk.

use std::collections::BTreeMap;

use crate::identity::ImageId;

/// How the registry answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub enum Registry {
    /// As it should.
    #[default]
    Up,
    /// Nobody listens: connection refused.
    Down,
    /// With 503.
    Unavailable,
    /// It sends the manifest, and then no more of any layer.
    Stalled,
}

/// Something around the runtime that becomes different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Around {
    /// The containerd below Docker Engine answers, or does not.
    Containerd {
        /// Whether it answers.
        up: bool,
    },
    /// cri-dockerd answers, or does not.
    CriDockerd {
        /// Whether it answers.
        up: bool,
    },
    /// A daemon that was killed has left its socket behind; one that was stopped has not.
    SocketLeft(bool),
    /// The runtime's daemon has closed its socket and has not ended yet, or has.
    Leaving(bool),
    /// A CNI configuration lies in its folder, or none does.
    CniConfig {
        /// Whether one does.
        present: bool,
    },
    /// The runtime has loaded a CNI configuration, or has none.
    Network {
        /// Whether it has.
        ready: bool,
    },
    /// The pause image is in the runtime's store, or is not.
    PauseImage {
        /// Whether it is.
        present: bool,
    },
    /// The registry answers otherwise.
    Registry(Registry),
    /// The node's annotation names dockershim's socket though the kubelet uses another, or no more.
    StaleAnnotation(bool),
    /// Files that are no images take so much of the disk of the images.
    Files {
        /// How much, in MiB.
        mib: u32,
    },
}

/// What lies around the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is there or not, by itself")]
pub struct Surroundings {
    /// Whether the containerd below Docker Engine answers.
    pub containerd_up: bool,
    /// Whether cri-dockerd answers.
    pub cri_dockerd_up: bool,
    /// Whether a daemon that is away has left its socket behind.
    pub socket_left: bool,
    /// Whether the runtime's daemon, though it listens no more, still has a process.
    pub leaving: bool,
    /// Whether a CNI configuration lies in its folder.
    pub cni_config: bool,
    /// Whether the runtime has loaded a CNI configuration.
    pub network_ready: bool,
    /// Whether the pause image is in the runtime's store.
    pub pause_image: bool,
    /// How the registry answers.
    pub registry: Registry,
    /// Whether the node's annotation names dockershim's socket though the kubelet uses another.
    pub stale_annotation: bool,
    /// What files that are no images take of the disk, in MiB.
    pub files_mib: u32,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            containerd_up: true,
            cri_dockerd_up: true,
            socket_left: false,
            leaving: false,
            cni_config: true,
            network_ready: true,
            pause_image: true,
            registry: Registry::Up,
            stale_annotation: false,
            files_mib: 0,
        }
    }
}

impl Surroundings {
    pub(super) fn apply(&mut self, around: Around) {
        match around {
            Around::Containerd { up } => self.containerd_up = up,
            Around::CriDockerd { up } => self.cri_dockerd_up = up,
            Around::SocketLeft(left) => self.socket_left = left,
            Around::Leaving(leaving) => self.leaving = leaving,
            Around::CniConfig { present } => self.cni_config = present,
            Around::Network { ready } => self.network_ready = ready,
            Around::PauseImage { present } => self.pause_image = present,
            Around::Registry(registry) => self.registry = registry,
            Around::StaleAnnotation(stale) => self.stale_annotation = stale,
            Around::Files { mib } => self.files_mib = mib,
        }
    }
}

/// The disk on which the runtime keeps images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disk {
    /// How much it holds, in MiB.
    pub size_mib: u32,
    /// Images by reference with their size in MiB; they are in the store from the beginning.
    pub images: BTreeMap<String, u32>,
}

/// What an image takes whose size nobody gave, in MiB: about that of busybox in the recordings.
const IMAGE_MIB: u32 = 2;

impl Default for Disk {
    fn default() -> Self {
        Self { size_mib: 20_480, images: BTreeMap::new() }
    }
}

impl Disk {
    /// What an image takes, in MiB.
    pub fn image_mib(&self, reference: &str) -> u32 {
        self.images.get(reference).copied().unwrap_or(IMAGE_MIB)
    }

    /// How full the disk is, in MiB.
    pub fn used_mib<'a>(
        &self,
        images: impl Iterator<Item = &'a ImageId>,
        name: impl Fn(ImageId) -> &'a str,
        surroundings: &Surroundings,
    ) -> u32 {
        let images: u32 = images.map(|image| self.image_mib(name(*image))).sum();
        (images + surroundings.files_mib).min(self.size_mib)
    }

    /// How full the disk is, in percent, as the kubelet counts: 100 less the whole percents that
    /// are free (k8s 1.20.2, `pkg/kubelet/images/image_gc_manager.go`, `GarbageCollect`).
    pub fn used_percent(&self, used_mib: u32) -> u32 {
        let free = u64::from(self.size_mib.saturating_sub(used_mib));
        100 - u32::try_from(free * 100 / u64::from(self.size_mib.max(1))).unwrap_or(100)
    }
}
