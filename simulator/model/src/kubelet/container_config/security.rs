//! Who a container may be (k8s 1.20.2, `pkg/kubelet/kuberuntime/security_context.go` and helpers.go).

use crate::kubelet::sandbox_config::{namespaces, selinux};
use crate::messages::{Capability, Int64Value, LinuxContainerSecurityContext, SecurityProfile};
use crate::pod::annotations::{APPARMOR, SECCOMP, SECCOMP_OF_POD};
use crate::pod::{Container, Pod, SeccompProfile};

/// Where the kubelet keeps seccomp profiles (`--root-dir` with `seccomp` behind it).
const PROFILES: &str = "/var/lib/kubelet/seccomp";

/// Hidden from a container (securitycontext/util.go).
const MASKED_PATHS: [&str; 9] = [
    "/proc/acpi",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/sys/firmware",
];
/// Not to be written to by a container (securitycontext/util.go).
const READONLY_PATHS: [&str; 6] =
    ["/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

pub(super) fn context(pod: &Pod, container: &Container) -> LinuxContainerSecurityContext {
    let of_pod = &pod.spec.security_context;
    let own = &container.security_context;
    let id = |id: Option<i64>| id.map(|value| Int64Value { value });
    // An image that names no user runs as root, and the kubelet says so.
    let user = own.run_as_user.or(of_pod.run_as_user).unwrap_or(0);
    let mut groups = of_pod.supplemental_groups.clone();
    groups.splice(0..0, of_pod.fs_group);
    let label = own.se_linux_options.as_ref().or(of_pod.se_linux_options.as_ref());
    // pkg/security/apparmor/helpers.go, `GetProfileNameFromPodAnnotations`
    let apparmor = annotation(pod, APPARMOR, &container.name);
    let unmasked = own.proc_mount == "Unmasked";
    let paths = |paths: &[&str]| {
        if unmasked { Vec::new() } else { paths.iter().map(|path| (*path).into()).collect() }
    };
    LinuxContainerSecurityContext {
        capabilities: own.capabilities.as_ref().map(|capabilities| Capability {
            add_capabilities: capabilities.add.clone(),
            drop_capabilities: capabilities.drop.clone(),
        }),
        privileged: own.privileged,
        namespace_options: namespaces(pod),
        selinux_options: label.map(selinux),
        run_as_user: id(Some(user)),
        run_as_username: String::new(),
        run_as_group: id(own.run_as_group.or(of_pod.run_as_group)),
        supplemental_groups: groups,
        readonly_rootfs: own.read_only_root_filesystem,
        apparmor_profile: apparmor.unwrap_or_default().to_owned(),
        seccomp_profile_path: seccomp_path(pod, container),
        no_new_privs: own.allow_privilege_escalation == Some(false),
        masked_paths: paths(&MASKED_PATHS),
        readonly_paths: paths(&READONLY_PATHS),
        seccomp: Some(seccomp(pod, container)),
    }
}

fn annotation<'a>(pod: &'a Pod, prefix: &str, name: &str) -> Option<&'a str> {
    pod.metadata.annotations.get(&format!("{prefix}{name}")).map(String::as_str)
}

/// The old way of naming a profile; empty where none is named. The container's field counts first,
/// then its annotation, then the field and the annotation of the pod (`getSeccompProfilePath`).
fn seccomp_path(pod: &Pod, container: &Container) -> String {
    let of_pod = pod.metadata.annotations.get(SECCOMP_OF_POD);
    if let Some(profile) = &container.security_context.seccomp_profile {
        field_path(profile)
    } else if let Some(profile) = annotation(pod, SECCOMP, &container.name) {
        annotation_path(profile)
    } else if let Some(profile) = &pod.spec.security_context.seccomp_profile {
        field_path(profile)
    } else {
        of_pod.map(|profile| annotation_path(profile)).unwrap_or_default()
    }
}

/// `fieldProfile`
fn field_path(profile: &SeccompProfile) -> String {
    match profile.kind.as_str() {
        "RuntimeDefault" => "runtime/default".into(),
        "Unconfined" => "unconfined".into(),
        "Localhost" if !profile.localhost_profile.is_empty() => {
            format!("localhost/{}", file(&profile.localhost_profile))
        }
        _ => String::new(),
    }
}

/// `annotationProfile`
fn annotation_path(profile: &str) -> String {
    match profile.strip_prefix("localhost/") {
        Some(name) => format!("localhost/{}", file(name)),
        None => profile.to_owned(),
    }
}

fn file(name: &str) -> String {
    crate::oci::clean(&format!("{PROFILES}/{name}"))
}

/// The new way: only fields count, and none means unconfined, whatever annotations say
/// (`getSeccompProfile`).
fn seccomp(pod: &Pod, container: &Container) -> SecurityProfile {
    let of_pod = pod.spec.security_context.seccomp_profile.as_ref();
    let profile = container.security_context.seccomp_profile.as_ref().or(of_pod);
    let named = |name: &str| profile.is_some_and(|profile| profile.kind == name);
    let local = profile.map(|profile| profile.localhost_profile.as_str()).unwrap_or_default();
    if named("RuntimeDefault") {
        SecurityProfile::default()
    } else if named("Localhost") && !local.is_empty() {
        SecurityProfile { profile_type: 2, localhost_ref: file(local) }
    } else {
        SecurityProfile { profile_type: 1, ..SecurityProfile::default() }
    }
}
