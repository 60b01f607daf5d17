//! The messages that cross the sockets of a node, with the field names of their own protocols.
//!
//! CRI messages are those of `runtime.v1alpha2` (k8s 1.20.2,
//! staging/src/k8s.io/cri-api/pkg/apis/runtime/v1alpha2/api.proto); Docker's are those of its
//! Engine API. Zero values are left out, enums are numbers: this is how the recordings show them.

mod container;
mod engine;
mod reply;
mod sandbox;

pub use container::{
    Capability, ContainerConfig, ContainerMetadata, HugepageLimit, ImageSpec, Int64Value, KeyValue,
    LinuxContainerConfig, LinuxContainerResources, LinuxContainerSecurityContext, Mount,
    SeLinuxOption, SecurityProfile,
};
pub use engine::{ContainerCreate, Healthcheck, HostConfig, PortBinding, RestartPolicy};
pub use reply::{
    ContainerSummary, ImageSummary, PodSandboxSummary, SandboxNamespaces, SandboxNetwork,
    SandboxNetworkLinux,
};
pub use sandbox::{
    DnsConfig, LinuxPodSandboxConfig, LinuxSandboxSecurityContext, NamespaceOption,
    PodSandboxConfig, PodSandboxMetadata, PortMapping,
};

use std::collections::BTreeMap;

/// Labels or annotations.
pub type StringMap = BTreeMap<String, String>;

/// A namespace mode of the CRI.
pub mod namespace_mode {
    /// Shared by the containers of the pod.
    pub const POD: i32 = 0;
    /// Of this container only.
    pub const CONTAINER: i32 = 1;
    /// That of the node.
    pub const NODE: i32 = 2;
}

/// Whether a field has the value that proto3 leaves out.
pub(crate) fn is_zero<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A message: public fields, zero values left out.
macro_rules! message {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $(@name($wire:literal))? $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
        pub struct $name {
            $(
                $(#[$field_doc])*
                #[serde(skip_serializing_if = "crate::messages::is_zero" $(, rename = $wire)?)]
                pub $field: $type,
            )*
        }
    };
}
pub(crate) use message;
