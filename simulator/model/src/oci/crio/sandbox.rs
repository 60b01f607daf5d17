//! The pause process of a CRI-O sandbox, where one is needed.
//!
//! CRI-O 1.23.0, `server/sandbox_run_linux.go`. No recording shows one: all recorded pods keep
//! process IDs to their containers, so this follows the source alone.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::messages::{PodSandboxConfig, namespace_mode};
use crate::oci::crio::annotations::go_json;
use crate::oci::crio::mounts::run_file;
use crate::oci::crio::{cgroups_path, pod_namespaces};
use crate::oci::mounts::{DEV, DEV_MQUEUE, DEV_PTS, PROC, SYS, bind, fixed};
use crate::oci::seccomp::{Flavour, Profile};
use crate::oci::{
    ContainerExtras, Cpu, ImageFacts, Linux, Mount, Namespace, NodeFacts, OCI_VERSION, Process,
    Resources, Root, SandboxFacts, Spec, SpecError, Text, capabilities, devices, environment,
};

/// `pkg/config/config.go`, `pause_command`
const PAUSE: &str = "/pause";
/// The weight of a pause process.
const CPU_SHARES: u64 = 2;
/// The pause process is the last of a pod to be killed for want of memory.
const OOM_SCORE_ADJ: i64 = -998;

/// A port of the node, as it is written down.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Binding<'a> {
    host_port: i32,
    container_port: i32,
    protocol: &'static str,
    #[serde(rename = "HostIP")]
    host_ip: &'a str,
}

/// Whether the sandbox needs a process: only to hold a process ID namespace that its containers
/// share (`drop_infra_ctr` is on by default).
pub fn needs_pause(config: &PodSandboxConfig) -> bool {
    config.linux.security_context.namespace_options.pid == namespace_mode::POD
}

/// The specification of the pause process; none where none is needed.
///
/// # Errors
///
/// When the node lacks the seccomp profile.
pub fn sandbox(
    config: &PodSandboxConfig,
    extras: &ContainerExtras,
    image: &ImageFacts,
    sandbox: &SandboxFacts,
    node: &NodeFacts,
) -> Result<Option<Spec>, SpecError> {
    if !needs_pause(config) {
        return Ok(None);
    }
    let context = &config.linux.security_context;
    let capabilities = capabilities::crio(None, false, node)?;
    let path = &context.seccomp_profile_path;
    let profile = if context.privileged {
        Profile::Unconfined
    } else {
        Profile::of_cri(None, path, Profile::RuntimeDefault)?
    };
    let seccomp = profile.load(Flavour::Containerd, &capabilities.bounding, node)?;
    let own_processes = Namespace { kind: "pid".into(), path: String::new() };
    let others = pod_namespaces(context.namespace_options.network, &sandbox.namespace_name);
    Ok(Some(Spec {
        oci_version: OCI_VERSION.into(),
        process: Process {
            args: vec![PAUSE.into()],
            env: vec![environment::DEFAULT_PATH.into(), environment::TERMINAL.into()],
            cwd: "/".into(),
            capabilities,
            oom_score_adj: Some(OOM_SCORE_ADJ),
            ..Process::default()
        },
        root: Root { path: extras.root.clone(), readonly: true },
        hostname: sandbox.hostname.clone(),
        mounts: mounts(config, &sandbox.id),
        annotations: annotations(config, extras, image, sandbox),
        linux: Linux {
            sysctl: config.linux.sysctls.clone(),
            resources: Resources {
                devices: vec![devices::all(false)],
                cpu: Some(Cpu { shares: Some(CPU_SHARES), ..Cpu::default() }),
                ..Resources::default()
            },
            cgroups_path: cgroups_path(&config.linux.cgroup_parent, &sandbox.id, node),
            namespaces: [own_processes].into_iter().chain(others).collect(),
            seccomp,
            ..Linux::default()
        },
        ..Spec::default()
    }))
}

fn shm(config: &PodSandboxConfig, id: &str) -> String {
    let on_node = config.linux.security_context.namespace_options.ipc == namespace_mode::NODE;
    if on_node { "/dev/shm".into() } else { run_file(id, "shm") }
}

