//! The annotations of a CRI-O container: from them it knows its containers again after a restart.
//!
//! containers/podman 3, `pkg/annotations/annotations.go` for the names;
//! `internal/factory/container/container.go`, `SpecAddAnnotations`, for the values.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::messages::{Mount, StringMap};
use crate::oci::crio::Request;
use crate::oci::crio::mounts::run_file;
use crate::oci::{CgroupDriver, NodeFacts, Text};

/// A mount as it is written down.
#[derive(Serialize)]
struct Volume<'a> {
    container_path: &'a str,
    host_path: &'a str,
    readonly: bool,
}

/// Annotations by name. Those of the pod come first, then CRI-O's, then the container's own and its
/// labels: the last of a name stays.
pub(super) fn annotations(
    request: Request<'_>,
    node: &NodeFacts,
    volumes: &[Mount],
) -> BTreeMap<Text, String> {
    let config = request.config;
    let mut all: BTreeMap<Text, String> = BTreeMap::new();
    for (key, value) in &request.sandbox_config.annotations {
        all.insert(traced(key, &config.metadata.name), value.clone());
    }
    all.extend(own(request).map(|(key, value)| (key.into(), value)));
    all.extend(as_json(request, volumes).map(|(key, value)| (key.into(), value)));
    for (key, value) in config.annotations.iter().chain(&config.labels) {
        all.insert(key.clone().into(), value.clone());
    }
    for (index, ip) in request.sandbox.ips.iter().enumerate() {
        all.insert(format!("io.kubernetes.cri-o.IP.{index}").into(), ip.clone());
    }
    if node.cgroups.driver == CgroupDriver::Systemd {
        all.extend(for_systemd(&config.annotations));
    }
    if !request.image.stop_signal.is_empty() {
        let signal = request.image.stop_signal.clone();
        all.insert("org.opencontainers.image.stopSignal".into(), signal);
    }
    all
}

/// The trace of system calls can be asked for one container of a pod.
fn traced(key: &str, container: &str) -> Text {
    match key.strip_prefix("io.containers.trace-syscall/") {
        Some(name) if name == container => "io.containers.trace-syscall".into(),
        _ => key.to_owned().into(),
    }
}

fn own(request: Request<'_>) -> [(&'static str, String); 17] {
    let Request { config, extras, image, sandbox, .. } = request;
    let pod = &request.sandbox_config.metadata;
    let of_pod = format!("{}_{}_{}", pod.name, pod.namespace, pod.uid);
    let (name, attempt) = (&config.metadata.name, config.metadata.attempt);
    let log_path = match config.log_path.as_str() {
        "" => format!("{}.log", extras.id),
        path => path.to_owned(),
    };
    [
        ("io.container.manager", "cri-o".into()),
        ("io.kubernetes.cri-o.ContainerID", extras.id.clone()),
        ("io.kubernetes.cri-o.ContainerType", "container".into()),
        ("io.kubernetes.cri-o.Created", extras.created.clone()),
        ("io.kubernetes.cri-o.Image", config.image.image.clone()),
        ("io.kubernetes.cri-o.ImageName", image.name.clone()),
        ("io.kubernetes.cri-o.ImageRef", image.id.clone()),
        (
            "io.kubernetes.cri-o.LogPath",
            format!("{}/{log_path}", request.sandbox_config.log_directory),
        ),
        ("io.kubernetes.cri-o.MountPoint", extras.root.clone()),
        ("io.kubernetes.cri-o.Name", format!("k8s_{name}_{of_pod}_{attempt}")),
        ("io.kubernetes.cri-o.ResolvPath", run_file(&sandbox.id, "resolv.conf")),
        ("io.kubernetes.cri-o.SandboxID", sandbox.id.clone()),
        ("io.kubernetes.cri-o.SandboxName", format!("k8s_{of_pod}_{}", pod.attempt)),
        (
            "io.kubernetes.cri-o.SeccompProfilePath",
            config.linux.security_context.seccomp_profile_path.clone(),
        ),
        ("io.kubernetes.cri-o.Stdin", config.stdin.to_string()),
        ("io.kubernetes.cri-o.StdinOnce", config.stdin_once.to_string()),
        ("io.kubernetes.cri-o.TTY", config.tty.to_string()),
    ]
}

fn as_json(request: Request<'_>, volumes: &[Mount]) -> [(&'static str, String); 4] {
    let config = request.config;
    let volumes: Vec<Volume<'_>> = volumes
        .iter()
        .map(|mount| Volume {
            container_path: &mount.container_path,
            host_path: &mount.host_path,
            readonly: mount.readonly,
        })
        .collect();
    [
        ("io.kubernetes.cri-o.Annotations", go_json(&config.annotations)),
        ("io.kubernetes.cri-o.Labels", go_json(&config.labels)),
        ("io.kubernetes.cri-o.Metadata", go_json(&config.metadata)),
        ("io.kubernetes.cri-o.Volumes", go_json(&volumes)),
    ]
}

/// JSON as Go's encoding/json writes it: fit for HTML too.
pub(super) fn go_json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// What systemd should know of the scope.
fn for_systemd(annotations: &StringMap) -> Vec<(Text, String)> {
    let grace = annotations.get("io.kubernetes.pod.terminationGracePeriod");
    let stop = grace.map(|seconds| {
        ("org.systemd.property.TimeoutStopUSec".into(), format!("uint64 {seconds}000000"))
    });
    let fixed = [
        ("org.systemd.property.CollectMode", "'inactive-or-failed'"),
        ("org.systemd.property.DefaultDependencies", "true"),
        ("org.systemd.property.After", "['crio.service']"),
    ];
    let fixed = fixed.map(|(key, value)| (key.into(), value.into()));
    stop.into_iter().chain(fixed).collect()
}
