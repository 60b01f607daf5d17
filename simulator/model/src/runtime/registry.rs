//! Why a registry does not give an image, in the words of whoever asks it.
//!
//! That the registry lacks an image was recorded for Docker Engine and containerd. That nobody
//! listens, or that it answers 503, is read from source: moby 20.10.24 (`distribution/errors.go`,
//! `TranslatePullError`; an error before the first progress is an HTTP 500 of the engine, so the
//! shim's word `RegistryUnavailable` is not added), containerd 1.6.20
//! (`remotes/docker/resolver.go`). CRI-O's words (containers/image) are known from documents.

use crate::RuntimePath;
use crate::node::Registry;
use crate::runtime::Serving;

/// A pull that fails before anything is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The gRPC code of the answer.
    pub(crate) code: &'static str,
    /// The HTTP status of Docker Engine.
    pub(crate) status: u16,
    /// What is said.
    pub(crate) message: String,
}

/// Where an image comes from.
struct Place<'a> {
    /// The registry's root.
    root: String,
    host: &'a str,
    path: &'a str,
    tag: &'a str,
}

impl Serving<'_> {
    /// Why the registry does not give an image; none when it does, or begins to.
    pub(crate) fn refusal(&self, name: &str) -> Option<Refusal> {
        let lacks = self.scenario.registry_lacks.iter().any(|lacking| lacking == name);
        let (code, status) = match self.node.around.registry {
            Registry::Up | Registry::Stalled if !lacks => return None,
            Registry::Up | Registry::Stalled if self.path == RuntimePath::Containerd => {
                ("NotFound", 404)
            }
            Registry::Up | Registry::Stalled => ("Unknown", 404),
            Registry::Down | Registry::Unavailable => ("Unknown", 500),
        };
        let message = match self.path {
            RuntimePath::Dockershim | RuntimePath::CriDockerd => {
                format!("Error response from daemon: {}", docker(self.node.around.registry, name))
            }
            RuntimePath::Containerd => containerd(self.node.around.registry, name),
            RuntimePath::CriO => crio(self.node.around.registry, name),
        };
        Some(Refusal { code, status, message })
    }

    /// Whether the registry sends no more of what it has begun to send.
    pub(crate) fn registry_stalls(&self) -> bool {
        self.node.around.registry == Registry::Stalled
    }
}

fn place(name: &str) -> Place<'_> {
    let tag = crate::pod::image_tag(name);
    let repository = tag.map_or(name, |tag| &name[..name.len() - tag.len() - 1]);
    let (host, path) = match repository.split_once('/') {
        Some((host, path)) if host.contains(['.', ':']) => (host, path),
        _ => ("registry-1.docker.io", repository),
    };
    // Registries on the loopback address may be spoken to in the clear.
    let scheme = if host.starts_with("127.") { "http" } else { "https" };
    Place { root: format!("{scheme}://{host}/v2/"), host, path, tag: tag.unwrap_or("latest") }
}

/// `dial tcp`, as Go writes it.
fn refused(host: &str) -> String {
    let port = if host.contains(':') { "" } else { ":443" };
    format!("dial tcp {host}{port}: connect: connection refused")
}

fn docker(registry: Registry, name: &str) -> String {
    let Place { root, host, .. } = place(name);
    match registry {
        Registry::Up | Registry::Stalled => {
            format!("manifest for {name} not found: manifest unknown: manifest unknown")
        }
        Registry::Down => format!("Get \"{root}\": {}", refused(host)),
        Registry::Unavailable => "received unexpected HTTP status: 503 Service Unavailable".into(),
    }
}

fn containerd(registry: Registry, name: &str) -> String {
    let Place { root, host, path, tag } = place(name);
    let why = match registry {
        Registry::Up | Registry::Stalled => {
            let tagged = crate::pod::image_tag(name).is_some();
            if tagged { format!("{name}: not found") } else { format!("{name}:latest: not found") }
        }
        Registry::Down => {
            format!(
                "failed to do request: Head \"{root}{path}/manifests/{tag}\": {}",
                refused(host)
            )
        }
        Registry::Unavailable => format!(
            "pulling from host {host} failed with status code [manifests {tag}]: 503 Service \
             Unavailable"
        ),
    };
    format!(
        "failed to pull and unpack image \"{name}\": failed to resolve reference \"{name}\": {why}"
    )
}

fn crio(registry: Registry, name: &str) -> String {
    let Place { root, host, path, tag } = place(name);
    match registry {
        Registry::Up | Registry::Stalled => {
            let (repository, tag) = name.rsplit_once(':').unwrap_or((name, "latest"));
            format!("reading manifest {tag} in {repository}: manifest unknown: manifest unknown")
        }
        Registry::Down => {
            format!("pinging container registry {host}: Get \"{root}\": {}", refused(host))
        }
        Registry::Unavailable => format!(
            "reading manifest {tag} in {host}/{path}: received unexpected HTTP status: 503 Service \
             Unavailable"
        ),
    }
}
