//! What containerd's CRI plugin writes for a sandbox and for a container.
//!
//! containerd 1.6.20: oci/spec.go and oci/mounts.go for what every specification begins with,
//! `pkg/cri/server/sandbox_run_linux.go`, `pkg/cri/server/container_create_linux.go`,
//! `pkg/cri/opts/spec_linux.go` and `oci/spec_opts.go` for what is then changed.

mod container;

pub use container::{Request, container};

use std::collections::BTreeMap;

use crate::messages::{PodSandboxConfig, namespace_mode};
use crate::oci::seccomp::{Flavour, Profile};
use crate::oci::{
    Cpu, ImageFacts, Linux, Mount, Namespace, NodeFacts, OCI_VERSION, Process, ProcessUser,
    Resources, Root, SandboxFacts, Spec, SpecError, Text, capabilities, devices, environment,
    mounts, program, users,
};

/// The root of the plugin's lasting files.
const ROOT: &str = "/var/lib/containerd/io.containerd.grpc.v1.cri";
/// The root of its passing files.
const STATE: &str = "/run/containerd/io.containerd.grpc.v1.cri";
/// Where runc finds the root file system, below the bundle.
const ROOTFS: &str = "rootfs";
/// The weight of a pause process (pkg/cri/opts/spec.go, `DefaultSandboxCPUshares`).
const SANDBOX_CPU_SHARES: u64 = 2;
/// The pause process is the last of a pod to be killed for want of memory
/// (`pkg/cri/server/helpers_linux.go`, `defaultSandboxOOMAdj`).
const SANDBOX_OOM_SCORE_ADJ: i64 = -998;

/// Hidden from a pause process (oci/spec.go).
const MASKED: [&str; 10] = [
    "/proc/acpi",
    "/proc/asound",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/sys/firmware",
    "/proc/scsi",
];

/// What a pause process cannot write to (oci/spec.go).
const READONLY: [&str; 5] =
    ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/// The specification of the pause process.
///
/// # Errors
///
/// When the request asks for what containerd refuses.
pub fn sandbox(
    config: &PodSandboxConfig,
    image: &ImageFacts,
    sandbox: &SandboxFacts,
    node: &NodeFacts,
) -> Result<Spec, SpecError> {
    let context = &config.linux.security_context;
    let capabilities = capabilities::default_sets();
    let profile = Profile::of_cri(None, &context.seccomp_profile_path, Profile::Unconfined)?;
    let seccomp = if context.privileged {
        None
    } else {
        profile.load(Flavour::Containerd, &capabilities.bounding, node)?
    };
    let mut env = Vec::new();
    environment::replace_or_append(&mut env, image.env.iter().map(String::as_str));
    Ok(Spec {
        oci_version: OCI_VERSION.into(),
        process: Process {
            user: sandbox_user(config, image)?,
            args: program::args(&[], &[], image)?,
            env,
            cwd: program::working_dir("", image),
            capabilities,
            no_new_privileges: true,
            oom_score_adj: Some(SANDBOX_OOM_SCORE_ADJ),
            ..Process::default()
        },
        root: Root { path: ROOTFS.into(), readonly: true },
        hostname: config.hostname.clone(),
        mounts: sandbox_mounts(config, &sandbox.id),
        annotations: sandbox_annotations(config, &sandbox.id),
        linux: Linux {
            sysctl: config.linux.sysctls.clone(),
            resources: Resources {
                devices: vec![devices::all(false)],
                cpu: Some(Cpu { shares: Some(SANDBOX_CPU_SHARES), ..Cpu::default() }),
                ..Resources::default()
            },
            cgroups_path: cgroups_path(&config.linux.cgroup_parent, &sandbox.id),
            namespaces: sandbox_namespaces(config, sandbox),
            seccomp,
            masked_paths: mounts::texts(&MASKED),
            readonly_paths: mounts::texts(&READONLY),
            ..Linux::default()
        },
        ..Spec::default()
    })
}

/// Who the pause process is. A user, once named, makes the extra groups of the pod go.
fn sandbox_user(config: &PodSandboxConfig, image: &ImageFacts) -> Result<ProcessUser, SpecError> {
    let context = &config.linux.security_context;
    let user = context.run_as_user.as_ref().map(|user| user.value);
    let group = context.run_as_group.as_ref().map(|group| group.value);
    let named = user_string("", user, group)?;
    let named = if named.is_empty() { image.user.clone() } else { named };
    if named.is_empty() {
        let mut additional_gids: Vec<u32> = users::ids(&context.supplemental_groups).collect();
        additional_gids.sort_unstable();
        additional_gids.dedup();
        return Ok(ProcessUser { additional_gids, ..ProcessUser::default() });
    }
    let found = users::look_up_containerd(&named, image)?;
    Ok(ProcessUser { uid: found.uid, gid: found.gid, additional_gids: vec![found.gid] })
}

