//! containerd's CRI plugin: the CRI without anything in between.
//!
//! Behaviour from containerd 1.6.20, pkg/cri/server. Sandboxes and containers are kept in the
//! plugin's own stores; a sandbox enters its store only when it is ready, so no list ever shows one
//! that is being made.

mod container;
mod image;
mod sandbox;

pub(crate) use container::no_profile;

use crate::RuntimePath;
use crate::call::{Conditions, Lack, Reply, Request, Status};
use crate::runtime::{Flow, Serving};

/// What go-cni says when it has loaded nothing.
const NO_CNI: &str = "cni plugin not initialized";
/// What ocicni says when it has loaded nothing.
const NO_CNI_CRIO: &str = "No CNI configuration file in /etc/cni/net.d/. Has your network provider \
                           started?";

type Served = Result<Flow, Status>;

pub(crate) fn serve(serving: &mut Serving<'_>, request: &Request, phase: u8) -> Flow {
    route(serving, request, phase).unwrap_or_else(|status| Flow::Done(Err(status)))
}

fn route(serving: &mut Serving<'_>, request: &Request, phase: u8) -> Served {
    match request {
        Request::RunPodSandbox { config, .. } => sandbox::run(serving, request, config),
        Request::StopPodSandbox(id) => sandbox::stop(serving, *id),
        Request::RemovePodSandbox(id) => sandbox::remove(serving, *id),
        Request::PodSandboxStatus(id) => sandbox::status(serving, *id),
        Request::ListPodSandbox(filter) => {
            serving.pass_call("ListPodSandbox");
            done(Reply::Sandboxes(serving.sandboxes(*filter)))
        }
        Request::CreateContainer { .. } => container::create(serving, request),
        Request::StartContainer(id) => container::start(serving, *id),
        Request::StopContainer { container, timeout } => {
            container::stop(serving, *container, *timeout, phase)
        }
        Request::RemoveContainer(id) => container::remove(serving, *id),
        Request::ContainerStatus(id) => container::status(serving, *id),
        Request::ListContainers(filter) => {
            serving.pass_call("ListContainers");
            done(Reply::Containers(serving.containers(*filter)))
        }
        Request::ExecSync { container, command, timeout } => {
            container::exec_sync(serving, *container, command, *timeout, phase)
        }
        Request::Exec { .. } => done(Reply::Url("exec")),
        Request::Attach(_) => done(Reply::Url("attach")),
        Request::PortForward(_) => done(Reply::Url("portforward")),
        Request::ImageStatus { image, .. } => image::status(serving, *image),
        Request::PullImage { image, .. } => image::pull(serving, *image),
        Request::RemoveImage(image) => image::remove(serving, *image),
        Request::Status => {
            serving.pass_call("Status");
            done(Reply::Status(status(serving)))
        }
        Request::ListImages => {
            serving.pass_call("ListImages");
            done(Reply::Images(serving.images()))
        }
        Request::Version | Request::ListContainerStats | Request::ImageFsInfo => {
            serving.pass_call(request.name());
            done(Reply::Done)
        }
    }
}

/// A plugin that answers is ready; the network is when a CNI configuration is loaded
/// (`pkg/cri/server/status.go`). CRI-O's words are those of its library ocicni.
fn status(serving: &Serving<'_>) -> Conditions {
    let message = match serving.path {
        RuntimePath::CriO => NO_CNI_CRIO.into(),
        _ => format!("Network plugin returns error: {NO_CNI}"),
    };
    let lack = Lack { reason: "NetworkPluginNotReady", message };
    let network = (!serving.node.around.network_ready).then_some(lack);
    Conditions { runtime: None, network }
}

#[allow(clippy::unnecessary_wraps, reason = "every handler ends with it")]
fn done(reply: Reply) -> Served {
    Ok(Flow::Done(Ok(reply)))
}
