//! The loops that only look: folded away unless a reader asks for them.

use simulator_model::recording::Call;

use crate::Lang;

/// A loop of the kubelet that asks again and again and changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Poll {
    /// The pod lifecycle event generator.
    Pleg,
    /// The clean-up of pods and cgroups that nobody wants.
    Housekeeping,
    /// Whether the runtime and its network are ready.
    RuntimeStatus,
    /// The eviction manager's statistics.
    Stats,
    /// Log rotation, with a remote runtime only.
    LogRotation,
    /// The image collector's look round.
    ImageGc,
    /// The garbage collector's look round.
    GarbageLook,
    /// Asking for the version once more.
    Version,
    /// The start of the kubelet, and anything else.
    Other,
}

impl Poll {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::Pleg,
        Self::Housekeeping,
        Self::RuntimeStatus,
        Self::Stats,
        Self::LogRotation,
        Self::ImageGc,
        Self::GarbageLook,
        Self::Version,
        Self::Other,
    ];

    /// The polling loop to which a call belongs; none for a call that acts.
    pub fn of(call: &Call) -> Option<Self> {
        let looks = call.call.starts_with("List");
        match (call.loop_name.as_str(), call.call.as_str()) {
            ("pleg", _) => Some(Self::Pleg),
            ("housekeeping", _) => Some(Self::Housekeeping),
            ("runtime-status", _) => Some(Self::RuntimeStatus),
            ("stats", _) => Some(Self::Stats),
            ("log-rotation", _) => Some(Self::LogRotation),
            ("image-gc", "RemoveImage") => None,
            ("image-gc", _) => Some(Self::ImageGc),
            (_, "Version") => Some(Self::Version),
            ("garbage-collector", _) if looks => Some(Self::GarbageLook),
            ("startup", _) => Some(Self::Other),
            _ if looks => Some(Self::Other),
            _ => None,
        }
    }

    /// What the loop is, in a few words.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Pleg => lang.pick(
                "the pod lifecycle event generator (PLEG), every second",
                "Pod 生命周期事件生成器（PLEG），每秒一次",
            ),
            Self::Housekeeping => lang.pick("housekeeping, every 2 s", "清理循环，每 2 秒一次"),
            Self::RuntimeStatus => {
                lang.pick("the runtime's status, every 5 s", "运行时状态，每 5 秒一次")
            }
            Self::Stats => lang.pick("statistics, every 10 s", "统计数据，每 10 秒一次"),
            Self::LogRotation => lang.pick("log rotation, every 10 s", "日志轮转，每 10 秒一次"),
            Self::ImageGc => lang.pick("unused images", "查找未用镜像"),
            Self::GarbageLook => lang.pick("the garbage collector's lists", "垃圾收集器的列表查询"),
            Self::Version => lang.pick("the version, once more", "再次询问版本"),
            Self::Other => lang.pick("other questions", "其他查询"),
        }
    }
}
