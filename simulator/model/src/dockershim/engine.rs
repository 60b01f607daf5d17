//! Docker Engine as the shim sees it: one HTTP request after the other.
//!
//! The engine holds a lock on a container while it starts or stops it; whoever inspects the
//! container meanwhile waits for the lock. This is why the kubelet's PLEG sometimes hangs for the
//! length of a start (moby 20.10, daemon/inspect.go and daemon/start.go both take
//! `container.Lock`).

use crate::call::{EngineCall, EngineRequest, ImageKey, Kind, ListFilter, Status, Target};
use crate::clock::{Duration, Instant};
use crate::dockershim::PAUSE_IMAGE;
use crate::identity::ImageId;
use crate::latency;
use crate::messages::ContainerCreate;
use crate::oci;
use crate::runtime::Serving;
use crate::versions::CgroupDriver;

/// What a client reads when nobody listens on the engine's socket.
pub(crate) const NO_DAEMON: &str = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. \
                         Is the docker daemon running?";
/// What the engine says about a parent cgroup that is no slice.
const NO_SLICE: &str = "cgroup-parent for systemd cgroup should be a \
                        valid slice named as \"xxx.slice\"";
/// The least memory that the engine gives a container, in bytes (moby 20.10.24,
/// `daemon/daemon_unix.go`, `linuxMinMemory`).
const MEMORY_MINIMUM: i64 = 6 << 20;
const TOO_LITTLE_MEMORY: &str = "Minimum memory limit allowed is 6MB";
/// What the engine says of a request that a rule lets fail.
const INTERNAL_ERROR: &str = "Error response from daemon: internal error";
/// What the shim itself needs between two requests.
const BETWEEN: Duration = Duration::from_micros(400);

