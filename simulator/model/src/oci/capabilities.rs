//! Capabilities: the lists, and how each runtime adds to and takes from them.

use crate::messages::Capability;
use crate::oci::{Capabilities, NodeFacts, SpecError, Text};

/// All that Linux knows, by number (linux 5.9, include/uapi/linux/capability.h).
const ALL: [&str; 41] = [
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
    "CAP_PERFMON",
    "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
];

/// The last that dockerd 20.10.24 knows, whatever the kernel (oci/caps/utils.go).
const LAST_OF_DOCKER: u32 = 37;

/// What Docker and containerd give by default (dockerd 20.10.24, oci/caps/defaults.go;
/// containerd 1.6.20, oci/spec.go).
pub(super) const DEFAULT: [&str; 14] = [
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_FSETID",
    "CAP_FOWNER",
    "CAP_MKNOD",
    "CAP_NET_RAW",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETFCAP",
    "CAP_SETPCAP",
    "CAP_NET_BIND_SERVICE",
    "CAP_SYS_CHROOT",
    "CAP_KILL",
    "CAP_AUDIT_WRITE",
];

/// What CRI-O gives by default: five fewer (CRI-O 1.23.0, internal/config/capabilities).
const DEFAULT_CRIO: [&str; 9] = [
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_FSETID",
    "CAP_FOWNER",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_NET_BIND_SERVICE",
    "CAP_KILL",
];

/// All that the kernel has.
fn of_kernel(node: &NodeFacts) -> Vec<Text> {
    ALL.iter().take(node.last_capability as usize + 1).map(|&name| name.into()).collect()
}

/// The first of these names that the kernel of a node does not have.
pub(crate) fn unknown_to_kernel(names: &[String], node: &NodeFacts) -> Option<Text> {
    let known = of_kernel(node);
    each(names).find(|name| !known.contains(name))
}

/// The first of these names that dockerd does not know.
pub(crate) fn unknown_to_docker(names: &[String]) -> Option<Text> {
    each(names).find(|name| !of_docker().contains(name))
}

/// All that dockerd knows.
fn of_docker() -> Vec<Text> {
    ALL.iter().take(LAST_OF_DOCKER as usize + 1).map(|&name| name.into()).collect()
}

/// All that the runtime itself has: what containerd gives to a privileged container.
fn of_runtime(node: &NodeFacts) -> Vec<Text> {
    let held = |name: &Text| !node.withheld_capabilities.contains(name);
    of_kernel(node).into_iter().filter(held).collect()
}

/// Bounding, effective and permitted alike.
fn three(list: Vec<Text>) -> Capabilities {
    Capabilities {
        bounding: list.clone(),
        effective: list.clone(),
        permitted: list,
        ..Capabilities::default()
    }
}

/// The default sets of Docker and containerd.
pub(super) fn default_sets() -> Capabilities {
    three(DEFAULT.map(Text::from).to_vec())
}

/// `NAME` or `cap_name` as `CAP_NAME`.
fn prefixed(name: &str) -> Text {
    let name = name.to_uppercase();
    if name.starts_with("CAP_") { name.into() } else { format!("CAP_{name}").into() }
}

fn has_all(names: &[String]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case("ALL"))
}

fn each(names: &[String]) -> impl Iterator<Item = Text> + '_ {
    names.iter().filter(|name| !name.eq_ignore_ascii_case("ALL")).map(|name| prefixed(name))
}

/// The sets of containerd (1.6.20, `pkg/cri/opts/spec_linux.go`, `WithCapabilities`, then
/// `oci/spec_opts_linux.go`, `WithPrivileged`): what is added comes after what was there.
pub(super) fn containerd(
    asked: Option<&Capability>,
    privileged: bool,
    node: &NodeFacts,
) -> Capabilities {
    if privileged {
        return three(of_runtime(node));
    }
    let Some(asked) = asked else { return default_sets() };
    let mut list = DEFAULT.map(Text::from).to_vec();
    if has_all(&asked.add_capabilities) {
        list = of_runtime(node);
    }
    if has_all(&asked.drop_capabilities) {
        list = Vec::new();
    }
    // Unlike the others it puts `CAP_` before every name, so `CAP_KILL` becomes `CAP_CAP_KILL`.
    let named = |name: &String| Text::from(format!("CAP_{}", name.to_uppercase()));
    let not_all = |name: &&String| !name.eq_ignore_ascii_case("ALL");
    add(&mut list, asked.add_capabilities.iter().filter(not_all).map(named));
    let dropped: Vec<Text> = asked.drop_capabilities.iter().filter(not_all).map(named).collect();
    list.retain(|name| !dropped.contains(name));
    three(list)
}

/// The sets of dockerd (20.10.24, oci/caps/utils.go, `TweakCapabilities`; oci/oci.go,
/// `SetCapabilities`): a process that is not root gets them as a bound only.
pub(super) fn docker(
    added: &[String],
    dropped: &[String],
    privileged: bool,
    uid: u32,
) -> Result<Capabilities, SpecError> {
    let known = of_docker();
    for name in each(added).chain(each(dropped)) {
        if !privileged && !known.contains(&name) {
            return Err(SpecError::UnknownCapability(name.into_owned()));
        }
    }
    let kept = |list: Vec<Text>| {
        let dropped: Vec<Text> = each(dropped).collect();
        list.into_iter().filter(move |name| !dropped.contains(name))
    };
    let list: Vec<Text> = if privileged {
        known
    } else if has_all(added) {
        kept(known).collect()
    } else if has_all(dropped) {
        each(added).collect()
    } else {
        kept(DEFAULT.map(Text::from).to_vec()).chain(each(added)).collect()
    };
    Ok(if uid == 0 { three(list) } else { Capabilities { bounding: list, ..<_>::default() } })
}

/// The sets of CRI-O (1.23.0, `server/container_create.go`, `setupCapabilities`): the request's own
/// first, and all of it inheritable too, which later versions no longer do (CVE-2022-27652).
pub(super) fn crio(
    asked: Option<&Capability>,
    privileged: bool,
    node: &NodeFacts,
) -> Result<Capabilities, SpecError> {
    let known = of_kernel(node);
    if privileged {
        let sets = Capabilities { inheritable: known.clone(), ..three(known.clone()) };
        return Ok(Capabilities { ambient: known, ..sets });
    }
    let nothing = Capability::default();
    let asked = asked.unwrap_or(&nothing);
    let (add_all, drop_all) = (has_all(&asked.add_capabilities), has_all(&asked.drop_capabilities));
    let mut list = if add_all && !drop_all { known.clone() } else { Vec::new() };
    add(&mut list, each(&asked.add_capabilities));
    if !add_all && !drop_all {
        add(&mut list, DEFAULT_CRIO.map(Text::from));
    }
    if let Some(name) = list.iter().find(|name| !known.contains(name)) {
        return Err(SpecError::UnknownCapability(name.to_string()));
    }
    let dropped: Vec<Text> = each(&asked.drop_capabilities).collect();
    list.retain(|name| !dropped.contains(name));
    Ok(Capabilities { inheritable: list.clone(), ..three(list) })
}

fn add(list: &mut Vec<Text>, names: impl IntoIterator<Item = Text>) {
    for name in names {
        if !list.contains(&name) {
            list.push(name);
        }
    }
}
