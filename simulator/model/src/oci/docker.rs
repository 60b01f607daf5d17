//! What dockerd writes for a container, from the body that dockershim or cri-dockerd sent.
//!
//! dockerd 20.10.24: oci/defaults.go for what every specification begins with,
//! `daemon/oci_linux.go` for what is then changed, `daemon/daemon_unix.go` and `daemon/commit.go`
//! for what Docker reads into a body before.

mod mounts;
mod namespaces;

use crate::messages::{ContainerCreate, HostConfig};
use crate::oci::mounts::{clean, texts};
use crate::oci::seccomp::{Flavour, Profile};
use crate::oci::{
    BlockIo, CgroupDriver, ContainerExtras, Cpu, Device, DeviceRule, Hook, Hooks, ImageFacts,
    Linux, Memory, Namespace, NodeFacts, OCI_VERSION, Process, ProcessUser, Resources, Root, Spec,
    SpecError, Text, capabilities, devices, environment, program, users,
};

/// The root of Docker's files.
const DAEMON_ROOT: &str = "/var/lib/docker";
/// The root of its passing files.
const EXEC_ROOT: &str = "/var/run/docker";

/// Hidden from a container for which nothing else was asked.
const MASKED: [&str; 10] = [
    "/proc/asound",
    "/proc/acpi",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/sys/firmware",
];

/// What such a container cannot write to.
const READONLY: [&str; 5] =
    ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/// The devices of every container: zero, null, urandom, random, tty, console; and not fuse.
const DEVICES: [(bool, i64, i64); 7] = [
    (true, 1, 5),
    (true, 1, 3),
    (true, 1, 9),
    (true, 1, 8),
    (true, 5, 0),
    (true, 5, 1),
    (false, 10, 229),
];

/// A container whose namespaces are joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peer {
    /// Its ID, or its name.
    pub id: String,
    /// Its process.
    pub pid: u32,
    /// Its host name.
    pub hostname: String,
    /// Whether its shared memory is that of the node.
    pub on_node_ipc: bool,
}

/// A `POST /containers/create`, and what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The body.
    pub body: &'a ContainerCreate,
    /// What the body's type does not carry.
    pub extras: &'a ContainerExtras,
    /// Its image.
    pub image: &'a ImageFacts,
    /// The containers that it may join: for a container of a pod, the pause container.
    pub peers: &'a [Peer],
}

impl<'a> Request<'a> {
    /// The container behind `container:ID`; none for another mode.
    fn joined(self, mode: &str) -> Result<Option<&'a Peer>, SpecError> {
        let Some(id) = mode.strip_prefix("container:") else { return Ok(None) };
        let peer = self.peers.iter().find(|peer| peer.id == id && peer.pid != 0);
        peer.map(Some).ok_or_else(|| SpecError::NotRunning(id.to_owned()))
    }
}

/// The specification of a container, be it a pause container or another.
///
/// # Errors
///
/// When the body asks for what Docker refuses.
pub fn container(request: Request<'_>, node: &NodeFacts) -> Result<Spec, SpecError> {
    let Request { body, extras, image, .. } = request;
    let host = &body.host_config;
    let security = Security::of(host);
    let user = user(body, image)?;
    let capabilities =
        capabilities::docker(&host.cap_add, &host.cap_drop, host.privileged, user.uid)?;
    let namespaces = namespaces::namespaces(request)?;
    let hostname = hostname(request, node)?;
    let mounted = mounts::mounts(request)?;
    let mut linux = linux(request, node)?;
    linux.rootfs_propagation = mounted.root_propagation;
    if !host.privileged {
        linux.seccomp = security.seccomp.load(Flavour::Docker, &capabilities.bounding, node)?;
    }
    let hooks = hooks(&namespaces, &extras.id, node);
    linux.namespaces = namespaces;
    Ok(Spec {
        oci_version: OCI_VERSION.into(),
        process: Process {
            terminal: body.tty,
            user,
            args: program::args(&body.entrypoint, &body.cmd, image)?,
            env: env(body, image, &hostname),
            cwd: clean(&program::working_dir(&body.working_dir, image)),
            capabilities,
            no_new_privileges: security.no_new_privileges,
            apparmor_profile: apparmor(host.privileged, &security.apparmor, node),
            oom_score_adj: Some(host.oom_score_adj),
            ..Process::default()
        },
        root: Root { path: extras.root.clone(), readonly: host.readonly_rootfs },
        hostname: if host.uts_mode == "host" { String::new() } else { hostname },
        mounts: mounted.list,
        hooks: Some(hooks),
        linux,
        ..Spec::default()
    })
}

