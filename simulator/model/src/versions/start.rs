//! Whether a kubelet starts on a node that is set up in some way, and what it writes.

use crate::RuntimePath;
use crate::basis::Basis;
use crate::versions::profile::{CgroupVersion, CriVersion, Profile};
use crate::versions::{KubeletVersion, flags};

/// What the kubelet writes, and what that rests on.
type Line = (String, Basis);

/// The flag that names the runtime's socket, up to its value.
const ENDPOINT_FLAG: &str = "--container-runtime-endpoint=";
/// What a kubelet says of that flag since there is a setting for it
/// (kubernetes/kubernetes#112136, cmd/kubelet/app/options/options.go, `AddKubeletConfigFlags`).
const ENDPOINT_IS_A_SETTING: &str = "Flag --container-runtime-endpoint has been deprecated, This parameter should be set via the \
     config file specified by the Kubelet's --config flag. See \
     https://kubernetes.io/docs/tasks/administer-cluster/kubelet-config-file/ for more information.";
/// From when on.
const ENDPOINT_DEPRECATED: KubeletVersion = KubeletVersion::of(27);

/// How the first steps of a kubelet process end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Started {
    /// It runs, after these lines.
    Runs(Vec<Line>),
    /// It exits after these lines, of which the last says why.
    Exits(Vec<Line>),
}

/// Starts a kubelet, in the order in which it looks at things: flags, configuration, runtime
/// (cmd/kubelet/app/server.go).
pub fn start(profile: &Profile, path: RuntimePath) -> Started {
    let mut lines = Vec::new();
    let error = read_flags(profile, path, &mut lines)
        .or_else(|| check_settings(profile, path, &mut lines))
        .or_else(|| meet_runtime(profile, path, &mut lines));
    match error {
        None => Started::Runs(lines),
        Some(line) => {
            lines.push(line);
            Started::Exits(lines)
        }
    }
}

/// The parser gives up at the first flag it does not know.
fn read_flags(profile: &Profile, path: RuntimePath, lines: &mut Vec<Line>) -> Option<Line> {
    for argument in profile.flags_on(path) {
        if argument.starts_with(ENDPOINT_FLAG) && profile.kubelet >= ENDPOINT_DEPRECATED {
            lines.push((ENDPOINT_IS_A_SETTING.into(), Basis::Documents));
        }
        let Some(flag) = flags::flag(&argument) else { continue };
        if flag.removed <= profile.kubelet {
            let text = format!("Error: failed to parse kubelet flag: unknown flag: {}", flag.name);
            return Some((text, Basis::Documents));
        }
        if let Some((since, why)) = flag.deprecated
            && since <= profile.kubelet
        {
            let text = format!("Flag {} has been deprecated, {why}", flag.name);
            lines.push((text, Basis::Documents));
        }
    }
    None
}

/// What the values of flags and settings are refused for.
fn check_settings(profile: &Profile, path: RuntimePath, lines: &mut Vec<Line>) -> Option<Line> {
    let version = profile.kubelet.minor();
    let flags = profile.flags_on(path);
    let value = |name: &str| flags.iter().find_map(|flag| flag.strip_prefix(name));
    let refused = |text: String| Some((text, Basis::Documents));
    if let Some(runtime) = value("--container-runtime=")
        && (24..=26).contains(&version)
        && runtime != "remote"
    {
        return refused(format!(
            "Error: failed to validate kubelet flags: unsupported CRI runtime: \"{runtime}\", only \
             \"remote\" is currently supported"
        ));
    }
    if value(ENDPOINT_FLAG).is_none() && version == 26 {
        return refused(
            "Error: failed to validate kubelet flags: the container runtime endpoint address was \
             not specified or empty, use --container-runtime-endpoint to set"
                .into(),
        );
    }
    match (profile.cgroup(), version) {
        (CgroupVersion::V1, 35..) => refused(
            "Error: failed to validate kubelet configuration: kubelet is configured to not run on \
             a host using cgroup v1. cgroup v1 support is unsupported and will be removed in a \
             future release"
                .into(),
        ),
        (CgroupVersion::V1, 31..) => {
            let text = "cgroup v1 support is in maintenance mode, please migrate to cgroup v2";
            lines.push((text.into(), Basis::Documents));
            None
        }
        _ => None,
    }
}

