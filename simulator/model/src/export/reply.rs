//! The answers of the CRI.

use serde_json::{Value, json};

use crate::RuntimePath;
use crate::call::{ContainerView, Lack, Reply, Request, SandboxView};
use crate::clock::Instant;
use crate::export::{cri, message, wall_clock};
use crate::identity::ImageId;
use crate::kubelet::pod_address;
use crate::messages::{
    ContainerSummary, ImageSpec, ImageSummary, PodSandboxSummary, SandboxNamespaces,
    SandboxNetwork, SandboxNetworkLinux, StringMap,
};
use crate::node::RunState;
use crate::pod::image_tag;
use crate::run::{CallRecord, Run};
use crate::versions::CriVersion;

/// The size of busybox in containerd's store, in bytes; other stores count differently.
const IMAGE_SIZE: u64 = 1_070_540;

/// The message of an answer.
pub(super) fn body(run: &Run, call: &CallRecord, reply: &Reply) -> Value {
    let (request, at) = (&call.request, call.end);
    match reply {
        Reply::Done => without_reply(run, request),
        Reply::Sandbox(id) => json!({"pod_sandbox_id": run.catalog.sandbox_name(*id)}),
        Reply::Container(id) => json!({"container_id": run.catalog.container_name(*id)}),
        Reply::SandboxStatus(view) => json!({"status": message(&sandbox(run, view, true))}),
        Reply::ContainerStatus(view) => json!({"status": message(&container(run, view, true))}),
        Reply::Sandboxes(list) if list.is_empty() => json!({}),
        Reply::Sandboxes(list) => {
            let items: Vec<_> = list.iter().map(|view| sandbox(run, view, false)).collect();
            json!({"items": items})
        }
        Reply::Containers(list) if list.is_empty() => json!({}),
        Reply::Containers(list) => {
            let items: Vec<_> = list.iter().map(|view| container(run, view, false)).collect();
            json!({"containers": items})
        }
        Reply::Image(found) => match request {
            Request::PullImage { image, .. } => {
                json!({"image_ref": run.catalog.image_id_name(*image)})
            }
            _ => found.map_or(json!({}), |id| json!({"image": message(&image(run, id, at))})),
        },
        Reply::Images(list) if list.is_empty() => json!({}),
        Reply::Images(list) => {
            let images: Vec<_> = list.iter().map(|id| image(run, *id, at)).collect();
            json!({"images": images})
        }
        Reply::Exec { exit_code: 0 } => json!({}),
        Reply::Exec { exit_code } => json!({"exit_code": exit_code}),
        Reply::Status(conditions) => {
            let runtime = condition("RuntimeReady", conditions.runtime.as_ref());
            let network = condition("NetworkReady", conditions.network.as_ref());
            json!({"status": {"conditions": [runtime, network]}})
        }
        // cri-dockerd serves streams on all addresses, and names none.
        Reply::Url(verb) if run.path == RuntimePath::CriDockerd => {
            json!({"url": format!("//[::]:35000/cri/{verb}/token")})
        }
        Reply::Url(verb) => json!({"url": format!("http://127.0.0.1:35000/{verb}/token")}),
    }
}

fn without_reply(run: &Run, request: &Request) -> Value {
    match request {
        Request::Version => version(run),
        _ => json!({}),
    }
}

fn condition(kind: &str, lack: Option<&Lack>) -> Value {
    match lack {
        None => json!({"type": kind, "status": true}),
        Some(Lack { reason, message }) => {
            json!({"type": kind, "reason": reason, "message": message})
        }
    }
}

/// Who the runtime says it is. cri-dockerd puts the CRI's version where Docker's API version
/// belongs.
fn version(run: &Run) -> Value {
    let cri = match cri(run) {
        CriVersion::V1Alpha2 => "v1alpha2",
        CriVersion::V1 => "v1",
    };
    let (name, version, api) = match run.path {
        RuntimePath::Dockershim => ("docker", "20.10.24+dfsg1", "1.41.0"),
        RuntimePath::CriDockerd => ("docker", "20.10.24+dfsg1", cri),
        RuntimePath::Containerd => ("containerd", "1.6.20~ds1", cri),
        RuntimePath::CriO => ("cri-o", "1.23.0", cri),
    };
    json!({
        "version": "0.1.0",
        "runtime_name": name,
        "runtime_version": version,
        "runtime_api_version": api,
    })
}

