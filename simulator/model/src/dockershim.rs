//! dockershim: the CRI on one side, Docker Engine's HTTP API on the other.
//!
//! Behaviour from k8s 1.20.2, pkg/kubelet/dockershim. cri-dockerd 0.3.1 is a fork of it and differs
//! in few places (`Version`, `ImageFsInfo`, `ListContainerStats`), which are marked.

mod container_create;
mod container_start;
mod container_status;
mod container_stop;
pub(crate) mod create_body;
mod engine;
mod exec;
mod image;
mod list;
mod sandbox_run;
mod sandbox_stop;
mod status;

pub(crate) use create_body::PAUSE_IMAGE;
pub(crate) use engine::NO_DAEMON;

use crate::call::{Reply, Request, Target};
use crate::runtime::{Flow, Serving};

pub(crate) fn serve(serving: &mut Serving<'_>, request: &Request, phase: u8) -> Flow {
    let flow = route(serving, request, phase);
    flow.unwrap_or_else(|status| Flow::Done(Err(status)))
}

type Served = Result<Flow, crate::call::Status>;

fn route(serving: &mut Serving<'_>, request: &Request, phase: u8) -> Served {
    match request {
        Request::Version => status::version(serving),
        Request::Status => status::status(serving),
        Request::RunPodSandbox { config, .. } => sandbox_run::run(serving, request, config),
        Request::StopPodSandbox(id) => sandbox_stop::stop(serving, *id, phase),
        Request::RemovePodSandbox(id) => sandbox_stop::remove(serving, *id),
        Request::PodSandboxStatus(id) => status::sandbox(serving, *id),
        Request::ListPodSandbox(filter) => list::sandboxes(serving, *filter),
        Request::CreateContainer { .. } => container_create::create(serving, request),
        Request::StartContainer(id) => container_start::start(serving, *id),
        Request::StopContainer { container, timeout } => {
            container_stop::stop(serving, *container, *timeout, phase)
        }
        Request::RemoveContainer(id) => container_stop::remove(serving, *id),
        Request::ContainerStatus(id) => container_status::status(serving, *id),
        Request::ListContainers(filter) => list::containers(serving, *filter),
        Request::ListContainerStats => list::container_stats(serving),
        Request::ExecSync { container, command, timeout } => {
            exec::exec_sync(serving, *container, command, *timeout, phase)
        }
        Request::Exec { container, .. } => {
            exec::url(serving, Target::Container(*container), "exec")
        }
        Request::Attach(id) => exec::url(serving, Target::Container(*id), "attach"),
        Request::PortForward(id) => exec::url(serving, Target::Sandbox(*id), "portforward"),
        Request::ListImages => image::list(serving),
        Request::ImageStatus { image, key, .. } => image::status(serving, *image, *key),
        Request::PullImage { image, .. } => image::pull(serving, *image, phase),
        Request::RemoveImage(image) => image::remove(serving, *image),
        Request::ImageFsInfo => image::fs_info(serving),
    }
}

#[allow(clippy::unnecessary_wraps, reason = "every handler ends with it")]
fn done(reply: Reply) -> Served {
    Ok(Flow::Done(Ok(reply)))
}
