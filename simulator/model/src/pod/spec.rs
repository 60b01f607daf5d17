//! The fields of a pod that the model understands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pod::{PullPolicy, Quantity, RestartPolicy};

macro_rules! manifest {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name {
            $(
                $(#[$field_doc])*
                #[serde(skip_serializing_if = "crate::messages::is_zero")]
                pub $field: $type,
            )*
        }
    };
}

manifest!(
    /// A pod.
    Pod {
        /// Who it is.
        metadata: Metadata,
        /// What it should be.
        spec: PodSpec,
    }
);
manifest!(
    /// `metadata`.
    Metadata {
        /// Its name.
        name: String,
        /// Its namespace; empty means `default`.
        namespace: String,
        /// Its UID; empty means that one is made up.
        uid: String,
        /// Labels.
        labels: BTreeMap<String, String>,
        /// Annotations.
        annotations: BTreeMap<String, String>,
    }
);
manifest!(
    /// `spec`.
    PodSpec {
        /// Run one after the other before all others.
        init_containers: Vec<Container>,
        /// The containers.
        containers: Vec<Container>,
        /// What happens to a container that ends.
        restart_policy: RestartPolicy,
        /// How long a container may take to end, in seconds; absent means 30.
        termination_grace_period_seconds: Option<i64>,
        /// Whether it uses the node's network.
        host_network: bool,
        /// Whether it sees the node's processes.
        #[serde(rename = "hostPID")]
        host_pid: bool,
        /// Whether it shares the node's inter-process communication.
        #[serde(rename = "hostIPC")]
        host_ipc: bool,
        /// Whether its containers see each other's processes.
        share_process_namespace: bool,
        /// How names are resolved; empty means `ClusterFirst`.
        dns_policy: String,
        /// The host name inside; empty means the pod's name.
        hostname: String,
        /// The subdomain.
        subdomain: String,
        /// Whether the addresses of services are in the environment.
        enable_service_links: Option<bool>,
        /// Whether a token is mounted.
        automount_service_account_token: Option<bool>,
        /// The service account; empty means `default`.
        service_account_name: String,
        /// Its priority class.
        priority_class_name: String,
        /// The node it is bound to.
        node_name: String,
        /// Who it may be.
        security_context: PodSecurityContext,
        /// Volumes.
        volumes: Vec<Volume>,
    }
);
manifest!(
    /// One container of a pod.
    Container {
        /// Its name.
        name: String,
        /// Its image.
        image: String,
        /// When its image is pulled.
        image_pull_policy: Option<PullPolicy>,
        /// The command.
        command: Vec<String>,
        /// The arguments.
        args: Vec<String>,
        /// Where it starts.
        working_dir: String,
        /// The environment.
        env: Vec<EnvVar>,
        /// Ports.
        ports: Vec<ContainerPort>,
        /// What it needs and may use.
        resources: ResourceRequirements,
        /// Volumes it sees.
        volume_mounts: Vec<VolumeMount>,
        /// Who it may be.
        security_context: ContainerSecurityContext,
        /// Kills it when it fails.
        liveness_probe: Option<Probe>,
        /// Takes it out of services when it fails.
        readiness_probe: Option<Probe>,
        /// Holds the others back until it succeeds.
        startup_probe: Option<Probe>,
        /// Hooks.
        lifecycle: Lifecycle,
        /// Where it leaves its last words; empty means `/dev/termination-log`.
        termination_message_path: String,
        /// Where last words come from; empty means `File`.
        termination_message_policy: String,
        /// Whether standard input stays open.
        stdin: bool,
        /// Whether it closes after the first client.
        stdin_once: bool,
        /// Whether it has a terminal.
        tty: bool,
    }
);
manifest!(
    /// One environment variable.
    EnvVar {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
        /// Where its value comes from.
        value_from: Option<EnvSource>,
    }
);
manifest!(
    /// Where a value comes from.
    EnvSource {
        /// A field of the pod.
        field_ref: Option<FieldRef>,
    }
);
manifest!(
    /// A field of the pod.
    FieldRef {
        /// The version of the API; the API's scheme writes `v1` where a file says nothing.
        api_version: String,
        /// The path, such as `status.podIP`.
        field_path: String,
    }
);
manifest!(
    /// A port.
    ContainerPort {
        /// Its name.
        name: String,
        /// The port in the pod.
        container_port: i32,
        /// The port of the node; 0 for none.
        host_port: i32,
        /// The address of the node.
        #[serde(rename = "hostIP")]
        host_ip: String,
        /// `TCP`, `UDP` or `SCTP`; empty means `TCP`.
        protocol: String,
    }
);
manifest!(
    /// What a container needs and may use.
    ResourceRequirements {
        /// Set aside for it.
        requests: BTreeMap<String, Quantity>,
        /// No more than this.
        limits: BTreeMap<String, Quantity>,
    }
);
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
    /// Who a container may be.
    ContainerSecurityContext {
        /// Its user.
        run_as_user: Option<i64>,
        /// Its group.
        run_as_group: Option<i64>,
        /// Whether it must not be root.
        run_as_non_root: Option<bool>,
        /// Whether it may do everything.
        privileged: bool,
        /// Whether it can gain privileges.
        allow_privilege_escalation: Option<bool>,
        /// Whether its root file system cannot be written to.
        read_only_root_filesystem: bool,
        /// Capabilities.
        capabilities: Option<Capabilities>,
        /// The seccomp profile.
        seccomp_profile: Option<SeccompProfile>,
        /// `Unmasked` shows all of /proc.
        proc_mount: String,
    }
);
manifest!(
    /// Linux capabilities.
    Capabilities {
        /// Given.
        add: Vec<String>,
        /// Taken.
        drop: Vec<String>,
    }
);
manifest!(
    /// A seccomp profile.
    SeccompProfile {
        /// `RuntimeDefault`, `Unconfined` or `Localhost`.
        #[serde(rename = "type")]
        kind: String,
        /// The file.
        localhost_profile: String,
    }
);
manifest!(
    /// Who the containers of a pod may be.
    PodSecurityContext {
        /// Their user.
        run_as_user: Option<i64>,
        /// Their group.
        run_as_group: Option<i64>,
        /// Whether they must not be root.
        run_as_non_root: Option<bool>,
        /// The group that owns volumes.
        fs_group: Option<i64>,
        /// Extra groups.
        supplemental_groups: Vec<i64>,
        /// The seccomp profile.
        seccomp_profile: Option<SeccompProfile>,
    }
);
manifest!(
    /// A probe.
    Probe {
        /// A command in the container.
        exec: Option<ExecAction>,
        /// An HTTP request.
        http_get: Option<HttpGet>,
        /// A TCP connection.
        tcp_socket: Option<TcpSocket>,
        /// How long to wait before the first time, in seconds.
        initial_delay_seconds: i64,
        /// How often, in seconds; absent means 10.
        period_seconds: Option<i64>,
        /// How long an answer may take, in seconds; absent means 1.
        timeout_seconds: Option<i64>,
        /// After how many successes it counts as well; absent means 1.
        success_threshold: Option<i64>,
        /// After how many failures it counts as failed; absent means 3.
        failure_threshold: Option<i64>,
    }
);
manifest!(
    /// A command in the container.
    ExecAction {
        /// The command.
        command: Vec<String>,
    }
);
manifest!(
    /// An HTTP request.
    HttpGet {
        /// The path.
        path: String,
        /// The port, a number or a name.
        port: serde_json::Value,
    }
);
manifest!(
    /// A TCP connection.
    TcpSocket {
        /// The port, a number or a name.
        port: serde_json::Value,
    }
);
manifest!(
    /// One action of a hook.
    Handler {
        /// A command in the container.
        exec: Option<ExecAction>,
        /// An HTTP request.
        http_get: Option<HttpGet>,
    }
);
manifest!(
    /// Hooks.
    Lifecycle {
        /// After the start.
        post_start: Option<Handler>,
        /// Before the stop.
        pre_stop: Option<Handler>,
    }
);

impl Pod {
    /// All containers with their place among all of the pod, the init containers first.
    pub fn all_containers(&self) -> impl Iterator<Item = &Container> {
        self.spec.init_containers.iter().chain(&self.spec.containers)
    }

    /// The container at a place among all of the pod.
    pub fn container(&self, index: usize) -> &Container {
        let init = &self.spec.init_containers;
        init.get(index).unwrap_or_else(|| &self.spec.containers[index - init.len()])
    }

    /// How long a container may take to end, in seconds.
    pub fn grace_seconds(&self) -> i64 {
        self.spec.termination_grace_period_seconds.unwrap_or(30)
    }
}
