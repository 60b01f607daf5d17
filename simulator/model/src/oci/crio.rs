//! What CRI-O writes for a container, and for a sandbox where that has a process.
//!
//! CRI-O 1.23.0: runtime-tools' generate/generate.go for what every specification begins with, then
//! `server/container_create.go`, `server/container_create_linux.go` and
//! `internal/factory/container/container.go`. What the recordings show was held against them; the
//! mounts of privileged containers and of containers on the node's network follow the source alone.

mod annotations;
mod mounts;
mod sandbox;

pub use sandbox::{needs_pause, sandbox};

use crate::messages::{
    ContainerConfig, LinuxContainerResources, LinuxContainerSecurityContext, PodSandboxConfig,
    namespace_mode,
};
use crate::oci::mounts::{clean, texts};
use crate::oci::seccomp::{Flavour, Profile};
use crate::oci::{
    CgroupDriver, ContainerExtras, Cpu, Device, Hugepages, ImageFacts, Linux, Memory, Namespace,
    NodeFacts, OCI_VERSION, Pids, Process, ProcessUser, Resources, Root, SandboxFacts, Spec,
    SpecError, Text, capabilities, devices, environment, program, users,
};

/// How many processes a container may have (`pkg/config/config.go`, `DefaultPidsLimit`).
const PIDS_LIMIT: i64 = 1024;
/// The least memory limit that is taken, in bytes (`internal/config/cgmgr`).
pub(crate) const MEMORY_MINIMUM: i64 = 12 << 20;

/// Hidden from a container for which nothing else was asked.
const MASKED: [&str; 10] = [
    "/proc/acpi",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/sys/firmware",
    "/sys/dev",
];

/// What such a container cannot write to.
const READONLY: [&str; 6] =
    ["/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/// A `CreateContainer`, and what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The sandbox, as the request repeats it.
    pub sandbox_config: &'a PodSandboxConfig,
    /// The container.
    pub config: &'a ContainerConfig,
    /// What the message type does not carry.
    pub extras: &'a ContainerExtras,
    /// Its image; the name is the last that was given to it.
    pub image: &'a ImageFacts,
    /// The sandbox as it runs.
    pub sandbox: &'a SandboxFacts,
}

impl Request<'_> {
    fn on_node_network(&self) -> bool {
        let options = &self.sandbox_config.linux.security_context.namespace_options;
        options.network == namespace_mode::NODE
    }

    fn hostname(&self, node: &NodeFacts) -> String {
        match self.sandbox_config.hostname.as_str() {
            "" if self.on_node_network() => node.hostname.clone(),
            "" => self.sandbox.id.chars().take(12).collect(),
            hostname => hostname.to_owned(),
        }
    }
}

/// The specification of a container.
///
/// # Errors
///
/// When the request asks for what CRI-O refuses.
pub fn container(request: Request<'_>, node: &NodeFacts) -> Result<Spec, SpecError> {
    let Request { config, extras, image, .. } = request;
    let context = &config.linux.security_context;
    if context.privileged && !request.sandbox_config.linux.security_context.privileged {
        return Err(SpecError::NotPrivilegedSandbox);
    }
    let asked = context.capabilities.as_ref();
    let capabilities = capabilities::crio(asked, context.privileged, node)?;
    let user = user(context, image)?;
    let hostname = request.hostname(node);
    let mut linux = linux(request, node)?;
    if !context.privileged {
        let field = context.seccomp.as_ref();
        let path = &context.seccomp_profile_path;
        let profile = Profile::of_cri(field, path, Profile::RuntimeDefault)?;
        linux.seccomp = profile.load(Flavour::Containerd, &capabilities.bounding, node)?;
    }
    let mounted = mounts::mounts(request, user.uid);
    linux.rootfs_propagation = mounted.root_propagation;
    Ok(Spec {
        oci_version: OCI_VERSION.into(),
        process: Process {
            terminal: config.tty,
            user,
            args: program::args(&config.command, &config.args, image)?,
            env: env(config, image, &hostname),
            cwd: program::working_dir(&config.working_dir, image),
            capabilities,
            no_new_privileges: context.no_new_privs,
            apparmor_profile: apparmor(context.privileged, &context.apparmor_profile, node),
            oom_score_adj: Some(config.linux.resources.oom_score_adj),
            ..Process::default()
        },
        root: Root { path: extras.root.clone(), readonly: context.readonly_rootfs },
        hostname,
        mounts: mounted.list,
        annotations: annotations::annotations(request, node, &mounted.volumes),
        linux,
        ..Spec::default()
    })
}