/// `user[:group]` (`pkg/cri/server/container_create_linux.go`, `generateUserString`).
fn user_string(name: &str, user: Option<i64>, group: Option<i64>) -> Result<String, SpecError> {
    let user = match user {
        _ if !name.is_empty() => name.to_owned(),
        Some(user) => user.to_string(),
        None => String::new(),
    };
    match group {
        Some(group) if user.is_empty() => Err(SpecError::GroupWithoutUser(group)),
        Some(group) => Ok(format!("{user}:{group}")),
        None => Ok(user),
    }
}

fn sandbox_mounts(config: &PodSandboxConfig, id: &str) -> Vec<Mount> {
    let options = &["rbind", "ro"];
    let mut list = default_mounts();
    list.push(mounts::bind(shm_path(id, on_node_ipc(config)), "/dev/shm", options));
    // Only for runtimes that make a virtual machine of the pod.
    list.push(mounts::bind(sandbox_file(id, "resolv.conf"), "/etc/resolv.conf", options));
    list
}

fn on_node_ipc(config: &PodSandboxConfig) -> bool {
    config.linux.security_context.namespace_options.ipc == namespace_mode::NODE
}

/// What every specification has mounted (oci/mounts.go, without `/run`).
fn default_mounts() -> Vec<Mount> {
    use mounts::{DEV, DEV_MQUEUE, DEV_PTS, DEV_SHM, PROC, SYS};
    [PROC, DEV, DEV_PTS, DEV_SHM, DEV_MQUEUE, SYS].map(mounts::fixed).to_vec()
}

/// The shared memory of a sandbox; that of the node where the pod uses the node's IPC.
fn shm_path(id: &str, on_node: bool) -> String {
    if on_node { "/dev/shm".into() } else { format!("{STATE}/sandboxes/{id}/shm") }
}

/// A file that the plugin keeps for a sandbox.
fn sandbox_file(id: &str, name: &str) -> String {
    format!("{ROOT}/sandboxes/{id}/{name}")
}

/// A cgroup below that of the pod. The parent's own form decides, not the driver
/// (`pkg/cri/server/helpers_linux.go`, `getCgroupsPath`); without a parent it is the namespace's.
fn cgroups_path(parent: &str, id: &str) -> String {
    let base = parent.rsplit('/').next().unwrap_or_default();
    match parent {
        "" => format!("/k8s.io/{id}"),
        _ if base.strip_suffix(".slice").is_some() => format!("{base}:cri-containerd:{id}"),
        _ => mounts::clean(&format!("{parent}/{id}")),
    }
}

/// The namespaces of a pause process, in the order of oci/spec.go. A pod on the node's network has
/// no host name of its own either.
fn sandbox_namespaces(config: &PodSandboxConfig, sandbox: &SandboxFacts) -> Vec<Namespace> {
    let options = &config.linux.security_context.namespace_options;
    let on_node = |mode: i32| mode == namespace_mode::NODE;
    let new = |kind: &'static str| Namespace { kind: kind.into(), path: String::new() };
    let network = Namespace {
        kind: "network".into(),
        path: format!("/var/run/netns/{}", sandbox.namespace_name),
    };
    [
        (!on_node(options.pid)).then(|| new("pid")),
        (!on_node(options.ipc)).then(|| new("ipc")),
        (!on_node(options.network)).then(|| new("uts")),
        Some(new("mount")),
        (!on_node(options.network)).then_some(network),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// pkg/cri/annotations/annotations.go
fn sandbox_annotations(config: &PodSandboxConfig, id: &str) -> BTreeMap<Text, String> {
    let mut annotations = common_annotations(config, id, "sandbox");
    annotations
        .insert("io.kubernetes.cri.sandbox-log-directory".into(), config.log_directory.clone());
    annotations
}

fn common_annotations(
    config: &PodSandboxConfig,
    id: &str,
    kind: &'static str,
) -> BTreeMap<Text, String> {
    let pod = &config.metadata;
    [
        ("io.kubernetes.cri.container-type", kind),
        ("io.kubernetes.cri.sandbox-id", id),
        ("io.kubernetes.cri.sandbox-name", &pod.name),
        ("io.kubernetes.cri.sandbox-namespace", &pod.namespace),
        ("io.kubernetes.cri.sandbox-uid", &pod.uid),
    ]
    .into_iter()
    .map(|(key, value)| (key.into(), value.to_owned()))
    .collect()
}
