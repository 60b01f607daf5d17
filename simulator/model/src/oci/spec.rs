//! `config.json`: what a container is, in the words of the OCI runtime specification.
//!
//! Fields are left out where the Go types that dockerd, containerd and CRI-O share leave them out
//! (opencontainers/runtime-spec 1.0.2-dev, specs-go/config.go): an empty text or list goes, a
//! number behind a pointer stays even when it is 0.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

/// A text that is most often one of a fixed table.
pub type Text = Cow<'static, str>;

/// The version that all three write (runc 1.1.5 and the Go types of that time).
pub const OCI_VERSION: &str = "1.0.2-dev";

/// Whether a field has the value that Go's `omitempty` leaves out.
fn is_empty<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// An object: public fields under their camelCase names.
macro_rules! object {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }
    };
}

object!(
    /// The whole file.
    Spec {
        /// The version of the specification.
        oci_version: Text,
        /// What runs.
        process: Process,
        /// Its root file system.
        root: Root,
        /// The host name inside.
        #[serde(skip_serializing_if = "is_empty")]
        hostname: String,
        /// What is mounted, in order.
        #[serde(skip_serializing_if = "is_empty")]
        mounts: Vec<Mount>,
        /// What runc runs on the way.
        #[serde(skip_serializing_if = "is_empty")]
        hooks: Option<Hooks>,
        /// Facts about the container for whoever reads the file.
        #[serde(skip_serializing_if = "is_empty")]
        annotations: BTreeMap<Text, String>,
        /// What is special to Linux.
        linux: Linux,
    }
);
object!(
    /// What runs.
    Process {
        /// Whether it has a terminal.
        #[serde(skip_serializing_if = "is_empty")]
        terminal: bool,
        /// Who it is.
        user: User,
        /// The program and its arguments.
        #[serde(skip_serializing_if = "is_empty")]
        args: Vec<String>,
        /// The environment, as `name=value`.
        #[serde(skip_serializing_if = "is_empty")]
        env: Vec<String>,
        /// Where it starts.
        cwd: String,
        /// What it may do beyond any other process.
        capabilities: Capabilities,
        /// Limits of the process.
        #[serde(skip_serializing_if = "is_empty")]
        rlimits: Vec<Rlimit>,
        /// Whether it can never gain privileges.
        #[serde(skip_serializing_if = "is_empty")]
        no_new_privileges: bool,
        /// The `AppArmor` profile.
        #[serde(skip_serializing_if = "is_empty")]
        apparmor_profile: String,
        /// How soon the kernel picks it when memory runs out.
        #[serde(skip_serializing_if = "is_empty")]
        oom_score_adj: Option<i64>,
    }
);
object!(
    /// Who a process is.
    User {
        /// User ID.
        uid: u32,
        /// Group ID.
        gid: u32,
        /// More groups.
        #[serde(skip_serializing_if = "is_empty")]
        additional_gids: Vec<u32>,
    }
);
object!(
    /// The five sets of capabilities.
    Capabilities {
        /// The most it can ever have.
        #[serde(skip_serializing_if = "is_empty")]
        bounding: Vec<Text>,
        /// What it has.
        #[serde(skip_serializing_if = "is_empty")]
        effective: Vec<Text>,
        /// What a program it starts can have.
        #[serde(skip_serializing_if = "is_empty")]
        inheritable: Vec<Text>,
        /// What it can take.
        #[serde(skip_serializing_if = "is_empty")]
        permitted: Vec<Text>,
        /// What a program it starts does have.
        #[serde(skip_serializing_if = "is_empty")]
        ambient: Vec<Text>,
    }
);
object!(
    /// A limit of the process.
    Rlimit {
        /// Its name, such as `RLIMIT_NOFILE`.
        #[serde(rename = "type")]
        kind: Text,
        /// The most that can be set.
        hard: u64,
        /// What is set.
        soft: u64,
    }
);
object!(
    /// The root file system.
    Root {
        /// Where it lies.
        path: String,
        /// Whether it cannot be written to.
        #[serde(skip_serializing_if = "is_empty")]
        readonly: bool,
    }
);
object!(
    /// One mount.
    Mount {
        /// Where it is seen.
        destination: Text,
        /// The file system, or `bind`.
        #[serde(rename = "type")]
        kind: Text,
        /// What is mounted.
        source: Text,
        /// How.
        #[serde(skip_serializing_if = "is_empty")]
        options: Vec<Text>,
    }
);
object!(
    /// What runc runs on the way.
    Hooks {
        /// After the namespaces are there, before the program starts.
        #[serde(skip_serializing_if = "is_empty")]
        prestart: Vec<Hook>,
    }
);
object!(
    /// One program.
    Hook {
        /// The program.
        path: String,
        /// Its arguments, its name first.
        #[serde(skip_serializing_if = "is_empty")]
        args: Vec<String>,
    }
);
object!(
    /// What is special to Linux.
    Linux {
        /// Kernel settings.
        #[serde(skip_serializing_if = "is_empty")]
        sysctl: BTreeMap<String, String>,
        /// What the cgroup allows.
        resources: Resources,
        /// The cgroup.
        #[serde(skip_serializing_if = "is_empty")]
        cgroups_path: String,
        /// Namespaces made or joined.
        #[serde(skip_serializing_if = "is_empty")]
        namespaces: Vec<Namespace>,
        /// Device nodes made.
        #[serde(skip_serializing_if = "is_empty")]
        devices: Vec<Device>,
        /// The system calls allowed.
        #[serde(skip_serializing_if = "is_empty")]
        seccomp: Option<Seccomp>,
        /// How mounts go to and fro between the root and the node.
        #[serde(skip_serializing_if = "is_empty")]
        rootfs_propagation: Text,
        /// Paths hidden.
        #[serde(skip_serializing_if = "is_empty")]
        masked_paths: Vec<Text>,
        /// Paths that cannot be written to.
        #[serde(skip_serializing_if = "is_empty")]
        readonly_paths: Vec<Text>,
    }
);
object!(
    /// What the cgroup allows.
    Resources {
        /// Devices, in order: a later rule wins.
        #[serde(skip_serializing_if = "is_empty")]
        devices: Vec<DeviceRule>,
        /// Memory.
        #[serde(skip_serializing_if = "Option::is_none")]
        memory: Option<Memory>,
        /// CPU.
        #[serde(skip_serializing_if = "Option::is_none")]
        cpu: Option<Cpu>,
        /// Processes.
        #[serde(skip_serializing_if = "Option::is_none")]
        pids: Option<Pids>,
        /// Disks.
        #[serde(rename = "blockIO", skip_serializing_if = "Option::is_none")]
        block_io: Option<BlockIo>,
        /// Huge pages.
        #[serde(skip_serializing_if = "is_empty")]
        hugepage_limits: Vec<Hugepages>,
    }
);
object!(
    /// Which devices may be used.
    DeviceRule {
        /// Whether they may.
        allow: bool,
        /// `c` or `b`; empty for both.
        #[serde(rename = "type", skip_serializing_if = "is_empty")]
        kind: Text,
        /// The major number; none for all.
        #[serde(skip_serializing_if = "Option::is_none")]
        major: Option<i64>,
        /// The minor number; none for all.
        #[serde(skip_serializing_if = "Option::is_none")]
        minor: Option<i64>,
        /// Of `r`, `w` and `m`.
        #[serde(skip_serializing_if = "is_empty")]
        access: Text,
    }
);
object!(
    /// Memory.
    Memory {
        /// The limit in bytes.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<i64>,
        /// The limit of memory and swap together, in bytes.
        #[serde(skip_serializing_if = "Option::is_none")]
        swap: Option<i64>,
        /// Whether the kernel waits instead of killing.
        #[serde(rename = "disableOOMKiller", skip_serializing_if = "Option::is_none")]
        disable_oom_killer: Option<bool>,
    }
);
object!(
    /// CPU.
    Cpu {
        /// The weight.
        #[serde(skip_serializing_if = "Option::is_none")]
        shares: Option<u64>,
        /// The quota in each period, in µs.
        #[serde(skip_serializing_if = "Option::is_none")]
        quota: Option<i64>,
        /// The period in µs.
        #[serde(skip_serializing_if = "Option::is_none")]
        period: Option<u64>,
    }
);
object!(
    /// Processes.
    Pids {
        /// How many.
        limit: i64,
    }
);
object!(
    /// Disks.
    BlockIo {
        /// The weight.
        #[serde(skip_serializing_if = "Option::is_none")]
        weight: Option<u16>,
    }
);
object!(
    /// Huge pages of one size.
    Hugepages {
        /// The size, such as `2MB`.
        page_size: String,
        /// The limit in bytes.
        limit: u64,
    }
);
object!(
    /// A namespace made, or joined where it has a path.
    Namespace {
        /// Which.
        #[serde(rename = "type")]
        kind: Text,
        /// The one to join.
        #[serde(skip_serializing_if = "is_empty")]
        path: String,
    }
);
object!(
    /// A device node.
    Device {
        /// Where it is made.
        path: String,
        /// `c` or `b`.
        #[serde(rename = "type")]
        kind: Text,
        /// The major number.
        major: i64,
        /// The minor number.
        minor: i64,
        /// The permission bits.
        #[serde(skip_serializing_if = "Option::is_none")]
        file_mode: Option<u32>,
        /// The owner.
        #[serde(skip_serializing_if = "Option::is_none")]
        uid: Option<u32>,
        /// The group.
        #[serde(skip_serializing_if = "Option::is_none")]
        gid: Option<u32>,
    }
);
object!(
    /// The system calls allowed.
    Seccomp {
        /// What happens to a call that no rule names.
        default_action: Text,
        /// The instruction sets.
        #[serde(skip_serializing_if = "is_empty")]
        architectures: Vec<Text>,
        /// The rules.
        #[serde(skip_serializing_if = "is_empty")]
        syscalls: Vec<Syscalls>,
    }
);
object!(
    /// One rule.
    Syscalls {
        /// The calls by name.
        names: Vec<Text>,
        /// What happens.
        action: Text,
        /// The error number given back.
        #[serde(skip_serializing_if = "Option::is_none")]
        errno_ret: Option<u32>,
        /// For which arguments only.
        #[serde(skip_serializing_if = "is_empty")]
        args: Vec<SyscallArgument>,
    }
);
object!(
    /// A condition on an argument.
    SyscallArgument {
        /// Which argument.
        index: u32,
        /// The value.
        value: u64,
        /// How they are compared.
        op: Text,
    }
);
