//! What happens to registry, network, images, disk and control groups.

use crate::RuntimePath;
use crate::basis::Basis;
use crate::grounds::{Behaviour, row};

const DOCKER: [RuntimePath; 2] = [RuntimePath::Dockershim, RuntimePath::CriDockerd];
const NATIVE: [RuntimePath; 2] = [RuntimePath::Containerd, RuntimePath::CriO];
const LACKS: [RuntimePath; 2] = [RuntimePath::Dockershim, RuntimePath::Containerd];

/// What can happen, and what is done then.
pub(super) const SURROUNDINGS: [Behaviour; 41] = [
    row(
        "registry-lacks",
        &LACKS,
        Basis::Recorded,
        "the recording `badimage`",
        (
            "The pull fails at once, and is tried again with back-off.",
            "拉取立即失败，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-lacks",
        &[RuntimePath::CriDockerd],
        Basis::Source,
        "cri-dockerd 0.3.1, core/docker_image.go",
        (
            "The pull fails at once, and is tried again with back-off.",
            "拉取立即失败，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-lacks",
        &[RuntimePath::CriO],
        Basis::Documents,
        "containers/image, docker/docker_image_src.go",
        (
            "The pull fails at once, and is tried again with back-off.",
            "拉取立即失败，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-down",
        &DOCKER,
        Basis::Source,
        "moby 20.10.24, distribution/errors.go",
        (
            "Each pull is refused, and is tried again with back-off.",
            "每次拉取都被拒绝，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-down",
        &[RuntimePath::Containerd],
        Basis::Source,
        "containerd 1.6.20, remotes/docker/resolver.go",
        (
            "Each pull is refused, and is tried again with back-off.",
            "每次拉取都被拒绝，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-down",
        &[RuntimePath::CriO],
        Basis::Documents,
        "containers/image, docker/docker_client.go",
        (
            "Each pull is refused, and is tried again with back-off.",
            "每次拉取都被拒绝，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-unavailable",
        &DOCKER,
        Basis::Source,
        "moby 20.10.24, distribution/errors.go",
        (
            "Each pull ends with 503, and is tried again with back-off.",
            "每次拉取都以 503 结束，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-unavailable",
        &[RuntimePath::Containerd],
        Basis::Source,
        "containerd 1.6.20, remotes/docker/resolver.go",
        (
            "Each pull ends with 503, and is tried again with back-off.",
            "每次拉取都以 503 结束，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-unavailable",
        &[RuntimePath::CriO],
        Basis::Documents,
        "containers/image, docker/docker_client.go",
        (
            "Each pull ends with 503, and is tried again with back-off.",
            "每次拉取都以 503 结束，随后按退避时间重试。",
        ),
    ),
    row(
        "registry-stalled",
        &DOCKER,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/libdocker/kube_docker_client.go",
        (
            "A pull without progress for a minute is cancelled by dockershim (or cri-dockerd); all \
             other pulls wait for it.",
            "拉取一分钟没有进展即被 dockershim（或 cri-dockerd）取消；其间其他拉取都在等待。",
        ),
    ),
    row(
        "registry-stalled",
        &NATIVE,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/images/puller.go; containerd 1.6.20, \
         pkg/cri/server/image_pull.go",
        (
            "Nobody gives the pull up; all other pulls of the node wait for it.",
            "没有谁会放弃这次拉取；节点上其他拉取都在等待它。",
        ),
    ),
    row(
        "registry-up",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings `simple` and others",
        ("The next attempt succeeds.", "下一次尝试成功。"),
    ),
    row(
        "without-cni",
        &DOCKER,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/network/cni/cni.go; \
         pkg/kubelet/kubelet.go, syncPod",
        (
            "NetworkReady is false, and no pod without the node's own network is synced.",
            "NetworkReady 为 false，不使用主机网络的 Pod 都不会被同步。",
        ),
    ),
    row(
        "without-cni",
        &[RuntimePath::Containerd],
        Basis::Source,
        "containerd 1.6.20, pkg/cri/server/status.go; k8s 1.20.2, \
         pkg/kubelet/kubelet.go, syncPod",
        (
            "NetworkReady is false, and no pod without the node's own network is synced.",
            "NetworkReady 为 false，不使用主机网络的 Pod 都不会被同步。",
        ),
    ),
    row(
        "without-cni",
        &[RuntimePath::CriO],
        Basis::Documents,
        "ocicni, pkg/ocicni/ocicni.go; k8s 1.20.2, pkg/kubelet/kubelet.go, syncPod",
        (
            "NetworkReady is false, and no pod without the node's own network is synced.",
            "NetworkReady 为 false，不使用主机网络的 Pod 都不会被同步。",
        ),
    ),
    row(
        "remove-cni",
        &DOCKER,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/network/cni/cni.go, syncNetworkConfig",
        (
            "dockershim (or cri-dockerd) keeps the configuration it has read, until its process \
             ends.",
            "dockershim（或 cri-dockerd）会一直使用已读入的配置，直到其进程结束。",
        ),
    ),
    row(
        "remove-cni",
        &[RuntimePath::Containerd],
        Basis::Source,
        "containerd 1.6.20, pkg/cri/server/cni_conf_syncer.go",
        (
            "At once the network is no longer ready; what runs goes on.",
            "网络立即变为未就绪；正在运行的容器不受影响。",
        ),
    ),
    row(
        "remove-cni",
        &[RuntimePath::CriO],
        Basis::Documents,
        "ocicni, pkg/ocicni/ocicni.go",
        (
            "At once the network is no longer ready; what runs goes on.",
            "网络立即变为未就绪；正在运行的容器不受影响。",
        ),
    ),
    row(
        "restore-cni",
        &DOCKER,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/network/cni/cni.go, defaultSyncConfigPeriod",
        (
            "dockershim (or cri-dockerd) finds the file within 5 s, and the kubelet the network \
             within 5 s more.",
            "dockershim（或 cri-dockerd）在 5 秒内发现该文件，kubelet 再过至多 5 秒得知网络就绪。",
        ),
    ),
    row(
        "restore-cni",
        &[RuntimePath::Containerd],
        Basis::Source,
        "containerd 1.6.20, pkg/cri/server/cni_conf_syncer.go",
        (
            "The runtime finds the file at once, and the kubelet the network within 5 s.",
            "运行时立即发现该文件，kubelet 在 5 秒内得知网络就绪。",
        ),
    ),
    row(
        "restore-cni",
        &[RuntimePath::CriO],
        Basis::Documents,
        "ocicni, pkg/ocicni/ocicni.go",
        (
            "The runtime finds the file at once, and the kubelet the network within 5 s.",
            "运行时立即发现该文件，kubelet 在 5 秒内得知网络就绪。",
        ),
    ),
    row(
        "remove-image",
        &DOCKER,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/helpers.go, ensureSandboxImageExists",
        (
            "An image that is gone is pulled again when it is needed, the pause image by \
             dockershim (or cri-dockerd).",
            "缺失的镜像在需要时重新拉取；pause 镜像由 dockershim（或 cri-dockerd）拉取。",
        ),
    ),
    row(
        "remove-image",
        &NATIVE,
        Basis::Source,
        "containerd 1.6.20, pkg/cri/server/sandbox_run.go, ensureImageExists",
        (
            "An image that is gone is pulled again when it is needed, the pause image by \
             the runtime.",
            "缺失的镜像在需要时重新拉取；pause 镜像由运行时拉取。",
        ),
    ),
    row(
        "docker build",
        &DOCKER,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/docker_image.go; pkg/kubelet/images/image_manager.go",
        (
            "The image is in Docker's store, in which dockershim and cri-dockerd look, so nothing \
             is pulled.",
            "镜像就在 Docker 的存储里，dockershim 和 cri-dockerd 查找的正是它，无需拉取。",
        ),
    ),
    row(
        "docker build",
        &[RuntimePath::Containerd],
        Basis::Source,
        "containerd 1.6.20, pkg/cri/util/util.go; k8s 1.20.2, pkg/kubelet/images/image_manager.go",
        (
            "Docker keeps the image in a store of its own; the CRI plugin looks into its own, \
             and there it is not.",
            "Docker 把镜像放在自己的存储里；CRI 插件只看自己的存储，其中没有这个镜像。",
        ),
    ),
    row(
        "docker build",
        &[RuntimePath::CriO],
        Basis::Documents,
        "containers/storage, docs/containers-storage.md",
        (
            "Docker keeps the image in a store of its own; CRI-O looks into its own, and there it \
             is not.",
            "Docker 把镜像放在自己的存储里；CRI-O 只看自己的存储，其中没有这个镜像。",
        ),
    ),
    row(
        "ctr images import",
        &DOCKER,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/docker_image.go",
        (
            "Nothing is to be brought over: builder and runtime share one store.",
            "无需导入：构建和运行用的是同一份存储。",
        ),
    ),
    row(
        "ctr images import",
        &[RuntimePath::Containerd],
        Basis::Source,
        "containerd 1.6.20, cmd/ctr/commands/images/import.go; pkg/cri/server/image_pull.go, \
         updateImage",
        (
            "`docker save` and `ctr -n k8s.io images import` put the image into the CRI plugin's \
             store; the next attempt finds it.",
            "`docker save` 加 `ctr -n k8s.io images import` 把镜像放进 CRI \
             插件的存储，下一次尝试就能找到。",
        ),
    ),
    row(
        "skopeo copy",
        &[RuntimePath::CriO],
        Basis::Documents,
        "skopeo, docs/skopeo-copy.1.md",
        (
            "`skopeo copy` from `docker-daemon:` to `containers-storage:` puts the image into \
             CRI-O's store; the next attempt finds it.",
            "`skopeo copy` 从 `docker-daemon:` 复制到 `containers-storage:`，镜像便进入 CRI-O \
             的存储，下一次尝试就能找到。",
        ),
    ),
    row(
        "stale-annotation",
        &RuntimePath::ALL,
        Basis::Source,
        "k8s 1.20.2, cmd/kubeadm/app/util/config/cluster.go, getNodeRegistration; cmd/kubelet",
        (
            "kubeadm takes the runtime's socket from the node's annotation; the kubelet does not \
             read it.",
            "kubeadm 从节点的注解里取运行时套接字；kubelet 不读这个注解。",
        ),
    ),
    row(
        "kubectl annotate node",
        &RuntimePath::ALL,
        Basis::Documents,
        "kubernetes.io, Migrate Docker Engine nodes from dockershim to cri-dockerd",
        (
            "From now on kubeadm takes the socket that the kubelet uses; the kubelet notices \
             nothing.",
            "从此 kubeadm 取用的就是 kubelet 所用的套接字；kubelet 毫无察觉。",
        ),
    ),
    row(
        "kubeadm upgrade node",
        &RuntimePath::ALL,
        Basis::Source,
        "k8s 1.20.2, cmd/kubeadm/app/cmd/phases/upgrade/node/preflight.go; \
         cmd/kubeadm/app/util/runtime/runtime.go",
        (
            "Where the control plane runs, kubeadm pulls its images through the socket in the \
             annotation, and ends when it cannot. What it prints stands in the node's log here. \
             How long it takes, its own calls and what comes after are not modelled.",
            "在控制平面节点上，kubeadm 先经由注解里的套接字拉取镜像，拉不到就退出。\
             它打印的内容在此列入节点日志。所需时间、它自己的调用和之后的步骤均未作模拟。",
        ),
    ),
    row(
        "sandbox-image",
        &RuntimePath::ALL,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/images/image_gc_manager.go, detectImages",
        (
            "The kubelet protects the pause image that it would name itself, and no other.",
            "kubelet 只保护它自己会使用的 pause 镜像，不保护别的。",
        ),
    ),
    row(
        "fill-disk",
        &RuntimePath::ALL,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/images/image_gc_manager.go; \
         pkg/kubelet/eviction/eviction_manager.go",
        (
            "From 85 % unused images are removed down to 80 %; with less than 15 % free, \
             dead containers and every unused image go first. Which pods are evicted next \
             is not modelled.",
            "使用率达到 85 % 时移除未使用的镜像，直至降到 80 %；剩余不足 15 % \
             时，先移除已死的容器和所有未使用的镜像。随后驱逐哪些 Pod 未作模拟。",
        ),
    ),
    row(
        "driver-systemd-below",
        &[RuntimePath::Dockershim],
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/docker_service.go",
        ("The kubelet compares drivers and does not start.", "kubelet 比较驱动后拒绝启动。"),
    ),
    row(
        "driver-systemd-below",
        &[RuntimePath::CriDockerd],
        Basis::Source,
        "moby 20.10.24, daemon/daemon_unix.go",
        (
            "Docker refuses a parent cgroup that is no slice, so no sandbox is made.",
            "Docker 拒绝不是 slice 的父 cgroup，因此无法创建沙箱。",
        ),
    ),
    row(
        "driver-systemd-below",
        &[RuntimePath::Containerd],
        Basis::Source,
        "containerd 1.6.20, pkg/cri/server/helpers_linux.go; runc 1.1, \
         libcontainer/cgroups/systemd",
        (
            "runc refuses a path that is no slice, so no sandbox is made.",
            "runc 拒绝不是 slice 的路径，因此无法创建沙箱。",
        ),
    ),
    row(
        "driver-systemd-below",
        &[RuntimePath::CriO],
        Basis::Source,
        "CRI-O 1.23.0, internal/config/cgmgr",
        (
            "CRI-O refuses a parent cgroup that is no slice, so no sandbox is made.",
            "CRI-O 拒绝不是 slice 的父 cgroup，因此无法创建沙箱。",
        ),
    ),
    row(
        "driver-systemd-above",
        &[RuntimePath::Dockershim],
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/docker_service.go",
        ("The kubelet compares drivers and does not start.", "kubelet 比较驱动后拒绝启动。"),
    ),
    row(
        "driver-systemd-above",
        &[RuntimePath::CriDockerd, RuntimePath::Containerd],
        Basis::Documents,
        "kubernetes.io, Configuring a cgroup driver",
        (
            "Pods start, with their cgroups where nobody looks for them.",
            "Pod 能够启动，但其 cgroup 位于无人查找之处。",
        ),
    ),
    row(
        "driver-systemd-above",
        &[RuntimePath::CriO],
        Basis::Source,
        "CRI-O 1.23.0, internal/config/cgmgr",
        (
            "CRI-O refuses a slice as parent, so no sandbox is made.",
            "CRI-O 拒绝以 slice 作为父 cgroup，因此无法创建沙箱。",
        ),
    ),
];
