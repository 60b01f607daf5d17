//! What a container sees of the node's files (`kubelet_pods.go`, `makeMounts`).

use crate::kubelet::container_config::environment::{expand, references};
use crate::messages::{KeyValue, Mount};
use crate::pod::{Container, Pod, Source, VolumeMount};

const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// The mounts: the container's volumes in order, the token, `/etc/hosts`, the termination log.
///
/// The kubelet gives a container its /etc/hosts where it knows an address of the pod; of a pod in
/// the node's network it knows one only with an API server.
pub(super) fn mounts(
    pod: &Pod,
    container: &Container,
    source: Source,
    address: Option<u32>,
    envs: &[KeyValue],
) -> Vec<Mount> {
    let own = container.volume_mounts.iter().enumerate();
    let own = own.filter_map(|(place, mount)| volume_mount(pod, container, place, mount, envs));
    let mut mounts: Vec<_> = own.collect();
    let root = format!("/var/lib/kubelet/pods/{}", pod.metadata.uid);
    let is_taken = |path: &str, mounts: &[Mount]| mounts.iter().any(|m| m.container_path == path);
    if let Some(token) = token_mount(pod, container, source) {
        mounts.push(Mount {
            container_path: token.mount_path,
            host_path: format!("{root}/volumes/kubernetes.io~secret/{}", token.name),
            readonly: true,
            propagation: 0,
        });
    }
    let has_address = if pod.spec.host_network { source == Source::Api } else { address.is_some() };
    if has_address && !is_taken("/etc/hosts", &mounts) {
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

/// Why a container cannot be given its volumes: a path inside one that leads nowhere
/// (container/helpers.go, `ExpandContainerVolumeMounts`; `kubelet_pods.go`, `makeMounts`).
pub(crate) fn impossible(container: &Container, envs: &[KeyValue]) -> Option<String> {
    let with_expression = |mount: &&VolumeMount| !mount.sub_path_expr.is_empty();
    container.volume_mounts.iter().filter(with_expression).find_map(|mount| {
        let mut missing: Vec<_> = references(&mount.sub_path_expr)
            .filter(|name| !envs.iter().any(|env| env.key == *name && !env.value.is_empty()))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        if !missing.is_empty() {
            return Some(format!("missing value for {}", missing.join(", ")));
        }
        let path = expand(&mount.sub_path_expr, envs);
        if path.starts_with('/') {
            return Some(format!("error SubPath `{path}` must not be an absolute path"));
        }
        let leads_out = path.split('/').any(|part| part == "..");
        leads_out.then(|| format!("unable to provision SubPath `{path}`: must not contain '..'"))
    })
}

/// What admission adds to a container that does not mount a token itself.
pub(super) fn token_mount(pod: &Pod, container: &Container, source: Source) -> Option<VolumeMount> {
    let wanted = pod.spec.automount_service_account_token != Some(false);
    let taken = container.volume_mounts.iter().any(|mount| mount.mount_path == TOKEN_PATH);
    (source == Source::Api && wanted && !taken).then(|| VolumeMount {
        name: token_secret(pod),
        read_only: true,
        mount_path: TOKEN_PATH.into(),
        ..VolumeMount::default()
    })
}

/// The volume that admission adds to a pod for its token, if a container mounts it.
pub(crate) fn token_volume(pod: &Pod, source: Source) -> Option<String> {
    pod.all_containers().find_map(|container| token_mount(pod, container, source)).map(|m| m.name)
}

/// The secret with the token of the pod's service account, which admission mounts into every
/// container (plugin/pkg/admission/serviceaccount); the random end of its name is that of the
/// recordings.
fn token_secret(pod: &Pod) -> String {
    let names = [&pod.spec.service_account_name, &pod.spec.service_account];
    let account = names.into_iter().find(|name| !name.is_empty());
    format!("{}-token-x7k2p", account.map_or("default", String::as_str))
}

fn volume_mount(
    pod: &Pod,
    container: &Container,
    place: usize,
    mount: &VolumeMount,
    envs: &[KeyValue],
) -> Option<Mount> {
    let volume = pod.spec.volumes.iter().find(|volume| volume.name == mount.name)?;
    let root = format!("/var/lib/kubelet/pods/{}", pod.metadata.uid);
    let mut host_path = match &volume.host_path {
        Some(host) => host.path.clone(),
        None => format!("{root}/{}", volume.folder()),
    };
    let sub_path = if mount.sub_path_expr.is_empty() {
        mount.sub_path.clone()
    } else {
        expand(&mount.sub_path_expr, envs)
    };
    if !sub_path.is_empty() {
        // The path is mounted beside the volume, so that no link can lead out of it
        // (pkg/volume/util/subpath/subpath_linux.go, `doBindSubPath`).
        let name = &container.name;
        host_path = format!("{root}/volume-subpaths/{}/{name}/{place}", volume.name);
    }
    let container_path = if mount.mount_path.starts_with('/') {
        mount.mount_path.clone()
    } else {
        format!("/{}", mount.mount_path)
    };
    Some(Mount {
        container_path,
        host_path,
        readonly: mount.read_only || volume.is_read_only(),
        propagation: match mount.mount_propagation.as_str() {
            "HostToContainer" => 1,
            "Bidirectional" => 2,
            _ => 0,
        },
    })
}
