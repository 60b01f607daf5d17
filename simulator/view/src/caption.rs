//! Each step in one plain sentence.
//!
//! Words in backquotes are names from the recording, to be set as code: [`pieces`] splits a
//! sentence at them.

mod cri;
mod engine;
mod runc;
mod say;
mod spacing;
mod why;

use simulator_model::RuntimePath;
use simulator_model::recording::Recording;

use crate::run::LOGGED;
use crate::{Actor, Lang, Life, Run, Step, What};

pub use why::{loop_words, why};

/// The step in one sentence.
pub fn caption(run: &Run, step: &Step, lang: Lang) -> String {
    let recording = &run.recording;
    let server = Actor::cri_server(run.path()).name(lang);
    let told = match step.what {
        What::Mark(index) if kills_nothing(run, step, index) => {
            let (en, zh) = (
                "A process of the pod is to be killed, and none is seen to end: {0} runs no pause \
                 process.",
                "要杀死 Pod 的一个进程，但没有进程结束：{0} 不运行 pause 进程。",
            );
            say::say(lang, en, zh, &[server])
        }
        What::Mark(index) => mark(recording, index, lang),
        What::Cri(index) => cri::caption(server, recording, index, lang),
        What::Engine(call, inner) => {
            engine::caption(server, &recording.calls[call].docker[inner], lang)
        }
        What::Outside(index) => engine::caption(server, &recording.outside_cri[index], lang),
        What::Runc(index) => runc::caption(run.path(), &recording.runc[index], lang),
        What::Cni(index) => {
            let sets_up = recording.calls[index].call == "RunPodSandbox";
            cni(server, sets_up, lang)
        }
    };
    if lang == Lang::ZhCn { spacing::spaced(&told) } else { told }
}

/// Whether a kill finds no process: CRI-O runs a pause process only for pods that share one PID
/// namespace (recording `sandbox_killed`).
fn kills_nothing(run: &Run, step: &Step, mark: usize) -> bool {
    let soon = step.at_us..step.at_us + 1_000_000;
    let dies = |life: &Life| life.to_us.is_some_and(|to_us| soon.contains(&to_us));
    run.path() == RuntimePath::CriO
        && run.recording.marks[mark].mark == "kill"
        && !run.lives.iter().any(dies)
}

/// The moment before the first step.
pub const fn before(lang: Lang) -> &'static str {
    lang.pick(
        "Before the first step: this is the node as it was.",
        "第一步之前：这是节点原来的样子。",
    )
}

/// A piece of a sentence: plain words, or a name to be set as code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Plain words.
    Words(&'a str),
    /// A name from the recording.
    Code(&'a str),
}

/// Splits a caption into words and names.
pub fn pieces(caption: &str) -> impl Iterator<Item = Piece<'_>> {
    caption
        .split('`')
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(index, text)| if index % 2 == 0 { Piece::Words(text) } else { Piece::Code(text) })
}

/// The caption without its backquotes.
pub fn plain(caption: &str) -> String {
    caption.chars().filter(|letter| *letter != '`').collect()
}

fn mark(recording: &Recording, index: usize, lang: Lang) -> String {
    let known = match recording.marks[index].mark.as_str() {
        "apply" if recording.calls.is_empty() => lang.pick(
            "You submit the pod; no kubelet runs that could notice.",
            "你提交 Pod；没有 kubelet 在运行，谁也不会发现它。",
        ),
        "apply" => lang.pick(
            "You submit the pod; the kubelet will notice.",
            "你提交 Pod；kubelet 很快会发现它。",
        ),
        "delete" if recording.calls.is_empty() => lang.pick("You delete the pod.", "你删除 Pod。"),
        "delete" => lang.pick(
            "You delete the pod; the kubelet will stop it.",
            "你删除 Pod；kubelet 将停止它。",
        ),
        "kill" => lang.pick(
            "A process of the pod is killed from outside.",
            "有人从外部杀死了 Pod 的一个进程。",
        ),
        "stop-runtime" => lang.pick("You stop the runtime's daemon.", "你停掉运行时的守护进程。"),
        "start-runtime" => {
            lang.pick("The runtime's daemon is started again.", "运行时的守护进程重新启动。")
        }
        "stop" => lang.pick("You stop the kubelet.", "你停掉 kubelet。"),
        "stopped" => lang.pick("It has stopped.", "它已停止。"),
        "start" => lang.pick("The kubelet is started again.", "kubelet 重新启动。"),
        "ready" => lang.pick("It is ready.", "它已就绪。"),
        "exec" | "run" => {
            lang.pick("You run a command in the container.", "你在容器里运行一条命令。")
        }
        "attach" => lang.pick("You attach to the container.", "你挂接到容器。"),
        "portforward" => lang.pick("You forward a port to the pod.", "你把一个端口转发到 Pod。"),
        "logs" => lang.pick("You read the container's log.", "你查看容器的日志。"),
        "stats" => lang.pick("You ask for statistics.", "你查询统计数据。"),
        "runningpods" => lang.pick("You ask which pods are running.", "你查询哪些 Pod 正在运行。"),
        "crash-runtime" => lang.pick("The runtime's daemon crashes.", "运行时的守护进程崩溃。"),
        "remove-cni" => lang.pick("You take the CNI configuration away.", "你移走 CNI 配置。"),
        "restore-cni" => lang.pick("You put it back.", "你把它放回去。"),
        "remove-image" => lang.pick("You remove an image.", "你删除一个镜像。"),
        "fill-disk" => lang.pick("You fill the disk.", "你写满磁盘。"),
        "registry-up" => lang.pick("The registry answers again.", "镜像仓库恢复应答。"),
        "registry-down" => lang.pick("The registry refuses.", "镜像仓库拒绝连接。"),
        "registry-unavailable" => lang.pick("The registry answers 503.", "镜像仓库返回 503。"),
        "registry-stalled" => lang.pick("The registry stalls.", "镜像仓库停滞。"),
        "oom-kill" => lang.pick("The kernel kills a container.", "内核杀死一个容器。"),
        "not-here" => lang.pick("There is no such daemon here.", "这里没有这个守护进程。"),
        other => return said_or_typed(other, lang),
    };
    known.to_owned()
}

/// A line of the log; what becomes of a daemon; or else what a person types.
fn said_or_typed(mark: &str, lang: Lang) -> String {
    if let Some(line) = mark.strip_prefix(LOGGED) {
        return format!("{}`{line}`", lang.pick("The log says: ", "日志写道："));
    }
    let (verb, daemon) = mark.split_once('-').unwrap_or_default();
    let (en, zh, what) = match verb {
        "stop" => ("You stop `{0}`.", "你停掉 `{0}`。", daemon),
        "start" => ("`{0}` is started again.", "`{0}` 重新启动。", daemon),
        "crash" => ("`{0}` crashes.", "`{0}` 崩溃。", daemon),
        _ => ("You type `{0}`.", "你键入 `{0}`。", mark),
    };
    say::say(lang, en, zh, &[what])
}

fn cni(server: &str, sets_up: bool, lang: Lang) -> String {
    let (en, zh) = if sets_up {
        (
            "{0} runs the CNI plugins: the sandbox gets its network and its IP address.",
            "{0} 运行 CNI 插件，给沙箱接上网络并分配 IP 地址。",
        )
    } else {
        (
            "{0} runs the CNI plugins again: the sandbox gives its network back.",
            "{0} 再次运行 CNI 插件，收回沙箱的网络。",
        )
    };
    say::say(lang, en, zh, &[server])
}
