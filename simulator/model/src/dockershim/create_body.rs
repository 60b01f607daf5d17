//! What the shim writes into `POST /containers/create`: the CRI's message in Docker's words.
//!
//! k8s 1.20.2, pkg/kubelet/dockershim: `docker_sandbox.go`, `docker_container.go`, helpers.go,
//! `helpers_linux.go`, naming.go, `security_context.go`; `libdocker/kube_docker_client.go` for
//! `ShmSize`.

use std::collections::BTreeMap;

use crate::messages::{
    ContainerConfig, ContainerCreate, Healthcheck, HostConfig, LinuxContainerSecurityContext,
    LinuxSandboxSecurityContext, Mount, NamespaceOption, PodSandboxConfig, PortBinding,
    PortMapping, RestartPolicy, SeLinuxOption, StringMap, namespace_mode,
};

/// The size of /dev/shm, in bytes.
const SHM_SIZE: i64 = 64 << 20;
/// The weight of a pause container.
const SANDBOX_CPU_SHARES: i64 = 2;
/// The pause container is the last of a pod to be killed for want of memory.
const SANDBOX_OOM_SCORE_ADJ: i64 = -998;
/// The pause image (`cmd/kubelet/app/options/container_runtime.go`).
pub(crate) const PAUSE_IMAGE: &str = "k8s.gcr.io/pause:3.2";

/// `k8s_POD_<pod>_<namespace>_<uid>_<attempt>`
pub(super) fn sandbox_name(config: &PodSandboxConfig) -> String {
    let metadata = &config.metadata;
    let (name, namespace, uid) = (&metadata.name, &metadata.namespace, &metadata.uid);
    format!("k8s_POD_{name}_{namespace}_{uid}_{}", metadata.attempt)
}

/// `k8s_<container>_<pod>_<namespace>_<uid>_<attempt>`
pub(super) fn container_name(sandbox: &PodSandboxConfig, config: &ContainerConfig) -> String {
    let pod = &sandbox.metadata;
    let (container, attempt) = (&config.metadata.name, config.metadata.attempt);
    format!("k8s_{container}_{}_{}_{}_{attempt}", pod.name, pod.namespace, pod.uid)
}

/// The body for the pause container of a sandbox.
pub(super) fn sandbox(config: &PodSandboxConfig) -> ContainerCreate {
    let mut labels = merge_labels(&config.labels, &config.annotations);
    labels.insert("io.kubernetes.docker.type".into(), "podsandbox".into());
    labels.insert("io.kubernetes.container.name".into(), "POD".into());
    let context = &config.linux.security_context;
    let namespaces = &context.namespace_options;
    let on_node = |mode: i32| mode == namespace_mode::NODE;
    let host_config = HostConfig {
        network_mode: if on_node(namespaces.network) { "host" } else { "none" }.into(),
        port_bindings: port_bindings(&config.port_mappings),
        ipc_mode: if on_node(namespaces.ipc) { "host" } else { "shareable" }.into(),
        pid_mode: if on_node(namespaces.pid) { "host".into() } else { String::new() },
        oom_score_adj: SANDBOX_OOM_SCORE_ADJ,
        group_add: context.supplemental_groups.iter().map(i64::to_string).collect(),
        security_opt: sandbox_security_options(context),
        sysctls: config.linux.sysctls.clone(),
        cpu_shares: SANDBOX_CPU_SHARES,
        cgroup_parent: config.linux.cgroup_parent.clone(),
        ..common()
    };
    ContainerCreate {
        hostname: config.hostname.clone(),
        user: user(
            context.run_as_user.as_ref().map(|u| u.value),
            context.run_as_group.as_ref().map(|g| g.value),
        ),
        image: PAUSE_IMAGE.into(),
        labels,
        host_config,
        ..ContainerCreate::default()
    }
}

/// The body for a container of a pod.
pub(super) fn container(
    sandbox: &PodSandboxConfig,
    config: &ContainerConfig,
    sandbox_id: &str,
) -> ContainerCreate {
    let mut labels = merge_labels(&config.labels, &config.annotations);
    labels.insert("io.kubernetes.docker.type".into(), "container".into());
    let log = format!("{}/{}", sandbox.log_directory, config.log_path);
    labels.insert("io.kubernetes.container.logpath".into(), log);
    labels.insert("io.kubernetes.sandbox.id".into(), sandbox_id.into());
    let context = &config.linux.security_context;
    ContainerCreate {
        user: user(
            context.run_as_user.as_ref().map(|user| user.value),
            context.run_as_group.as_ref().map(|group| group.value),
        ),
        tty: config.tty,
        open_stdin: config.stdin,
        stdin_once: config.stdin_once,
        env: config.envs.iter().map(|env| format!("{}={}", env.key, env.value)).collect(),
        cmd: config.args.clone(),
        healthcheck: Some(Healthcheck { test: vec!["NONE".into()] }),
        image: config.image.image.clone(),
        working_dir: config.working_dir.clone(),
        entrypoint: config.command.clone(),
        labels,
        host_config: container_host_config(sandbox, config, sandbox_id),
        ..ContainerCreate::default()
    }
}

