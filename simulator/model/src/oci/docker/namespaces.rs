//! The namespaces of a Docker container (`daemon/oci_linux.go`, `WithNamespaces`).

use crate::oci::docker::{EXEC_ROOT, Request};
use crate::oci::{Namespace, SpecError};

/// New ones, unless the body says to join another container or the node.
pub(super) fn namespaces(request: Request<'_>) -> Result<Vec<Namespace>, SpecError> {
    let host = &request.body.host_config;
    let joined = |mode: &str, kind: &'static str, file: &str| -> Result<_, SpecError> {
        let peer = request.joined(mode)?;
        let path = peer.map(|peer| format!("/proc/{}/ns/{file}", peer.pid)).unwrap_or_default();
        Ok(Namespace { kind: kind.into(), path })
    };
    let mut network = joined(&host.network_mode, "network", "net")?;
    if host.network_mode == "host" {
        network.path = format!("{EXEC_ROOT}/netns/default");
    }
    let pid = match request.extras.target_pid {
        0 => joined(&host.pid_mode, "pid", "pid")?,
        target => Namespace { kind: "pid".into(), path: format!("/proc/{target}/ns/pid") },
    };
    let all = [
        (true, Namespace { kind: "mount".into(), path: String::new() }),
        (true, network),
        (host.uts_mode != "host", Namespace { kind: "uts".into(), path: String::new() }),
        (host.pid_mode != "host", pid),
        (host.ipc_mode != "host", joined(&host.ipc_mode, "ipc", "ipc")?),
    ];
    Ok(all.into_iter().filter(|(of_its_own, _)| *of_its_own).map(|(_, ns)| ns).collect())
}
