//! CRI calls in words.

use serde_json::Value;
use simulator_model::recording::Call;

use crate::Lang;
use crate::subject::{image_name, named, number, text};

pub(super) fn caption(server: &str, call: &Call, lang: Lang) -> String {
    let told = match call.call.as_str() {
        "RunPodSandbox" | "PodSandboxStatus" | "StopPodSandbox" | "RemovePodSandbox" => {
            sandbox(server, call, lang)
        }
        "ImageStatus" | "PullImage" | "RemoveImage" => image(server, call, lang),
        "CreateContainer" | "StartContainer" | "StopContainer" | "RemoveContainer"
        | "ContainerStatus" => container(server, call, lang),
        "ExecSync" | "Exec" | "Attach" | "PortForward" => inside(server, call, lang),
        _ => look(server, call, lang),
    };
    format!("{told}{}", outcome(call, lang))
}

fn sandbox(server: &str, call: &Call, lang: Lang) -> String {
    let request = &call.request;
    let response = call.response.as_ref().unwrap_or(&Value::Null);
    let pod = text(request, "/config/metadata/name");
    let ip = text(response, "/status/network/ip");
    let gone = number(response, "/status/state") == 1;
    match (call.call.as_str(), lang) {
        ("RunPodSandbox", Lang::En) => format!(
            "The kubelet has {server} make a sandbox for the pod `{pod}`: the place its containers will share."
        ),
        ("RunPodSandbox", Lang::ZhCn) => {
            format!("kubelet 让 {server} 为 Pod `{pod}` 建立沙箱，供其中的容器共用。")
        }
        ("PodSandboxStatus", Lang::En) if gone => {
            "The kubelet asks about the sandbox: it is no longer ready.".to_owned()
        }
        ("PodSandboxStatus", Lang::ZhCn) if gone => {
            "kubelet 询问沙箱的状态：它已不再就绪。".to_owned()
        }
        ("PodSandboxStatus", Lang::En) if !ip.is_empty() => {
            format!("The kubelet asks about the sandbox and learns its IP address, `{ip}`.")
        }
        ("PodSandboxStatus", Lang::ZhCn) if !ip.is_empty() => {
            format!("kubelet 询问沙箱的状态，得知它的 IP 地址是 `{ip}`。")
        }
        ("PodSandboxStatus", Lang::En) => {
            "The kubelet asks about the sandbox, which has no IP address of its own yet.".to_owned()
        }
        ("PodSandboxStatus", Lang::ZhCn) => {
            "kubelet 询问沙箱的状态；它还没有自己的 IP 地址。".to_owned()
        }
        ("StopPodSandbox", Lang::En) if is_repeated(call) => {
            format!("The kubelet makes sure, through {server}, that the sandbox is stopped.")
        }
        ("StopPodSandbox", Lang::ZhCn) if is_repeated(call) => {
            format!("kubelet 通过 {server} 再次确认沙箱已经停止。")
        }
        ("StopPodSandbox", Lang::En) => {
            format!("The kubelet has {server} stop the sandbox and give its network back.")
        }
        ("StopPodSandbox", Lang::ZhCn) => format!("kubelet 让 {server} 停止沙箱并收回它的网络。"),
        (_, Lang::En) => format!("The kubelet has {server} remove what is left of the sandbox."),
        (_, Lang::ZhCn) => format!("kubelet 让 {server} 移除沙箱留下的一切。"),
    }
}

fn image(server: &str, call: &Call, lang: Lang) -> String {
    let name = image_name(text(&call.request, "/image/image"));
    let found = call.response.as_ref().is_some_and(|response| response.get("image").is_some());
    match (call.call.as_str(), lang, found) {
        ("ImageStatus", Lang::En, true) => {
            format!("The kubelet asks whether the image `{name}` is on the node. It is.")
        }
        ("ImageStatus", Lang::En, false) => {
            format!("The kubelet asks whether the image `{name}` is on the node. It is not.")
        }
        ("ImageStatus", Lang::ZhCn, true) => {
            format!("kubelet 询问节点上有没有镜像 `{name}`：有。")
        }
        ("ImageStatus", Lang::ZhCn, false) => {
            format!("kubelet 询问节点上有没有镜像 `{name}`：没有。")
        }
        ("PullImage", Lang::En, _) => {
            format!("The kubelet has {server} pull the image `{name}` from the registry.")
        }
        ("PullImage", Lang::ZhCn, _) => {
            format!("kubelet 让 {server} 从镜像仓库拉取镜像 `{name}`。")
        }
        (_, Lang::En, _) => format!("The kubelet has {server} remove the image `{name}`."),
        (_, Lang::ZhCn, _) => format!("kubelet 让 {server} 移除镜像 `{name}`。"),
    }
}

