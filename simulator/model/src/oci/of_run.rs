//! The specification of every container that a run made: what reached runc, from what was asked.

use std::collections::BTreeMap;

use crate::RuntimePath;
use crate::call::{EngineRequest, Request, Target};
use crate::clock::Instant;
use crate::identity::{ContainerId, SandboxId};
use crate::messages::ContainerCreate;
use crate::node::Change;
use crate::oci::docker::Peer;
use crate::oci::{
    CgroupFacts, ContainerExtras, ImageFacts, NodeFacts, SandboxFacts, Spec, SpecError, containerd,
    crio, docker,
};
use crate::run::Run;

/// What is drawn where a container is made and follows from no request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Where the root file system is mounted.
    pub root: String,
    /// The process of the pause container that is joined.
    pub pause_pid: u32,
    /// The name of the network namespace.
    pub namespace_name: String,
    /// The address of the pod.
    pub address: Option<String>,
    /// The process of dockerd.
    pub dockerd_pid: u32,
    /// dockerd's network controller.
    pub network_controller: String,
}

/// The specifications of a run by the names that recordings give them, `sandbox-POD-ATTEMPT` and
/// `container-NAME-ATTEMPT`; a later one of the same name takes the place of an earlier.
pub fn specs(
    run: &Run,
    drawn: impl Fn(&str) -> Drawn,
) -> BTreeMap<String, Result<Spec, SpecError>> {
    let mut found = BTreeMap::new();
    for (at, change) in &run.changes {
        let (target, id) = match *change {
            Change::SandboxStarted(id) => (Target::Sandbox(id), run.catalog.sandbox_name(id)),
            Change::ContainerStarted(id) => (Target::Container(id), run.catalog.container_name(id)),
            _ => continue,
        };
        let name = id.replace(':', "-");
        if let Some(spec) = spec_of(run, target, *at, drawn(&name)).transpose() {
            found.insert(name, spec);
        }
    }
    found
}

/// The specification of what a run calls by a name such as `container:main:0`, as it was when that
/// last started; none where nothing of the name did.
///
/// # Errors
///
/// As [`spec_of`].
pub fn spec_of_name(run: &Run, name: &str) -> Result<Option<Spec>, SpecError> {
    let catalog = &run.catalog;
    let named = |change: &Change| match *change {
        Change::SandboxStarted(id) if catalog.sandbox_name(id) == name => {
            Some((Target::Sandbox(id), id))
        }
        Change::ContainerStarted(id) if catalog.container_name(id) == name => {
            Some((Target::Container(id), catalog.container(id).sandbox))
        }
        _ => None,
    };
    let mut changes = run.changes.iter().rev();
    let found = changes.find_map(|(at, change)| named(change).map(|it| (*at, it)));
    let Some((at, (target, sandbox))) = found else { return Ok(None) };
    let things = run.moment(at).things();
    let pause = things.iter().find(|thing| thing.target == Target::Sandbox(sandbox));
    let drawn = Drawn { pause_pid: pause.map_or(0, |pause| pause.pid), ..Drawn::default() };
    spec_of(run, target, at, drawn)
}

/// The specification of one sandbox or container that was started at `at`; none for a sandbox
/// without a pause process.
///
/// # Errors
///
/// As the runtime refuses what was asked, such as a user that the image does not know.
pub fn spec_of(
    run: &Run,
    target: Target,
    at: Instant,
    drawn: Drawn,
) -> Result<Option<Spec>, SpecError> {
    Maker { run, at, drawn }.spec(target)
}

/// Makes one specification.
struct Maker<'a> {
    run: &'a Run,
    at: Instant,
    drawn: Drawn,
}

