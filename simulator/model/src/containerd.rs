//! containerd's CRI plugin: the CRI without anything in between.
//!
//! Behaviour from containerd 1.6.20, pkg/cri/server. Sandboxes and containers are kept in the
//! plugin's own stores; a sandbox enters its store only when it is ready, so no list ever shows one
//! that is being made.

mod container;
mod image;
mod sandbox;

use crate::call::{Reply, Request, Status};
use crate::runtime::{Flow, Serving};

/// What a client reads when nobody listens on the socket.
const NO_DAEMON: &str = "connection error: desc = \"transport: Error while dialing dial unix \
                         /run/containerd/containerd.sock: connect: no such file or directory\"";

type Served = Result<Flow, Status>;

pub(crate) fn serve(serving: &mut Serving<'_>, request: &Request, phase: u8) -> Flow {
    if !serving.node.runtime_up {
        serving.pass(crate::clock::Duration::from_micros(300));
        return crate::runtime::unavailable(NO_DAEMON);
    }
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
        Request::ExecSync { container, .. } => container::exec_sync(serving, *container),
        Request::Exec { .. } => done(Reply::Url("exec")),
        Request::Attach(_) => done(Reply::Url("attach")),
        Request::PortForward(_) => done(Reply::Url("portforward")),
        Request::ImageStatus { image, .. } => image::status(serving, *image),
        Request::PullImage { image, .. } => image::pull(serving, *image),
        Request::ListImages => {
            serving.pass_call("ListImages");
            done(Reply::Images(serving.node.images.keys().copied().collect()))
        }
        Request::Version | Request::Status | Request::ListContainerStats | Request::ImageFsInfo => {
            serving.pass_call(request.name());
            done(Reply::Done)
        }
    }
}

#[allow(clippy::unnecessary_wraps, reason = "every handler ends with it")]
fn done(reply: Reply) -> Served {
    Ok(Flow::Done(Ok(reply)))
}