fn container_host_config(
    sandbox: &PodSandboxConfig,
    config: &ContainerConfig,
    sandbox_id: &str,
) -> HostConfig {
    let context = &config.linux.security_context;
    let resources = &config.linux.resources;
    let of_sandbox = format!("container:{sandbox_id}");
    let capabilities = context.capabilities.clone().unwrap_or_default();
    // A privileged container sees all of /proc.
    let unless_privileged =
        |paths: &Vec<String>| if context.privileged { Vec::new() } else { paths.clone() };
    HostConfig {
        binds: config.mounts.iter().map(bind).collect(),
        network_mode: of_sandbox.clone(),
        restart_policy: Some(RestartPolicy { name: "no".into() }),
        cap_add: capabilities.add_capabilities,
        cap_drop: capabilities.drop_capabilities,
        group_add: context.supplemental_groups.iter().map(i64::to_string).collect(),
        ipc_mode: of_sandbox.clone(),
        oom_score_adj: resources.oom_score_adj,
        pid_mode: pid_mode(&context.namespace_options, of_sandbox),
        privileged: context.privileged,
        readonly_rootfs: context.readonly_rootfs,
        security_opt: security_options(context),
        uts_mode: if context.namespace_options.network == namespace_mode::NODE {
            "host".into()
        } else {
            String::new()
        },
        cpu_shares: resources.cpu_shares,
        memory: resources.memory_limit_in_bytes,
        cgroup_parent: sandbox.linux.cgroup_parent.clone(),
        cpu_period: resources.cpu_period,
        cpu_quota: resources.cpu_quota,
        memory_swap: resources.memory_limit_in_bytes,
        masked_paths: unless_privileged(&context.masked_paths),
        readonly_paths: unless_privileged(&context.readonly_paths),
        ..common()
    }
}

fn common() -> HostConfig {
    HostConfig { shm_size: SHM_SIZE, console_size: vec![0, 0], ..HostConfig::default() }
}

/// Docker knows only labels, so annotations become labels with a prefix.
fn merge_labels(labels: &StringMap, annotations: &StringMap) -> StringMap {
    let annotations = annotations.iter().map(|(k, v)| (format!("annotation.{k}"), v.clone()));
    labels.iter().map(|(k, v)| (k.clone(), v.clone())).chain(annotations).collect()
}

fn user(user: Option<i64>, group: Option<i64>) -> String {
    match (user, group) {
        (Some(user), Some(group)) => format!("{user}:{group}"),
        (Some(user), None) => user.to_string(),
        (None, _) => String::new(),
    }
}

fn port_bindings(ports: &[PortMapping]) -> BTreeMap<String, Vec<PortBinding>> {
    let mut bindings = BTreeMap::new();
    for port in ports.iter().filter(|port| port.host_port != 0) {
        let protocol = match port.protocol {
            1 => "udp",
            2 => "sctp",
            _ => "tcp",
        };
        let binding =
            PortBinding { host_ip: port.host_ip.clone(), host_port: port.host_port.to_string() };
        let key = format!("{}/{protocol}", port.container_port);
        bindings.entry(key).or_insert_with(Vec::new).push(binding);
    }
    bindings
}

/// `node:container[:options]`
fn bind(mount: &Mount) -> String {
    let mut options = Vec::new();
    if mount.readonly {
        options.push("ro");
    }
    match mount.propagation {
        1 => options.push("rslave"),
        2 => options.push("rshared"),
        _ => {}
    }
    let path = format!("{}:{}", mount.host_path, mount.container_path);
    if options.is_empty() { path } else { format!("{path}:{}", options.join(",")) }
}

fn pid_mode(namespaces: &NamespaceOption, of_sandbox: String) -> String {
    match namespaces.pid {
        namespace_mode::NODE => "host".into(),
        namespace_mode::POD => of_sandbox,
        _ => String::new(),
    }
}

/// A pause process never gains privileges and has Docker's own seccomp profile
/// (`helpers_linux.go`, `getSandBoxSecurityOpts`).
fn sandbox_security_options(context: &LinuxSandboxSecurityContext) -> Vec<String> {
    let mut options = labels(context.selinux_options.as_ref());
    options.push("no-new-privileges".into());
    options
}

/// The options in the order in which the shim puts them together (`security_context.go`,
/// `modifyHostConfig`; `helpers_linux.go`, `getSeccompDockerOpts`). No seccomp profile named means
/// none at all: the shim says `unconfined` where Docker would use its own.
fn security_options(context: &LinuxContainerSecurityContext) -> Vec<String> {
    let mut options = labels(context.selinux_options.as_ref());
    match context.apparmor_profile.as_str() {
        "" | "runtime/default" => {}
        profile => {
            let name = profile.strip_prefix("localhost/").unwrap_or(profile);
            options.push(format!("apparmor={name}"));
        }
    }
    if context.no_new_privs {
        options.push("no-new-privileges".into());
    }
    match context.seccomp_profile_path.as_str() {
        "" | "unconfined" => options.push("seccomp=unconfined".into()),
        "runtime/default" | "docker/default" => {}
        profile => options.push(format!("seccomp={profile}")),
    }
    options
}

/// `selinux_util.go`, `addSELinuxOptions`
fn labels(label: Option<&SeLinuxOption>) -> Vec<String> {
    let Some(label) = label else { return Vec::new() };
    let parts = [
        ("user", &label.user),
        ("role", &label.role),
        ("type", &label.kind),
        ("level", &label.level),
    ];
    let set = parts.into_iter().filter(|(_, value)| !value.is_empty());
    set.map(|(name, value)| format!("label={name}:{value}")).collect()
}