impl Maker<'_> {
    fn spec(&self, target: Target) -> Result<Option<Spec>, SpecError> {
        let node = self.node();
        match (self.run.path, target) {
            (RuntimePath::Dockershim | RuntimePath::CriDockerd, _) => self.docker(target, &node),
            (RuntimePath::Containerd, Target::Sandbox(id)) => {
                let config = &self.run.catalog.sandbox(id).config;
                containerd::sandbox(config, &pause(), &self.sandbox(id), &node).map(Some)
            }
            (RuntimePath::CriO, Target::Sandbox(id)) => {
                let config = &self.run.catalog.sandbox(id).config;
                let extras = self.extras(self.run.catalog.sandbox_name(id));
                crio::sandbox(config, &extras, &pause(), &self.sandbox(id), &node)
            }
            (path, Target::Container(id)) => self.container(path, id, &node).map(Some),
        }
    }

    fn docker(&self, target: Target, node: &NodeFacts) -> Result<Option<Spec>, SpecError> {
        let Some(body) = self.body(target) else { return Ok(None) };
        let (name, image, peers) = match target {
            Target::Sandbox(id) => (self.run.catalog.sandbox_name(id), pause(), Vec::new()),
            Target::Container(id) => {
                let sandbox = self.run.catalog.container(id).sandbox;
                let peers = vec![self.peer(sandbox, node)];
                (self.run.catalog.container_name(id), self.image(id), peers)
            }
        };
        let extras = self.extras(name);
        let request = docker::Request { body, extras: &extras, image: &image, peers: &peers };
        docker::container(request, node).map(Some)
    }

    /// What Docker Engine was asked to make.
    fn body(&self, target: Target) -> Option<&ContainerCreate> {
        let calls = self.run.calls.iter().flat_map(|call| &call.engine);
        calls.rev().find_map(|call| match &call.request {
            EngineRequest::ContainerCreate { target: made, body, .. } if *made == target => {
                Some(body.as_ref())
            }
            _ => None,
        })
    }

    fn peer(&self, sandbox: SandboxId, node: &NodeFacts) -> Peer {
        let body = self.body(Target::Sandbox(sandbox));
        let asked = body.map(|body| body.hostname.as_str());
        let hostname = asked.filter(|name| !name.is_empty()).unwrap_or(&node.hostname).to_owned();
        let on_node_ipc = body.is_some_and(|body| body.host_config.ipc_mode == "host");
        let id = self.run.catalog.sandbox_name(sandbox);
        Peer { id, pid: self.drawn.pause_pid, hostname, on_node_ipc }
    }

    fn container(
        &self,
        path: RuntimePath,
        id: ContainerId,
        node: &NodeFacts,
    ) -> Result<Spec, SpecError> {
        let entry = self.run.catalog.container(id);
        let sandbox_config = &self.run.catalog.sandbox(entry.sandbox).config;
        let extras = self.extras(self.run.catalog.container_name(id));
        let (image, sandbox) = (self.image(id), self.sandbox(entry.sandbox));
        let (config, extras, image, sandbox) = (&entry.config, &extras, &image, &sandbox);
        if path == RuntimePath::CriO {
            let request = crio::Request { sandbox_config, config, extras, image, sandbox };
            return crio::container(request, node);
        }
        let request = containerd::Request { sandbox_config, config, extras, image, sandbox };
        containerd::container(request, node)
    }

    fn extras(&self, id: String) -> ContainerExtras {
        ContainerExtras {
            id,
            root: self.drawn.root.clone(),
            created: "2026-11-23T00:00:00.000000000Z".into(),
            ..ContainerExtras::default()
        }
    }

    fn sandbox(&self, id: SandboxId) -> SandboxFacts {
        SandboxFacts {
            id: self.run.catalog.sandbox_name(id),
            pid: self.drawn.pause_pid,
            namespace_name: self.drawn.namespace_name.clone(),
            hostname: self.run.catalog.sandbox(id).config.hostname.clone(),
            ips: self.drawn.address.clone().into_iter().collect(),
            cni_result: String::new(),
        }
    }

    /// The image of a container. The images of the recordings name no user and no volume; what an
    /// image runs by itself nobody here knows, so a name in braces stands for it.
    fn image(&self, id: ContainerId) -> ImageFacts {
        let image = self.run.catalog.container(id).image;
        let name = self.image_name(id);
        ImageFacts {
            entrypoint: vec![format!("{{entrypoint of {name}}}")],
            name,
            id: self.run.catalog.image_id_name(image),
            env: vec!["PATH=/bin".into()],
            ..ImageFacts::default()
        }
    }

    /// The name that the runtime finds first. containerd keeps the oldest in front, CRI-O the
    /// newest; pulling a name that is already there changes nothing.
    fn image_name(&self, id: ContainerId) -> String {
        let catalog = &self.run.catalog;
        let content = catalog.content(catalog.container(id).image);
        let mut names = vec![catalog.image_name(content).to_owned()];
        for call in self.run.calls.iter().filter(|call| call.end <= self.at) {
            let Request::PullImage { image, .. } = &call.request else { continue };
            let name = catalog.image_name(*image);
            let same = call.outcome.is_ok() && catalog.content(*image) == content;
            if same && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        let newest_first = self.run.path == RuntimePath::CriO;
        let place = if newest_first { names.len() - 1 } else { 0 };
        names.swap_remove(place)
    }

    /// The machine of the recordings; dockerd names itself in its hook.
    fn node(&self) -> NodeFacts {
        let recorded = NodeFacts::recorded();
        let hugetlb = self.run.path == RuntimePath::CriO;
        NodeFacts {
            cgroups: CgroupFacts { hugetlb, ..recorded.cgroups },
            dockerd_pid: self.drawn.dockerd_pid,
            network_controller: self.drawn.network_controller.clone(),
            ..recorded
        }
    }
}

fn pause() -> ImageFacts {
    ImageFacts { entrypoint: vec!["/pause".into()], ..ImageFacts::default() }
}
