//! How a node is set up, as far as versions of kubelet and runtime make a difference.

use serde::Deserialize;

use crate::RuntimePath;
use crate::versions::KubeletVersion;

/// The pause image of the recorded containerd, which is not the one that the kubelet names.
const RECORDED_PAUSE: &str = "127.0.0.1:5000/pause:3.2";

/// A version of the CRI's protobuf package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CriVersion {
    /// `runtime.v1alpha2`
    V1Alpha2,
    /// `runtime.v1`
    V1,
}

impl CriVersion {
    /// The protobuf package.
    pub const fn package(self) -> &'static str {
        match self {
            Self::V1Alpha2 => "runtime.v1alpha2",
            Self::V1 => "runtime.v1",
        }
    }
}

/// How control groups are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CgroupDriver {
    /// By writing to the file system; the driver of the recordings.
    #[default]
    Cgroupfs,
    /// By asking systemd for slices and scopes.
    Systemd,
}

impl CgroupDriver {
    /// Its name in settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cgroupfs => "cgroupfs",
            Self::Systemd => "systemd",
        }
    }
}

/// The version of the kernel's control groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CgroupVersion {
    /// A hierarchy per controller; the one of the recordings.
    V1,
    /// One hierarchy.
    V2,
}

/// How a node is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The version of the kubelet.
    pub kubelet: KubeletVersion,
    /// The flags it is started with; none for those that belong to the path and the version.
    pub flags: Option<Vec<String>>,
    /// The versions of the CRI that the runtime serves; none for those of the recorded runtime.
    pub runtime_cri: Option<Vec<CriVersion>>,
    /// The kubelet's cgroup driver.
    pub kubelet_driver: CgroupDriver,
    /// The runtime's cgroup driver.
    pub runtime_driver: CgroupDriver,
    /// The kernel's control groups; none for version 1, as recorded, while the kubelet takes it.
    pub cgroup: Option<CgroupVersion>,
    /// The runtime's pause image; none for that of the recordings.
    /// Docker Engine always uses the one that the kubelet names.
    pub sandbox_image: Option<String>,
}

impl Profile {
    /// The flags the kubelet is started with.
    ///
    /// On the dockershim path they are those that kubeadm wrote for Docker (k8s 1.20.2,
    /// cmd/kubeadm/app/phases/kubelet/flags.go), whatever the version: a node that was set up for
    /// dockershim.
    pub fn flags_on(&self, path: RuntimePath) -> Vec<String> {
        if let Some(flags) = &self.flags {
            return flags.clone();
        }
        if path == RuntimePath::Dockershim {
            let pause = format!("--pod-infra-container-image={}", crate::dockershim::PAUSE_IMAGE);
            return vec!["--network-plugin=cni".into(), pause];
        }
        let endpoint = format!("--container-runtime-endpoint=unix://{}", path.cri_socket());
        if self.kubelet < KubeletVersion::of(27) {
            vec!["--container-runtime=remote".into(), endpoint]
        } else {
            vec![endpoint]
        }
    }

    /// The versions of the CRI that the runtime serves: containerd 1.6.20, CRI-O 1.23.0 and
    /// cri-dockerd 0.3.1 know both, dockershim never knew `v1`.
    pub fn served_on(&self, path: RuntimePath) -> Vec<CriVersion> {
        match (&self.runtime_cri, path) {
            (_, RuntimePath::Dockershim) => vec![CriVersion::V1Alpha2],
            (Some(served), _) => served.clone(),
            (None, _) => vec![CriVersion::V1Alpha2, CriVersion::V1],
        }
    }

    /// The version of the CRI that kubelet and runtime settle on; none when there is none.
    ///
    /// Up to 1.22 the kubelet speaks `v1alpha2`; from 1.23 it prefers `v1`; from 1.26 it speaks
    /// nothing else (enhancement KEP-2040, kubernetes/kubernetes#106501, #110618).
    pub fn cri_on(&self, path: RuntimePath) -> Option<CriVersion> {
        let spoken: &[CriVersion] = match self.kubelet.minor() {
            ..=22 => &[CriVersion::V1Alpha2],
            23..=25 => &[CriVersion::V1, CriVersion::V1Alpha2],
            _ => &[CriVersion::V1],
        };
        let served = self.served_on(path);
        spoken.iter().copied().find(|version| served.contains(version))
    }

    /// The pause image in the runtime's store. CRI-O keeps none, for it drops the pause container
    /// (its recordings list no such image).
    pub fn pause_on(&self, path: RuntimePath) -> Option<&str> {
        match (path, &self.sandbox_image) {
            (RuntimePath::Dockershim | RuntimePath::CriDockerd, _) => {
                Some(crate::dockershim::PAUSE_IMAGE)
            }
            (RuntimePath::Containerd, Some(named)) => Some(named),
            (RuntimePath::Containerd, None) => Some(RECORDED_PAUSE),
            (RuntimePath::CriO, _) => None,
        }
    }

    /// The kernel's control groups.
    pub fn cgroup(&self) -> CgroupVersion {
        let least = KubeletVersion::of(35);
        let fits = if self.kubelet < least { CgroupVersion::V1 } else { CgroupVersion::V2 };
        self.cgroup.unwrap_or(fits)
    }
}