fn container(server: &str, call: &Call, lang: Lang) -> String {
    let request = &call.request;
    let it = named(text(request, "/container_id"), lang);
    let name = text(request, "/config/metadata/name");
    let grace = number(request, "/timeout");
    match (call.call.as_str(), lang) {
        ("CreateContainer", Lang::En) => format!(
            "The kubelet has {server} create the container `{name}` in the sandbox; nothing runs yet."
        ),
        ("CreateContainer", Lang::ZhCn) => {
            format!("kubelet 让 {server} 在沙箱中创建容器 `{name}`；此时还没有进程运行。")
        }
        ("StartContainer", Lang::En) => format!("The kubelet has {server} start {it}."),
        ("StartContainer", Lang::ZhCn) => format!("kubelet 让 {server} 启动{it}。"),
        ("StopContainer", Lang::En) if found_stopped(call) => {
            format!("The kubelet makes sure that {it} is stopped; it had stopped already.")
        }
        ("StopContainer", Lang::ZhCn) if found_stopped(call) => {
            format!("kubelet 再次确认{it}已停止；它先前就停了。")
        }
        ("StopContainer", Lang::En) => {
            format!("The kubelet has {server} stop {it}, with up to {grace} seconds to finish.")
        }
        ("StopContainer", Lang::ZhCn) => {
            format!("kubelet 让 {server} 停止{it}，最多给它 {grace} 秒收尾。")
        }
        ("RemoveContainer", Lang::En) => {
            format!("The kubelet has {server} remove what is left of {it}.")
        }
        ("RemoveContainer", Lang::ZhCn) => format!("kubelet 让 {server} 移除{it}留下的一切。"),
        (_, Lang::En) => format!("The kubelet asks about {it}: {}.", state(call, lang)),
        (_, Lang::ZhCn) => format!("kubelet 询问{it}的状态：{}。", state(call, lang)),
    }
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

/// `ContainerState` of the CRI, in words.
fn state(call: &Call, lang: Lang) -> String {
    let response = call.response.as_ref().unwrap_or(&Value::Null);
    let code = number(response, "/status/exit_code");
    match number(response, "/status/state") {
        _ if call.response.is_none() => lang.pick("no answer", "没有得到回答").to_owned(),
        0 => lang.pick("it is created", "已创建").to_owned(),
        1 => lang.pick("it is running", "正在运行").to_owned(),
        2 => match lang {
            Lang::En => format!("it has exited with code {code}"),
            Lang::ZhCn => format!("已退出，退出码为 {code}"),
        },
        _ => lang.pick("unknown", "未知").to_owned(),
    }
}

fn inside(server: &str, call: &Call, lang: Lang) -> String {
    let it = named(text(&call.request, "/container_id"), lang);
    let empty = Vec::new();
    let words = call.request.get("cmd").and_then(Value::as_array).unwrap_or(&empty);
    let command: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
    let command = command.join(" ");
    match (call.call.as_str(), lang) {
        ("ExecSync", Lang::En) => {
            format!("The kubelet has {server} run `{command}` in {it} and waits for the result.")
        }
        ("ExecSync", Lang::ZhCn) => {
            format!("kubelet 让 {server} 在{it}里运行 `{command}`，并等待结果。")
        }
        ("Exec", Lang::En) => {
            format!("The kubelet asks {server} for an address at which to run `{command}` in {it}.")
        }
        ("Exec", Lang::ZhCn) => {
            format!("kubelet 向 {server} 要一个地址，用来在{it}里运行 `{command}`。")
        }
        ("Attach", Lang::En) => {
            format!("The kubelet asks {server} for an address at which to attach to {it}.")
        }
        ("Attach", Lang::ZhCn) => format!("kubelet 向 {server} 要一个地址，用来挂接到{it}。"),
        (_, Lang::En) => {
            format!("The kubelet asks {server} for an address at which to reach ports of the pod.")
        }
        (_, Lang::ZhCn) => format!("kubelet 向 {server} 要一个地址，用来访问 Pod 的端口。"),
    }
}

fn look(server: &str, call: &Call, lang: Lang) -> String {
    let what = match call.call.as_str() {
        "Version" => lang.pick("which version it is", "的版本"),
        "Status" => lang.pick("whether it and its network are ready", "和网络是否就绪"),
        "ListPodSandbox" => lang.pick("which sandboxes there are", "有哪些沙箱"),
        "ListContainers" => lang.pick("which containers there are", "有哪些容器"),
        "ListImages" => lang.pick("which images there are", "有哪些镜像"),
        "ImageFsInfo" => lang.pick("how full the images' disk is", "镜像占用了多少磁盘"),
        "ListContainerStats" => {
            lang.pick("what the containers use of the node", "各容器用了多少资源")
        }
        other => return format!("kubelet → {server}: `{other}`."),
    };
    match lang {
        Lang::En => format!("The kubelet asks {server} {what}."),
        Lang::ZhCn => format!("kubelet 询问 {server}{what}。"),
    }
}

fn outcome(call: &Call, lang: Lang) -> String {
    match (call.code.as_deref(), lang) {
        (Some("OK"), _) => String::new(),
        (Some(code), Lang::En) => format!(" It fails: {code}."),
        (Some(code), Lang::ZhCn) => format!("调用失败：{code}。"),
        (None, Lang::En) => " The recording ends before the answer.".to_owned(),
        (None, Lang::ZhCn) => "录制在得到回答之前结束。".to_owned(),
    }
}
