//! The chapters of a run: headings in the list, spans in the kubelet's lane.

use simulator_model::recording::Call;

use crate::Lang;

/// What the kubelet is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before anything was applied.
    Before,
    /// Something is done to the node.
    Person,
    /// A program of the node writes into its log.
    Log,
    /// Making a sandbox.
    Sandbox,
    /// Looking for and pulling images.
    Image,
    /// Creating and starting containers.
    Container,
    /// Probes and commands inside running containers.
    Inside,
    /// Stopping containers and sandboxes.
    Deletion,
    /// Removing what is left.
    GarbageCollection,
    /// Only looking: the polling loops.
    Watching,
}

impl Phase {
    /// The phase to which a call belongs, polls aside.
    pub fn of(call: &Call) -> Self {
        match (call.loop_name.as_str(), call.call.as_str()) {
            ("garbage-collector", _) | (_, "RemoveContainer" | "RemovePodSandbox") => {
                Self::GarbageCollection
            }
            (_, "StopContainer" | "StopPodSandbox") | ("kill-container" | "kill-sandbox", _) => {
                Self::Deletion
            }
            (_, "RunPodSandbox" | "PodSandboxStatus") => Self::Sandbox,
            (_, "ImageStatus" | "PullImage") => Self::Image,
            (_, "CreateContainer" | "StartContainer") => Self::Container,
            ("prober" | "streaming", _) => Self::Inside,
            _ => Self::Watching,
        }
    }

    /// The heading in the list.
    pub const fn heading(self, lang: Lang) -> &'static str {
        match self {
            Self::Before => lang.pick("Before the pod", "Pod 出现之前"),
            Self::Person => lang.pick("From outside", "来自外部"),
            Self::Log => lang.pick("In the node's log", "节点日志"),
            Self::Sandbox => lang.pick("Making the sandbox", "建立沙箱"),
            Self::Image => lang.pick("Getting the image", "准备镜像"),
            Self::Container => lang.pick("Starting the container", "启动容器"),
            Self::Inside => lang.pick("Inside the container", "容器之内"),
            Self::Deletion => lang.pick("Stopping", "停止运行"),
            Self::GarbageCollection => lang.pick("Collecting garbage", "垃圾收集"),
            Self::Watching => lang.pick("Keeping watch", "持续观察"),
        }
    }

    /// The word in the picture, where room is short.
    pub const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Before => lang.pick("before", "之前"),
            Self::Person => lang.pick("you", "你"),
            Self::Log => lang.pick("log", "日志"),
            Self::Sandbox => lang.pick("sandbox", "沙箱"),
            Self::Image => lang.pick("image", "镜像"),
            Self::Container => lang.pick("container", "容器"),
            Self::Inside => lang.pick("inside", "容器内"),
            Self::Deletion => lang.pick("stop", "停止"),
            Self::GarbageCollection => lang.pick("garbage", "垃圾收集"),
            Self::Watching => lang.pick("watch", "观察"),
        }
    }
}
