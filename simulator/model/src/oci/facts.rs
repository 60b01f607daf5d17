//! What the specification depends on besides the request: the node, the sandbox, the image.

use std::collections::{BTreeMap, BTreeSet};

use crate::oci::{Device, Seccomp, Text, devices};

/// Who makes the cgroups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CgroupDriver {
    /// The runtime itself, below `/sys/fs/cgroup`: a path.
    #[default]
    Cgroupfs,
    /// systemd: `slice:prefix:name`.
    Systemd,
}

/// The cgroups of the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CgroupFacts {
    /// Who makes them, as the runtime is configured.
    pub driver: CgroupDriver,
    /// Whether `hugetlb` is mounted: without it limits of huge pages are dropped.
    pub hugetlb: bool,
    /// Whether swap is counted: without it no limit of memory and swap is set.
    pub swap_accounting: bool,
    /// Whether `pids` is mounted: without it CRI-O sets no limit of processes.
    pub pids: bool,
}

/// Facts of the machine and of the daemons' configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeFacts {
    /// What `hostname` prints: the name of a container on the node's network.
    pub hostname: String,
    /// Its cgroups.
    pub cgroups: CgroupFacts,
    /// Whether the kernel has seccomp.
    pub seccomp: bool,
    /// Whether the kernel has `AppArmor`.
    pub apparmor: bool,
    /// The highest capability of the kernel (`/proc/sys/kernel/cap_last_cap`).
    pub last_capability: u32,
    /// Capabilities that the runtimes themselves were not given.
    pub withheld_capabilities: Vec<Text>,
    /// The device nodes of /dev, sorted by path, as a privileged container gets them.
    pub devices: Vec<Device>,
    /// Seccomp profiles in files, by path.
    pub seccomp_files: BTreeMap<String, Seccomp>,
    /// The process ID of dockerd, which is its own hook.
    pub dockerd_pid: u32,
    /// The ID of dockerd's network controller, shortened to 12 characters.
    pub network_controller: String,
}

impl NodeFacts {
    /// The machine of the recordings: kernel 6.18, cgroup v1 with cgroupfs, no `AppArmor`, and
    /// runtimes without `CAP_SYS_RESOURCE`. The `hugetlb` cgroup was mounted for CRI-O only.
    pub fn recorded() -> Self {
        Self {
            hostname: "vm".into(),
            cgroups: CgroupFacts {
                driver: CgroupDriver::Cgroupfs,
                hugetlb: false,
                swap_accounting: true,
                pids: true,
            },
            seccomp: true,
            apparmor: false,
            last_capability: 40,
            withheld_capabilities: vec!["CAP_SYS_RESOURCE".into()],
            devices: devices::recorded(),
            seccomp_files: BTreeMap::new(),
            dockerd_pid: 0,
            network_controller: String::new(),
        }
    }
}

/// Facts of a sandbox that runs, or is about to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SandboxFacts {
    /// Its ID.
    pub id: String,
    /// The process ID of its pause process; 0 where there is none.
    pub pid: u32,
    /// The name that its network namespace was given: `cni-…` by containerd, a UUID by CRI-O,
    /// which gives the IPC and UTS namespaces the same.
    pub namespace_name: String,
    /// The host name inside, as the runtime keeps it.
    pub hostname: String,
    /// Its addresses.
    pub ips: Vec<String>,
    /// What the CNI plugins answered, as CRI-O keeps it.
    pub cni_result: String,
}

/// An image: its configuration, and what matters of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageFacts {
    /// The name that the runtime finds first for the image: see each runtime.
    pub name: String,
    /// Its ID, as the runtime writes it.
    pub id: String,
    /// `user[:group]`.
    pub user: String,
    /// The environment, as `name=value`.
    pub env: Vec<String>,
    /// The program.
    pub entrypoint: Vec<String>,
    /// Its arguments, or the program where there is no entry point.
    pub cmd: Vec<String>,
    /// Where it starts.
    pub working_dir: String,
    /// Paths that are to be volumes.
    pub volumes: BTreeSet<String>,
    /// The signal that ends it, such as `SIGTERM`.
    pub stop_signal: String,
    /// Its /etc/passwd; none where there is no such file.
    pub passwd: Option<Vec<User>>,
    /// Its /etc/group.
    pub group: Vec<Group>,
}

/// A line of /etc/passwd.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// The name.
    pub name: String,
    /// The user ID.
    pub uid: u32,
    /// The group ID.
    pub gid: u32,
}

/// A line of /etc/group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The name.
    pub name: String,
    /// The group ID.
    pub gid: u32,
    /// Who else is in it.
    pub members: Vec<String>,
}

/// A device that a device plugin gives to a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceRequest {
    /// Where it is made.
    pub container_path: String,
    /// Which it is.
    pub host_path: String,
    /// Of `r`, `w` and `m`.
    pub permissions: String,
}

/// What a request can say beyond what its message type carries here, and what the runtime drew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerExtras {
    /// The ID of the container.
    pub id: String,
    /// Where its root file system is mounted.
    pub root: String,
    /// When it is made, as RFC 3339 (CRI-O).
    pub created: String,
    /// Devices of device plugins.
    pub devices: Vec<DeviceRequest>,
    /// The process whose process IDs an ephemeral container shares.
    pub target_pid: u32,
    /// The IDs drawn for the volumes that the image asks for, in the order of their paths.
    pub volume_ids: Vec<String>,
}
