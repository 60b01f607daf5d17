//! CRI calls in words.

use serde_json::Value;
use simulator_model::Recording;
use simulator_model::recording::Call;

use super::say::say;
use crate::Lang;
use crate::run::cni;
use crate::subject::{field, image_name, named, number, text};

pub(super) fn caption(server: &str, recording: &Recording, index: usize, lang: Lang) -> String {
    let call = &recording.calls[index];
    let mut told = match call.call.as_str() {
        "StopPodSandbox" => stop_sandbox(server, recording, index, lang),
        "RunPodSandbox" | "PodSandboxStatus" | "RemovePodSandbox" => sandbox(server, call, lang),
        "ImageStatus" | "PullImage" | "RemoveImage" => image(server, call, lang),
        "CreateContainer" | "StartContainer" | "StopContainer" | "RemoveContainer"
        | "ContainerStatus" => container(server, call, lang),
        "ExecSync" | "Exec" | "Attach" | "PortForward" => inside(server, call, lang),
        _ => look(server, call, lang),
    };
    told.push_str(&outcome(call, lang));
    told
}

fn sandbox(server: &str, call: &Call, lang: Lang) -> String {
    let response = call.response.as_deref().unwrap_or(&Value::Null);
    let pod = text(&call.request, "/config/metadata/name");
    let ip = text(response, "/status/network/ip");
    let gone = number(response, "/status/state") == 1;
    let answered = call.response.is_some();
    let (en, zh) = match call.call.as_str() {
        "RunPodSandbox" => (
            "The kubelet has {0} make a sandbox for the pod `{1}`: the place its containers \
             will share.",
            "kubelet 让 {0} 为 Pod `{1}` 建立沙箱，供其中的容器共用。",
        ),
        "PodSandboxStatus" if gone => (
            "The kubelet asks about the sandbox: it is no longer ready.",
            "kubelet 询问沙箱的状态：它已不再就绪。",
        ),
        "PodSandboxStatus" if !ip.is_empty() => (
            "The kubelet asks about the sandbox and learns its IP address, `{2}`.",
            "kubelet 询问沙箱的状态，得知它的 IP 地址是 `{2}`。",
        ),
        "PodSandboxStatus" if answered => (
            "The kubelet asks about the sandbox, which has no IP address of its own.",
            "kubelet 询问沙箱的状态；它没有自己的 IP 地址。",
        ),
        "PodSandboxStatus" => ("The kubelet asks about the sandbox.", "kubelet 询问沙箱的状态。"),
        _ => (
            "The kubelet has {0} remove what is left of the sandbox.",
            "kubelet 让 {0} 移除沙箱留下的一切。",
        ),
    };
    say(lang, en, zh, &[server, pod, ip])
}

fn stop_sandbox(server: &str, recording: &Recording, index: usize, lang: Lang) -> String {
    let call = &recording.calls[index];
    let (en, zh) = if is_repeated(call) || cni::is_stopped_before(recording, index) {
        (
            "The kubelet makes sure, through {0}, that the sandbox is stopped.",
            "kubelet 通过 {0} 再次确认沙箱已经停止。",
        )
    } else if cni::is_on_the_nodes_network(recording, index) {
        ("The kubelet has {0} stop the sandbox.", "kubelet 让 {0} 停止沙箱。")
    } else {
        (
            "The kubelet has {0} stop the sandbox and give its network back.",
            "kubelet 让 {0} 停止沙箱并收回它的网络。",
        )
    };
    say(lang, en, zh, &[server])
}

fn image(server: &str, call: &Call, lang: Lang) -> String {
    let name = image_name(text(&call.request, "/image/image"));
    let found = call.response.as_ref().is_some_and(|response| response.get("image").is_some());
    let (en, zh) = match call.call.as_str() {
        "ImageStatus" if found => (
            "The kubelet asks whether the image `{1}` is on the node. It is.",
            "kubelet 询问节点上有没有镜像 `{1}`：有。",
        ),
        "ImageStatus" if call.response.is_some() => (
            "The kubelet asks whether the image `{1}` is on the node. It is not.",
            "kubelet 询问节点上有没有镜像 `{1}`：没有。",
        ),
        "ImageStatus" => (
            "The kubelet asks whether the image `{1}` is on the node.",
            "kubelet 询问节点上有没有镜像 `{1}`。",
        ),
        "PullImage" => (
            "The kubelet has {0} pull the image `{1}` from the registry.",
            "kubelet 让 {0} 从镜像仓库拉取镜像 `{1}`。",
        ),
        _ => ("The kubelet has {0} remove the image `{1}`.", "kubelet 让 {0} 移除镜像 `{1}`。"),
    };
    say(lang, en, zh, &[server, name])
}

