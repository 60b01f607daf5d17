//! The table of what changed from one kubelet version to the next.

use crate::basis::{Basis, Phrase};
use crate::versions::{KubeletVersion, VersionFact};

const fn v(minor: u8) -> KubeletVersion {
    KubeletVersion::of(minor)
}

const fn fact(
    id: &'static str,
    versions: (u8, u8),
    basis: Basis,
    source: &'static str,
    what: Phrase,
) -> VersionFact {
    let source = Phrase::name(source);
    let until = if versions.1 == 0 { None } else { Some(v(versions.1)) };
    VersionFact { id, what, since: v(versions.0), until, source, basis }
}

impl VersionFact {
    /// With the source as Chinese names it, where words of our own are in it.
    const fn source_in_chinese(mut self, zh: &'static str) -> Self {
        self.source.zh = zh;
        self
    }
}

const fn says(en: &'static str, zh: &'static str) -> Phrase {
    Phrase { en, zh }
}

/// The last version is 0 where the fact still holds.
const STILL: u8 = 0;

/// What is known, by subject and version.
pub const FACTS: [VersionFact; 35] = [
    fact(
        "dockershim",
        (20, 23),
        Basis::Documents,
        "kubernetes/kubernetes#97252; recorded at 1.20.2",
        says(
            "The kubelet contains dockershim and can use Docker Engine by itself.",
            "kubelet 内含 dockershim，可以直接使用 Docker Engine。",
        ),
    )
    .source_in_chinese("kubernetes/kubernetes#97252；录制于 1.20.2"),
    fact(
        "dockershim-gone",
        (24, STILL),
        Basis::Documents,
        "kubernetes/kubernetes#97252",
        says(
            "dockershim is gone; Docker Engine needs cri-dockerd.",
            "dockershim 已移除；要用 Docker Engine，需要 cri-dockerd。",
        ),
    ),
    fact(
        "dockershim-warning",
        (20, 23),
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/kubelet.go",
        says(
            "A kubelet that uses dockershim warns at start-up that dockershim is deprecated.",
            "使用 dockershim 的 kubelet 在启动时警告：dockershim 已弃用。",
        ),
    ),
    fact(
        "shim-flags-silent",
        (20, 20),
        Basis::Recorded,
        "the recordings: kubelet 1.20.2 with `--network-plugin=cni`",
        says("dockershim's flags are taken without a word.", "dockershim 的标志照收，不作提示。"),
    )
    .source_in_chinese("录制：使用 `--network-plugin=cni` 的 kubelet 1.20.2"),
    fact(
        "shim-flags-deprecated",
        (21, 23),
        Basis::Documents,
        "kubernetes/kubernetes#98730",
        says(
            "dockershim's flags are taken with a warning that they will be removed along with it.",
            "dockershim 的标志仍可用，但会警告它们将与 dockershim 一同移除。",
        ),
    ),
    fact(
        "shim-flags-unknown",
        (24, STILL),
        Basis::Documents,
        "kubernetes/kubernetes#106907; kubernetes-sigs/kubespray#8924",
        says(
            "A kubelet started with one of dockershim's flags exits at once: unknown flag.",
            "以 dockershim 的标志启动的 kubelet 立即退出：未知标志（unknown flag）。",
        ),
    ),
    fact(
        "container-runtime-choice",
        (20, 23),
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/config/flags.go",
        says(
            "`--container-runtime` chooses between `docker` (the default) and `remote`.",
            "`--container-runtime` 可选 `docker`（默认）或 `remote`。",
        ),
    ),
    fact(
        "container-runtime-remote",
        (24, 26),
        Basis::Documents,
        "kubernetes/kubernetes#107094",
        says(
            "`--container-runtime` is deprecated; only `remote` is accepted.",
            "`--container-runtime` 已弃用，只接受 `remote`。",
        ),
    ),
    fact(
        "container-runtime-unknown",
        (27, STILL),
        Basis::Documents,
        "kubernetes/kubernetes#114017",
        says("`--container-runtime` is an unknown flag.", "`--container-runtime` 成为未知标志。"),
    ),
    fact(
        "endpoint-missing",
        (24, 25),
        Basis::Documents,
        "kubernetes/website#34799; kubernetes/kubernetes#112542",
        says(
            "The endpoint of the runtime has no default; a kubelet without one exits, and does not \
             say which flag is missing.",
            "运行时端点没有默认值；没有指定端点的 kubelet 会退出，也不说缺的是哪个标志。",
        ),
    ),
    fact(
        "endpoint-required",
        (26, 26),
        Basis::Documents,
        "kubernetes/kubernetes#112542, #118787",
        says(
            "A kubelet without an endpoint of a runtime says so and exits.",
            "没有指定运行时端点的 kubelet 会报错并退出。",
        ),
    ),
    fact(
        "endpoint-default",
        (27, STILL),
        Basis::Source,
        "kubernetes/kubernetes#112136; k8s at 1c9cf91, pkg/kubelet/apis/config/v1beta1/defaults.go",
        says(
            "A kubelet without an endpoint of a runtime takes containerd's socket.",
            "没有指定运行时端点的 kubelet 使用 containerd 的套接字。",
        ),
    )
    .source_in_chinese("kubernetes/kubernetes#112136；k8s 提交 1c9cf91，pkg/kubelet/apis/config/v1beta1/defaults.go"),
    fact(
        "endpoint-in-config",
        (27, STILL),
        Basis::Documents,
        "kubelet-config.v1beta1, `containerRuntimeEndpoint`",
        says(
            "The endpoint of the runtime belongs in the configuration file.",
            "运行时端点应写在配置文件中。",
        ),
    ),
    fact(
        "pause-flag",
        (20, 23),
        Basis::Source,
        "k8s 1.20.2, cmd/kubelet/app/options/container_runtime.go",
        says(
            "`--pod-infra-container-image` names the pause image for dockershim, and protects it \
             from image collection.",
            "`--pod-infra-container-image` 为 dockershim 指定 pause 镜像，并使其免于垃圾收集。",
        ),
    ),
    fact(
        "pause-flag-deprecated",
        (24, 34),
        Basis::Documents,
        "kubernetes/kubernetes#108045",
        says(
            "`--pod-infra-container-image` is deprecated; the runtime chooses the pause image.",
            "`--pod-infra-container-image` 已弃用；pause 镜像由运行时决定。",
        ),
    ),
    fact(
        "pause-flag-unknown",
        (35, STILL),
        Basis::Documents,
        "kubernetes/kubernetes#133779",
        says(
            "`--pod-infra-container-image` is an unknown flag; kubeadm no longer writes it.",
            "`--pod-infra-container-image` 成为未知标志；kubeadm 也不再写入它。",
        ),
    ),
    fact(
        "cri-v1alpha2",
        (20, 22),
        Basis::Recorded,
        "the recordings: every call names `runtime.v1alpha2`",
        says("The kubelet speaks CRI `v1alpha2`.", "kubelet 使用 CRI `v1alpha2`。"),
    )
    .source_in_chinese("录制：每次调用都写明 `runtime.v1alpha2`"),
    fact(
        "cri-v1-preferred",
        (23, 25),
        Basis::Documents,
        "kubernetes/kubernetes#106501",
        says(
            "The kubelet prefers CRI `v1` and falls back to `v1alpha2`.",
            "kubelet 优先使用 CRI `v1`，必要时退回 `v1alpha2`。",
        ),
    ),
    fact(
        "cri-v1-only",
        (26, STILL),
        Basis::Documents,
        "kubernetes/kubernetes#110618; k8s 1.26.0, pkg/kubelet/cri/remote/remote_runtime.go; \
         containerd/containerd#7799",
        says(
            "The kubelet speaks only CRI `v1`; with containerd 1.5 or an old cri-dockerd it exits, \
             and its node does not register.",
            "kubelet 只使用 CRI `v1`；遇到 containerd 1.5 或旧版 cri-dockerd 会退出，节点也就注册不上。",
        ),
    ),
    fact(
        "redirect-no-effect",
        (20, 23),
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/config/flags.go",
        says(
            "Streams for exec and attach always pass through the kubelet; the flag to redirect \
             them has no effect.",
            "exec 和 attach 的数据流总是经过 kubelet；重定向标志不起作用。",
        ),
    ),
    fact(
        "docker-logs-rotation",
        (20, 23),
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/docker_logs.go; pkg/kubelet/kubelet.go",
        says(
            "With dockershim the kubelet rotates no logs: Docker does, if told to.",
            "使用 dockershim 时 kubelet 不轮转日志：由 Docker 按其配置轮转。",
        ),
    ),
    fact(
        "cri-logs-rotation",
        (20, STILL),
        Basis::Recorded,
        "the recordings: loop `log-rotation`; k8s 1.20.2, pkg/kubelet/logs",
        says(
            "With any other runtime the kubelet rotates logs itself, at 10 MiB and five files \
             unless told otherwise (stable since 1.21).",
            "使用其他运行时时由 kubelet 轮转日志，默认 10 MiB、五个文件（1.21 起为稳定特性）。",
        ),
    )
    .source_in_chinese("录制：循环 `log-rotation`；k8s 1.20.2，pkg/kubelet/logs"),
    fact(
        "docker-metrics",
        (20, 23),
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/metrics/metrics.go",
        says(
            "The kubelet has metrics `kubelet_docker_operations_*`.",
            "kubelet 提供 `kubelet_docker_operations_*` 指标。",
        ),
    ),
    fact(
        "cgroup-driver-mismatch",
        (20, 23),
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/docker_service.go",
        says(
            "With dockershim a kubelet whose cgroup driver differs from Docker's does not start.",
            "使用 dockershim 时，若 kubelet 与 Docker 的 cgroup 驱动不一致，kubelet 不会启动。",
        ),
    ),
    fact(
        "kubeadm-systemd",
        (22, STILL),
        Basis::Documents,
        "kubernetes.io, Configuring a cgroup driver",
        says(
            "kubeadm sets the kubelet's cgroup driver to `systemd` unless told otherwise.",
            "除非另有指定，kubeadm 将 kubelet 的 cgroup 驱动设为 `systemd`。",
        ),
    ),
    fact(
        "cgroup-v2-stable",
        (25, STILL),
        Basis::Documents,
        "KEP-2254",
        says("cgroup v2 is supported as stable.", "对 cgroup v2 的支持进入稳定状态。"),
    ),
    fact(
        "cgroup-driver-from-cri-alpha",
        (28, 30),
        Basis::Documents,
        "KEP-4033",
        says(
            "Behind a feature gate the kubelet asks the runtime for its cgroup driver.",
            "启用特性门控后，kubelet 会向运行时查询 cgroup 驱动。",
        ),
    ),
    fact(
        "cgroup-driver-from-cri",
        (31, STILL),
        Basis::Documents,
        "KEP-4033 (beta 1.31, stable 1.34)",
        says(
            "The kubelet takes the cgroup driver from a runtime that can name it (containerd 2.0, \
             CRI-O 1.28).",
            "kubelet 采用运行时（containerd 2.0、CRI-O 1.28 起）告知的 cgroup 驱动。",
        ),
    )
    .source_in_chinese("KEP-4033（1.31 Beta，1.34 稳定）"),
    fact(
        "cgroup-v1-maintenance",
        (31, 34),
        Basis::Documents,
        "KEP-4569",
        says(
            "On cgroup v1 the kubelet warns that it is in maintenance mode.",
            "在 cgroup v1 上，kubelet 警告它已进入维护模式。",
        ),
    ),
    fact(
        "cgroup-v1-refused",
        (35, STILL),
        Basis::Documents,
        "KEP-5573; kubernetes.io, Kubernetes v1.35 release",
        says(
            "On cgroup v1 the kubelet does not start unless `failCgroupV1` is set to false.",
            "在 cgroup v1 上，除非将 `failCgroupV1` 设为 false，kubelet 不会启动。",
        ),
    ),
    fact(
        "containerd-1-notice",
        (34, STILL),
        Basis::Documents,
        "kubernetes.io, CRI cgroup driver lookup now GA (2025-09-12)",
        says(
            "A metric warns where the runtime is one that will lose support, such as containerd \
             1.x; 1.35 was announced as the last release for it, and the removal has slipped to \
             1.38.",
            "有指标提示运行时即将失去支持（如 containerd 1.x）；1.35 曾被宣布为支持它的最后版本，实际移除已推迟到 1.38。",
        ),
    ),
    fact(
        "k8s-gcr-io",
        (20, 24),
        Basis::Documents,
        "kubernetes.io, registry redirect (2023-03-10)",
        says("The pause image comes from `k8s.gcr.io`.", "pause 镜像来自 `k8s.gcr.io`。"),
    )
    .source_in_chinese("kubernetes.io，镜像仓库的重定向（2023-03-10）"),
    fact(
        "registry-k8s-io",
        (25, STILL),
        Basis::Documents,
        "kubernetes.io, registry redirect (2023-03-10)",
        says("The pause image comes from `registry.k8s.io`.", "pause 镜像来自 `registry.k8s.io`。"),
    )
    .source_in_chinese("kubernetes.io，镜像仓库的重定向（2023-03-10）"),
    fact(
        "cri-stats-beta",
        (37, STILL),
        Basis::Documents,
        "KEP-2371, kep.yaml",
        says(
            "Statistics of pods and containers come from the CRI (beta).",
            "Pod 和容器的统计数据来自 CRI（Beta）。",
        ),
    ),
    fact(
        "dynamic-config",
        (20, 23),
        Basis::Documents,
        "kubernetes/kubernetes#106932",
        says(
            "The kubelet can read its configuration from the API server (DynamicKubeletConfig).",
            "kubelet 可以从 API 服务器读取配置（DynamicKubeletConfig）。",
        ),
    ),
];

/// The pause image that belongs to a kubelet version, as kubeadm names it.
///
/// 3.2 was read in k8s 1.20.2; the others are constants of kubeadm known from documents
/// (cmd/kubeadm/app/constants/constants.go), the exact release of 3.10.1 is not certain.
pub fn pause_image(version: KubeletVersion) -> String {
    let tag = match version.minor() {
        ..=20 => "3.2",
        21 => "3.4.1",
        22 => "3.5",
        23 => "3.6",
        24 => "3.7",
        25 => "3.8",
        26..=30 => "3.9",
        31..=33 => "3.10",
        _ => "3.10.1",
    };
    let registry = if version.minor() <= 24 { "k8s.gcr.io" } else { "registry.k8s.io" };
    format!("{registry}/pause:{tag}")
}