impl Serving<'_> {
    /// Asks the engine something whose length was measured.
    pub(super) fn ask(&mut self, request: EngineRequest) -> Result<(), Status> {
        let took = self.draw(latency::engine_key(&request));
        self.ask_for(request, took)
    }

    /// Asks the engine something that takes so long.
    pub(super) fn ask_for(&mut self, request: EngineRequest, took: Duration) -> Result<(), Status> {
        let at = self.now;
        if !self.node.runtime_up {
            let call = EngineCall {
                at,
                took: Duration::ZERO,
                request,
                status: None,
                items: None,
                message: None,
            };
            self.note(call);
            return Err(unreachable_engine());
        }
        let took = took.max(self.locked_until(&request).since(at));
        let (status, message) = if self.next_fails() {
            (500, Some(INTERNAL_ERROR.into()))
        } else {
            self.judge(&request)
        };
        let items = if status < 400 { self.count(&request) } else { None };
        self.now += took;
        self.note(EngineCall {
            at,
            took,
            request,
            status: Some(status),
            items,
            message: message.clone(),
        });
        self.now += BETWEEN;
        match message {
            Some(message) if status >= 400 => Err(Status { code: "Unknown", message }),
            _ => Ok(()),
        }
    }

    /// Writes a request down; most calls make just one.
    pub(super) fn note(&mut self, call: EngineCall) {
        if self.engine.is_empty() {
            self.engine.reserve_exact(1);
        }
        self.engine.push(call);
    }

    /// Whether a rule lets the next request fail.
    pub(super) fn next_fails(&self) -> bool {
        self.engine_fails == Some(self.engine.len())
    }

    fn locked_until(&self, request: &EngineRequest) -> Instant {
        let EngineRequest::ContainerInspect(target) = request else { return Instant::ZERO };
        match target {
            Target::Sandbox(id) => self.node.sandboxes.get(id).map(|s| s.locked_until),
            Target::Container(id) => self.node.containers.get(id).map(|c| c.locked_until),
        }
        .unwrap_or(Instant::ZERO)
    }

    /// The status of the answer, and what an error says.
    fn judge(&self, request: &EngineRequest) -> (u16, Option<String>) {
        match request {
            EngineRequest::ContainerCreate { body, .. } => match self.refused(body) {
                Some(why) => (400, Some(format!("Error response from daemon: {why}"))),
                None => (201, None),
            },
            EngineRequest::ExecCreate { .. } => (201, None),
            EngineRequest::ContainerStart(_) if !self.node.around.containerd_up => {
                (500, Some(self.no_containerd().message))
            }
            EngineRequest::ContainerStart(target)
            | EngineRequest::ContainerStop(target, _)
            | EngineRequest::ContainerInspect(target)
            | EngineRequest::ContainerRemove(target)
                if !self.knows(*target) =>
            {
                self.no_such(*target, request)
            }
            EngineRequest::ContainerStop(target, _) => {
                (if self.is_running(*target) { 204 } else { 304 }, None)
            }
            EngineRequest::ContainerStart(target) => self.judge_start(*target),
            EngineRequest::ContainerRemove(Target::Container(id)) if self.is_removing(*id) => {
                let name = self.catalog.container_name(*id);
                let why = format!("removal of container {name} is already in progress");
                (409, Some(format!("Error response from daemon: {why}")))
            }
            EngineRequest::ContainerRemove(_) => (204, None),
            EngineRequest::ImageInspect(ImageKey::Reference(image))
                if !self.node.images.contains_key(image) && !self.pulls(*image) =>
            {
                let name = self.catalog.image_name(*image);
                (404, Some(format!("no such image: {name}: No such image: {name}")))
            }
            EngineRequest::ImageInspect(ImageKey::Pause)
                if !self.node.around.pause_image && !self.pulls_pause() =>
            {
                (404, Some(format!("no such image: {PAUSE_IMAGE}: No such image: {PAUSE_IMAGE}")))
            }
            EngineRequest::ImageCreate(image) => {
                let refusal = self.refusal(self.catalog.image_name(*image));
                refusal.map_or((200, None), |refusal| (refusal.status, Some(refusal.message)))
            }
            _ => (200, None),
        }
    }

    /// Why a container is not made (moby 20.10.24, `daemon/container.go`, `verifyContainerSettings`;
    /// `daemon/daemon_unix.go`, `verifyPlatformContainerSettings`).
    fn refused(&self, body: &ContainerCreate) -> Option<String> {
        let (folder, host) = (&body.working_dir, &body.host_config);
        if !folder.is_empty() && !folder.starts_with('/') {
            return Some(format!(
                "the working directory '{folder}' is invalid, it needs to be an absolute path"
            ));
        }
        let lists = [("CapAdd", &host.cap_add), ("CapDrop", &host.cap_drop)];
        for (list, names) in lists {
            if let Some(name) = oci::unknown_to_docker(names) {
                return Some(format!("invalid {list}: unknown capability: \"{name}\""));
            }
        }
        if (1..MEMORY_MINIMUM).contains(&host.memory) {
            return Some(TOO_LITTLE_MEMORY.into());
        }
        self.cgroup_parent_is_no_slice().then(|| NO_SLICE.into())
    }

    /// A container joins the namespaces of its pause container, which therefore has to run
    /// (moby 20.10, `daemon/container_operations.go`, `getNetworkedContainer`).
    fn judge_start(&self, target: Target) -> (u16, Option<String>) {
        let Target::Container(id) = target else { return (204, None) };
        let sandbox = self.catalog.container(id).sandbox;
        if self.node.is_ready(sandbox) {
            return (204, None);
        }
        let name = self.catalog.sandbox_name(sandbox);
        let message = format!("cannot join network of a non running container: {name}");
        (409, Some(format!("Error response from daemon: {message}")))
    }

    fn knows(&self, target: Target) -> bool {
        match target {
            // A container made earlier in this very call is not in the node's state yet.
            Target::Sandbox(id) => self.node.sandboxes.contains_key(&id) || self.makes(target),
            Target::Container(id) => self.node.containers.contains_key(&id) || self.makes(target),
        }
    }

    fn makes(&self, target: Target) -> bool {
        self.engine.iter().any(|call| {
            matches!(call.request, EngineRequest::ContainerCreate { target: made, .. } if made == target)
        })
    }

    /// Whether this very call has pulled the image.
    fn pulls(&self, image: ImageId) -> bool {
        self.engine.iter().any(|call| call.request == EngineRequest::ImageCreate(image))
    }

    /// Whether this very call has pulled the pause image.
    fn pulls_pause(&self) -> bool {
        let pulled = |image: ImageId| self.catalog.image_name(image) == PAUSE_IMAGE;
        self.engine
            .iter()
            .any(|call| matches!(call.request, EngineRequest::ImageCreate(image) if pulled(image)))
    }

    /// A dockerd that asks systemd for cgroups wants a slice as parent
    /// (moby 20.10.24, `daemon/daemon_unix.go`).
    fn cgroup_parent_is_no_slice(&self) -> bool {
        let node = &self.scenario.node;
        node.runtime_driver == CgroupDriver::Systemd && node.kubelet_driver != CgroupDriver::Systemd
    }

    /// What the engine says when the containerd below it is away.
    pub(super) fn no_containerd(&self) -> Status {
        let own = self.scenario.docker.own_containerd;
        let socket = if own { "/var/run/docker/containerd" } else { "/run/containerd" };
        let message = format!(
            "Error response from daemon: connection error: desc = \"transport: Error while dialing \
             dial unix {socket}/containerd.sock: connect: connection refused\": unavailable"
        );
        Status { code: "Unknown", message }
    }

    /// Of what it looks up and removes the client says by itself that it is not there; else it hands on
    /// what the engine says (docker/docker, client/errors.go, `wrapResponseError`).
    fn no_such(&self, target: Target, asked: &EngineRequest) -> (u16, Option<String>) {
        let name = match target {
            Target::Sandbox(id) => self.catalog.sandbox_name(id),
            Target::Container(id) => self.catalog.container_name(id),
        };
        let whose = match asked {
            EngineRequest::ContainerInspect(_) | EngineRequest::ContainerRemove(_) => "Error",
            _ => "Error response from daemon",
        };
        (404, Some(format!("{whose}: No such container: {name}")))
    }

    fn count(&mut self, request: &EngineRequest) -> Option<usize> {
        match request {
            EngineRequest::ContainerList { kind: Kind::Sandbox, filter } => {
                Some(self.sandboxes(*filter).len())
            }
            EngineRequest::ContainerList { kind: Kind::Container, filter } => {
                Some(self.containers(*filter).len())
            }
            EngineRequest::ContainersOfSandbox(id) => Some(self.node.containers_in(*id).len()),
            EngineRequest::ImageList => {
                Some(self.node.images.len() + usize::from(self.node.around.pause_image))
            }
            _ => None,
        }
    }

    /// Inspects a container.
    pub(super) fn inspect(&mut self, target: Target) -> Result<(), Status> {
        self.ask(EngineRequest::ContainerInspect(target))
    }

    /// Lists what passes a filter.
    pub(super) fn engine_list(&mut self, kind: Kind, filter: ListFilter) -> Result<(), Status> {
        self.ask(EngineRequest::ContainerList { kind, filter })
    }
}

fn unreachable_engine() -> Status {
    Status { code: "Unknown", message: NO_DAEMON.into() }
}
