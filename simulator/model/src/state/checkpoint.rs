//! The checkpoints of sandboxes that dockershim and cri-dockerd leave on disk.
//!
//! Docker keeps no port mappings in a form that the shim could read back after the pause container
//! is gone, so it writes them into a file of its own (k8s 1.20.2,
//! pkg/kubelet/dockershim/`docker_checkpoint.go`; cri-dockerd 0.3.1, core/`docker_checkpoint.go`).
//! Recorded in `checkpoints` of each `node.json`, checksums included.

use serde_json::json;

use crate::RuntimePath;
use crate::identity::SandboxId;
use crate::messages::{PodSandboxConfig, PortMapping, namespace_mode};
use crate::state::Moment;

/// The folder of checkpoints on a path; none where nobody writes any.
pub const fn folder(path: RuntimePath) -> Option<&'static str> {
    match path {
        RuntimePath::Dockershim => Some("/var/lib/dockershim/sandbox"),
        RuntimePath::CriDockerd => Some("/var/lib/cri-dockerd/sandbox"),
        RuntimePath::Containerd | RuntimePath::CriO => None,
    }
}

impl Moment<'_> {
    /// The checkpoint files: path, sandbox and content. A checkpoint is written when the pause
    /// container has been created, and removed with the sandbox.
    pub fn checkpoints(&self) -> Vec<(String, SandboxId, String)> {
        let Some(folder) = folder(self.path()) else { return Vec::new() };
        let sandboxes = self.node.sandboxes.keys();
        sandboxes
            .map(|id| {
                let config = &self.run.catalog.sandbox(*id).config;
                let path = format!("{folder}/{}", self.run.sandbox_hex(*id));
                (path, *id, content(self.path(), config))
            })
            .collect()
    }
}

/// The JSON text, in the order of the fields of the Go types.
fn content(path: RuntimePath, config: &PodSandboxConfig) -> String {
    let host = config.linux.security_context.namespace_options.network == namespace_mode::NODE;
    let ports: Vec<_> =
        config.port_mappings.iter().filter(|port| port.container_port > 0).collect();
    let mut fields = Vec::new();
    if !ports.is_empty() {
        let ports: Vec<_> = ports.iter().map(|port| mapping(port)).collect();
        fields.push(format!("\"port_mappings\":[{}]", ports.join(",")));
    }
    if host {
        fields.push("\"host_network\":true".to_owned());
    }
    format!(
        "{{\"version\":\"v1\",\"name\":{},\"namespace\":{},\"data\":{{{}}},\"checksum\":{}}}",
        json!(config.metadata.name),
        json!(config.metadata.namespace),
        fields.join(","),
        checksum(path, &ports, host)
    )
}

fn mapping(port: &PortMapping) -> String {
    let address = match port.host_ip.as_str() {
        "" => String::new(),
        address => format!(",\"host_ip\":{}", json!(address)),
    };
    let (container, host) = (port.container_port, port.host_port);
    format!(
        "{{\"protocol\":\"{}\",\"container_port\":{container},\"host_port\":{host}{address}}}",
        protocol(port)
    )
}

const fn protocol(port: &PortMapping) -> &'static str {
    match port.protocol {
        1 => "udp",
        2 => "sctp",
        _ => "tcp",
    }
}

/// The sum over what Go's `spew` prints of the data with types (pkg/util/hash, `DeepHashObject`;
/// FNV-1a, 32 bits). The names of the Go packages are in it, which is why the two shims disagree
/// about one and the same sandbox.
fn checksum(path: RuntimePath, ports: &[&PortMapping], host_network: bool) -> u32 {
    let (data, types) = match path {
        RuntimePath::CriDockerd => ("core", "config"),
        _ => ("dockershim", "dockershim"),
    };
    let printed: Vec<_> = ports
        .iter()
        .map(|port| {
            format!(
                "<*>{{Protocol:(*{types}.Protocol){} ContainerPort:(*int32){} \
                 HostPort:(*int32){} HostIP:(string){}}}",
                protocol(port),
                port.container_port,
                port.host_port,
                port.host_ip
            )
        })
        .collect();
    let list =
        if ports.is_empty() { "<nil>".to_owned() } else { format!("[{}]", printed.join(" ")) };
    let text = format!(
        "({data}.CheckpointData){{PortMappings:([]*{types}.PortMapping){list} \
         HostNetwork:(bool){host_network}}}"
    );
    let step = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, step)
}