fn sandbox(run: &Run, view: &SandboxView, full: bool) -> PodSandboxSummary {
    let config = &run.catalog.sandbox(view.id).config;
    let network =
        view.address.filter(|_| full).map(|last| SandboxNetwork { ip: pod_address(last) });
    let options = config.linux.security_context.namespace_options.clone();
    let linux = SandboxNetworkLinux { namespaces: SandboxNamespaces { options } };
    let mut labels = config.labels.clone();
    if run.path == RuntimePath::CriO {
        // CRI-O keeps the label that its own tools find a sandbox by.
        labels.insert("io.kubernetes.container.name".into(), "POD".into());
    }
    let pod = run.catalog.pod(run.catalog.sandbox(view.id).pod);
    let handler = if run.path.has_docker() { "" } else { pod.spec.runtime_handler.as_str() };
    PodSandboxSummary {
        id: run.catalog.sandbox_name(view.id),
        metadata: config.metadata.clone(),
        state: i32::from(!view.ready),
        created_at: wall_clock(view.created),
        network,
        linux: full.then_some(linux),
        labels,
        annotations: config.annotations.clone(),
        runtime_handler: handler.to_owned(),
    }
}

fn container(run: &Run, view: &ContainerView, full: bool) -> ContainerSummary {
    let entry = run.catalog.container(view.id);
    let config = &entry.config;
    let time = |at: Option<Instant>| at.map_or(0, wall_clock);
    let image_id = run.catalog.image_id_name(entry.image);
    let reference = run.catalog.image_name(entry.image).to_owned();
    let built = run.last.built.contains_key(&entry.image);
    let sandbox_config = &run.catalog.sandbox(view.sandbox).config;
    let mut summary = ContainerSummary {
        id: run.catalog.container_name(view.id),
        metadata: config.metadata.clone(),
        state: match view.state {
            RunState::Created => 0,
            RunState::Running => 1,
            RunState::Exited => 2,
        },
        created_at: wall_clock(view.created),
        labels: config.labels.clone(),
        annotations: config.annotations.clone(),
        ..ContainerSummary::default()
    };
    if full {
        summary.image_ref = match run.path {
            // Without a digest from a registry the ID is all there is (k8s 1.20.2,
            // `pkg/kubelet/dockershim/convert.go`; containerd 1.6.20,
            // `pkg/cri/server/container_status.go`).
            RuntimePath::Dockershim | RuntimePath::CriDockerd if built => {
                format!("docker://{image_id}")
            }
            RuntimePath::Dockershim | RuntimePath::CriDockerd => {
                format!("docker-pullable://{image_id}")
            }
            RuntimePath::Containerd if built => image_id,
            RuntimePath::Containerd => by_digest(&reference),
            RuntimePath::CriO => image_id,
        };
        summary.image = ImageSpec { image: reference, annotations: StringMap::new() };
        summary.started_at = time(view.started);
        summary.finished_at = time(view.finished);
        summary.exit_code = view.exit_code;
        summary.reason = reason(view).into();
        summary.mounts.clone_from(&config.mounts);
        summary.log_path = format!("{}/{}", sandbox_config.log_directory, config.log_path);
    } else {
        summary.pod_sandbox_id = run.catalog.sandbox_name(view.sandbox);
        summary.image = ImageSpec { image: image_id.clone(), annotations: StringMap::new() };
        summary.image_ref = image_id;
    }
    summary
}

/// How a container ended, in one word.
fn reason(view: &ContainerView) -> &'static str {
    match (view.state, view.out_of_memory, view.exit_code) {
        (RunState::Exited, true, _) => "OOMKilled",
        (RunState::Exited, false, 0) => "Completed",
        (RunState::Exited, false, _) => "Error",
        _ => "",
    }
}

/// An image with all the names by which it was pulled, in that order; one that was built here has no
/// digest from a registry.
fn image(run: &Run, id: ImageId, at: Instant) -> ImageSummary {
    let catalog = &run.catalog;
    let content = catalog.content(id);
    let mut names: Vec<String> = Vec::new();
    for call in run.calls.iter().filter(|call| call.end <= at) {
        let Request::PullImage { image, .. } = &call.request else { continue };
        let name = catalog.image_name(*image);
        let same = call.outcome.is_ok() && catalog.content(*image) == content;
        if same && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let built = names.is_empty() && run.last.built.contains_key(&id);
    if names.is_empty() {
        names.push(catalog.image_name(id).to_owned());
    }
    ImageSummary {
        id: catalog.image_id_name(id),
        repo_digests: if built { Vec::new() } else { vec![by_digest(&names[0])] },
        repo_tags: names,
        size: IMAGE_SIZE,
        ..ImageSummary::default()
    }
}

/// A reference by the digest of what it stands for; which digest is left open.
fn by_digest(reference: &str) -> String {
    let repository = match image_tag(reference) {
        Some(tag) => &reference[..reference.len() - tag.len() - 1],
        None => reference,
    };
    format!("{repository}@sha256:{}", "0".repeat(64))
}
