//! Calls to Docker Engine in words.

use serde_json::Value;
use simulator_model::recording::EngineCall;

use crate::Lang;
use crate::step::engine_route;
use crate::subject::{image_name, named, text};

pub(super) fn caption(client: &str, call: &EngineCall, lang: Lang) -> String {
    let route = engine_route(call);
    let parts: Vec<&str> = route.trim_start_matches('/').split('/').collect();
    let told = match (call.method.as_str(), parts.as_slice()) {
        ("GET", ["images", reference @ .., "json"]) if !reference.is_empty() => {
            image(client, call, &reference.join("/"), lang)
        }
        ("POST", ["images", "create"]) => pull(client, call, lang),
        ("POST", ["containers", "create"]) => create(client, call, lang),
        (_, ["containers", id, ..]) if *id != "json" => container(client, call, id, lang),
        ("POST", ["exec", _, "start"]) => match lang {
            Lang::En => format!("{client} has Docker run that command."),
            Lang::ZhCn => format!("{client} 让 Docker 运行这条命令。"),
        },
        _ => look(client, call, &parts, lang),
    };
    format!("{told}{}", outcome(call, lang))
}

fn image(client: &str, call: &EngineCall, reference: &str, lang: Lang) -> String {
    let name = image_name(reference.strip_prefix("image:").unwrap_or(reference));
    let there = call.status == Some(200);
    if name.starts_with("pause:") {
        return match (lang, there) {
            (Lang::En, true) => {
                format!("{client} asks Docker for the pause image, `{name}`, which it has.")
            }
            (Lang::En, false) => {
                format!(
                    "{client} asks Docker for the pause image, `{name}`, which it does not have."
                )
            }
            (Lang::ZhCn, true) => format!("{client} 向 Docker 查询 pause 镜像 `{name}`：有。"),
            (Lang::ZhCn, false) => format!("{client} 向 Docker 查询 pause 镜像 `{name}`：没有。"),
        };
    }
    match (lang, there) {
        (Lang::En, true) => format!("{client} asks Docker about the image `{name}`, which it has."),
        (Lang::En, false) => {
            format!("{client} asks Docker about the image `{name}`, which it does not have.")
        }
        (Lang::ZhCn, true) => format!("{client} 向 Docker 查询镜像 `{name}`：有。"),
        (Lang::ZhCn, false) => format!("{client} 向 Docker 查询镜像 `{name}`：没有。"),
    }
}

fn pull(client: &str, call: &EngineCall, lang: Lang) -> String {
    let query = call.query.as_ref().unwrap_or(&Value::Null);
    let (name, tag) = (image_name(text(query, "/fromImage")), text(query, "/tag"));
    match lang {
        Lang::En => format!("{client} has Docker pull the image `{name}:{tag}` from the registry."),
        Lang::ZhCn => format!("{client} 让 Docker 从镜像仓库拉取镜像 `{name}:{tag}`。"),
    }
}

fn create(client: &str, call: &EngineCall, lang: Lang) -> String {
    let query = call.query.as_ref().unwrap_or(&Value::Null);
    // k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT (k8s 1.20.2, pkg/kubelet/dockershim/naming.go)
    let name = text(query, "/name");
    match (name.split('_').nth(1).unwrap_or(name), lang) {
        ("POD", Lang::En) => format!(
            "{client} has Docker create the pause container, which will hold the pod's namespaces."
        ),
        ("POD", Lang::ZhCn) => {
            format!("{client} 让 Docker 创建 pause 容器，由它撑住 Pod 的名字空间。")
        }
        (container, Lang::En) => {
            format!(
                "{client} has Docker create the container `{container}` beside the pause container."
            )
        }
        (container, Lang::ZhCn) => {
            format!("{client} 让 Docker 在 pause 容器旁创建容器 `{container}`。")
        }
    }
}

fn container(client: &str, call: &EngineCall, id: &str, lang: Lang) -> String {
    let it = named(id, lang);
    let verb = call.path.rsplit('/').next().unwrap_or_default();
    let stopped = call.status == Some(304);
    match (call.method.as_str(), verb, lang) {
        ("POST", "start", Lang::En) => format!("{client} has Docker start {it}."),
        ("POST", "start", Lang::ZhCn) => format!("{client} 让 Docker 启动{it}。"),
        ("POST", "stop", Lang::En) if stopped => {
            format!("{client} tells Docker to stop {it}; it has stopped already.")
        }
        ("POST", "stop", Lang::ZhCn) if stopped => {
            format!("{client} 让 Docker 停止{it}；它先前就停了。")
        }
        ("POST", "stop", Lang::En) => format!("{client} has Docker stop {it}."),
        ("POST", "stop", Lang::ZhCn) => format!("{client} 让 Docker 停止{it}。"),
        ("POST", "exec", Lang::En) => format!("{client} has Docker prepare a command in {it}."),
        ("POST", "exec", Lang::ZhCn) => format!("{client} 让 Docker 在{it}里准备一条命令。"),
        ("DELETE", _, Lang::En) => format!("{client} has Docker delete {it} and its files."),
        ("DELETE", _, Lang::ZhCn) => format!("{client} 让 Docker 删除{it}及其文件。"),
        (_, "stats", Lang::En) => format!("{client} asks Docker what {it} uses."),
        (_, "stats", Lang::ZhCn) => format!("{client} 向 Docker 查询{it}用了多少资源。"),
        (_, _, Lang::En) => format!("{client} asks Docker how {it} is."),
        (_, _, Lang::ZhCn) => format!("{client} 向 Docker 查询{it}的状态。"),
    }
}

fn look(client: &str, call: &EngineCall, parts: &[&str], lang: Lang) -> String {
    let what = match parts {
        ["version"] => lang.pick("which version it is", "的版本"),
        ["info"] => lang.pick("about itself", "的基本信息"),
        ["_ping"] => lang.pick("whether it is there", "是否在线"),
        ["containers", "json"] => lang.pick("which containers there are", "有哪些容器"),
        ["images", "json"] => lang.pick("which images there are", "有哪些镜像"),
        ["exec", _, "json"] => lang.pick("how the command ended", "命令的结果"),
        _ => return format!("{client} → Docker: `{} {}`.", call.method, engine_route(call)),
    };
    match lang {
        Lang::En => format!("{client} asks Docker {what}."),
        Lang::ZhCn => format!("{client} 询问 Docker{what}。"),
    }
}

fn outcome(call: &EngineCall, lang: Lang) -> String {
    match (call.status, lang) {
        (None, Lang::En) => " Docker cannot be reached.".to_owned(),
        (None, Lang::ZhCn) => "连不上 Docker。".to_owned(),
        (Some(404), _) if call.method == "GET" => String::new(),
        (Some(status), Lang::En) if status >= 400 => format!(" It fails: HTTP {status}."),
        (Some(status), Lang::ZhCn) if status >= 400 => format!("调用失败：HTTP {status}。"),
        (Some(_), _) => String::new(),
    }
}
