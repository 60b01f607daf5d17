//! Pods as manifests write them, with the defaults that the API's own scheme sets.

/// A type of the API: public fields with the API's names, zero values left out.
macro_rules! manifest {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name {
            $(
                $(#[$field_doc])*
                #[serde(skip_serializing_if = "crate::messages::is_zero")]
                pub $field: $type,
            )*
        }
    };
}

mod action;
mod affinity;
pub mod annotations;
mod environment;
mod login;
mod quality;
mod quantity;
mod recorded;
mod spec;
mod volume;

pub use action::{ExecAction, Handler, HttpGet, HttpHeader, Lifecycle, PortRef, Probe, TcpSocket};
pub use affinity::{
    Affinity, NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm,
};
pub use environment::{EnvFrom, EnvSource, EnvVar, FieldRef, KeyRef, ObjectRef, ResourceFieldRef};
pub use login::{Login, PullSecret};
pub use quality::QualityOfService;
pub(crate) use quality::{is_critical, must_pull, oom_score_adj};
pub use quantity::{Quantity, QuantityError};
pub use spec::{
    Capabilities, Container, ContainerPort, ContainerSecurityContext, DnsOption, DnsSettings,
    Metadata, Pod, PodSecurityContext, PodSpec, ResourceRequirements, SeLinuxOptions,
    SeccompProfile, Sysctl,
};
pub use volume::{EmptyDir, HostPath, Opaque, OtherVolume, Volume, VolumeMount};

/// What happens to a container that ends (k8s 1.20.2, staging/src/k8s.io/api/core/v1/types.go).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub enum RestartPolicy {
    /// It is started again.
    #[default]
    Always,
    /// It is started again when it failed.
    OnFailure,
    /// It stays as it is.
    Never,
}

/// When an image is pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub enum PullPolicy {
    /// Each time a container starts.
    Always,
    /// When it is not there.
    IfNotPresent,
    /// Never.
    Never,
}

/// Where a pod came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A file in the kubelet's manifest folder.
    #[default]
    Static,
    /// The API server.
    Api,
}

impl Container {
    /// When its image is pulled: as written, else always for `:latest` or no tag at all
    /// (k8s 1.20.2, pkg/apis/core/v1/defaults.go, `SetDefaults_Container`).
    pub fn pull_policy(&self) -> PullPolicy {
        self.image_pull_policy.unwrap_or_else(|| match image_tag(&self.image) {
            None | Some("latest") => PullPolicy::Always,
            Some(_) => PullPolicy::IfNotPresent,
        })
    }
}

/// The repository of an image reference by its whole name: with its host, and without tag and digest
/// (docker/distribution, `reference/normalize.go`, `ParseNormalizedNamed`).
pub fn whole_repository(reference: &str) -> String {
    let name = reference.split('@').next().unwrap_or(reference);
    let folders = name.rfind('/').map_or(0, |at| at + 1);
    let end = name[folders..].find(':').map_or(name.len(), |at| folders + at);
    let name = &name[..end];
    let host = name
        .split_once('/')
        .filter(|(first, _)| first.contains(['.', ':']) || *first == "localhost");
    let (host, path) = host.unwrap_or(("docker.io", name));
    let host = if host == "index.docker.io" { "docker.io" } else { host };
    let library = if host == "docker.io" && !path.contains('/') { "library/" } else { "" };
    format!("{host}/{library}{path}")
}

/// The tag of an image reference; a digest counts as a tag that is not `latest`.
pub(crate) fn image_tag(reference: &str) -> Option<&str> {
    let last = reference.rsplit('/').next().unwrap_or(reference);
    last.split_once('@').map(|(_, digest)| digest).or(last.split_once(':').map(|(_, tag)| tag))
}

/// An image without tag or digest gets `:latest` (k8s 1.20.2,
/// `pkg/kubelet/images/image_manager.go`, `applyDefaultImageTag`).
pub(crate) fn with_default_tag(reference: &str) -> String {
    match image_tag(reference) {
        Some(_) => reference.to_owned(),
        None => format!("{reference}:latest"),
    }
}