fn mounts(config: &PodSandboxConfig, id: &str) -> Vec<Mount> {
    let options = ["ro", "bind", "nodev", "nosuid", "noexec"];
    let mut list = [PROC, DEV, DEV_PTS, DEV_MQUEUE, SYS].map(fixed).to_vec();
    list.push(bind(run_file(id, "resolv.conf"), "/etc/resolv.conf", &options));
    list.push(bind(shm(config, id), "/dev/shm", &["rw", "bind"]));
    list.push(bind(run_file(id, "hostname"), "/etc/hostname", &options));
    list
}

fn annotations(
    config: &PodSandboxConfig,
    extras: &ContainerExtras,
    image: &ImageFacts,
    sandbox: &SandboxFacts,
) -> BTreeMap<Text, String> {
    let mut labels = config.labels.clone();
    labels.insert("io.kubernetes.container.name".into(), "POD".into());
    let mut all = own(config, extras, image, sandbox);
    all.insert("io.kubernetes.cri-o.Labels".into(), go_json(&labels));
    for (key, value) in config.annotations.iter().chain(&labels) {
        all.insert(key.clone().into(), value.clone());
    }
    if !sandbox.cni_result.is_empty() {
        all.insert("io.kubernetes.cri-o.CNIResult".into(), sandbox.cni_result.clone());
    }
    for (index, ip) in sandbox.ips.iter().enumerate() {
        all.insert(format!("io.kubernetes.cri-o.IP.{index}").into(), ip.clone());
    }
    all
}

fn own(
    config: &PodSandboxConfig,
    extras: &ContainerExtras,
    image: &ImageFacts,
    sandbox: &SandboxFacts,
) -> BTreeMap<Text, String> {
    let (pod, id) = (&config.metadata, &sandbox.id);
    let options = &config.linux.security_context.namespace_options;
    let name = format!("{}_{}_{}_{}", pod.name, pod.namespace, pod.uid, pod.attempt);
    let protocol = |number: i32| ["TCP", "UDP", "SCTP"][number.clamp(0, 2).unsigned_abs() as usize];
    let ports: Vec<Binding<'_>> = config
        .port_mappings
        .iter()
        .filter(|port| port.host_port > 0)
        .map(|port| Binding {
            host_port: port.host_port,
            container_port: port.container_port,
            protocol: protocol(port.protocol),
            host_ip: &port.host_ip,
        })
        .collect();
    let context = &config.linux.security_context;
    let on_node = options.network == namespace_mode::NODE;
    [
        ("io.container.manager", "cri-o".into()),
        ("io.kubernetes.cri-o.Annotations", go_json(&config.annotations)),
        ("io.kubernetes.cri-o.CgroupParent", config.linux.cgroup_parent.clone()),
        ("io.kubernetes.cri-o.ContainerID", id.clone()),
        ("io.kubernetes.cri-o.ContainerName", format!("k8s_POD_{name}")),
        ("io.kubernetes.cri-o.ContainerType", "sandbox".into()),
        ("io.kubernetes.cri-o.Created", extras.created.clone()),
        ("io.kubernetes.cri-o.HostName", sandbox.hostname.clone()),
        ("io.kubernetes.cri-o.HostNetwork", on_node.to_string()),
        ("io.kubernetes.cri-o.HostnamePath", run_file(id, "hostname")),
        ("io.kubernetes.cri-o.Image", image.name.clone()),
        ("io.kubernetes.cri-o.KubeName", pod.name.clone()),
        ("io.kubernetes.cri-o.LogPath", format!("{}/{id}.log", config.log_directory)),
        ("io.kubernetes.cri-o.Metadata", go_json(pod)),
        ("io.kubernetes.cri-o.MountPoint", extras.root.clone()),
        ("io.kubernetes.cri-o.Name", format!("k8s_{name}")),
        ("io.kubernetes.cri-o.Namespace", pod.namespace.clone()),
        ("io.kubernetes.cri-o.NamespaceOptions", go_json(options)),
        ("io.kubernetes.cri-o.PortMappings", go_json(&ports)),
        ("io.kubernetes.cri-o.PrivilegedRuntime", context.privileged.to_string()),
        ("io.kubernetes.cri-o.ResolvPath", run_file(id, "resolv.conf")),
        ("io.kubernetes.cri-o.RuntimeHandler", String::new()),
        ("io.kubernetes.cri-o.SandboxID", id.clone()),
        ("io.kubernetes.cri-o.SeccompProfilePath", context.seccomp_profile_path.clone()),
        ("io.kubernetes.cri-o.ShmPath", shm(config, id)),
    ]
    .into_iter()
    .map(|(key, value)| (key.into(), value))
    .collect()
}
