//! Recorded requests, read into the model's own messages: every field, or the test fails.

use serde_json::{Map, Value};
use simulator_model::messages::{
    Capability, ContainerConfig, ContainerCreate, ContainerMetadata, DnsConfig, Healthcheck,
    HostConfig, HugepageLimit, ImageSpec, Int64Value, KeyValue, LinuxContainerConfig,
    LinuxContainerResources, LinuxContainerSecurityContext, LinuxPodSandboxConfig,
    LinuxSandboxSecurityContext, Mount, NamespaceOption, PodSandboxConfig, PodSandboxMetadata,
    PortBinding, PortMapping, RestartPolicy, SecurityProfile, StringMap,
};

/// Reads `config` of a `RunPodSandbox`.
pub(super) fn sandbox_config(value: &Value) -> PodSandboxConfig {
    let (metadata, dns, linux) =
        (at(value, "metadata"), at(value, "dns_config"), at(value, "linux"));
    let context = at(linux, "security_context");
    let config = PodSandboxConfig {
        metadata: PodSandboxMetadata {
            name: text(metadata, "name"),
            uid: text(metadata, "uid"),
            namespace: text(metadata, "namespace"),
            attempt: number(metadata, "attempt"),
        },
        hostname: text(value, "hostname"),
        log_directory: text(value, "log_directory"),
        dns_config: DnsConfig {
            servers: texts(dns, "servers"),
            searches: texts(dns, "searches"),
            options: texts(dns, "options"),
        },
        port_mappings: list(value, "port_mappings", |port| PortMapping {
            protocol: number(port, "protocol"),
            container_port: number(port, "container_port"),
            host_port: number(port, "host_port"),
            host_ip: text(port, "host_ip"),
        }),
        labels: map(value, "labels"),
        annotations: map(value, "annotations"),
        linux: LinuxPodSandboxConfig {
            cgroup_parent: text(linux, "cgroup_parent"),
            security_context: LinuxSandboxSecurityContext {
                namespace_options: namespaces(context),
                run_as_user: id(context, "run_as_user"),
                run_as_group: id(context, "run_as_group"),
                supplemental_groups: list(context, "supplemental_groups", integer),
                privileged: flag(context, "privileged"),
                seccomp_profile_path: text(context, "seccomp_profile_path"),
                ..LinuxSandboxSecurityContext::default()
            },
            sysctls: map(linux, "sysctls"),
        },
    };
    same(&config, value);
    config
}

/// Reads `config` of a `CreateContainer`.
pub(super) fn container_config(value: &Value) -> ContainerConfig {
    let (metadata, image, linux) = (at(value, "metadata"), at(value, "image"), at(value, "linux"));
    let config = ContainerConfig {
        metadata: ContainerMetadata {
            name: text(metadata, "name"),
            attempt: number(metadata, "attempt"),
        },
        image: ImageSpec { image: text(image, "image"), annotations: map(image, "annotations") },
        command: texts(value, "command"),
        args: texts(value, "args"),
        working_dir: text(value, "working_dir"),
        envs: list(value, "envs", |env| KeyValue {
            key: text(env, "key"),
            value: text(env, "value"),
        }),
        mounts: list(value, "mounts", |mount| Mount {
            container_path: text(mount, "container_path"),
            host_path: text(mount, "host_path"),
            readonly: flag(mount, "readonly"),
            propagation: number(mount, "propagation"),
        }),
        labels: map(value, "labels"),
        annotations: map(value, "annotations"),
        log_path: text(value, "log_path"),
        stdin: flag(value, "stdin"),
        stdin_once: flag(value, "stdin_once"),
        tty: flag(value, "tty"),
        linux: LinuxContainerConfig {
            resources: resources(at(linux, "resources")),
            security_context: security_context(at(linux, "security_context")),
        },
    };
    same(&config, value);
    config
}

fn resources(value: &Value) -> LinuxContainerResources {
    LinuxContainerResources {
        cpu_period: number(value, "cpu_period"),
        cpu_quota: number(value, "cpu_quota"),
        cpu_shares: number(value, "cpu_shares"),
        memory_limit_in_bytes: number(value, "memory_limit_in_bytes"),
        oom_score_adj: number(value, "oom_score_adj"),
        hugepage_limits: list(value, "hugepage_limits", |limit| HugepageLimit {
            page_size: text(limit, "page_size"),
            limit: number(limit, "limit"),
        }),
    }
}

fn security_context(value: &Value) -> LinuxContainerSecurityContext {
    LinuxContainerSecurityContext {
        capabilities: value.get("capabilities").map(|both| Capability {
            add_capabilities: texts(both, "add_capabilities"),
            drop_capabilities: texts(both, "drop_capabilities"),
        }),
        privileged: flag(value, "privileged"),
        namespace_options: namespaces(value),
        run_as_user: id(value, "run_as_user"),
        run_as_username: text(value, "run_as_username"),
        run_as_group: id(value, "run_as_group"),
        supplemental_groups: list(value, "supplemental_groups", integer),
        readonly_rootfs: flag(value, "readonly_rootfs"),
        seccomp_profile_path: text(value, "seccomp_profile_path"),
        no_new_privs: flag(value, "no_new_privs"),
        masked_paths: texts(value, "masked_paths"),
        readonly_paths: texts(value, "readonly_paths"),
        seccomp: value.get("seccomp").map(|profile| SecurityProfile {
            profile_type: number(profile, "profile_type"),
            localhost_ref: text(profile, "localhost_ref"),
        }),
        ..LinuxContainerSecurityContext::default()
    }
}

