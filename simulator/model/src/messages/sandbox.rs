//! What a pod sandbox is made from.

use crate::messages::{StringMap, message};

message!(
    /// `PodSandboxMetadata`: what makes a sandbox unique.
    PodSandboxMetadata {
        /// The pod's name.
        name: String,
        /// The pod's UID.
        uid: String,
        /// The pod's namespace.
        namespace: String,
        /// How many sandboxes the pod had before.
        attempt: u32,
    }
);
message!(
    /// `DNSConfig`: what goes into resolv.conf.
    DnsConfig {
        /// Name servers.
        servers: Vec<String>,
        /// Search domains.
        searches: Vec<String>,
        /// Options, such as `ndots:5`.
        options: Vec<String>,
    }
);
message!(
    /// `PortMapping`: a port of the pod, and perhaps of the node.
    PortMapping {
        /// 0 TCP, 1 UDP, 2 SCTP.
        protocol: i32,
        /// The port in the pod.
        container_port: i32,
        /// The port of the node; 0 for none.
        host_port: i32,
        /// The address of the node.
        host_ip: String,
    }
);
message!(
    /// `NamespaceOption`: which namespaces are shared with whom.
    NamespaceOption {
        /// Network: 0 pod, 2 node.
        network: i32,
        /// Process IDs: 0 pod, 1 container, 2 node.
        pid: i32,
        /// Inter-process communication: 0 pod, 2 node.
        ipc: i32,
    }
);
message!(
    /// `LinuxSandboxSecurityContext`.
    LinuxSandboxSecurityContext {
        /// Namespaces.
        namespace_options: NamespaceOption,
        /// Its label for `SELinux`.
        selinux_options: Option<crate::messages::SeLinuxOption>,
        /// The user of the pause process.
        run_as_user: Option<crate::messages::Int64Value>,
        /// The group of the pause process.
        run_as_group: Option<crate::messages::Int64Value>,
        /// Extra groups.
        supplemental_groups: Vec<i64>,
        /// Whether a container of the pod is privileged.
        privileged: bool,
        /// The old way of naming a seccomp profile.
        seccomp_profile_path: String,
    }
);
message!(
    /// `LinuxPodSandboxConfig`.
    LinuxPodSandboxConfig {
        /// The cgroup of the pod.
        cgroup_parent: String,
        /// Who the pod may be.
        security_context: LinuxSandboxSecurityContext,
        /// Kernel settings.
        sysctls: StringMap,
    }
);
message!(
    /// `PodSandboxConfig`: all that is needed to make a sandbox.
    PodSandboxConfig {
        /// What makes it unique.
        metadata: PodSandboxMetadata,
        /// The host name inside.
        hostname: String,
        /// Where container logs go on the node.
        log_directory: String,
        /// What goes into resolv.conf.
        dns_config: DnsConfig,
        /// Ports.
        port_mappings: Vec<PortMapping>,
        /// Labels.
        labels: StringMap,
        /// Annotations.
        annotations: StringMap,
        /// What is special to Linux.
        linux: LinuxPodSandboxConfig,
    }
);
