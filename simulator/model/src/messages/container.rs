//! What a container is made from.

use crate::messages::{NamespaceOption, StringMap, message};

message!(
    /// `ContainerMetadata`: what makes a container unique in its sandbox.
    ContainerMetadata {
        /// Its name in the pod.
        name: String,
        /// How many times it was made before.
        attempt: u32,
    }
);
message!(
    /// `ImageSpec`: an image, by reference or ID.
    ImageSpec {
        /// The reference or ID.
        image: String,
        /// The annotations of the pod that asks.
        annotations: StringMap,
    }
);
message!(
    /// `KeyValue`: one environment variable.
    KeyValue {
        /// Its name.
        key: String,
        /// Its value.
        value: String,
    }
);
message!(
    /// `Mount`: a path of the node, shown in the container.
    Mount {
        /// Where it is seen.
        container_path: String,
        /// Where it lies.
        host_path: String,
        /// Whether it cannot be written to.
        readonly: bool,
        /// How mounts go to and fro: 0 private, 1 from the node, 2 both ways.
        propagation: i32,
    }
);
message!(
    /// `HugepageLimit`: a limit of huge pages of one size.
    HugepageLimit {
        /// The size, such as `2MB`.
        page_size: String,
        /// The limit in bytes.
        limit: u64,
    }
);
message!(
    /// `LinuxContainerResources`: what the cgroup allows.
    LinuxContainerResources {
        /// The period of the CPU quota, in µs.
        cpu_period: i64,
        /// The CPU quota in each period, in µs; 0 for none.
        cpu_quota: i64,
        /// The weight.
        cpu_shares: i64,
        /// The memory limit in bytes; 0 for none.
        memory_limit_in_bytes: i64,
        /// How soon the kernel picks it when memory runs out.
        oom_score_adj: i64,
        /// Limits of huge pages.
        hugepage_limits: Vec<HugepageLimit>,
    }
);
message!(
    /// `Int64Value`: a number that can be absent.
    Int64Value {
        /// The number.
        value: i64,
    }
);
message!(
    /// `Capability`: Linux capabilities given and taken.
    Capability {
        /// Given.
        add_capabilities: Vec<String>,
        /// Taken.
        drop_capabilities: Vec<String>,
    }
);
message!(
    /// `SecurityProfile`: a seccomp profile.
    SecurityProfile {
        /// 0 the runtime's default, 1 none, 2 a file.
        profile_type: i32,
        /// The file.
        localhost_ref: String,
    }
);
message!(
    /// `SELinuxOption`: a label for `SELinux`.
    SeLinuxOption {
        /// The user.
        user: String,
        /// The role.
        role: String,
        /// The type.
        @name("type") kind: String,
        /// The level.
        level: String,
    }
);
message!(
    /// `LinuxContainerSecurityContext`.
    LinuxContainerSecurityContext {
        /// Capabilities.
        capabilities: Option<Capability>,
        /// Whether it may do everything.
        privileged: bool,
        /// Namespaces.
        namespace_options: NamespaceOption,
        /// Its label for `SELinux`.
        selinux_options: Option<SeLinuxOption>,
        /// Its user.
        run_as_user: Option<Int64Value>,
        /// Its user by name.
        run_as_username: String,
        /// Its group.
        run_as_group: Option<Int64Value>,
        /// Extra groups.
        supplemental_groups: Vec<i64>,
        /// Whether its root file system cannot be written to.
        readonly_rootfs: bool,
        /// The `AppArmor` profile: empty, `runtime/default`, `unconfined` or `localhost/NAME`.
        apparmor_profile: String,
        /// The old way of naming a seccomp profile.
        seccomp_profile_path: String,
        /// Whether it can never gain privileges.
        no_new_privs: bool,
        /// Paths hidden from it.
        masked_paths: Vec<String>,
        /// Paths it cannot write to.
        readonly_paths: Vec<String>,
        /// The seccomp profile.
        seccomp: Option<SecurityProfile>,
    }
);
message!(
    /// `LinuxContainerConfig`.
    LinuxContainerConfig {
        /// What the cgroup allows.
        resources: LinuxContainerResources,
        /// Who it may be.
        security_context: LinuxContainerSecurityContext,
    }
);
message!(
    /// `ContainerConfig`: all that is needed to make a container.
    ContainerConfig {
        /// What makes it unique.
        metadata: ContainerMetadata,
        /// Its image.
        image: ImageSpec,
        /// The command, in place of the image's entry point.
        command: Vec<String>,
        /// The arguments, in place of the image's command.
        args: Vec<String>,
        /// Where it starts.
        working_dir: String,
        /// The environment.
        envs: Vec<KeyValue>,
        /// Paths of the node.
        mounts: Vec<Mount>,
        /// Labels.
        labels: StringMap,
        /// Annotations.
        annotations: StringMap,
        /// Its log, below the log directory of the sandbox.
        log_path: String,
        /// Whether standard input stays open.
        stdin: bool,
        /// Whether it closes after the first client.
        stdin_once: bool,
        /// Whether it has a terminal.
        tty: bool,
        /// What is special to Linux.
        linux: LinuxContainerConfig,
    }
);
