//! The fields of a pod that the model understands.

use std::collections::BTreeMap;

use crate::pod::{
    Affinity, EnvFrom, EnvVar, Lifecycle, Probe, PullPolicy, PullSecret, Quantity, RestartPolicy,
    Volume, VolumeMount,
};

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
        /// What is added to that.
        dns_config: DnsSettings,
        /// The host name inside; empty means the pod's name.
        hostname: String,
        /// The subdomain.
        subdomain: String,
        /// Whether the host name inside is the whole domain name.
        #[serde(rename = "setHostnameAsFQDN")]
        set_hostname_as_fqdn: bool,
        /// How long the pod may be active, in seconds.
        active_deadline_seconds: Option<i64>,
        /// Its runtime class; a kubelet without an API server cannot look it up and ignores it.
        runtime_class_name: String,
        /// The handler that the class stands for. Whoever reads the manifest fills it in, as the
        /// model has no API server to ask.
        runtime_handler: String,
        /// Whether the addresses of services are in the environment.
        enable_service_links: Option<bool>,
        /// Whether a token is mounted.
        automount_service_account_token: Option<bool>,
        /// The service account; empty means `default`.
        service_account_name: String,
        /// Its old name, which counts where the new one is empty.
        service_account: String,
        /// Its priority class.
        priority_class_name: String,
        /// What the priority class stands for; the API server looks it up.
        priority: Option<i32>,
        /// The node it is bound to.
        node_name: String,
        /// What its images are pulled with.
        image_pull_secrets: Vec<PullSecret>,
        /// What the pod needs beside its containers. It comes with the runtime class; whoever reads
        /// the manifest fills it in, as the model has no API server to ask.
        overhead: BTreeMap<String, Quantity>,
        /// Labels that the node must have.
        node_selector: BTreeMap<String, String>,
        /// What else it wants of the node.
        affinity: Affinity,
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
        /// Whole objects that are put into the environment.
        env_from: Vec<EnvFrom>,
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
        /// Its label for `SELinux`.
        se_linux_options: Option<SeLinuxOptions>,
        /// `Unmasked` shows all of /proc.
        proc_mount: String,
    }
);
manifest!(
    /// A label for `SELinux`.
    SeLinuxOptions {
        /// The user.
        user: String,
        /// The role.
        role: String,
        /// The type.
        #[serde(rename = "type")]
        kind: String,
        /// The level.
        level: String,
    }
);
manifest!(
    /// A kernel parameter.
    Sysctl {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    }
);
manifest!(
    /// `dnsConfig`: what is added to the name servers, search domains and options.
    DnsSettings {
        /// Name servers.
        nameservers: Vec<String>,
        /// Search domains.
        searches: Vec<String>,
        /// Options.
        options: Vec<DnsOption>,
    }
);
manifest!(
    /// An option of the resolver.
    DnsOption {
        /// Its name.
        name: String,
        /// Its value, if it has one.
        value: Option<String>,
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
        /// Their label for `SELinux`.
        se_linux_options: Option<SeLinuxOptions>,
        /// Kernel parameters.
        sysctls: Vec<Sysctl>,
        /// The seccomp profile.
        seccomp_profile: Option<SeccompProfile>,
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

    /// How long a container may take to end, in seconds; no more than a year.
    pub fn grace_seconds(&self) -> i64 {
        const YEAR: i64 = 365 * 24 * 3_600;
        self.spec.termination_grace_period_seconds.unwrap_or(30).clamp(0, YEAR)
    }
}
