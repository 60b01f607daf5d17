//! What the kubelet asks a container to be (`kuberuntime/kuberuntime_container.go`,
//! `generateContainerConfig`; `kubelet_pods.go`, `GenerateRunContainerOptions`).

mod environment;
mod hash;
mod linux;
mod mounts;
mod security;

use serde_json::json;

pub(crate) use environment::{
    NODE_CPU, NODE_MEMORY_TO_GIVE, NODE_NAME, environment, node_objects, pod_address,
    storage_to_give,
};

pub(crate) use mounts::{impossible as impossible_mount, token_volume};

use crate::kubelet::sandbox_config::pod_labels;
use crate::messages::{ContainerConfig, ContainerMetadata, ImageSpec, StringMap};
use crate::pod::{Container, Pod, Source};

/// Where and when a container is made.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Its place among all containers of the pod.
    pub(crate) index: usize,
    /// How many times it was made before.
    pub(crate) attempt: u32,
    /// The ID of its image.
    pub(crate) image: String,
    /// The last part of the pod's address.
    pub(crate) address: Option<u32>,
}

/// The configuration; none where the manifest cannot be put into effect.
pub(crate) fn make(pod: &Pod, source: Source, place: &Place) -> Option<ContainerConfig> {
    let container = pod.container(place.index);
    let envs = environment(pod, place.index, source, place.address).ok()?;
    let expand =
        |words: &Vec<String>| words.iter().map(|w| environment::expand(w, &envs)).collect();
    let mut labels = pod_labels(pod);
    labels.insert("io.kubernetes.container.name".into(), container.name.clone());
    Some(ContainerConfig {
        metadata: ContainerMetadata { name: container.name.clone(), attempt: place.attempt },
        image: ImageSpec { image: place.image.clone(), annotations: StringMap::new() },
        command: expand(&container.command),
        args: expand(&container.args),
        working_dir: container.working_dir.clone(),
        mounts: mounts::mounts(pod, container, source, place.address, &envs),
        labels,
        annotations: annotations(pod, container, source, place.attempt),
        log_path: format!("{}/{}.log", container.name, place.attempt),
        stdin: container.stdin,
        stdin_once: container.stdin_once,
        tty: container.tty,
        linux: linux::linux(pod, container, source),
        envs,
    })
}

/// The command of a probe: it knows the variables as the manifest writes them, so one whose value is
/// to come from elsewhere is empty (container/helpers.go, `ExpandContainerCommandOnlyStatic`).
pub(crate) fn expand_static(command: &[String], container: &Container) -> Vec<String> {
    // The last of a name is the one that counts.
    let own = container.env.iter().rev();
    let envs: Vec<_> = own
        .map(|env| crate::messages::KeyValue { key: env.name.clone(), value: env.value.clone() })
        .collect();
    command.iter().map(|word| environment::expand(word, &envs)).collect()
}

/// What the kubelet wants to know again after it has lost its memory (kuberuntime/labels.go,
/// `newContainerAnnotations`).
fn annotations(pod: &Pod, container: &Container, source: Source, attempt: u32) -> StringMap {
    let or = |text: &String, default: &str| {
        if text.is_empty() { default.to_owned() } else { text.clone() }
    };
    let path = or(&container.termination_message_path, "/dev/termination-log");
    let policy = or(&container.termination_message_policy, "File");
    let mut annotations: StringMap = [
        ("io.kubernetes.container.hash", hash::hash(pod, container, source)),
        ("io.kubernetes.container.restartCount", attempt.to_string()),
        ("io.kubernetes.container.terminationMessagePath", path),
        ("io.kubernetes.container.terminationMessagePolicy", policy),
        ("io.kubernetes.pod.terminationGracePeriod", pod.grace_seconds().to_string()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into();
    if let Some(hook) = &container.lifecycle.pre_stop {
        let text = hash::handler(hook);
        annotations.insert("io.kubernetes.container.preStopHandler".into(), text);
    }
    if !container.ports.is_empty() {
        annotations.insert("io.kubernetes.container.ports".into(), ports(pod, container));
    }
    annotations
}

/// The ports as JSON, with the fields in the order of the Go type.
fn ports(pod: &Pod, container: &Container) -> String {
    let mut texts = Vec::new();
    for port in &container.ports {
        let mut fields = Vec::new();
        if !port.name.is_empty() {
            fields.push(format!("\"name\":{}", json!(port.name)));
        }
        let host_port = if pod.spec.host_network { port.container_port } else { port.host_port };
        if host_port != 0 {
            fields.push(format!("\"hostPort\":{host_port}"));
        }
        fields.push(format!("\"containerPort\":{}", port.container_port));
        let protocol = if port.protocol.is_empty() { "TCP" } else { &port.protocol };
        fields.push(format!("\"protocol\":{}", json!(protocol)));
        if !port.host_ip.is_empty() {
            fields.push(format!("\"hostIP\":{}", json!(port.host_ip)));
        }
        texts.push(format!("{{{}}}", fields.join(",")));
    }
    format!("[{}]", texts.join(","))
}
