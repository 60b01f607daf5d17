//! runc commands in words.

use simulator_model::RuntimePath;
use simulator_model::recording::RuncCommand;

use crate::Lang;
use crate::subject::named;

pub(super) fn caption(path: RuntimePath, command: &RuncCommand, lang: Lang) -> String {
    let id = command.subject().unwrap_or_default();
    let it = if id.is_empty() {
        lang.pick("a container of earlier", "先前的一个容器").to_owned()
    } else {
        named(id, lang)
    };
    let by = caller(path, command, lang);
    match (command.verb.as_str(), lang) {
        ("create", Lang::En) => format!("{by} has runc create {it}: namespaces, cgroup, files."),
        ("create", Lang::ZhCn) => format!("{by}让 runc 创建{it}：名字空间、控制组、文件系统。"),
        ("start", Lang::En) => format!("{by} has runc start {it}. Its program runs; runc leaves."),
        ("start", Lang::ZhCn) => format!("{by}让 runc 启动{it}。程序开始运行，runc 随即退出。"),
        ("kill", lang) => kill(&by, &it, command, lang),
        ("delete", Lang::En) if command.has("--force") => {
            format!("A shim is run once more, to have runc clear away any rest of {it}.")
        }
        ("delete", Lang::ZhCn) if command.has("--force") => {
            format!("再运行一次 shim，让 runc 清掉{it}可能的残留。")
        }
        ("delete", Lang::En) => format!("The program is gone; {by} has runc delete {it}."),
        ("delete", Lang::ZhCn) => format!("程序已经退出；{by}让 runc 删除{it}。"),
        ("exec", Lang::En) => format!("{by} has runc run the command inside {it}."),
        ("exec", Lang::ZhCn) => format!("{by}让 runc 在{it}里运行命令。"),
        ("state", Lang::En) => format!("{by} asks runc about {it}."),
        ("state", Lang::ZhCn) => format!("{by}向 runc 查询{it}的状态。"),
        (verb, Lang::En) => format!("{by} runs `runc {verb}` for {it}."),
        (verb, Lang::ZhCn) => format!("{by}对{it}执行 `runc {verb}`。"),
    }
}

fn kill(by: &str, it: &str, command: &RuncCommand, lang: Lang) -> String {
    let signal = match command.signal() {
        Some("15") => "SIGTERM",
        Some("9" | "KILL") => "SIGKILL",
        _ => "?",
    };
    match (lang, command.has("--all")) {
        (Lang::En, true) => format!("{by} has runc send {signal} to every process left in {it}."),
        (Lang::En, false) => format!("{by} has runc send {signal} to {it}."),
        (Lang::ZhCn, true) => format!("{by}让 runc 向{it}中剩下的所有进程发送 {signal}。"),
        (Lang::ZhCn, false) => format!("{by}让 runc 向{it}发送 {signal}。"),
    }
}

/// Who ran the command.
fn caller(path: RuntimePath, command: &RuncCommand, lang: Lang) -> String {
    let by_conmon = matches!(command.verb.as_str(), "create" | "exec");
    match (path, lang) {
        (RuntimePath::CriO, _) if by_conmon => "conmon",
        (RuntimePath::CriO, _) => "CRI-O",
        (_, Lang::En) if command.verb == "delete" => "its shim",
        (_, Lang::En) => "The shim",
        (_, Lang::ZhCn) => "shim",
    }
    .to_owned()
}