/// dockershim starts in the kubelet's process and compares cgroup drivers (k8s 1.20.2,
/// `pkg/kubelet/dockershim/docker_service.go`); another runtime is asked which CRI it speaks.
fn meet_runtime(profile: &Profile, path: RuntimePath, lines: &mut Vec<Line>) -> Option<Line> {
    let version = profile.kubelet.minor();
    let read = if profile.kubelet.is_recorded() { Basis::Source } else { Basis::Documents };
    if path == RuntimePath::Dockershim && profile.kubelet < KubeletVersion::of(24) {
        let text = "Using dockershim is deprecated, please consider using a full-fledged CRI \
                    implementation";
        lines.push((text.into(), read));
        let (ours, docker) = (profile.kubelet_driver.name(), profile.runtime_driver.name());
        return (ours != docker).then(|| {
            let text = format!(
                "failed to run Kubelet: misconfiguration: kubelet cgroup driver: \"{ours}\" is \
                 different from docker cgroup driver: \"{docker}\""
            );
            (text, read)
        });
    }
    let flags = profile.flags_on(path);
    let named = flags.iter().find_map(|flag| flag.strip_prefix(ENDPOINT_FLAG));
    let Some(endpoint) = named.or_else(|| default_endpoint(version)) else {
        let text = "failed to run Kubelet: unable to determine runtime API version: rpc error: \
                    code = Unavailable desc = connection error: desc = \"transport: Error while dialing \
                    dial unix: missing address\"";
        return Some((text.into(), Basis::Documents));
    };
    if named.is_none() && endpoint.strip_prefix("unix://") != Some(path.cri_socket()) {
        return Some((behind_the_default(version, path, endpoint), Basis::Documents));
    }
    match profile.cri_on(path) {
        Some(CriVersion::V1Alpha2) if version >= 23 => {
            let text = "Falling back to CRI v1alpha2 runtime API (deprecated)";
            lines.push((text.into(), Basis::Documents));
            None
        }
        Some(_) => None,
        None => Some((no_common_version(version, endpoint), Basis::Documents)),
    }
}

/// Where a kubelet looks for its runtime when nobody tells it: dockershim's socket up to 1.23 (k8s
/// 1.20.2, cmd/kubelet/app/options/options.go), nowhere up to 1.26 (kubernetes/website#34799), then
/// containerd's (kubernetes/kubernetes#112136, pkg/kubelet/apis/config/v1beta1/defaults.go).
const fn default_endpoint(version: u8) -> Option<&'static str> {
    match version {
        ..=23 => Some("unix:///var/run/dockershim.sock"),
        24..=26 => None,
        _ => Some("unix:///run/containerd/containerd.sock"),
    }
}

/// What a kubelet says that went to the default endpoint of a node whose runtime is elsewhere.
///
/// Docker's containerd listens on containerd's socket, without CRI as Docker packages it.
fn behind_the_default(version: u8, path: RuntimePath, endpoint: &str) -> String {
    let socket = endpoint.trim_start_matches("unix://");
    let nobody = format!("dial unix {socket}: connect: no such file or directory\"");
    let unavailable = "rpc error: code = Unavailable desc = connection error: desc = \"transport: \
                       Error while dialing";
    match version {
        27.. if path.has_docker() => no_common_version(version, endpoint),
        27.. => format!(
            "failed to run Kubelet: validate service connection: validate CRI v1 runtime API for \
             endpoint \"{endpoint}\": {unavailable}: {nobody}"
        ),
        _ => format!(
            "failed to run Kubelet: failed to create kubelet: get remote runtime typed version \
             failed: {unavailable} {nobody}"
        ),
    }
}

/// What a kubelet says to a runtime that speaks no CRI that it knows: kubernetes/kubernetes#112548
/// up to 1.25, containerd/containerd#7799 and Mirantis/cri-dockerd#136 for 1.26.
fn no_common_version(version: u8, endpoint: &str) -> String {
    let unknown = |package: &str| {
        format!("rpc error: code = Unimplemented desc = unknown service {package}.RuntimeService")
    };
    match version {
        ..=25 => format!(
            "failed to run Kubelet: failed to create kubelet: get remote runtime typed version \
             failed: {}",
            unknown("runtime.v1alpha2")
        ),
        26 => format!(
            "failed to run Kubelet: validate service connection: CRI v1 runtime API is not \
             implemented for endpoint \"{endpoint}\": {}",
            unknown("runtime.v1")
        ),
        _ => format!(
            "failed to run Kubelet: validate service connection: validate CRI v1 runtime API for \
             endpoint \"{endpoint}\": {}",
            unknown("runtime.v1")
        ),
    }
}
