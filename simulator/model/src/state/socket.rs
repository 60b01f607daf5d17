//! The Unix sockets of the node and who listens on them.

use crate::RuntimePath;
use crate::state::Moment;

/// Where dockerd listens.
pub const DOCKER_SOCKET: &str = "/var/run/docker.sock";
/// Where containerd listens.
pub const CONTAINERD_SOCKET: &str = "/run/containerd/containerd.sock";
/// Where a shim listens: each at a name of its own, in place of the `…`.
pub const SHIM_SOCKET: &str = "/run/containerd/s/…";

/// One socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Socket {
    /// Its path.
    pub path: String,
    /// The program that listens.
    pub listener: &'static str,
    /// The number of its process.
    pub pid: u32,
    /// What is spoken there.
    pub protocol: &'static str,
    /// Who connects to it.
    pub clients: &'static str,
}

impl Moment<'_> {
    /// The sockets on which somebody listens, the kubelet's way to a container first.
    pub fn sockets(&self) -> Vec<Socket> {
        use crate::state::process::Role::{
            ContainerShim, Containerd, CriDockerd, Crio, Dockerd, Kubelet, SandboxShim,
        };
        let mut sockets = Vec::new();
        let mut processes = self.processes();
        let rank = |role| match role {
            Kubelet => 0,
            CriDockerd => 1,
            Dockerd => 2,
            Containerd => 3,
            Crio => 4,
            _ => 5,
        };
        processes.sort_by_key(|process| (rank(process.role), process.pid));
        for process in &processes {
            let mut add = |path: &str, listener, protocol, clients| {
                let (path, pid) = (path.to_owned(), process.pid);
                sockets.push(Socket { path, listener, pid, protocol, clients });
            };
            let cri = self.path().cri_socket();
            match process.role {
                Kubelet if self.path() == RuntimePath::Dockershim => {
                    add(
                        cri,
                        "kubelet",
                        "CRI (gRPC), by the built-in dockershim",
                        "kubelet, crictl",
                    );
                }
                CriDockerd => add(cri, "cri-dockerd", "CRI (gRPC)", "kubelet, crictl"),
                Dockerd => {
                    let clients = match self.path() {
                        RuntimePath::CriDockerd => "cri-dockerd, docker",
                        _ => "kubelet (dockershim), docker",
                    };
                    add(DOCKER_SOCKET, "dockerd", "Docker Engine API (HTTP)", clients);
                }
                Containerd => {
                    let (protocol, clients) = match self.path() {
                        RuntimePath::Containerd => {
                            ("CRI and containerd API (gRPC)", "kubelet, crictl, ctr")
                        }
                        _ => ("containerd API (gRPC)", "dockerd, ctr"),
                    };
                    add(CONTAINERD_SOCKET, "containerd", protocol, clients);
                }
                Crio => add(cri, "crio", "CRI (gRPC)", "kubelet, crictl"),
                SandboxShim(_) | ContainerShim(_) if self.path() != RuntimePath::CriO => {
                    let id = process.args.get(4).map_or("", String::as_str);
                    let path = SHIM_SOCKET.replace('…', id);
                    add(&path, "containerd-shim-runc-v2", "task API (ttrpc)", "containerd");
                }
                ContainerShim(_) | SandboxShim(_) => {
                    let id = process.args.get(4).map_or("", String::as_str);
                    let path = format!("/var/run/crio/{id}/attach");
                    add(&path, "conmon", "standard streams (seqpacket)", "crio");
                }
                _ => {}
            }
        }
        sockets
    }
}