/// What `SecurityOpt` says (`daemon/daemon_unix.go`, `parseSecurityOpt`).
struct Security {
    no_new_privileges: bool,
    apparmor: String,
    seccomp: Profile,
}

impl Security {
    fn of(host: &HostConfig) -> Self {
        let mut all = Self {
            no_new_privileges: false,
            apparmor: String::new(),
            seccomp: Profile::RuntimeDefault,
        };
        for option in &host.security_opt {
            match option.split_once('=').or_else(|| option.split_once(':')) {
                None => all.no_new_privileges |= option == "no-new-privileges",
                Some(("no-new-privileges", value)) => all.no_new_privileges = value == "true",
                Some(("apparmor", profile)) => profile.clone_into(&mut all.apparmor),
                Some(("seccomp", "unconfined")) => all.seccomp = Profile::Unconfined,
                Some(("seccomp", profile)) => all.seccomp = Profile::File(profile.to_owned()),
                Some(_) => {}
            }
        }
        all
    }
}

fn apparmor(privileged: bool, asked: &str, node: &NodeFacts) -> String {
    match asked {
        _ if !node.apparmor => "",
        "" if privileged => "unconfined",
        "" => "docker-default",
        asked => asked,
    }
    .to_owned()
}

fn user(body: &ContainerCreate, image: &ImageFacts) -> Result<ProcessUser, SpecError> {
    let named = if body.user.is_empty() { &image.user } else { &body.user };
    let found = users::look_up(named, image)?;
    let mut additional_gids = vec![found.gid];
    additional_gids.extend(found.groups);
    // Each only once (runc 1.1.5, libcontainer/user/user.go, `GetAdditionalGroups`), in an order that
    // chance decides there.
    let mut added = Vec::new();
    for group in &body.host_config.group_add {
        let gid = users::group_id(group, image)?;
        if !added.contains(&gid) {
            added.push(gid);
        }
    }
    additional_gids.extend(added);
    Ok(ProcessUser { uid: found.uid, gid: found.gid, additional_gids })
}

/// container/container.go, `CreateDaemonEnvironment`
fn env(body: &ContainerCreate, image: &ImageFacts, hostname: &str) -> Vec<String> {
    let mut env = vec![environment::DEFAULT_PATH.to_owned(), format!("HOSTNAME={hostname}")];
    if body.tty {
        env.push(environment::TERMINAL.into());
    }
    let asked = environment::with_image(body.env.clone(), &image.env);
    environment::replace_or_append(&mut env, asked.iter().map(String::as_str));
    env
}

/// That of the container whose network is joined, that of the node, or its own
/// (`daemon/container_operations.go`, `initializeNetworking`).
fn hostname(request: Request<'_>, node: &NodeFacts) -> Result<String, SpecError> {
    let mode = &request.body.host_config.network_mode;
    if let Some(peer) = request.joined(mode)? {
        return Ok(peer.hostname.clone());
    }
    Ok(match request.body.hostname.as_str() {
        "" if mode == "host" => node.hostname.clone(),
        "" => request.extras.id.chars().take(12).collect(),
        hostname => hostname.to_owned(),
    })
}

