//! Whether a pod says something that no recorded pod says.

use crate::pod::{
    Affinity, Container, ContainerSecurityContext, DnsSettings, EnvVar, Pod, PodSecurityContext,
    Probe, VolumeMount, annotations,
};

impl Pod {
    /// Whether it has a field that none of the recorded pods has: what follows from that was read in
    /// source and never held against a node.
    pub fn goes_beyond_recordings(&self) -> bool {
        let spec = &self.spec;
        let namespaces = spec.host_ipc || spec.share_process_namespace;
        let names = matches!(spec.dns_policy.as_str(), "Default" | "None")
            || spec.dns_config != DnsSettings::default()
            || spec.set_hostname_as_fqdn;
        let end = spec.active_deadline_seconds.is_some() || !spec.runtime_class_name.is_empty();
        let who = spec.security_context != PodSecurityContext::default();
        let volumes = spec.volumes.iter().any(|volume| volume.other.is_some());
        let node = !spec.node_selector.is_empty() || spec.affinity != Affinity::default();
        let beside = !spec.overhead.is_empty();
        let makes_others_go = spec.priority.is_some_and(|priority| priority != 0);
        let kernel = [annotations::APPARMOR, annotations::SECCOMP, annotations::SECCOMP_OF_POD];
        let annotated = |key: &String| kernel.iter().any(|prefix| key.starts_with(prefix));
        namespaces
            || names
            || end
            || who
            || volumes
            || beside
            || node
            || makes_others_go
            || !spec.image_pull_secrets.is_empty()
            || self.metadata.annotations.keys().any(annotated)
            || self.all_containers().any(is_unrecorded)
    }
}

fn is_unrecorded(container: &Container) -> bool {
    let own = &container.security_context;
    // What recorded containers say of who they are.
    let recorded = ContainerSecurityContext {
        run_as_user: own.run_as_user,
        run_as_group: own.run_as_group,
        privileged: own.privileged,
        allow_privilege_escalation: own.allow_privilege_escalation,
        read_only_root_filesystem: own.read_only_root_filesystem,
        capabilities: own.capabilities.clone(),
        ..ContainerSecurityContext::default()
    };
    let other_value =
        |env: &EnvVar| env.value_from.as_ref().is_some_and(|from| from.field_ref.is_none());
    let other_mount = |mount: &VolumeMount| {
        !mount.sub_path.is_empty()
            || !mount.sub_path_expr.is_empty()
            || !mount.mount_propagation.is_empty()
    };
    let probes = [&container.liveness_probe, &container.readiness_probe];
    let other_probe = |probe: &Probe| probe.tcp_socket.is_some();
    let hooks = &container.lifecycle;
    let resources = &container.resources;
    let mut names = resources.requests.keys().chain(resources.limits.keys());
    let other_resource = |name: &String| !matches!(name.as_str(), "cpu" | "memory");
    *own != recorded
        || names.any(other_resource)
        || !container.env_from.is_empty()
        || container.env.iter().any(other_value)
        || container.volume_mounts.iter().any(other_mount)
        || container.startup_probe.is_some()
        || probes.into_iter().flatten().any(other_probe)
        || hooks.post_start.is_some()
        || hooks.pre_stop.is_some()
}
