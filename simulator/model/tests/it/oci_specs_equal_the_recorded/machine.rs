//! The machine of a recording: what its requests were, and what it drew at random.

use serde_json::Value;
use simulator_model::messages::{ContainerConfig, ContainerCreate, PodSandboxConfig};
use simulator_model::oci::docker::Peer;
use simulator_model::oci::{CgroupFacts, ContainerExtras, ImageFacts, NodeFacts, SandboxFacts};
use simulator_model::{Recording, RuntimePath};

use super::{call_that_made, messages};

/// One container of one recording.
pub(super) struct Machine {
    pub(super) path: RuntimePath,
    pub(super) id: String,
    recording: Recording,
    recorded: Value,
}

impl Machine {
    /// The machine that made `sandbox-POD-ATTEMPT` or `container-NAME-ATTEMPT`.
    pub(super) fn of(path: RuntimePath, scenario: &str, name: &str, recorded: &Value) -> Self {
        let (kind, rest) = name.split_once('-').expect("a kind and a name");
        let (name, attempt) = rest.rsplit_once('-').expect("a name and an attempt");
        let recording = crate::store().recording(path, scenario).expect("it was recorded");
        Self { path, id: format!("{kind}:{name}:{attempt}"), recording, recorded: recorded.clone() }
    }

    pub(super) fn is_sandbox(&self) -> bool {
        self.id.starts_with("sandbox:")
    }

    fn request(&self, id: &str) -> &Value {
        &call_that_made(&self.recording.calls, id).expect("a call made it").request
    }

    fn sandbox_id(&self) -> String {
        let request = self.request(&self.id);
        let of_container = request.get("pod_sandbox_id").and_then(Value::as_str);
        of_container.unwrap_or(&self.id).to_owned()
    }

    pub(super) fn sandbox_config(&self) -> PodSandboxConfig {
        let request = self.request(&self.id);
        let key = if self.is_sandbox() { "config" } else { "sandbox_config" };
        messages::sandbox_config(&request[key])
    }

    pub(super) fn container_config(&self) -> ContainerConfig {
        messages::container_config(&self.request(&self.id)["config"])
    }

    /// The body that was sent to Docker for the container.
    pub(super) fn body(&self, id: &str) -> ContainerCreate {
        let calls = self.recording.calls.iter().flat_map(|call| &call.docker);
        let made = calls.filter(|call| call.path.ends_with("/containers/create")).find(|call| {
            call.response.as_ref().and_then(|response| response["Id"].as_str()) == Some(id)
        });
        messages::create_body(made.and_then(|call| call.body.as_ref()).expect("a call made it"))
    }

    /// What is drawn for a container; only IDs and paths with IDs in them, which are masked.
    pub(super) fn extras(&self) -> ContainerExtras {
        ContainerExtras {
            id: self.id.clone(),
            root: self.recorded["root"]["path"].as_str().unwrap_or_default().into(),
            created: "2026-11-23T00:00:00.000000000Z".into(),
            ..ContainerExtras::default()
        }
    }

    /// The images of the machine: none has a user, a command or files of users.
    pub(super) fn image(&self) -> ImageFacts {
        if self.is_sandbox() {
            return ImageFacts { entrypoint: vec!["/pause".into()], ..ImageFacts::default() };
        }
        let request = self.request(&self.id);
        let id = request["config"]["image"]["image"].as_str().expect("an image").to_owned();
        ImageFacts {
            name: self.image_name(&id),
            id,
            env: vec!["PATH=/bin".into()],
            ..ImageFacts::default()
        }
    }

    /// The name that the runtime finds first. containerd keeps the oldest in front, CRI-O the
    /// newest; pulling a name that is already there changes nothing.
    fn image_name(&self, id: &str) -> String {
        let oldest = id.trim_start_matches("image:").to_owned();
        let created = call_that_made(&self.recording.calls, &self.id).map_or(0, |call| call.at_us);
        let pulls = self.recording.calls.iter().filter(|call| {
            let made = call.response.as_ref().and_then(|response| response["image_ref"].as_str());
            call.call == "PullImage" && call.at_us < created && made == Some(id)
        });
        let mut names = vec![oldest];
        for pull in pulls {
            let name = pull.request["image"]["image"].as_str().unwrap_or_default();
            if !names.iter().any(|there| there == name) {
                names.push(name.to_owned());
            }
        }
        let newest_first = self.path == RuntimePath::CriO;
        if newest_first { names.pop() } else { names.into_iter().next() }.expect("it has a name")
    }

    /// The sandbox, with what was drawn for it taken from where it was recorded: the process ID of
    /// the pause process and the name of the network namespace.
    pub(super) fn sandbox(&self) -> SandboxFacts {
        SandboxFacts {
            id: self.sandbox_id(),
            pid: self.drawn_pid(),
            namespace_name: self.namespace_path("network").rsplit('/').next().unwrap_or("").into(),
            hostname: self.sandbox_config().hostname,
            ips: self.annotation("io.kubernetes.cri-o.IP.0").into_iter().collect(),
            cni_result: String::new(),
        }
    }

    fn namespace_path(&self, kind: &str) -> &str {
        let namespaces = self.recorded["linux"]["namespaces"].as_array().expect("namespaces");
        let found = namespaces.iter().find(|namespace| namespace["type"] == kind);
        found.and_then(|namespace| namespace["path"].as_str()).unwrap_or_default()
    }

    fn annotation(&self, key: &str) -> Option<String> {
        self.recorded["annotations"].get(key)?.as_str().map(str::to_owned)
    }

    fn drawn_pid(&self) -> u32 {
        let path = self.namespace_path("ipc");
        path.split('/').nth(2).and_then(|pid| pid.parse().ok()).unwrap_or_default()
    }

    /// The containers that this one joins: the pause container.
    pub(super) fn peers(&self) -> Vec<Peer> {
        if self.is_sandbox() {
            return Vec::new();
        }
        let id = self.sandbox_id();
        let hostname = match self.body(&id).hostname.as_str() {
            "" => self.node().hostname,
            hostname => hostname.to_owned(),
        };
        vec![Peer { id, pid: self.drawn_pid(), hostname, ..Peer::default() }]
    }

    /// The machine; dockerd names itself in its hook.
    pub(super) fn node(&self) -> NodeFacts {
        let hook = &self.recorded["hooks"]["prestart"][0];
        let dockerd = hook["path"].as_str().and_then(|path| path.split('/').nth(2));
        let controller = hook["args"].as_array().and_then(|args| args.last()?.as_str());
        let recorded = NodeFacts::recorded();
        let hugetlb = self.path == RuntimePath::CriO;
        NodeFacts {
            cgroups: CgroupFacts { hugetlb, ..recorded.cgroups },
            dockerd_pid: dockerd.and_then(|pid| pid.parse().ok()).unwrap_or_default(),
            network_controller: controller.unwrap_or_default().to_owned(),
            ..recorded
        }
    }
}
