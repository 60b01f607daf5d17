//! The node as tools show it, in each tool's own format, column for column.
//!
//! Each view is plain text made from the rows of [`crate::state`]; a browser can show the same rows
//! in its own way. Times count from the beginning of the run, which is midnight of the day of the
//! recordings (UTC).

mod age;
mod calendar;
mod crictl;
mod ctr;
mod docker;
mod kubectl;
mod ls;
mod oci;
mod overview;
mod ps;
mod runc;
mod socket;
mod table;

use std::fmt;
use std::str::FromStr;

use crate::RuntimePath;
use crate::state::Moment;

macro_rules! views {
    ($($(#[$doc:meta])* $name:ident, $word:literal, $command:literal, $about:literal;)*) => {
        /// One way to look at the node.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum View {
            $($(#[$doc])* $name,)*
        }

        impl View {
            /// All views, in the order in which lists show them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name in commands and links.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What one would type on the node; empty where there is no such command.
            pub const fn command(self) -> &'static str {
                match self { $(Self::$name => $command,)* }
            }

            /// What it shows, in one line.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$name => $about,)* }
            }
        }
    };
}

views!(
    /// Everything in short.
    Overview, "overview", "", "everything in short";
    /// The process tree.
    Ps, "ps", "ps -e --forest -o pid,args", "processes as a tree";
    /// Sockets and who listens.
    Sockets, "sockets", "", "Unix sockets and who listens on them";
    /// Pods of the API server.
    KubectlPod, "kubectl-pod", "kubectl get pods -A -o wide", "pods as the API server shows them";
    /// Conditions of pods.
    Conditions, "conditions", "", "phase and conditions of each pod, as kubectl describe lists them";
    /// Events of the kubelet.
    Events, "events", "kubectl get events -A", "events that the kubelet recorded";
    /// The node of the API server.
    KubectlNode, "kubectl-node", "kubectl get nodes -o wide", "the node as the API server shows it";
    /// The runtime's socket as kubeadm remembers it.
    Annotation, "annotation", "kubectl describe node | grep cri-socket",
        "the annotation of the node in which kubeadm remembers the runtime's socket";
    /// Whether the node is ready and why.
    NodeReady, "node-ready", "", "whether the node is ready and why";
    /// Running containers of Docker.
    DockerPs, "docker-ps", "docker ps", "running containers of Docker Engine";
    /// All containers of Docker.
    DockerPsAll, "docker-ps-a", "docker ps -a", "all containers of Docker Engine";
    /// Images of Docker.
    DockerImages, "docker-images", "docker images", "images of Docker Engine";
    /// Running containers of the CRI.
    CrictlPs, "crictl-ps", "crictl ps", "running containers, asked through the CRI";
    /// All containers of the CRI.
    CrictlPsAll, "crictl-ps-a", "crictl ps -a", "all containers, asked through the CRI";
    /// Sandboxes of the CRI.
    CrictlPods, "crictl-pods", "crictl pods", "pod sandboxes, asked through the CRI";
    /// Images of the CRI.
    Images, "images", "crictl images", "images, asked through the CRI";
    /// Containers of Docker in containerd.
    CtrMoby, "ctr-moby", "ctr -n moby c ls", "containers in containerd's namespace of Docker";
    /// Containers of the CRI plugin in containerd.
    CtrK8s, "ctr-k8s", "ctr -n k8s.io c ls", "containers in containerd's namespace of the CRI";
    /// Tasks of the CRI plugin in containerd.
    CtrTasks, "ctr-tasks", "ctr -n k8s.io t ls", "tasks in containerd's namespace of the CRI";
    /// Images of the CRI plugin in containerd.
    CtrImages, "ctr-images", "ctr -n k8s.io i ls", "images in containerd's namespace of the CRI";
    /// Namespaces of containerd.
    Namespaces, "namespaces", "ctr namespaces ls", "containerd's namespaces";
    /// Containers of runc.
    Runc, "runc", "runc list", "containers as runc knows them";
    /// OCI specifications.
    Oci, "oci", "cat config.json", "what runc was given for each running container";
    /// Logs and links to them.
    Files, "files", "ls -lR /var/log/containers /var/log/pods", "logs and the links to them";
    /// Sandbox checkpoints.
    Checkpoints, "checkpoints", "", "sandbox checkpoints of dockershim or cri-dockerd";
    /// Cgroups.
    Cgroups, "cgroups", "find /sys/fs/cgroup/memory/kubepods -type d", "cgroups of pods";
);

impl View {
    /// What one would type on a node of the path. Each runtime keeps runc's state in a folder of its
    /// own (the arguments of all runc commands in the recordings); runc looks into CRI-O's by itself.
    pub const fn command_on(self, path: RuntimePath) -> &'static str {
        match (self, path) {
            (Self::Runc, RuntimePath::Containerd) => "runc --root /run/containerd/runc/k8s.io list",
            (Self::Runc, RuntimePath::Dockershim | RuntimePath::CriDockerd) => {
                "runc --root /var/run/docker/runtime-runc/moby list"
            }
            _ => self.command(),
        }
    }
}

/// A name that is no view.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown view `{name}`; the views are {}", names())]
pub struct UnknownView {
    /// The name as it was given.
    pub name: String,
}

fn names() -> String {
    let names: Vec<_> = View::ALL.iter().map(|view| view.name()).collect();
    names.join(", ")
}

impl FromStr for View {
    type Err = UnknownView;

    fn from_str(name: &str) -> Result<Self, UnknownView> {
        let found = Self::ALL.iter().find(|view| view.name() == name).copied();
        found.ok_or_else(|| UnknownView { name: name.to_owned() })
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text of a view, each line ended by a line feed.
///
/// A node without an API server (static pods) has nothing for `kubectl` to ask; what is shown then
/// is what the mirror pods would say. Where the asked daemon is down, the text is the error that the
/// tool prints. On a path without Docker Engine or containerd, `docker` and `ctr` answer as if those
/// were installed beside what the kubelet uses, and find nothing but images that were built with
/// Docker.
pub fn render(view: View, moment: &Moment<'_>) -> String {
    match view {
        View::Overview => overview::overview(moment),
        View::Ps => ps::forest(moment),
        View::Sockets => socket::sockets(moment),
        View::KubectlPod => kubectl::pods(moment),
        View::Conditions => kubectl::conditions(moment),
        View::Events => kubectl::events(moment),
        View::KubectlNode => kubectl::nodes(moment),
        View::Annotation => kubectl::annotation(moment),
        View::NodeReady => kubectl::node_conditions(moment),
        View::DockerPs => docker::ps(moment, docker::Show::Running),
        View::DockerPsAll => docker::ps(moment, docker::Show::All),
        View::DockerImages => docker::images(moment),
        View::CrictlPs => crictl::ps(moment, crictl::Show::Running),
        View::CrictlPsAll => crictl::ps(moment, crictl::Show::All),
        View::CrictlPods => crictl::pods(moment),
        View::Images => crictl::images(moment),
        View::CtrMoby => ctr::containers(moment, crate::state::store::Store::Moby),
        View::CtrK8s => ctr::containers(moment, crate::state::store::Store::K8s),
        View::CtrTasks => ctr::tasks(moment),
        View::CtrImages => ctr::images(moment),
        View::Namespaces => ctr::namespaces(moment),
        View::Runc => runc::list(moment),
        View::Oci => oci::specs(moment),
        View::Files => ls::logs(moment),
        View::Checkpoints => ls::checkpoints(moment),
        View::Cgroups => ls::cgroups(moment),
    }
}
