//! What happens to pods and daemons.

use crate::RuntimePath;
use crate::basis::Basis;
use crate::grounds::{Behaviour, row};

const DOCKER: [RuntimePath; 2] = [RuntimePath::Dockershim, RuntimePath::CriDockerd];
const NATIVE: [RuntimePath; 2] = [RuntimePath::Containerd, RuntimePath::CriO];

/// What can happen, and what is done then.
pub(super) const PROCESSES: [Behaviour; 26] = [
    row(
        "apply",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings `simple`, `full`, `api-web` and others",
        ("A pod gets a sandbox, its images, its containers.", "Pod 依次得到沙箱、镜像和容器。"),
    ),
    row(
        "pod-fields",
        &RuntimePath::ALL,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/kuberuntime, pkg/kubelet/lifecycle, pkg/kubelet/prober and \
         pkg/kubelet/dockershim; cri-dockerd 0.3.1, core; moby 20.10.24, daemon; containerd 1.6.20, \
         pkg/cri; CRI-O 1.23.0, server",
        (
            "The pod has fields that no recorded pod has; they are sent and acted on as the \
             programs' source says.",
            "Pod 中有录制过的 Pod 都没有的字段；它们如何发送、如何处理，依照各程序的源代码。",
        ),
    ),
    row(
        "delete",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings `simple`, `full`, `api-web` and others",
        (
            "Containers are stopped, sandboxes are stopped, leftovers are collected.",
            "停止容器、停止沙箱，再回收残留。",
        ),
    ),
    row(
        "kill",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings `container_killed` and `sandbox_killed`",
        (
            "A dead container is made anew in its sandbox; a dead pause process costs the \
             pod its sandbox. On CRI-O there is usually no pause process.",
            "容器进程死亡后在原沙箱中重建；pause 进程死亡则整个沙箱重建。CRI-O 上通常没有 pause 进程。",
        ),
    ),
    row(
        "oom-kill",
        &RuntimePath::ALL,
        Basis::Source,
        "k8s 1.20.2, pkg/kubelet/dockershim/docker_container.go; containerd 1.6.20, \
         pkg/cri/server/events.go; CRI-O 1.23.0, internal/oci",
        (
            "The container ends with 137 and the reason OOMKilled, and is started again: at once \
             the first time, then with back-off.",
            "容器以 137 退出，原因为 OOMKilled，随后重启：第一次立即重启，之后按退避时间。",
        ),
    ),
    row(
        "stop",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recording `kubelet_restart`",
        ("Containers go on without their kubelet.", "没有 kubelet，容器照常运行。"),
    ),
    row(
        "start",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings `kubelet_restart` and `startup`",
        (
            "The kubelet finds what runs and leaves it alone.",
            "kubelet 找到仍在运行的容器，不去动它们。",
        ),
    ),
    row(
        "stop-runtime",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings `engine_restart` and `engine_restart_live`",
        (
            "Docker Engine stops every container on its way out, unless live-restore is \
             on; containerd and CRI-O leave theirs alone.",
            "Docker Engine 退出前会停止所有容器，除非启用 live-restore；containerd 和 \
             CRI-O 则不动容器。",
        ),
    ),
    row(
        "start-runtime",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings `engine_restart` and `engine_restart_live`",
        (
            "The kubelet goes on where it was; pods whose sandboxes died are made anew.",
            "kubelet 继续工作；沙箱已死的 Pod 会被重建。",
        ),
    ),
    row(
        "crash-runtime",
        &DOCKER,
        Basis::Source,
        "moby 20.10.24, daemon/daemon.go, restore",
        (
            "Containers outlive a killed dockerd; the next one takes them over with \
             live-restore, else it stops them before it answers.",
            "dockerd 被杀后容器仍存活；启用 live-restore 时由新的 dockerd \
             接管，否则它在应答之前先停止这些容器。",
        ),
    ),
    row(
        "crash-runtime",
        &NATIVE,
        Basis::Source,
        "containerd 1.6.20, docs/ops.md; CRI-O 1.23.0, README.md",
        (
            "Shims and conmons outlive the daemon; its socket file stays, so clients are \
             refused.",
            "shim 和 conmon 不随守护进程退出；套接字文件仍在，客户端收到“连接被拒绝”。",
        ),
    ),
    row(
        "stop-containerd",
        &DOCKER,
        Basis::Source,
        "moby 20.10.24, libcontainerd/supervisor/remote_daemon.go; containerd 1.6.20, \
         runtime/v2/shim/publisher.go",
        (
            "Docker lists from memory and starts nothing until containerd is back.",
            "containerd 恢复之前，Docker 凭内存应答列表请求，但无法启动任何容器。",
        ),
    ),
    row(
        "crash-containerd",
        &DOCKER,
        Basis::Source,
        "moby 20.10.24, libcontainerd/supervisor/remote_daemon.go; containerd 1.6.20, \
         runtime/v2/shim/publisher.go",
        (
            "Docker lists from memory and starts nothing until containerd is back; one of \
             its own it starts again by itself.",
            "containerd 恢复之前，Docker \
             凭内存应答列表请求，但无法启动任何容器；若是自带的 containerd，dockerd \
             会自行重启它。",
        ),
    ),
    row(
        "start-containerd",
        &DOCKER,
        Basis::Source,
        "moby 20.10.24, libcontainerd/supervisor/remote_daemon.go; containerd 1.6.20, \
         runtime/v2/shim/publisher.go",
        (
            "dockerd connects again and hears of the ends of processes it missed.",
            "dockerd 重新连接，并得知其间结束的进程。",
        ),
    ),
    row(
        "stop-cri-dockerd",
        &[RuntimePath::CriDockerd],
        Basis::Source,
        "cri-dockerd 0.3.1, core/docker_service.go; packaging/systemd/cri-docker.service",
        ("Containers go on; the kubelet has no runtime.", "容器照常运行；kubelet 失去运行时。"),
    ),
    row(
        "crash-cri-dockerd",
        &[RuntimePath::CriDockerd],
        Basis::Source,
        "cri-dockerd 0.3.1, core/docker_service.go; packaging/systemd/cri-docker.service",
        (
            "Containers go on; the kubelet has no runtime until systemd starts \
             cri-dockerd again.",
            "容器照常运行；在 systemd 重启 cri-dockerd 之前，kubelet 没有运行时。",
        ),
    ),
    row(
        "start-cri-dockerd",
        &[RuntimePath::CriDockerd],
        Basis::Source,
        "cri-dockerd 0.3.1, core/docker_service.go; packaging/systemd/cri-docker.service",
        (
            "cri-dockerd has forgotten which networks it set up, and asks inside each \
             sandbox.",
            "cri-dockerd 已忘记配置过哪些网络，会到每个沙箱内查询。",
        ),
    ),
    row(
        "run",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recording `interact`",
        (
            "The kubelet looks up what it is asked about and hands the question to the \
             runtime.",
            "kubelet 查找被询问的对象，并把请求交给运行时。",
        ),
    ),
    row(
        "logs",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recording `interact`",
        (
            "The kubelet asks the runtime about the container and reads the log file itself.",
            "kubelet 向运行时查询容器状态，日志文件由它自己读取。",
        ),
    ),
    row(
        "exec",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recording `interact`",
        (
            "The kubelet looks up what it is asked about and hands the question to the \
             runtime.",
            "kubelet 查找被询问的对象，并把请求交给运行时。",
        ),
    ),
    row(
        "attach",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recording `interact`",
        (
            "The kubelet looks up what it is asked about and hands the question to the \
             runtime.",
            "kubelet 查找被询问的对象，并把请求交给运行时。",
        ),
    ),
    row(
        "portforward",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recording `interact`",
        (
            "The kubelet looks up what it is asked about and hands the question to the \
             runtime.",
            "kubelet 查找被询问的对象，并把请求交给运行时。",
        ),
    ),
    row(
        "stats",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recording `interact`",
        (
            "The kubelet looks up what it is asked about and hands the question to the \
             runtime.",
            "kubelet 查找被询问的对象，并把请求交给运行时。",
        ),
    ),
    row(
        "runningpods",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recording `interact`",
        (
            "The kubelet looks up what it is asked about and hands the question to the \
             runtime.",
            "kubelet 查找被询问的对象，并把请求交给运行时。",
        ),
    ),
    row(
        "stopped",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings `engine_restart` and `engine_restart_live`",
        ("Nobody answers; calls on their way end.", "无人应答；途中的调用就此结束。"),
    ),
    row(
        "not-here",
        &RuntimePath::ALL,
        Basis::Recorded,
        "the recordings: the processes of each path",
        (
            "There is no such daemon on this path; nothing happens.",
            "这条路径上没有该守护进程；什么也不会发生。",
        ),
    ),
];