fn container(server: &str, call: &Call, lang: Lang) -> String {
    let it = named(text(&call.request, "/container_id"), lang);
    let name = text(&call.request, "/config/metadata/name");
    let grace = number(&call.request, "/timeout").to_string();
    let state = state(call, lang);
    let (en, zh) = match call.call.as_str() {
        "CreateContainer" => (
            "The kubelet has {0} create the container `{2}` in the sandbox; nothing runs yet.",
            "kubelet 让 {0} 在沙箱中创建容器 `{2}`；此时还没有进程运行。",
        ),
        "StartContainer" => ("The kubelet has {0} start {1}.", "kubelet 让 {0} 启动{1}。"),
        "StopContainer" if found_stopped(call) => (
            "The kubelet makes sure that {1} is stopped; it had stopped already.",
            "kubelet 再次确认{1}已停止；它先前就停了。",
        ),
        "StopContainer" => (
            "The kubelet has {0} stop {1}, with up to {3} seconds to finish.",
            "kubelet 让 {0} 停止{1}，最多给它 {3} 秒收尾。",
        ),
        "RemoveContainer" => (
            "The kubelet has {0} remove what is left of {1}.",
            "kubelet 让 {0} 移除{1}留下的一切。",
        ),
        _ if state.is_empty() => ("The kubelet asks about {1}.", "kubelet 询问{1}的状态。"),
        _ => ("The kubelet asks about {1}: {4}.", "kubelet 询问{1}的状态：{4}。"),
    };
    say(lang, en, zh, &[server, &it, name, &grace, &state])
}

/// Whether Docker answered the stop with "it is stopped already" (HTTP 304).
fn found_stopped(call: &Call) -> bool {
    call.docker.iter().any(|inner| inner.path.ends_with("/stop") && inner.status == Some(304))
        && !call.docker.iter().any(|inner| inner.status == Some(204))
        && call.docker.len() <= 2
}

/// Whether a stop of a sandbox only makes sure: the garbage collector does so before it removes.
fn is_repeated(call: &Call) -> bool {
    call.loop_name == "garbage-collector" || found_stopped(call)
}

/// `ContainerState` of the CRI, in words; empty without an answer.
fn state(call: &Call, lang: Lang) -> String {
    let Some(response) = &call.response else { return String::new() };
    let code = number(response, "/status/exit_code").to_string();
    let (en, zh) = match number(response, "/status/state") {
        0 => ("it is created", "已创建"),
        1 => ("it is running", "正在运行"),
        2 => ("it has exited with code {0}", "已退出，退出码为 {0}"),
        _ => ("unknown", "未知"),
    };
    say(lang, en, zh, &[&code])
}

fn inside(server: &str, call: &Call, lang: Lang) -> String {
    let it = named(text(&call.request, "/container_id"), lang);
    let mut command = String::new();
    for word in call.request.get("cmd").and_then(Value::as_array).into_iter().flatten() {
        if !command.is_empty() {
            command.push(' ');
        }
        command.push_str(word.as_str().unwrap_or_default());
    }
    let (en, zh) = match call.call.as_str() {
        "ExecSync" => (
            "The kubelet has {0} run `{2}` in {1} and waits for the result.",
            "kubelet 让 {0} 在{1}里运行 `{2}`，并等待结果。",
        ),
        "Exec" => (
            "The kubelet asks {0} for an address at which to run `{2}` in {1}.",
            "kubelet 向 {0} 要一个地址，用来在{1}里运行 `{2}`。",
        ),
        "Attach" => (
            "The kubelet asks {0} for an address at which to attach to {1}.",
            "kubelet 向 {0} 要一个地址，用来挂接到{1}。",
        ),
        _ => (
            "The kubelet asks {0} for an address at which to reach ports of the pod.",
            "kubelet 向 {0} 要一个地址，用来访问 Pod 的端口。",
        ),
    };
    say(lang, en, zh, &[server, &it, &command])
}

fn look(server: &str, call: &Call, lang: Lang) -> String {
    let faults = not_ready(call, lang);
    let (en, zh) = match call.call.as_str() {
        "Version" => ("which version it is", "的版本"),
        "Status" if call.response.is_some() && faults.is_empty() => {
            ("whether it and its network are ready. They are", "和网络是否就绪：都已就绪")
        }
        "Status" => ("whether it and its network are ready", "和网络是否就绪"),
        "ListPodSandbox" => ("which sandboxes there are", "有哪些沙箱"),
        "ListContainers" => ("which containers there are", "有哪些容器"),
        "ListImages" => ("which images there are", "有哪些镜像"),
        "ImageFsInfo" => ("how full the images' disk is", "镜像占用了多少磁盘"),
        "ListContainerStats" => ("what the containers use of the node", "各容器用了多少资源"),
        other => {
            let (en, zh) = ("The kubelet calls `{1}` of {0}.", "kubelet 调用 {0} 的 `{1}`。");
            return say(lang, en, zh, &[server, other]);
        }
    };
    let asks = ("The kubelet asks {0} {1}.", "kubelet 询问 {0}{1}。");
    say(lang, asks.0, asks.1, &[server, lang.pick(en, zh)]) + &faults
}

/// The conditions of a runtime that are not met, in words.
fn not_ready(call: &Call, lang: Lang) -> String {
    let conditions = call.response.as_deref().and_then(|it| field(it, "/status/conditions"));
    let mut told = String::new();
    for condition in conditions.and_then(Value::as_array).into_iter().flatten() {
        if condition.get("status") != Some(&Value::Bool(true)) {
            let words = [text(condition, "/type"), text(condition, "/reason")];
            let (en, zh) = match words {
                [_, ""] => (" `{0}` is false.", "`{0}` 为 false。"),
                _ => (" `{0}` is false: `{1}`.", "`{0}` 为 false：`{1}`。"),
            };
            told += &say(lang, en, zh, &words);
        }
    }
    told
}

fn outcome(call: &Call, lang: Lang) -> String {
    match call.code.as_deref() {
        Some("OK") => String::new(),
        Some(code) => say(lang, " It fails: {0}.", "调用失败：{0}。", &[code]),
        None => {
            lang.pick(" The run ends before the answer.", "直到结束也没有得到回答。").to_owned()
        }
    }
}
