//! Calls to Docker Engine in words.

use serde_json::Value;
use simulator_model::recording::EngineCall;

use super::say::say;
use crate::Lang;
use crate::step::{engine_route, says_absent};
use crate::subject::{image_name, named, text};

pub(super) fn caption(client: &str, call: &EngineCall, lang: Lang) -> String {
    let route = engine_route(call).trim_start_matches('/');
    let (kind, rest) = route.split_once('/').unwrap_or((route, ""));
    let mut told = match (call.method.as_str(), kind, rest) {
        ("POST", "images", "create") => pull(client, call, lang),
        ("POST", "containers", "create") => create(client, call, lang),
        ("GET" | "DELETE", "images", rest) if rest != "json" => image(client, call, rest, lang),
        (_, "containers", rest) if rest != "json" => container(client, call, rest, lang),
        ("POST", "exec", _) => {
            say(lang, "{0} has Docker run that command.", "{0} 让 Docker 运行这条命令。", &[client])
        }
        (_, kind, _) => look(client, call, kind, lang),
    };
    told.push_str(&outcome(call, lang));
    told
}

fn image(client: &str, call: &EngineCall, rest: &str, lang: Lang) -> String {
    let reference = rest.strip_suffix("/json").unwrap_or(rest);
    let name = image_name(reference.strip_prefix("image:").unwrap_or(reference));
    if call.method == "DELETE" {
        let (en, zh) = match call.status {
            Some(404) => (
                "{0} has Docker delete the image `{1}`; it is gone already.",
                "{0} 让 Docker 删除镜像 `{1}`；它已经不在了。",
            ),
            _ => ("{0} has Docker delete the image `{1}`.", "{0} 让 Docker 删除镜像 `{1}`。"),
        };
        return say(lang, en, zh, &[client, name]);
    }
    let (en, zh) = if name.starts_with("pause:") {
        (
            "{0} asks Docker for the pause image, `{1}`{2}.",
            "{0} 向 Docker 查询 pause 镜像 `{1}`{2}。",
        )
    } else {
        ("{0} asks Docker about the image `{1}`{2}.", "{0} 向 Docker 查询镜像 `{1}`{2}。")
    };
    let found = match call.status {
        Some(200) => lang.pick(", which it has", "：有"),
        Some(404) => lang.pick(", which it does not have", "：没有"),
        _ => "",
    };
    say(lang, en, zh, &[client, name, found])
}

fn pull(client: &str, call: &EngineCall, lang: Lang) -> String {
    let query = call.query.as_deref().unwrap_or(&Value::Null);
    let (name, tag) = (image_name(text(query, "/fromImage")), text(query, "/tag"));
    say(
        lang,
        "{0} has Docker pull the image `{1}:{2}` from the registry.",
        "{0} 让 Docker 从镜像仓库拉取镜像 `{1}:{2}`。",
        &[client, name, tag],
    )
}

fn create(client: &str, call: &EngineCall, lang: Lang) -> String {
    let query = call.query.as_deref().unwrap_or(&Value::Null);
    // k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT (k8s 1.20.2, pkg/kubelet/dockershim/naming.go)
    let name = text(query, "/name");
    let container = name.split('_').nth(1).unwrap_or(name);
    let (en, zh) = if container == "POD" {
        (
            "{0} has Docker create the pause container, which will hold the pod's namespaces.",
            "{0} 让 Docker 创建 pause 容器，由它撑住 Pod 的名字空间。",
        )
    } else {
        (
            "{0} has Docker create the container `{1}` beside the pause container.",
            "{0} 让 Docker 在 pause 容器旁创建容器 `{1}`。",
        )
    };
    say(lang, en, zh, &[client, container])
}

fn container(client: &str, call: &EngineCall, rest: &str, lang: Lang) -> String {
    let (id, verb) = rest.split_once('/').unwrap_or((rest, ""));
    let it = named(id, lang);
    let (en, zh) = match (call.method.as_str(), verb) {
        ("POST", "start") => ("{0} has Docker start {1}.", "{0} 让 Docker 启动{1}。"),
        ("POST", "stop") if call.status == Some(304) => (
            "{0} tells Docker to stop {1}; it has stopped already.",
            "{0} 让 Docker 停止{1}；它先前就停了。",
        ),
        ("POST", "stop") => ("{0} has Docker stop {1}.", "{0} 让 Docker 停止{1}。"),
        ("POST", "exec") => {
            ("{0} has Docker prepare a command in {1}.", "{0} 让 Docker 在{1}里准备一条命令。")
        }
        ("DELETE", _) => {
            ("{0} has Docker delete {1} and its files.", "{0} 让 Docker 删除{1}及其文件。")
        }
        (_, "stats") => ("{0} asks Docker what {1} uses.", "{0} 向 Docker 查询{1}用了多少资源。"),
        ("GET", _) => ("{0} asks Docker how {1} is.", "{0} 向 Docker 查询{1}的状态。"),
        _ => return other(client, call, lang),
    };
    say(lang, en, zh, &[client, &it])
}

fn look(client: &str, call: &EngineCall, kind: &str, lang: Lang) -> String {
    let (en, zh) = match kind {
        "version" => ("which version it is", "的版本"),
        "info" => ("about itself", "的基本信息"),
        "_ping" => ("whether it is there", "是否在线"),
        "containers" => ("which containers there are", "有哪些容器"),
        "images" => ("which images there are", "有哪些镜像"),
        "exec" => ("how the command ended", "命令的结果"),
        _ => return other(client, call, lang),
    };
    say(lang, "{0} asks Docker {1}.", "{0} 询问 Docker{1}。", &[client, lang.pick(en, zh)])
}

fn other(client: &str, call: &EngineCall, lang: Lang) -> String {
    let (en, zh) = ("{0} calls `{1} {2}` of Docker.", "{0} 调用 Docker 的 `{1} {2}`。");
    say(lang, en, zh, &[client, &call.method, engine_route(call)])
}

fn outcome(call: &EngineCall, lang: Lang) -> String {
    match call.status {
        None => lang.pick(" Docker cannot be reached.", "连不上 Docker。").to_owned(),
        Some(_) if says_absent(call) => String::new(),
        Some(status) if status >= 400 => {
            let status = status.to_string();
            say(lang, " It fails: HTTP {0}.", "调用失败：HTTP {0}。", &[&status])
        }
        Some(_) => String::new(),
    }
}
