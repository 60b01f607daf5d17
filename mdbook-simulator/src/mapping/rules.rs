//! Which fields of the three messages belong together.
//!
//! k8s 1.20.2, pkg/kubelet/dockershim: `docker_sandbox.go`, `docker_container.go`, helpers.go,
//! `security_context.go`; dockerd 20.10.24, oci/defaults.go and `daemon/oci_linux.go`. A test holds
//! them to be complete: no recorded field is without a rule.

/// Fields that belong together. A side without fields is empty.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Fields of the CRI request.
    pub cri: &'static [&'static str],
    /// Fields of the body of `POST /containers/create`.
    pub docker: &'static [&'static str],
    /// Fields of the OCI specification.
    pub oci: &'static [&'static str],
    /// What else is to be said, in English and in Chinese.
    pub note: (&'static str, &'static str),
}

type Paths = &'static [&'static str];

const fn rule(cri: Paths, docker: Paths, oci: Paths) -> Rule {
    Rule { cri, docker, oci, note: ("", "") }
}

impl Rule {
    const fn note(self, en: &'static str, zh: &'static str) -> Self {
        Self { note: (en, zh), ..self }
    }
}

/// The rules by what is made.
pub const RULES: [(&str, &[Rule]); 2] = [("sandbox", SANDBOX), ("container", CONTAINER)];

/// From `RunPodSandbox` to the pause container.
pub const SANDBOX: &[Rule] = &[
    rule(
        &["config.metadata.name", "config.metadata.namespace", "config.metadata.uid"],
        &["Labels"],
        &[],
    )
    .note(
        "also in the name, `k8s_POD_<pod>_<namespace>_<uid>_<attempt>`",
        "还写进名称 `k8s_POD_<Pod>_<名字空间>_<uid>_<次数>`",
    ),
    rule(&["config.metadata.attempt"], &[], &[])
        .note("it is the last part of the name", "它是名称的最后一段"),
    rule(&["config.labels"], &["Labels"], &[]),
    rule(&["config.annotations"], &["Labels"], &[])
        .note("with the prefix `annotation.`", "加上前缀 `annotation.`"),
    rule(&["config.hostname"], &["Hostname"], &["hostname"]),
    rule(&["config.log_directory"], &[], &[])
        .note("each container has its own path", "各容器另有自己的路径"),
    rule(
        &["config.dns_config.servers", "config.dns_config.searches", "config.dns_config.options"],
        &[],
        &[],
    )
    .note(
        "it rewrote the `resolv.conf` that Docker had made",
        "它把 Docker 生成的 `resolv.conf` 重写一遍",
    ),
    rule(
        &["config.port_mappings[].container_port", "config.port_mappings[].host_port"],
        &["HostConfig.PortBindings"],
        &[],
    )
    .note(
        "without effect, as the network is `none`; the CNI plugin `portmap` does the work",
        "因为网络是 `none`，并不起作用；真正转发的是 CNI 插件 `portmap`",
    ),
    rule(&["config.linux.cgroup_parent"], &["HostConfig.CgroupParent"], &["linux.cgroupsPath"])
        .note("with the container's ID behind it", "后面接上容器 ID"),
    rule(
        &["config.linux.security_context.namespace_options.network"],
        &["HostConfig.NetworkMode"],
        &["linux.namespaces[].path"],
    )
    .note("2 is the node's network", "2 表示主机网络"),
    rule(&[], &["HostConfig.NetworkMode"], &["linux.namespaces[].type"]).note(
        "`none` where the pod has a network of its own, which CNI sets up later",
        "Pod 有自己的网络时是 `none`，稍后由 CNI 接通",
    ),
    rule(
        &["config.linux.security_context.namespace_options.pid"],
        &["HostConfig.PidMode"],
        &["linux.namespaces[].type"],
    )
    .note(
        "2 is the node's; 1, each container its own, is not written down",
        "2 表示节点的；1 表示各容器自有，不必写出",
    ),
    rule(&["config.linux.security_context.privileged"], &[], &[])
        .note("the pause container is never privileged", "pause 容器从来没有特权"),
    rule(
        &["config.linux.security_context.seccomp_profile_path"],
        &["HostConfig.SecurityOpt"],
        &["linux.seccomp", "process.noNewPrivileges"],
    )
    .note(
        "Docker's own profile, and never more privileges",
        "用 Docker 自己的配置文件，并且禁止提升权限",
    ),
    rule(&[], &["HostConfig.IpcMode"], &["mounts[].source"])
        .note("so that the pod's containers can join", "好让 Pod 的容器加入"),
    rule(&[], &["HostConfig.CpuShares"], &["linux.resources.cpu.shares"])
        .note("the least there is", "权重的最小值"),
    rule(&[], &["HostConfig.OomScoreAdj"], &["process.oomScoreAdj"])
        .note("killed last of its pod", "Pod 中最后才被杀"),
    rule(&[], &["HostConfig.ShmSize"], &["mounts[].options"]),
    rule(&[], &["HostConfig.ConsoleSize"], &[])
        .note("an empty field of the client library", "客户端库里的空字段"),
    rule(&[], &["Image"], &["process.args"])
        .note("the image says what to run", "运行什么由镜像决定"),
    rule(&[], &[], &["process.env", "process.cwd"]),
    rule(&[], &[], &["process.user.uid", "process.user.gid", "process.user.additionalGids"]),
    rule(
        &[],
        &[],
        &[
            "process.capabilities.bounding",
            "process.capabilities.effective",
            "process.capabilities.permitted",
        ],
    )
    .note("its default set of 14", "默认的 14 项"),
    rule(&[], &[], &["root.path"]),
    rule(&[], &[], &["mounts[].destination", "mounts[].type"]),
    rule(&[], &[], &["linux.maskedPaths", "linux.readonlyPaths"]),
    rule(&[], &[], &["linux.sysctl"])
        .note("low ports and ping without privileges", "无须特权即可用低位端口和 ping"),
    rule(&[], &[], &["hooks.prestart[].path", "hooks.prestart[].args"])
        .note("dockerd calls itself for its own network code", "dockerd 为自己的网络代码调用自身"),
    rule(&[], &[], &["hooks"]).note("none with the node's network", "用主机网络时为空"),
    rule(&[], &[], &["linux.resources.memory.disableOOMKiller", "linux.resources.blockIO.weight"]),
    rule(&[], &[], &["linux.resources.devices[].allow", "linux.resources.devices[].access"]),
    rule(
        &[],
        &[],
        &[
            "linux.resources.devices[].type",
            "linux.resources.devices[].major",
            "linux.resources.devices[].minor",
        ],
    ),
    rule(&[], &[], &["ociVersion"]),
];

