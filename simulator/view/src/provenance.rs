//! Where a recording is from, in words.

use simulator_model::RuntimePath;

use crate::{Lang, Made, Run};

/// The programs that were recorded on a path, as the recordings' own page lists them.
pub const fn programs(path: RuntimePath) -> &'static str {
    match path {
        RuntimePath::Dockershim => {
            "kubelet v1.20.2, Docker Engine 20.10.24, containerd 1.6.20, runc 1.1.5"
        }
        RuntimePath::CriDockerd => {
            "kubelet v1.20.2, cri-dockerd v0.3.1, Docker Engine 20.10.24, containerd 1.6.20, \
             runc 1.1.5"
        }
        RuntimePath::Containerd => "kubelet v1.20.2, containerd 1.6.20, runc 1.1.5",
        RuntimePath::CriO => "kubelet v1.20.2, CRI-O 1.23.0, conmon, runc 1.1.5",
    }
}

/// The label under a figure: recorded, from what, when; or simulated.
pub fn words(run: &Run, lang: Lang) -> String {
    match (run.made, lang) {
        (Made::Simulated, Lang::En) => format!(
            "{}: simulated by the model, which is held against the recordings. No node said this.",
            run.path()
        ),
        (Made::Simulated, Lang::ZhCn) => {
            format!("{}：由模型模拟；模型与录制逐项比对过。并非真实节点所说。", run.path())
        }
        (Made::Recorded, Lang::En) => {
            format!("Recorded from a real node, November 2026: {}.", programs(run.path()))
        }
        (Made::Recorded, Lang::ZhCn) => {
            let mut words = "2026 年 11 月录自真实节点：".to_owned();
            for (nth, program) in programs(run.path()).split(',').enumerate() {
                words.push_str(if nth > 0 { "、" } else { "" });
                words.push_str(program.trim());
            }
            words + "。"
        }
    }
}