/// dockerd calls itself to hand a new network namespace to its network controller.
fn hooks(namespaces: &[Namespace], id: &str, node: &NodeFacts) -> Hooks {
    let new_network = namespaces.iter().any(|ns| ns.kind == "network" && ns.path.is_empty());
    let hook = || Hook {
        path: format!("/proc/{}/exe", node.dockerd_pid),
        args: vec![
            "libnetwork-setkey".into(),
            format!("-exec-root={EXEC_ROOT}"),
            id.into(),
            node.network_controller.clone(),
        ],
    };
    Hooks { prestart: new_network.then(hook).into_iter().collect() }
}

fn linux(request: Request<'_>, node: &NodeFacts) -> Result<Linux, SpecError> {
    let host = &request.body.host_config;
    let paths = |asked: &[String], default: &[&'static str]| match asked {
        [] if host.privileged => Vec::new(),
        [] => texts(default),
        asked => asked.iter().cloned().map(Text::from).collect(),
    };
    let mut linux = Linux {
        resources: resources(host, node),
        cgroups_path: cgroups_path(&host.cgroup_parent, &request.extras.id, node),
        masked_paths: paths(&host.masked_paths, &MASKED),
        readonly_paths: paths(&host.readonly_paths, &READONLY),
        ..Linux::default()
    };
    // A new network namespace may use low ports and ping without privileges.
    if host.network_mode != "host" && !host.network_mode.starts_with("container:") {
        let settings = [
            ("net.ipv4.ip_unprivileged_port_start", "0"),
            ("net.ipv4.ping_group_range", "0 2147483647"),
        ];
        linux.sysctl.extend(settings.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
    linux.sysctl.extend(host.sysctls.clone());
    let asked = devices::requested(&request.extras.devices, node)?;
    if host.privileged {
        linux.devices.clone_from(&node.devices);
        let other = |device: &Device| !node.devices.iter().any(|d| d.path == device.path);
        linux.devices.extend(asked.into_iter().map(|(device, _)| device).filter(other));
        linux.resources.devices = vec![devices::all(true)];
    } else {
        for (device, rule) in asked {
            linux.devices.push(device);
            linux.resources.devices.push(rule);
        }
    }
    Ok(linux)
}

fn resources(host: &HostConfig, node: &NodeFacts) -> Resources {
    let rule = |(allow, major, minor)| DeviceRule {
        allow,
        kind: "c".into(),
        major: Some(major),
        minor: Some(minor),
        access: "rwm".into(),
    };
    let limit = Some(host.memory).filter(|&bytes| bytes > 0);
    let swap = if host.memory_swap == 0 { host.memory * 2 } else { host.memory_swap };
    Resources {
        devices: [devices::all(false)].into_iter().chain(DEVICES.map(rule)).collect(),
        memory: Some(Memory {
            limit,
            swap: limit.and(Some(swap)).filter(|&bytes| bytes > 0 && node.cgroups.swap_accounting),
            disable_oom_killer: Some(false),
        }),
        cpu: Some(Cpu {
            shares: Some(host.cpu_shares.cast_unsigned()),
            quota: Some(host.cpu_quota).filter(|&quota| quota != 0),
            period: Some(host.cpu_period.cast_unsigned()).filter(|&period| period != 0),
        }),
        block_io: Some(BlockIo { weight: Some(0) }),
        ..Resources::default()
    }
}

fn cgroups_path(parent: &str, id: &str, node: &NodeFacts) -> String {
    match (node.cgroups.driver, parent) {
        (CgroupDriver::Systemd, "") => format!("system.slice:docker:{id}"),
        (CgroupDriver::Systemd, parent) => format!("{parent}:docker:{id}"),
        (CgroupDriver::Cgroupfs, "") => format!("/docker/{id}"),
        (CgroupDriver::Cgroupfs, parent) => clean(&format!("{parent}/{id}")),
    }
}
