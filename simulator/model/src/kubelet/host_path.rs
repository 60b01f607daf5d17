//! Whether a path of the node is what a volume says it is (`pkg/volume/hostpath/host_path.go`,
//! `checkTypeInternal`).
//!
//! What a node has depends on its runtime: the socket of Docker is on no node without Docker. Of paths
//! that nothing here is known about, the manifest is believed.

use crate::RuntimePath::{self, Containerd, CriDockerd, CriO, Dockershim};
use crate::pod::HostPath;

/// What a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Directory,
    File,
    Socket,
    CharDevice,
}

const ALL: &[RuntimePath] = &RuntimePath::ALL;
const DOCKER: &[RuntimePath] = &[Dockershim, CriDockerd];
const WITH_CONTAINERD: &[RuntimePath] = &[Dockershim, CriDockerd, Containerd];

/// What is known of nodes: a path, what it is, and on which nodes it is. `/var/run` is `/run`. The
/// rest is that of any Linux (Filesystem Hierarchy Standard 3.0).
const KNOWN: [(&str, Kind, &[RuntimePath]); 32] = [
    ("/run/docker.sock", Kind::Socket, DOCKER),
    ("/run/dockershim.sock", Kind::Socket, &[Dockershim]),
    ("/run/cri-dockerd.sock", Kind::Socket, &[CriDockerd]),
    ("/run/containerd/containerd.sock", Kind::Socket, WITH_CONTAINERD),
    ("/run/crio/crio.sock", Kind::Socket, &[CriO]),
    ("/run/containerd", Kind::Directory, WITH_CONTAINERD),
    ("/run/crio", Kind::Directory, &[CriO]),
    ("/run/docker", Kind::Directory, DOCKER),
    ("/var/lib/docker", Kind::Directory, DOCKER),
    ("/var/lib/dockershim", Kind::Directory, &[Dockershim]),
    ("/var/lib/cri-dockerd", Kind::Directory, &[CriDockerd]),
    ("/var/lib/containerd", Kind::Directory, WITH_CONTAINERD),
    ("/var/lib/containers", Kind::Directory, &[CriO]),
    ("/", Kind::Directory, ALL),
    ("/boot", Kind::Directory, ALL),
    ("/dev", Kind::Directory, ALL),
    ("/dev/null", Kind::CharDevice, ALL),
    ("/etc", Kind::Directory, ALL),
    ("/etc/hosts", Kind::File, ALL),
    ("/etc/passwd", Kind::File, ALL),
    ("/etc/resolv.conf", Kind::File, ALL),
    ("/proc", Kind::Directory, ALL),
    ("/run", Kind::Directory, ALL),
    ("/sys", Kind::Directory, ALL),
    ("/tmp", Kind::Directory, ALL),
    ("/usr", Kind::Directory, ALL),
    ("/var", Kind::Directory, ALL),
    ("/var/lib", Kind::Directory, ALL),
    ("/var/lib/kubelet", Kind::Directory, ALL),
    ("/var/log", Kind::Directory, ALL),
    ("/var/log/containers", Kind::Directory, ALL),
    ("/var/log/pods", Kind::Directory, ALL),
];

/// What the kubelet says of a path that is not what it should be; none where it is, or where nothing
/// is asked of it. What is to be made where it is not there is made.
pub(super) fn misfit(host: &HostPath, on: RuntimePath) -> Option<String> {
    let path = &host.path;
    let (wanted, words, makes) = match host.kind.as_str() {
        "Directory" => (Some(Kind::Directory), "a directory", false),
        "DirectoryOrCreate" => (Some(Kind::Directory), "a directory", true),
        "File" => (Some(Kind::File), "a file", false),
        "FileOrCreate" => (Some(Kind::File), "a file", true),
        "Socket" => (Some(Kind::Socket), "a socket file", false),
        "CharDevice" => (Some(Kind::CharDevice), "a character device", false),
        "BlockDevice" => (None, "a block device", false),
        _ => return None,
    };
    let fits = match look(path, on)? {
        Some(kind) => Some(kind) == wanted,
        None => makes,
    };
    (!fits).then(|| format!("hostPath type check failed: {path} is not {words}"))
}

/// What a path is on a node; none where nothing is known, the inner none where nothing is there.
#[allow(clippy::option_option, reason = "not to know and to know of nothing differ")]
fn look(path: &str, on: RuntimePath) -> Option<Option<Kind>> {
    let clean = crate::oci::clean(path);
    let rest =
        clean.strip_prefix("/var/run").filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let clean = rest.map(|rest| format!("/run{rest}")).unwrap_or(clean);
    let exact = KNOWN.iter().find(|(known, ..)| *known == clean);
    if let Some((_, kind, nodes)) = exact {
        return Some(nodes.contains(&on).then_some(*kind));
    }
    // Where a folder is not there, nothing is in it.
    let inside = |known: &str| clean.strip_prefix(known).is_some_and(|rest| rest.starts_with('/'));
    let missing = KNOWN.iter().any(|(known, _, nodes)| inside(known) && !nodes.contains(&on));
    missing.then_some(None)
}
