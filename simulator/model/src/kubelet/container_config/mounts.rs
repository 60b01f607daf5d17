//! What a container sees of the node's files (`kubelet_pods.go`, `makeMounts`).

use crate::messages::Mount;
use crate::pod::{Container, Pod, Source, VolumeMount};

/// The secret with the token of the default service account, which admission mounts into every
/// container (plugin/pkg/admission/serviceaccount); its name is that of the recordings.
const TOKEN_SECRET: &str = "default-token-x7k2p";
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// The mounts: the container's volumes in order, the token, `/etc/hosts`, the termination log.
pub(super) fn mounts(pod: &Pod, container: &Container, source: Source) -> Vec<Mount> {
    let own = container.volume_mounts.iter();
    let mut mounts: Vec<_> = own.filter_map(|mount| volume_mount(pod, mount)).collect();
    let root = format!("/var/lib/kubelet/pods/{}", pod.metadata.uid);
    let wants_token = pod.spec.automount_service_account_token != Some(false);
    let is_taken = |path: &str, mounts: &[Mount]| mounts.iter().any(|m| m.container_path == path);
    if source == Source::Api && wants_token && !is_taken(TOKEN_PATH, &mounts) {
        mounts.push(Mount {
            container_path: TOKEN_PATH.into(),
            host_path: format!("{root}/volumes/kubernetes.io~secret/{TOKEN_SECRET}"),
            readonly: true,
            propagation: 0,
        });
    }
    // Pods in the node's network are given the node's own file only when they mount it.
    if !pod.spec.host_network && !is_taken("/etc/hosts", &mounts) {
        mounts.push(Mount {
            container_path: "/etc/hosts".into(),
            host_path: format!("{root}/etc-hosts"),
            ..Mount::default()
        });
    }
    let path = &container.termination_message_path;
    let path = if path.is_empty() { "/dev/termination-log" } else { path };
    mounts.push(Mount {
        container_path: path.into(),
        host_path: format!("{root}/containers/{}/{{random}}", container.name),
        ..Mount::default()
    });
    mounts
}

fn volume_mount(pod: &Pod, mount: &VolumeMount) -> Option<Mount> {
    let volume = pod.spec.volumes.iter().find(|volume| volume.name == mount.name)?;
    let mut host_path = volume.host_path.as_ref().map_or_else(
        || {
            let root = format!("/var/lib/kubelet/pods/{}", pod.metadata.uid);
            format!("{root}/volumes/kubernetes.io~empty-dir/{}", volume.name)
        },
        |host| host.path.clone(),
    );
    if !mount.sub_path.is_empty() {
        host_path = format!("{host_path}/{}", mount.sub_path);
    }
    Some(Mount {
        container_path: mount.mount_path.clone(),
        host_path,
        readonly: mount.read_only,
        propagation: match mount.mount_propagation.as_str() {
            "HostToContainer" => 1,
            "Bidirectional" => 2,
            _ => 0,
        },
    })
}
