//! Why the kubelet makes a call: the part of it that does, in words.

use crate::{Lang, Made, Run, Step, What};

/// Why the step happened, in a sentence; none where the caption says it all.
pub fn why(run: &Run, step: &Step, lang: Lang) -> Option<&'static str> {
    match step.what {
        What::Cri(call) => Some(loop_words(&run.recording.calls[call].loop_name, lang)),
        What::Engine(..) => Some(lang.pick(
            "What the kubelet said in the CRI's words, said again in Docker's.",
            "把 kubelet 用 CRI 说的话，改用 Docker 的话说一遍。",
        )),
        What::Outside(_) => {
            Some(lang.pick("Asked outside all CRI calls.", "不属于任何一次 CRI 调用。"))
        }
        What::Runc(_) if run.made == Made::Simulated => None,
        What::Runc(_) => Some(lang.pick(
            "Recorded with another clock: its place here is derived, within the uncertainty given.",
            "录制所用的时钟不同：这里的时刻是推算出来的，误差如上所示。",
        )),
        What::Cni(_) => Some(lang.pick(
            "Not recorded: derived from the order in which this runtime works. It took place \
             within the span shown.",
            "没有录到：根据该运行时的工作顺序推得，发生在图示的时间段之内。",
        )),
        What::Mark(_) => None,
    }
}

/// The loop of the kubelet, in a sentence.
pub fn loop_words(name: &str, lang: Lang) -> &'static str {
    match name {
        "pod-worker" => lang.pick(
            "The pod worker: one for each pod, it makes the node match the manifest.",
            "Pod 工作协程：每个 Pod 一个，负责让节点与清单一致。",
        ),
        "image-puller" => lang.pick(
            "The image puller: it pulls one image at a time, for all pods.",
            "镜像拉取器：为所有 Pod 逐个拉取镜像。",
        ),
        "kill-container" => lang.pick(
            "One goroutine for each container that is to stop.",
            "每个要停止的容器各有一个协程。",
        ),
        "kill-sandbox" => lang.pick(
            "It stops the sandbox once its containers have stopped.",
            "容器都停止之后，由它停止沙箱。",
        ),
        "pleg" => lang.pick(
            "The pod lifecycle event generator: it lists everything each second and looks \
             closer at what changed.",
            "Pod 生命周期事件生成器（PLEG）：每秒列出一切，再细看有变化的部分。",
        ),
        "housekeeping" => lang.pick(
            "Housekeeping: every 2 seconds it looks for pods and cgroups that nobody wants any \
             more.",
            "清理循环：每 2 秒查找一次已无人需要的 Pod 和控制组。",
        ),
        "runtime-status" => lang.pick(
            "Every 5 seconds the kubelet checks that the runtime is up.",
            "kubelet 每 5 秒检查一次运行时是否正常。",
        ),
        "stats" => lang.pick(
            "The eviction manager: every 10 seconds it looks at what is used of the node.",
            "驱逐管理器：每 10 秒查看一次节点的资源用量。",
        ),
        "log-rotation" => lang.pick(
            "With a remote runtime the kubelet rotates the containers' logs itself.",
            "使用远程运行时的时候，由 kubelet 自己轮转容器日志。",
        ),
        "garbage-collector" => lang.pick(
            "The garbage collector: once a minute, and when the disk is nearly full, it removes \
             dead containers and sandboxes.",
            "垃圾收集器：每分钟一次，磁盘将满时也会运行，移除已终止的容器和沙箱。",
        ),
        "image-gc" => lang.pick(
            "The image manager: it lists the images every 30 seconds and looks for unused ones \
             every 5 minutes, or at once when the disk is nearly full.",
            "镜像管理器：每 30 秒列出一次镜像，每 5 分钟查找一次未使用的镜像；磁盘将满时立即查找。",
        ),
        "prober" => lang.pick(
            "A command that the kubelet runs itself: a probe of the manifest, or what somebody \
             asked its server to run.",
            "由 kubelet 自己运行的命令：清单里的探针，或有人通过 kubelet 的服务器要求运行的命令。",
        ),
        "streaming" => lang.pick(
            "Somebody outside asked for it, through the kubelet's own server.",
            "这是外部的人通过 kubelet 自己的服务器发起的请求。",
        ),
        "node-status" => lang.pick(
            "Every 10 seconds the kubelet renews what it reports about the node.",
            "kubelet 每 10 秒更新一次它上报的节点信息。",
        ),
        "startup" => lang.pick("The kubelet is starting.", "kubelet 正在启动。"),
        _ => lang.pick("Another part of the kubelet.", "kubelet 的其他部分。"),
    }
}
