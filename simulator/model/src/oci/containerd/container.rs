//! A container of containerd's CRI plugin.

use std::collections::BTreeMap;

use crate::messages::{
    ContainerConfig, LinuxContainerResources, LinuxContainerSecurityContext, Mount as Asked,
    PodSandboxConfig, namespace_mode,
};
use crate::oci::containerd::{
    ROOT, ROOTFS, cgroups_path, common_annotations, default_mounts, sandbox_file, shm_path,
    user_string,
};
use crate::oci::seccomp::{Flavour, Profile};
use crate::oci::{
    ContainerExtras, Cpu, Hugepages, ImageFacts, Linux, Memory, Mount, Namespace, NodeFacts,
    OCI_VERSION, Process, ProcessUser, Resources, Root, SandboxFacts, Spec, SpecError, Text,
    capabilities, devices, environment, mounts, program, users,
};

/// A `CreateContainer`, and what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The sandbox, as the request repeats it.
    pub sandbox_config: &'a PodSandboxConfig,
    /// The container.
    pub config: &'a ContainerConfig,
    /// What the message type does not carry.
    pub extras: &'a ContainerExtras,
    /// Its image; the name is the first that was given to it.
    pub image: &'a ImageFacts,
    /// The sandbox as it runs.
    pub sandbox: &'a SandboxFacts,
}

/// The specification of a container.
///
/// # Errors
///
/// When the request asks for what containerd refuses.
pub fn container(request: Request<'_>, node: &NodeFacts) -> Result<Spec, SpecError> {
    let Request { config, image, .. } = request;
    let context = &config.linux.security_context;
    if context.privileged && !request.sandbox_config.linux.security_context.privileged {
        return Err(SpecError::NotPrivilegedSandbox);
    }
    let asked = context.capabilities.as_ref();
    let capabilities = capabilities::containerd(asked, context.privileged, node);
    let mut linux = linux(request, node)?;
    if !context.privileged {
        let field = context.seccomp.as_ref();
        let path = &context.seccomp_profile_path;
        let profile = Profile::of_cri(field, path, Profile::Unconfined)?;
        linux.seccomp = profile.load(Flavour::Containerd, &capabilities.bounding, node)?;
    }
    let (mounts, rootfs_propagation) = container_mounts(request);
    linux.rootfs_propagation = rootfs_propagation;
    Ok(Spec {
        oci_version: OCI_VERSION.into(),
        process: Process {
            terminal: config.tty,
            user: user(context, image)?,
            args: program::args(&config.command, &config.args, image)?,
            env: env(request, node),
            cwd: program::working_dir(&config.working_dir, image),
            capabilities,
            no_new_privileges: context.no_new_privs,
            apparmor_profile: apparmor(context.privileged, &context.apparmor_profile, node),
            oom_score_adj: Some(config.linux.resources.oom_score_adj),
            ..Process::default()
        },
        root: Root { path: ROOTFS.into(), readonly: context.readonly_rootfs },
        mounts,
        annotations: annotations(request),
        linux,
        ..Spec::default()
    })
}

fn env(request: Request<'_>, node: &NodeFacts) -> Vec<String> {
    let mut env = vec![environment::DEFAULT_PATH.to_owned()];
    if request.config.tty {
        env.push(environment::TERMINAL.into());
    }
    let hostname = match request.sandbox_config.hostname.as_str() {
        "" => &node.hostname,
        hostname => hostname,
    };
    environment::replace_or_append(&mut env, [format!("HOSTNAME={hostname}").as_str()]);
    let asked: Vec<String> = environment::pairs(&request.config.envs).collect();
    let all = request.image.env.iter().chain(&asked).map(String::as_str);
    environment::replace_or_append(&mut env, all);
    env
}

/// The groups that come from the image are those of the user in the request, or else of root: not
/// those of the image's user.
fn user(
    context: &LinuxContainerSecurityContext,
    image: &ImageFacts,
) -> Result<ProcessUser, SpecError> {
    let uid = context.run_as_user.as_ref().map(|user| user.value);
    let gid = context.run_as_group.as_ref().map(|group| group.value);
    let named = user_string(&context.run_as_username, uid, gid)?;
    let named = if named.is_empty() { image.user.clone() } else { named };
    let found = match named.as_str() {
        "" => users::Found::default(),
        named => users::look_up_containerd(named, image)?,
    };
    let member = match context.run_as_username.as_str() {
        "" => uid.unwrap_or(0).to_string(),
        name => name.to_owned(),
    };
    let mut additional_gids = users::memberships(&member, image);
    additional_gids.push(found.gid);
    additional_gids.extend(users::ids(&context.supplemental_groups));
    additional_gids.sort_unstable();
    additional_gids.dedup();
    Ok(ProcessUser { uid: found.uid, gid: found.gid, additional_gids })
}

fn apparmor(privileged: bool, asked: &str, node: &NodeFacts) -> String {
    match asked {
        _ if privileged || !node.apparmor => String::new(),
        "" | "runtime/default" => "cri-containerd.apparmor.d".into(),
        "unconfined" => String::new(),
        name => name.strip_prefix("localhost/").unwrap_or(name).into(),
    }
}

