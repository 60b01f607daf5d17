//! Files that the kubelet and the runtimes leave: logs, links to them, checkpoints, cgroups.
//!
//! Recorded in `logs` and `checkpoints` of each `node.json`. What programs write into their logs is
//! not modelled, so log files are empty.

use std::collections::BTreeSet;

use crate::call::Target;
use crate::clock::Instant;
use crate::identity::{ContainerId, PodId};
use crate::node::{Container, RunState};
use crate::state::Moment;

/// What a path is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A folder with so many folders in it.
    Folder(usize),
    /// A link to this path.
    Link(String),
    /// A file with this content.
    File(String),
}

/// One path of the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Its permissions, as `ls` shows them.
    pub mode: &'static str,
    /// When it was last changed.
    pub changed: Instant,
    /// What it belongs to.
    pub of: Option<Target>,
}

/// Where logs of pods lie.
pub const POD_LOGS: &str = "/var/log/pods";
/// Where a link to each log lies, for programs that collect logs.
pub const CONTAINER_LOGS: &str = "/var/log/containers";

impl File {
    /// Its size in bytes, as `ls` shows it.
    pub fn size(&self) -> usize {
        match &self.kind {
            Kind::Folder(_) => 4096,
            Kind::Link(target) => target.len(),
            Kind::File(content) => content.len(),
        }
    }

    /// The 1 KiB blocks it takes on ext4: links of less than 60 bytes take none.
    pub fn blocks(&self) -> usize {
        match &self.kind {
            Kind::Link(target) if target.len() < 60 => 0,
            _ => self.size().div_ceil(4096) * 4,
        }
    }

    /// Its name, without the folders before it.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl Moment<'_> {
    /// All modelled files, by path: `/var/log/pods` and what is in it, `/var/log/containers`,
    /// Docker's own logs, sandbox checkpoints.
    pub fn files(&self) -> Vec<File> {
        let mut files = vec![folder(POD_LOGS, 0, Instant::ZERO, None)];
        files.push(folder(CONTAINER_LOGS, 0, Instant::ZERO, None));
        for (pod, places) in &self.node.log_directories {
            self.add_pod_logs(*pod, places, &mut files);
        }
        for (id, container) in &self.node.containers {
            self.add_logs(*id, container, &mut files);
        }
        for (path, sandbox, content) in self.checkpoints() {
            let changed = self.node.sandboxes[&sandbox].created;
            let (kind, of) = (Kind::File(content), Some(Target::Sandbox(sandbox)));
            files.push(File { path, kind, mode: "-rw-------", changed, of });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    fn add_pod_logs(&self, pod: PodId, places: &BTreeSet<usize>, files: &mut Vec<File>) {
        let path = self.run.log_directory(pod);
        let mut of_pod = self.node.sandboxes.iter().filter(|(_, sandbox)| sandbox.pod == pod);
        let (sandbox, made) = of_pod.next_back().map_or((None, Instant::ZERO), |(id, sandbox)| {
            (Some(Target::Sandbox(*id)), sandbox.created)
        });
        files.push(folder(&path, places.len(), made, sandbox));
        for place in places {
            let containers = self.node.containers.iter();
            let mut at_place = containers
                .filter(|(_, container)| (container.pod, container.index) == (pod, *place));
            let newest = at_place.next_back();
            let name = &self.pod(pod).container(*place).name;
            let changed = newest.map_or(made, |(_, container)| container.created);
            let of = newest.map(|(id, _)| Target::Container(*id));
            files.push(folder(&format!("{path}/{name}"), 0, changed, of));
        }
    }

    /// With Docker the log is Docker's, and the kubelet's name for it a link that the shim made.
    fn add_logs(&self, id: ContainerId, container: &Container, files: &mut Vec<File>) {
        let config = &self.run.catalog.container(id).config;
        let log = format!("{}/{}", self.run.log_directory(container.pod), config.log_path);
        let changed = container.finished.or(container.started).unwrap_or(container.created);
        let linked = container.started.unwrap_or(container.created);
        let hex = self.run.container_hex(id);
        let of = Some(Target::Container(id));
        let empty = || Kind::File(String::new());
        if self.path().has_docker() {
            let kept = format!("/var/lib/docker/containers/{hex}/{hex}-json.log");
            if container.logged {
                let kind = Kind::Link(kept.clone());
                files.push(File { path: log.clone(), kind, mode: LINK, changed: linked, of });
            }
            if container.state != RunState::Created {
                files.push(File { path: kept, kind: empty(), mode: "-rw-r-----", changed, of });
            }
        } else if container.logged {
            let crio = self.path() == crate::RuntimePath::CriO;
            let mode = if crio { "-rw-------" } else { "-rw-r-----" };
            files.push(File { path: log.clone(), kind: empty(), mode, changed, of });
        }
        if container.linked {
            let metadata = &self.pod(container.pod).metadata;
            let (pod, namespace) = (&metadata.name, &metadata.namespace);
            let name = &config.metadata.name;
            let path = format!("{CONTAINER_LOGS}/{}.log", link(pod, namespace, name, &hex));
            files.push(File { path, kind: Kind::Link(log), mode: LINK, changed: linked, of });
        }
    }

    /// The memory cgroups below the kubelet's, as folders of `/sys/fs/cgroup/memory`.
    pub fn cgroups(&self) -> Vec<String> {
        let crio = self.path() == crate::RuntimePath::CriO;
        let mut folders = Vec::new();
        for pod in &self.node.cgroups {
            let quality = crate::pod::QualityOfService::of(self.pod(*pod)).cgroup();
            let folder = format!("{quality}/pod{}", self.run.pod_uid(*pod));
            let running = self.things().into_iter().filter(|thing| {
                let runs = thing.pod == *pod && thing.state == RunState::Running;
                let pause = thing.target == Target::Sandbox(thing.sandbox);
                runs && (!pause || self.has_pause(thing.sandbox))
            });
            for thing in running {
                let id = self.run.hex(thing.target);
                let prefix = if crio { "crio-" } else { "" };
                folders.push(format!("{folder}/{prefix}{id}"));
                // CRI-O puts the conmon of a container beside it.
                folders.extend(crio.then(|| format!("{folder}/crio-conmon-{id}")));
            }
            folders.push(folder);
        }
        folders.sort();
        folders
    }
}

/// The permissions of any link.
const LINK: &str = "lrwxrwxrwx";

/// The name of a link below `/var/log/containers`, cut to what a file system allows
/// (k8s 1.20.2, `kuberuntime/kuberuntime_logs.go` and legacy.go, `legacyLogSymlink`).
fn link(pod: &str, namespace: &str, container: &str, id: &str) -> String {
    /// 255 bytes less the 4 of `.log`.
    const MOST: usize = 251;
    let mut name = format!("{pod}_{namespace}_{container}-{id}");
    while name.len() > MOST {
        name.pop();
    }
    name
}

fn folder(path: &str, folders: usize, changed: Instant, of: Option<Target>) -> File {
    File { path: path.to_owned(), kind: Kind::Folder(folders), mode: "drwxr-xr-x", changed, of }
}