/// From `CreateContainer` to the container.
pub const CONTAINER: &[Rule] = &[
    rule(
        &["pod_sandbox_id"],
        &["HostConfig.NetworkMode", "HostConfig.IpcMode", "Labels"],
        &["linux.namespaces[].path"],
    )
    .note(
        "the namespaces of the pause container are joined by its process ID",
        "按进程号加入 pause 容器的名字空间",
    ),
    rule(&["config.metadata.name"], &["Labels"], &[]).note(
        "also in the name, `k8s_<container>_<pod>_<namespace>_<uid>_<attempt>`",
        "还写进名称 `k8s_<容器>_<Pod>_<名字空间>_<uid>_<次数>`",
    ),
    rule(&["config.metadata.attempt"], &[], &[])
        .note("it is the last part of the name", "它是名称的最后一段"),
    rule(&["config.image.image"], &["Image"], &["root.path"]),
    rule(&["config.command"], &["Entrypoint"], &["process.args"]),
    rule(&["config.args"], &["Cmd"], &["process.args"])
        .note("appended to the entry point", "接在入口程序之后"),
    rule(&["config.working_dir"], &["WorkingDir"], &["process.cwd"]),
    rule(&["config.envs[].key", "config.envs[].value"], &["Env"], &["process.env"])
        .note("after those of the image and Docker's own", "排在镜像和 Docker 自己的变量之后"),
    rule(
        &["config.mounts[].host_path", "config.mounts[].container_path"],
        &["HostConfig.Binds"],
        &["mounts[].source", "mounts[].destination"],
    ),
    rule(&["config.mounts[].readonly"], &["HostConfig.Binds"], &["mounts[].options"])
        .note("`:ro` behind the paths", "路径后面加 `:ro`"),
    rule(&["config.labels"], &["Labels"], &[]),
    rule(&["config.annotations"], &["Labels"], &[])
        .note("with the prefix `annotation.`", "加上前缀 `annotation.`"),
    rule(&["config.log_path"], &["Labels"], &[]).note(
        "under `io.kubernetes.container.logpath`; the link is made when it starts",
        "放在 `io.kubernetes.container.logpath`；启动时再建链接",
    ),
    rule(&["config.tty"], &["Tty"], &["process.terminal"]),
    rule(&["config.stdin"], &["OpenStdin"], &[]),
    rule(
        &["config.linux.resources.cpu_shares"],
        &["HostConfig.CpuShares"],
        &["linux.resources.cpu.shares"],
    ),
    rule(
        &["config.linux.resources.cpu_period"],
        &["HostConfig.CpuPeriod"],
        &["linux.resources.cpu.period"],
    ),
    rule(
        &["config.linux.resources.cpu_quota"],
        &["HostConfig.CpuQuota"],
        &["linux.resources.cpu.quota"],
    ),
    rule(
        &["config.linux.resources.memory_limit_in_bytes"],
        &["HostConfig.Memory"],
        &["linux.resources.memory.limit"],
    ),
    rule(&[], &["HostConfig.MemorySwap"], &["linux.resources.memory.swap"])
        .note("equal to the limit, so no swap", "等于内存上限，即不用交换区"),
    rule(
        &["config.linux.resources.oom_score_adj"],
        &["HostConfig.OomScoreAdj"],
        &["process.oomScoreAdj"],
    ),
    rule(&["config.linux.resources.hugepage_limits[].page_size"], &[], &[])
        .note("Docker has no limits of huge pages", "Docker 没有大页上限"),
    rule(&["config.linux.security_context.run_as_user.value"], &["User"], &["process.user.uid"]),
    rule(
        &["config.linux.security_context.run_as_group.value"],
        &["User"],
        &["process.user.gid", "process.user.additionalGids"],
    ),
    rule(
        &[
            "config.linux.security_context.capabilities.add_capabilities",
            "config.linux.security_context.capabilities.drop_capabilities",
        ],
        &["HostConfig.CapAdd", "HostConfig.CapDrop"],
        &["process.capabilities.bounding"],
    )
    .note("a bound only, as the user is not root", "用户不是 root，所以只是上界"),
    rule(
        &["config.linux.security_context.privileged"],
        &["HostConfig.Privileged"],
        &[
            "process.capabilities.effective",
            "process.capabilities.permitted",
            "linux.devices[].path",
        ],
    )
    .note("all capabilities and all devices", "所有权能、所有设备"),
    rule(
        &["config.linux.security_context.namespace_options.network"],
        &["HostConfig.UTSMode"],
        &["linux.namespaces[].type"],
    )
    .note("the node's host name comes with its network", "用主机网络，也就用主机的名称"),
    rule(
        &["config.linux.security_context.namespace_options.pid"],
        &["HostConfig.PidMode"],
        &["linux.namespaces[].type"],
    ),
    rule(
        &["config.linux.security_context.readonly_rootfs"],
        &["HostConfig.ReadonlyRootfs"],
        &["root.readonly"],
    ),
    rule(
        &["config.linux.security_context.no_new_privs"],
        &["HostConfig.SecurityOpt"],
        &["process.noNewPrivileges"],
    ),
    rule(&["config.linux.security_context.seccomp"], &["HostConfig.SecurityOpt"], &[]).note(
        "1 is unconfined, which Docker must be told, or it uses its own profile",
        "1 表示不限制，必须告诉 Docker，否则它用自己的配置文件",
    ),
    rule(
        &["config.linux.security_context.masked_paths"],
        &["HostConfig.MaskedPaths"],
        &["linux.maskedPaths"],
    ),
    rule(
        &["config.linux.security_context.readonly_paths"],
        &["HostConfig.ReadonlyPaths"],
        &["linux.readonlyPaths"],
    ),
    rule(&[], &["HostConfig.CgroupParent"], &["linux.cgroupsPath"])
        .note("from the sandbox's own configuration", "取自沙箱的配置"),
    rule(&[], &["HostConfig.RestartPolicy.Name"], &[])
        .note("restarting is the kubelet's affair", "重启是 kubelet 的事"),
    rule(&[], &["Healthcheck.Test"], &[])
        .note("probes are the kubelet's affair", "探针是 kubelet 的事"),
    rule(&[], &["HostConfig.ShmSize"], &[])
        .note("without effect: the pod's is shared", "不起作用：共用 Pod 的"),
    rule(&[], &["HostConfig.ConsoleSize"], &[])
        .note("an empty field of the client library", "客户端库里的空字段"),
    rule(&[], &[], &["hostname"]).note("that of the pause container", "与 pause 容器相同"),
    rule(&[], &[], &["mounts[].type"])
        .note("`/proc`, `/dev`, `/sys` and their like", "`/proc`、`/dev`、`/sys` 等"),
    rule(&[], &[], &["hooks"]),
    rule(&[], &[], &["linux.resources.memory.disableOOMKiller", "linux.resources.blockIO.weight"]),
    rule(&[], &[], &["linux.resources.devices[].allow", "linux.resources.devices[].access"]),
    rule(
        &[],
        &[],
        &[
            "linux.resources.devices[].type",
            "linux.resources.devices[].major",
            "linux.resources.devices[].minor",
        ],
    ),
    rule(
        &[],
        &[],
        &[
            "linux.devices[].type",
            "linux.devices[].major",
            "linux.devices[].minor",
            "linux.devices[].fileMode",
            "linux.devices[].uid",
            "linux.devices[].gid",
        ],
    )
    .note("for the privileged container only", "只有特权容器才有"),
    rule(&[], &[], &["ociVersion"]),
];