/// The environment. What the generator begins with is never replaced: it looks a variable up by its
/// name in a table whose first entries stand there as `name=value` (runtime-tools,
/// generate/generate.go, `createEnvCacheMap`). So `PATH` comes twice, and `TERM` with a terminal.
fn env(config: &ContainerConfig, image: &ImageFacts, hostname: &str) -> Vec<String> {
    let mut env = vec![environment::DEFAULT_PATH.to_owned(), environment::TERMINAL.to_owned()];
    let first = env.len();
    let terminal = config.tty.then(|| environment::TERMINAL.to_owned());
    let asked = environment::with_image(environment::pairs(&config.envs).collect(), &image.env);
    let named = asked.into_iter().filter(|variable| !environment::name(variable).is_empty());
    for variable in terminal.into_iter().chain([format!("HOSTNAME={hostname}")]).chain(named) {
        let same = |there: &&mut String| environment::name(there) == environment::name(&variable);
        match env[first..].iter_mut().find(same) {
            Some(there) => *there = variable,
            None => env.push(variable),
        }
    }
    env
}

/// `server/container_create.go`, `setupContainerUser`: the own group is not repeated.
fn user(
    context: &LinuxContainerSecurityContext,
    image: &ImageFacts,
) -> Result<ProcessUser, SpecError> {
    let uid = context.run_as_user.as_ref().map(|user| user.value.to_string());
    let group = context.run_as_group.as_ref().map(|group| group.value);
    let named = match context.run_as_username.as_str() {
        "" => uid.clone().unwrap_or_else(|| image.user.clone()),
        name => name.to_owned(),
    };
    if let (Some(group), None, "") = (group, uid, context.run_as_username.as_str()) {
        return Err(SpecError::GroupWithoutUser(group));
    }
    let found = users::look_up(&named, image)?;
    let mut additional_gids = Vec::new();
    for gid in found.groups.into_iter().chain(users::ids(&context.supplemental_groups)) {
        if !additional_gids.contains(&gid) {
            additional_gids.push(gid);
        }
    }
    let gid = group.map_or(Some(found.gid), |group| users::ids(&[group]).next());
    Ok(ProcessUser { uid: found.uid, gid: gid.unwrap_or_default(), additional_gids })
}

fn apparmor(privileged: bool, asked: &str, node: &NodeFacts) -> String {
    match asked {
        _ if privileged || !node.apparmor => "",
        "" | "runtime/default" => "crio-default",
        name => name.strip_prefix("localhost/").unwrap_or(name),
    }
    .to_owned()
}

fn linux(request: Request<'_>, node: &NodeFacts) -> Result<Linux, SpecError> {
    let Request { config, extras, .. } = request;
    let context = &config.linux.security_context;
    let parent = &request.sandbox_config.linux.cgroup_parent;
    let mut linux = Linux {
        resources: resources(&config.linux.resources, node)?,
        cgroups_path: cgroups_path(parent, &extras.id, node),
        namespaces: namespaces(request),
        ..Linux::default()
    };
    if context.privileged {
        // The permission bits are left to runc.
        let plain = |device: &Device| Device { file_mode: None, ..device.clone() };
        linux.devices = node.devices.iter().map(plain).collect();
        linux.resources.devices = vec![devices::all(true)];
        return Ok(linux);
    }
    for (device, rule) in devices::requested(&extras.devices, node)? {
        linux.devices.push(Device { file_mode: None, ..device });
        linux.resources.devices.push(rule);
    }
    let paths = |asked: &[String], default: &[&'static str]| match asked {
        [] => texts(default),
        asked => asked.iter().cloned().map(Text::from).collect(),
    };
    linux.masked_paths = paths(&context.masked_paths, &MASKED);
    linux.readonly_paths = paths(&context.readonly_paths, &READONLY);
    Ok(linux)
}