fn namespaces(context: &Value) -> NamespaceOption {
    let options = at(context, "namespace_options");
    NamespaceOption {
        network: number(options, "network"),
        pid: number(options, "pid"),
        ipc: number(options, "ipc"),
    }
}

/// Reads the body of Docker's `POST /containers/create`.
pub(super) fn create_body(value: &Value) -> ContainerCreate {
    let body = ContainerCreate {
        hostname: text(value, "Hostname"),
        user: text(value, "User"),
        tty: flag(value, "Tty"),
        open_stdin: flag(value, "OpenStdin"),
        stdin_once: flag(value, "StdinOnce"),
        env: texts(value, "Env"),
        cmd: texts(value, "Cmd"),
        healthcheck: value
            .get("Healthcheck")
            .map(|check| Healthcheck { test: texts(check, "Test") }),
        image: text(value, "Image"),
        working_dir: text(value, "WorkingDir"),
        entrypoint: texts(value, "Entrypoint"),
        labels: map(value, "Labels"),
        host_config: host_config(at(value, "HostConfig")),
    };
    same(&body, value);
    body
}

fn host_config(value: &Value) -> HostConfig {
    let bindings = at(value, "PortBindings").as_object();
    let binding = |binding: &Value| PortBinding {
        host_ip: text(binding, "HostIp"),
        host_port: text(binding, "HostPort"),
    };
    HostConfig {
        binds: texts(value, "Binds"),
        network_mode: text(value, "NetworkMode"),
        port_bindings: bindings
            .into_iter()
            .flatten()
            .map(|(port, of_port)| (port.clone(), items(of_port).map(binding).collect()))
            .collect(),
        restart_policy: value
            .get("RestartPolicy")
            .map(|policy| RestartPolicy { name: text(policy, "Name") }),
        cap_add: texts(value, "CapAdd"),
        cap_drop: texts(value, "CapDrop"),
        group_add: texts(value, "GroupAdd"),
        ipc_mode: text(value, "IpcMode"),
        oom_score_adj: number(value, "OomScoreAdj"),
        pid_mode: text(value, "PidMode"),
        privileged: flag(value, "Privileged"),
        readonly_rootfs: flag(value, "ReadonlyRootfs"),
        security_opt: texts(value, "SecurityOpt"),
        uts_mode: text(value, "UTSMode"),
        shm_size: number(value, "ShmSize"),
        sysctls: map(value, "Sysctls"),
        console_size: list(value, "ConsoleSize", integer),
        cpu_shares: number(value, "CpuShares"),
        memory: number(value, "Memory"),
        cgroup_parent: text(value, "CgroupParent"),
        cpu_period: number(value, "CpuPeriod"),
        cpu_quota: number(value, "CpuQuota"),
        memory_swap: number(value, "MemorySwap"),
        masked_paths: texts(value, "MaskedPaths"),
        readonly_paths: texts(value, "ReadonlyPaths"),
    }
}

/// Nothing was lost in reading.
fn same(message: &impl serde::Serialize, recorded: &Value) {
    let read = serde_json::to_value(message).expect("messages are JSON");
    assert_eq!(&read, recorded, "the message type lacks a field of the recording");
}

fn at<'a>(value: &'a Value, key: &str) -> &'a Value {
    value.get(key).unwrap_or(&Value::Null)
}

fn text(value: &Value, key: &str) -> String {
    at(value, key).as_str().unwrap_or_default().to_owned()
}

fn flag(value: &Value, key: &str) -> bool {
    at(value, key).as_bool().unwrap_or_default()
}

fn number<T: TryFrom<i64> + Default>(value: &Value, key: &str) -> T {
    integer(at(value, key))
}

fn integer<T: TryFrom<i64> + Default>(value: &Value) -> T {
    value.as_i64().and_then(|number| T::try_from(number).ok()).unwrap_or_default()
}

fn id(value: &Value, key: &str) -> Option<Int64Value> {
    value.get(key).map(|id| Int64Value { value: number(id, "value") })
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn list<T>(value: &Value, key: &str, read: impl Fn(&Value) -> T) -> Vec<T> {
    items(at(value, key)).map(read).collect()
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    list(value, key, |text| text.as_str().unwrap_or_default().to_owned())
}

fn map(value: &Value, key: &str) -> StringMap {
    let empty = Map::new();
    let entries = at(value, key).as_object().unwrap_or(&empty);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    entries.iter().map(|(key, value)| (key.clone(), text(value))).collect()
}