/// The mounts, and how the root passes mounts on.
fn container_mounts(request: Request<'_>) -> (Vec<Mount>, Text) {
    let asked = asked_mounts(request);
    let taken: Vec<String> =
        asked.iter().map(|mount| mounts::clean(&mount.container_path)).collect();
    let mut defaults = default_mounts();
    defaults.push(mounts::fixed(mounts::CGROUP));
    let mut list = mounts::not_overridden(defaults, &taken, &["/dev"]);
    let context = &request.config.linux.security_context;
    if context.privileged {
        // In place, unlike Docker, which takes the word away.
        let systems = list.iter_mut().filter(|mount| matches!(&*mount.kind, "sysfs" | "cgroup"));
        let options = systems.flat_map(|mount| &mut mount.options);
        options.filter(|option| *option == "ro").for_each(|option| *option = "rw".into());
    }
    let mut root = "";
    for mount in asked {
        let (propagation, of_root) = match mount.propagation {
            1 => ("rslave", if root.is_empty() { "rslave" } else { root }),
            2 => ("rshared", "rshared"),
            _ => ("rprivate", root),
        };
        root = of_root;
        let access = if mount.readonly { "ro" } else { "rw" };
        let options = ["rbind", propagation, access];
        list.push(mounts::bind(mount.host_path, mount.container_path, &options));
    }
    (list, root.into())
}

/// The request's mounts, then the sandbox's own files, then the volumes that the image asks for:
/// each only where nothing else is, and sorted by depth.
fn asked_mounts(request: Request<'_>) -> Vec<Asked> {
    let context = &request.config.linux.security_context;
    let id = &request.sandbox.id;
    let shm = shm_path(id, context.namespace_options.ipc == namespace_mode::NODE);
    let read_only = context.readonly_rootfs;
    let own = [
        ("/etc/hostname", sandbox_file(id, "hostname"), read_only),
        ("/etc/hosts", sandbox_file(id, "hosts"), read_only),
        ("/etc/resolv.conf", sandbox_file(id, "resolv.conf"), read_only),
        ("/dev/shm", shm, false),
    ];
    let volume = |(path, volume): (&String, &String)| {
        let container = &request.extras.id;
        (path.clone(), format!("{ROOT}/containers/{container}/volumes/{volume}"), false)
    };
    let volumes = request.image.volumes.iter().zip(&request.extras.volume_ids).map(volume);
    let own = own.into_iter().map(|(path, source, readonly)| (path.to_owned(), source, readonly));
    let mut asked = request.config.mounts.clone();
    for (container_path, host_path, readonly) in own.chain(volumes) {
        let same = |mount: &Asked| mounts::clean(&mount.container_path) == container_path;
        if !request.config.mounts.iter().any(same) {
            asked.push(Asked { container_path, host_path, readonly, propagation: 0 });
        }
    }
    mounts::sort_by_depth(&mut asked, |mount| &mount.container_path);
    asked
}

fn annotations(request: Request<'_>) -> BTreeMap<Text, String> {
    let id = &request.sandbox.id;
    let mut annotations = common_annotations(request.sandbox_config, id, "container");
    let name = request.config.metadata.name.clone();
    annotations.insert("io.kubernetes.cri.container-name".into(), name);
    annotations.insert("io.kubernetes.cri.image-name".into(), request.image.name.clone());
    annotations
}

fn linux(request: Request<'_>, node: &NodeFacts) -> Result<Linux, SpecError> {
    let context = &request.config.linux.security_context;
    let parent = &request.sandbox_config.linux.cgroup_parent;
    let mut linux = Linux {
        resources: resources(&request.config.linux.resources, node),
        cgroups_path: cgroups_path(parent, &request.extras.id),
        namespaces: namespaces(request),
        ..Linux::default()
    };
    for (device, rule) in devices::requested(&request.extras.devices, node)? {
        linux.devices.push(device);
        linux.resources.devices.push(rule);
    }
    if context.privileged {
        linux.devices.extend(node.devices.iter().cloned());
        linux.resources.devices = vec![devices::all(true)];
    } else {
        linux.masked_paths = context.masked_paths.iter().cloned().map(Text::from).collect();
        linux.readonly_paths = context.readonly_paths.iter().cloned().map(Text::from).collect();
    }
    Ok(linux)
}

/// `pkg/cri/opts/spec_linux.go`, `WithResources`: no swap beyond the memory limit.
fn resources(asked: &LinuxContainerResources, node: &NodeFacts) -> Resources {
    let limit = Some(asked.memory_limit_in_bytes).filter(|&limit| limit != 0);
    let hugepages = asked
        .hugepage_limits
        .iter()
        .map(|limit| Hugepages { page_size: limit.page_size.clone(), limit: limit.limit });
    Resources {
        devices: vec![devices::all(false)],
        memory: Some(Memory {
            limit,
            swap: limit.filter(|_| node.cgroups.swap_accounting),
            ..Memory::default()
        }),
        cpu: Some(Cpu {
            shares: Some(asked.cpu_shares.cast_unsigned()).filter(|&shares| shares != 0),
            quota: Some(asked.cpu_quota).filter(|&quota| quota != 0),
            period: Some(asked.cpu_period.cast_unsigned()).filter(|&period| period != 0),
        }),
        hugepage_limits: hugepages.filter(|_| node.cgroups.hugetlb).collect(),
        ..Resources::default()
    }
}

/// All but the mounts are joined through the pause process; process IDs where they are shared with
/// the pod, the node or one container.
fn namespaces(request: Request<'_>) -> Vec<Namespace> {
    let pid = request.sandbox.pid;
    let options = &request.config.linux.security_context.namespace_options;
    let of_process = |kind: &'static str, file: &str, pid: u32| Namespace {
        kind: kind.into(),
        path: format!("/proc/{pid}/ns/{file}"),
    };
    let new = |kind: &'static str| Namespace { kind: kind.into(), path: String::new() };
    let processes = match options.pid {
        namespace_mode::CONTAINER => new("pid"),
        namespace_mode::POD | namespace_mode::NODE => of_process("pid", "pid", pid),
        _ => of_process("pid", "pid", request.extras.target_pid),
    };
    vec![
        processes,
        of_process("ipc", "ipc", pid),
        of_process("uts", "uts", pid),
        new("mount"),
        of_process("network", "net", pid),
    ]
}
