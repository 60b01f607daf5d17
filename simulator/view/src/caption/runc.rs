//! runc commands in words.

use simulator_model::RuntimePath;
use simulator_model::recording::RuncCommand;

use super::say::say;
use crate::Lang;
use crate::subject::named;

pub(super) fn caption(path: RuntimePath, command: &RuncCommand, lang: Lang) -> String {
    let it = match command.subject() {
        Some(id) => named(id, lang),
        None => lang.pick("a container of earlier", "先前的一个容器").to_owned(),
    };
    let by = caller(path, command, lang);
    let verb = command.verb.as_str();
    let (en, zh) = match verb {
        "create" => (
            "{0} has runc create {1}: namespaces, cgroup, files.",
            "{0}让 runc 创建{1}：名字空间、控制组、文件系统。",
        ),
        "start" => (
            "{0} has runc start {1}. Its program runs; runc leaves.",
            "{0}让 runc 启动{1}。程序开始运行，runc 随即退出。",
        ),
        "kill" if command.has("--all") => (
            "{0} has runc send {3} to every process left in {1}.",
            "{0}让 runc 向{1}中剩下的所有进程发送 {3}。",
        ),
        "kill" => ("{0} has runc send {3} to {1}.", "{0}让 runc 向{1}发送 {3}。"),
        // CRI-O has no shim, and forces each delete (recordings `crash` and `api-web`).
        "delete" if command.has("--force") && path != RuntimePath::CriO => (
            "A shim is run once more, to have runc clear away any rest of {1}.",
            "再运行一次 shim，让 runc 清掉{1}可能的残留。",
        ),
        "delete" => {
            ("The program is gone; {0} has runc delete {1}.", "程序已经退出；{0}让 runc 删除{1}。")
        }
        "exec" => ("{0} has runc run the command inside {1}.", "{0}让 runc 在{1}里运行命令。"),
        "state" => ("{0} asks runc about {1}.", "{0}向 runc 查询{1}的状态。"),
        _ => ("{0} runs `runc {2}` for {1}.", "{0}对{1}执行 `runc {2}`。"),
    };
    say(lang, en, zh, &[by, &it, verb, signal(command)])
}

fn signal(command: &RuncCommand) -> &str {
    match command.signal() {
        Some("15") => "SIGTERM",
        Some("9" | "KILL") => "SIGKILL",
        Some(other) => other,
        None => "",
    }
}

/// Who ran the command.
fn caller(path: RuntimePath, command: &RuncCommand, lang: Lang) -> &'static str {
    match (path, command.verb.as_str(), lang) {
        (RuntimePath::CriO, "create" | "exec", _) => "conmon",
        (RuntimePath::CriO, _, _) => "CRI-O",
        (_, "delete", Lang::En) => "its shim",
        (_, _, Lang::En) => "The shim",
        (_, _, Lang::ZhCn) => "shim",
    }
}
