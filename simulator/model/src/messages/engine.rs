//! The body of Docker Engine's `POST /containers/create`.

use std::collections::BTreeMap;

use crate::messages::{StringMap, message};

message!(
    /// A health check; the shim switches the image's off.
    Healthcheck {
        /// The command; `["NONE"]` for no check.
        @name("Test") test: Vec<String>,
    }
);
message!(
    /// When Docker itself would start a container again: never, here.
    RestartPolicy {
        /// `no`.
        @name("Name") name: String,
    }
);
message!(
    /// A port of the node.
    PortBinding {
        /// The address of the node.
        @name("HostIp") host_ip: String,
        /// The port, as text.
        @name("HostPort") host_port: String,
    }
);
message!(
    /// `HostConfig`: what ties a container to the node.
    HostConfig {
        /// Paths of the node, as `node:container[:options]`.
        @name("Binds") binds: Vec<String>,
        /// The network: `none`, `host` or `container:ID`.
        @name("NetworkMode") network_mode: String,
        /// Ports of the node.
        @name("PortBindings") port_bindings: BTreeMap<String, Vec<PortBinding>>,
        /// When Docker would start it again.
        @name("RestartPolicy") restart_policy: Option<RestartPolicy>,
        /// Capabilities given.
        @name("CapAdd") cap_add: Vec<String>,
        /// Capabilities taken.
        @name("CapDrop") cap_drop: Vec<String>,
        /// Extra groups.
        @name("GroupAdd") group_add: Vec<String>,
        /// `shareable`, `host` or `container:ID`.
        @name("IpcMode") ipc_mode: String,
        /// How soon the kernel picks it when memory runs out.
        @name("OomScoreAdj") oom_score_adj: i64,
        /// Empty, `host` or `container:ID`.
        @name("PidMode") pid_mode: String,
        /// Whether it may do everything.
        @name("Privileged") privileged: bool,
        /// Whether its root file system cannot be written to.
        @name("ReadonlyRootfs") readonly_rootfs: bool,
        /// `no-new-privileges`, `seccomp=…`.
        @name("SecurityOpt") security_opt: Vec<String>,
        /// Empty or `host`.
        @name("UTSMode") uts_mode: String,
        /// The size of /dev/shm, in bytes.
        @name("ShmSize") shm_size: i64,
        /// Kernel settings.
        @name("Sysctls") sysctls: StringMap,
        /// Rows and columns of a console; `[0, 0]` on Linux.
        @name("ConsoleSize") console_size: Vec<u32>,
        /// The weight.
        @name("CpuShares") cpu_shares: i64,
        /// The memory limit in bytes.
        @name("Memory") memory: i64,
        /// The cgroup of the pod.
        @name("CgroupParent") cgroup_parent: String,
        /// The period of the CPU quota, in µs.
        @name("CpuPeriod") cpu_period: i64,
        /// The CPU quota in each period, in µs.
        @name("CpuQuota") cpu_quota: i64,
        /// Memory and swap together, in bytes; the same as `Memory`, so no swap.
        @name("MemorySwap") memory_swap: i64,
        /// Paths hidden from it.
        @name("MaskedPaths") masked_paths: Vec<String>,
        /// Paths it cannot write to.
        @name("ReadonlyPaths") readonly_paths: Vec<String>,
    }
);
message!(
    /// The whole body.
    ContainerCreate {
        /// The host name inside.
        @name("Hostname") hostname: String,
        /// `user[:group]`.
        @name("User") user: String,
        /// Whether it has a terminal.
        @name("Tty") tty: bool,
        /// Whether standard input stays open.
        @name("OpenStdin") open_stdin: bool,
        /// Whether it closes after the first client.
        @name("StdinOnce") stdin_once: bool,
        /// The environment, as `name=value`.
        @name("Env") env: Vec<String>,
        /// The arguments.
        @name("Cmd") cmd: Vec<String>,
        /// The health check.
        @name("Healthcheck") healthcheck: Option<Healthcheck>,
        /// The image.
        @name("Image") image: String,
        /// Where it starts.
        @name("WorkingDir") working_dir: String,
        /// The command.
        @name("Entrypoint") entrypoint: Vec<String>,
        /// Labels and, with a prefix, annotations: Docker knows only labels.
        @name("Labels") labels: StringMap,
        /// What ties it to the node.
        @name("HostConfig") host_config: HostConfig,
    }
);