/// Unlike containerd it writes a quota of 0 down, and memory only where there is a limit.
fn resources(asked: &LinuxContainerResources, node: &NodeFacts) -> Result<Resources, SpecError> {
    let limit = asked.memory_limit_in_bytes;
    if limit != 0 && limit < MEMORY_MINIMUM {
        return Err(SpecError::MemoryTooLow { limit, minimum: MEMORY_MINIMUM });
    }
    let memory = || Memory {
        limit: Some(limit),
        swap: node.cgroups.swap_accounting.then_some(limit),
        ..Memory::default()
    };
    let hugepages = asked
        .hugepage_limits
        .iter()
        .map(|limit| Hugepages { page_size: limit.page_size.clone(), limit: limit.limit });
    Ok(Resources {
        devices: vec![devices::all(false)],
        memory: (limit != 0).then(memory),
        cpu: Some(Cpu {
            shares: Some(asked.cpu_shares.cast_unsigned()),
            quota: Some(asked.cpu_quota),
            period: Some(asked.cpu_period.cast_unsigned()),
        }),
        pids: node.cgroups.pids.then_some(Pids { limit: PIDS_LIMIT }),
        hugepage_limits: hugepages.filter(|_| node.cgroups.hugetlb).collect(),
        ..Resources::default()
    })
}

/// `internal/config/cgmgr`, `ContainerCgroupPath`
fn cgroups_path(parent: &str, id: &str, node: &NodeFacts) -> String {
    match (node.cgroups.driver, parent) {
        (CgroupDriver::Systemd, "") => format!("system.slice:crio:{id}"),
        (CgroupDriver::Systemd, parent) => {
            let slice = parent.rsplit('/').next().unwrap_or(parent);
            format!("{slice}:crio:{id}")
        }
        (CgroupDriver::Cgroupfs, "") => format!("/crio/crio-{id}"),
        (CgroupDriver::Cgroupfs, parent) => clean(&format!("{parent}/crio-{id}")),
    }
}

/// Those of the pod are joined; process IDs where the containers share them.
fn namespaces(request: Request<'_>) -> Vec<Namespace> {
    let options = &request.config.linux.security_context.namespace_options;
    let pid = |path: String| Namespace { kind: "pid".into(), path };
    let processes = match options.pid {
        namespace_mode::NODE => None,
        namespace_mode::POD => Some(pid(format!("/proc/{}/ns/pid", request.sandbox.pid))),
        _ => Some(pid(String::new())),
    };
    let of_sandbox = &request.sandbox_config.linux.security_context.namespace_options;
    let others = pod_namespaces(of_sandbox.network, &request.sandbox.namespace_name);
    processes.into_iter().chain(others).collect()
}

/// The pod's namespaces are held by files, not by a process, so no pause process is needed: `pinns`
/// pins them, the node's own IPC namespace too where the pod uses that.
fn pod_namespaces(network: i32, name: &str) -> Vec<Namespace> {
    let pinned = |kind: &'static str, folder: &str| Namespace {
        kind: kind.into(),
        path: format!("/var/run/{folder}/{name}"),
    };
    let network = (network != namespace_mode::NODE).then(|| pinned("network", "netns"));
    let mount = Namespace { kind: "mount".into(), path: String::new() };
    let others = [pinned("ipc", "ipcns"), pinned("uts", "utsns"), mount];
    network.into_iter().chain(others).collect()
}
