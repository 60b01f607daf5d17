//! Volumes, and where the node mounts them.

use serde::{Deserialize, Serialize};

use crate::pod::Quantity;

manifest!(
    /// A volume that a container sees.
    VolumeMount {
        /// The volume.
        name: String,
        /// Where it is seen.
        mount_path: String,
        /// Whether it cannot be written to.
        read_only: bool,
        /// A path inside the volume.
        sub_path: String,
        /// The same, with variables of the environment in it.
        sub_path_expr: String,
        /// `None`, `HostToContainer` or `Bidirectional`.
        mount_propagation: String,
    }
);
manifest!(
    /// A volume.
    Volume {
        /// Its name.
        name: String,
        /// An empty folder that lives as long as the pod.
        empty_dir: Option<EmptyDir>,
        /// A path of the node.
        host_path: Option<HostPath>,
        /// Something else; with none of the three it is an empty folder.
        #[serde(flatten)]
        other: Option<OtherVolume>,
    }
);
manifest!(
    /// An empty folder.
    EmptyDir {
        /// `Memory` for a tmpfs.
        medium: String,
        /// No more than this.
        size_limit: Option<Quantity>,
    }
);
manifest!(
    /// A path of the node.
    HostPath {
        /// The path.
        path: String,
        /// What must be there.
        #[serde(rename = "type")]
        kind: String,
    }
);
manifest!(
    /// What is behind a volume: only whether it may be written to is looked up.
    Opaque {
        /// Whether it cannot be written to.
        read_only: bool,
    }
);

/// The other kinds of volumes. Where one is mounted follows from its kind and its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum OtherVolume {
    /// `gcePersistentDisk`.
    GcePersistentDisk(Opaque),
    /// `awsElasticBlockStore`.
    AwsElasticBlockStore(Opaque),
    /// `gitRepo`.
    GitRepo(Opaque),
    /// `secret`.
    Secret(Opaque),
    /// `nfs`.
    Nfs(Opaque),
    /// `iscsi`.
    Iscsi(Opaque),
    /// `glusterfs`.
    Glusterfs(Opaque),
    /// `persistentVolumeClaim`.
    PersistentVolumeClaim(Opaque),
    /// `rbd`.
    Rbd(Opaque),
    /// `flexVolume`.
    FlexVolume(Opaque),
    /// `cinder`.
    Cinder(Opaque),
    /// `cephfs`.
    Cephfs(Opaque),
    /// `flocker`.
    Flocker(Opaque),
    /// `downwardAPI`.
    #[serde(rename = "downwardAPI")]
    DownwardApi(Opaque),
    /// `fc`.
    Fc(Opaque),
    /// `azureFile`.
    AzureFile(Opaque),
    /// `configMap`.
    ConfigMap(Opaque),
    /// `vsphereVolume`.
    VsphereVolume(Opaque),
    /// `quobyte`.
    Quobyte(Opaque),
    /// `azureDisk`.
    AzureDisk(Opaque),
    /// `photonPersistentDisk`.
    PhotonPersistentDisk(Opaque),
    /// `projected`.
    Projected(Opaque),
    /// `portworxVolume`.
    PortworxVolume(Opaque),
    /// `scaleIO`.
    #[serde(rename = "scaleIO")]
    ScaleIo(Opaque),
    /// `storageos`.
    Storageos(Opaque),
    /// `csi`.
    Csi(Opaque),
    /// `ephemeral`.
    Ephemeral(Opaque),
}

impl OtherVolume {
    const fn source(&self) -> &Opaque {
        match self {
            Self::GcePersistentDisk(source)
            | Self::AwsElasticBlockStore(source)
            | Self::GitRepo(source)
            | Self::Secret(source)
            | Self::Nfs(source)
            | Self::Iscsi(source)
            | Self::Glusterfs(source)
            | Self::PersistentVolumeClaim(source)
            | Self::Rbd(source)
            | Self::FlexVolume(source)
            | Self::Cinder(source)
            | Self::Cephfs(source)
            | Self::Flocker(source)
            | Self::DownwardApi(source)
            | Self::Fc(source)
            | Self::AzureFile(source)
            | Self::ConfigMap(source)
            | Self::VsphereVolume(source)
            | Self::Quobyte(source)
            | Self::AzureDisk(source)
            | Self::PhotonPersistentDisk(source)
            | Self::Projected(source)
            | Self::PortworxVolume(source)
            | Self::ScaleIo(source)
            | Self::Storageos(source)
            | Self::Csi(source)
            | Self::Ephemeral(source) => source,
        }
    }

    /// The plugin of the kubelet that mounts it (k8s 1.20.2, pkg/volume, the plugin names). A claim
    /// is taken to be bound to a CSI volume, as nothing in the manifest says what is behind it.
    const fn plugin(&self) -> &'static str {
        match self {
            Self::GcePersistentDisk(_) => "gce-pd",
            Self::AwsElasticBlockStore(_) => "aws-ebs",
            Self::GitRepo(_) => "git-repo",
            Self::Secret(_) => "secret",
            Self::Nfs(_) => "nfs",
            Self::Iscsi(_) => "iscsi",
            Self::Glusterfs(_) => "glusterfs",
            Self::PersistentVolumeClaim(_) | Self::Csi(_) | Self::Ephemeral(_) => "csi",
            Self::Rbd(_) => "rbd",
            Self::FlexVolume(_) => "flexvolume",
            Self::Cinder(_) => "cinder",
            Self::Cephfs(_) => "cephfs",
            Self::Flocker(_) => "flocker",
            Self::DownwardApi(_) => "downward-api",
            Self::Fc(_) => "fc",
            Self::AzureFile(_) => "azure-file",
            Self::ConfigMap(_) => "configmap",
            Self::VsphereVolume(_) => "vsphere-volume",
            Self::Quobyte(_) => "quobyte",
            Self::AzureDisk(_) => "azure-disk",
            Self::PhotonPersistentDisk(_) => "photon-pd",
            Self::Projected(_) => "projected",
            Self::PortworxVolume(_) => "portworx-volume",
            Self::ScaleIo(_) => "scaleio",
            Self::Storageos(_) => "storageos",
        }
    }
}

impl Volume {
    /// Whether no container can write to it, whatever its mount says (`GetAttributes` of each plugin
    /// in k8s 1.20.2, pkg/volume): those that the kubelet fills itself, and what says so.
    pub const fn is_read_only(&self) -> bool {
        let Some(other) = &self.other else { return false };
        let filled = matches!(
            other,
            OtherVolume::Secret(_)
                | OtherVolume::ConfigMap(_)
                | OtherVolume::Projected(_)
                | OtherVolume::DownwardApi(_)
        );
        filled || other.source().read_only
    }

    /// The folder of the node that holds it, below the folder of the pod; none of a path of the
    /// node itself (k8s 1.20.2, `pkg/kubelet/kubelet_getters.go`, `getPodVolumeDir`).
    pub fn folder(&self) -> String {
        let name = &self.name;
        match &self.other {
            // `pkg/volume/csi/csi_mounter.go`, `getTargetPath`
            Some(OtherVolume::PersistentVolumeClaim(_) | OtherVolume::Ephemeral(_)) => {
                format!("volumes/kubernetes.io~csi/pvc-{name}/mount")
            }
            Some(OtherVolume::Csi(_)) => format!("volumes/kubernetes.io~csi/{name}/mount"),
            Some(other) => format!("volumes/kubernetes.io~{}/{name}", other.plugin()),
            None => format!("volumes/kubernetes.io~empty-dir/{name}"),
        }
    }
}
