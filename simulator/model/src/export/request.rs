//! The request messages of the CRI.

use serde_json::{Value, json};

use crate::call::{ImageKeyKind, ListFilter, Request};
use crate::export::message;
use crate::identity::{Catalog, ImageId};
use crate::messages::PodSandboxConfig;
use crate::pod::Login;

/// The version of the CRI's own version message (`kubeRuntimeAPIVersion`).
const API_VERSION: &str = "0.1.0";

/// The message of a request.
pub(super) fn body(catalog: &Catalog, request: &Request) -> Value {
    let sandbox = |id| json!({"pod_sandbox_id": catalog.sandbox_name(id)});
    let container = |id| json!({"container_id": catalog.container_name(id)});
    match request {
        Request::Version => json!({"version": API_VERSION}),
        Request::Status
        | Request::ListImages
        | Request::ImageFsInfo
        | Request::ListContainerStats => {
            json!({})
        }
        Request::RunPodSandbox { pod, config, .. } => {
            let mut body = json!({"config": message(config.as_ref())});
            let handler = &catalog.pod(*pod).spec.runtime_handler;
            if !handler.is_empty() {
                body["runtime_handler"] = json!(handler);
            }
            body
        }
        Request::StopPodSandbox(id)
        | Request::RemovePodSandbox(id)
        | Request::PodSandboxStatus(id)
        | Request::PortForward(id) => sandbox(*id),
        Request::ListPodSandbox(filter) => list(catalog, *filter, false),
        Request::ListContainers(filter) => list(catalog, *filter, true),
        Request::CreateContainer { sandbox: id, config, sandbox_config, .. } => json!({
            "pod_sandbox_id": catalog.sandbox_name(*id),
            "config": message(config.as_ref()),
            "sandbox_config": message(sandbox_config.as_ref()),
        }),
        Request::StartContainer(id)
        | Request::RemoveContainer(id)
        | Request::ContainerStatus(id) => container(*id),
        Request::StopContainer { container, timeout } => {
            json!({"container_id": catalog.container_name(*container), "timeout": timeout})
        }
        Request::ExecSync { container, command, timeout } => {
            let mut body = json!({
                "container_id": catalog.container_name(*container),
                "cmd": command.as_ref(),
            });
            if *timeout != 0 {
                body["timeout"] = json!(timeout);
            }
            body
        }
        Request::Exec { container, command } => json!({
            "container_id": catalog.container_name(*container),
            "cmd": command.as_ref(),
            "stdout": true,
        }),
        Request::Attach(id) => json!({
            "container_id": catalog.container_name(*id),
            "stdout": true,
        }),
        Request::ImageStatus { image, annotations, key } => {
            json!({"image": image_spec(catalog, *image, *key, annotations.as_deref())})
        }
        Request::RemoveImage(image) => {
            json!({"image": image_spec(catalog, *image, ImageKeyKind::Id, None)})
        }
        Request::PullImage { image, sandbox_config, login } => {
            pull(catalog, *image, sandbox_config, login.as_deref())
        }
    }
}

fn pull(
    catalog: &Catalog,
    image: ImageId,
    sandbox_config: &PodSandboxConfig,
    login: Option<&Login>,
) -> Value {
    let mut body = json!({
        "image": image_spec(catalog, image, ImageKeyKind::Reference, Some(sandbox_config)),
        "sandbox_config": message(sandbox_config),
    });
    if let Some(login) = login {
        body["auth"] = auth(login);
    }
    body
}

/// An `AuthConfig`; of its fields the kubelet fills in these two (`kuberuntime_image.go`).
fn auth(login: &Login) -> Value {
    let fields = [("username", &login.username), ("password", &login.password)];
    let said = fields.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(key, text)| (key.to_owned(), json!(text))).collect()
}

/// The filter for ready sandboxes is a message whose only field is zero, so it leaves no trace.
fn list(catalog: &Catalog, filter: ListFilter, containers: bool) -> Value {
    let mut inner = json!({});
    if containers && filter.live {
        inner["state"] = json!({"state": 1});
    }
    if let Some(pod) = filter.pod {
        let uid = &catalog.pod(pod).metadata.uid;
        inner["label_selector"] = json!({"io.kubernetes.pod.uid": uid});
    }
    json!({"filter": inner})
}

fn image_spec(
    catalog: &Catalog,
    image: ImageId,
    key: ImageKeyKind,
    annotations: Option<&PodSandboxConfig>,
) -> Value {
    let name = match key {
        ImageKeyKind::Reference => catalog.image_name(image).to_owned(),
        ImageKeyKind::Id => catalog.image_id_name(image),
    };
    match annotations {
        Some(config) => json!({"image": name, "annotations": config.annotations}),
        None => json!({"image": name}),
    }
}
