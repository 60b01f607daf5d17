//! What runtimes answer about sandboxes, containers and images.

use crate::messages::{
    ContainerMetadata, ImageSpec, Int64Value, Mount, NamespaceOption, PodSandboxMetadata,
    StringMap, message,
};

message!(
    /// `PodSandboxNetworkStatus`.
    SandboxNetwork {
        /// The address of the pod.
        ip: String,
    }
);
message!(
    /// `Namespace`.
    SandboxNamespaces {
        /// Which namespaces are shared with whom.
        options: NamespaceOption,
    }
);
message!(
    /// `LinuxPodSandboxStatus`.
    SandboxNetworkLinux {
        /// Namespaces.
        namespaces: SandboxNamespaces,
    }
);
message!(
    /// `PodSandbox` and `PodSandboxStatus`, which share their fields.
    PodSandboxSummary {
        /// Its ID.
        id: String,
        /// What makes it unique.
        metadata: PodSandboxMetadata,
        /// 0 ready, 1 not ready.
        state: i32,
        /// When it was made, in ns since 1970.
        created_at: i64,
        /// Its address; only in a status.
        network: Option<SandboxNetwork>,
        /// Its namespaces; only in a status.
        linux: Option<SandboxNetworkLinux>,
        /// Labels.
        labels: StringMap,
        /// Annotations.
        annotations: StringMap,
        /// The handler it was made with; the shims for Docker do not say.
        runtime_handler: String,
    }
);
message!(
    /// `Container` and `ContainerStatus`, which share their fields.
    ContainerSummary {
        /// Its ID.
        id: String,
        /// Its sandbox; not in a status.
        pod_sandbox_id: String,
        /// What makes it unique.
        metadata: ContainerMetadata,
        /// Its image as it was named.
        image: ImageSpec,
        /// Its image as the runtime knows it.
        image_ref: String,
        /// 0 created, 1 running, 2 exited, 3 unknown.
        state: i32,
        /// When it was made, in ns since 1970.
        created_at: i64,
        /// When it was started, in ns since 1970.
        started_at: i64,
        /// When it ended, in ns since 1970.
        finished_at: i64,
        /// How it ended.
        exit_code: i32,
        /// How it ended, in one word.
        reason: String,
        /// How it ended, in a sentence.
        message: String,
        /// Labels.
        labels: StringMap,
        /// Annotations.
        annotations: StringMap,
        /// Paths of the node; only in a status.
        mounts: Vec<Mount>,
        /// Its log on the node; only in a status.
        log_path: String,
    }
);
message!(
    /// `Image`.
    ImageSummary {
        /// Its ID.
        id: String,
        /// References by tag.
        repo_tags: Vec<String>,
        /// References by digest.
        repo_digests: Vec<String>,
        /// Its size in bytes.
        size: u64,
        /// The user it asks for.
        uid: Option<Int64Value>,
        /// The user it asks for, by name.
        username: String,
    }
);
