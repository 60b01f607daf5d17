//! What is filled in where a manifest says nothing (k8s 1.20.2, pkg/apis/core/v1/defaults.go, and
//! the admission plugin `ServiceAccount`).

mod seccomp;

use simulator_model::pod::{Container, HttpGet, Pod, Probe, Source};

use crate::read::{Defaults, Options};

/// Fills in a pod.
pub(crate) fn fill(pod: &mut Pod, options: &Options) {
    if pod.metadata.namespace.is_empty() {
        pod.metadata.namespace = "default".into();
    }
    // The kubelet itself fills in what it reads from a file.
    if options.defaults == Defaults::AsRecorded && options.source == Source::Api {
        return;
    }
    let spec = &mut pod.spec;
    or(&mut spec.dns_policy, "ClusterFirst");
    spec.termination_grace_period_seconds.get_or_insert(30);
    spec.enable_service_links.get_or_insert(true);
    if spec.service_account_name.is_empty() {
        spec.service_account_name.clone_from(&spec.service_account);
    }
    if options.source == Source::Api {
        or(&mut spec.service_account_name, "default");
        // The admission plugin `Priority`; the two classes that every cluster has
        // (pkg/apis/scheduling/v1/helpers.go).
        let priority = match spec.priority_class_name.as_str() {
            "system-node-critical" => Some(2_000_001_000),
            "system-cluster-critical" => Some(2_000_000_000),
            _ => None,
        };
        spec.priority = spec.priority.or(priority);
    }
    let host_network = spec.host_network;
    if options.source == Source::Api {
        for container in spec.init_containers.iter_mut().chain(&mut spec.containers) {
            // The feature gate `ProcMountType` is off, so no other value is kept
            // (pkg/api/pod/util.go, `dropDisabledProcMountField`).
            let proc_mount = &mut container.security_context.proc_mount;
            if !proc_mount.is_empty() {
                "Default".clone_into(proc_mount);
            }
        }
        seccomp::sync(pod);
    }
    let spec = &mut pod.spec;
    for container in spec.init_containers.iter_mut().chain(&mut spec.containers) {
        fill_container(container, host_network);
    }
}

fn fill_container(container: &mut Container, host_network: bool) {
    container.image_pull_policy = Some(container.pull_policy());
    or(&mut container.termination_message_path, "/dev/termination-log");
    or(&mut container.termination_message_policy, "File");
    for port in &mut container.ports {
        or(&mut port.protocol, "TCP");
        if host_network && port.host_port == 0 {
            port.host_port = port.container_port;
        }
    }
    for (name, limit) in &container.resources.limits {
        container.resources.requests.entry(name.clone()).or_insert(*limit);
    }
    for variable in &mut container.env {
        let from = variable.value_from.as_mut();
        if let Some(field) = from.and_then(|from| from.field_ref.as_mut()) {
            or(&mut field.api_version, "v1");
        }
    }
    let probes = [
        &mut container.liveness_probe,
        &mut container.readiness_probe,
        &mut container.startup_probe,
    ];
    probes.into_iter().flatten().for_each(fill_probe);
    let lifecycle = &mut container.lifecycle;
    let hooks = [&mut lifecycle.post_start, &mut lifecycle.pre_stop];
    for hook in hooks.into_iter().flatten() {
        hook.http_get.iter_mut().for_each(fill_http);
    }
}

fn fill_probe(probe: &mut Probe) {
    let counts = [
        (&mut probe.timeout_seconds, 1),
        (&mut probe.period_seconds, 10),
        (&mut probe.success_threshold, 1),
        (&mut probe.failure_threshold, 3),
    ];
    for (count, default) in counts {
        // As for the API server, 0 is as good as nothing.
        *count = count.filter(|count| *count != 0).or(Some(default));
    }
    probe.http_get.iter_mut().for_each(fill_http);
}

fn fill_http(http: &mut HttpGet) {
    or(&mut http.path, "/");
    or(&mut http.scheme, "HTTP");
}

fn or(text: &mut String, default: &str) {
    if text.is_empty() {
        default.clone_into(text);
    }
}
