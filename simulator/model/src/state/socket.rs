//! The Unix sockets of the node and who listens on them.

use sha2::{Digest, Sha256};

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
                    add(
                        &shim_socket(&process.args),
                        "containerd-shim-runc-v2",
                        "task API (ttrpc)",
                        "containerd",
                    );
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

/// The socket of the shim that runs with these arguments: its name is the SHA-256 of containerd's
/// address, the namespace and the shim's ID, joined as a path (containerd 1.6.20,
/// `runtime/v2/shim/util_unix.go`, `SocketAddress`).
fn shim_socket(args: &[String]) -> String {
    let value = |flag: &str| {
        let at = args.iter().position(|argument| argument == flag);
        at.and_then(|at| args.get(at + 1)).map_or("", String::as_str)
    };
    let of = ["-address", "-namespace", "-id"].map(value).join("/");
    let digest = Sha256::digest(of.as_bytes());
    let name: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    SHIM_SOCKET.replace('…', &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shim_listens_at_a_digest() {
        let line = "containerd-shim-runc-v2 -namespace moby -id abc -address /run/x.sock";
        let args: Vec<String> = line.split(' ').map(str::to_owned).collect();
        // printf /run/x.sock/moby/abc | sha256sum
        let name = "e69e5ccaf09803706b7eab779ab8019492c8d407fd0e0596b21f4f8432cf6bcf";
        assert_eq!(shim_socket(&args), format!("/run/containerd/s/{name}"));
    }
}
