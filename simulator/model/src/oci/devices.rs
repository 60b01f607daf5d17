//! Devices: what a privileged container gets, and what device plugins ask for.

use crate::oci::{Device, DeviceRequest, DeviceRule, NodeFacts, SpecError};

/// A device of the recordings' machine below /dev: path, `c` or `b`, numbers, mode, group.
type Row = (&'static str, char, i64, i64, u32, u32);

/// All but consoles and loop devices (containerd/hostns and dockershim/hostns agree).
const RECORDED: [Row; 30] = [
    ("autofs", 'c', 10, 235, 0o644, 0),
    ("btrfs-control", 'c', 10, 234, 0o600, 0),
    ("cpu/0/cpuid", 'c', 203, 0, 0o600, 0),
    ("cpu/1/cpuid", 'c', 203, 1, 0o600, 0),
    ("cpu_dma_latency", 'c', 10, 259, 0o600, 0),
    ("full", 'c', 1, 7, 0o666, 0),
    ("fuse", 'c', 10, 229, 0o666, 0),
    ("hwrng", 'c', 10, 183, 0o600, 0),
    ("kmsg", 'c', 1, 11, 0o644, 0),
    ("kvm", 'c', 10, 232, 0o660, 107),
    ("loop-control", 'c', 10, 237, 0o660, 6),
    ("net/tun", 'c', 10, 200, 0o666, 0),
    ("null", 'c', 1, 3, 0o666, 0),
    ("ptmx", 'c', 5, 2, 0o666, 0),
    ("random", 'c', 1, 8, 0o666, 0),
    ("tty", 'c', 5, 0, 0o666, 0),
    ("ttyS0", 'c', 4, 64, 0o600, 0),
    ("urandom", 'c', 1, 9, 0o666, 0),
    ("userfaultfd", 'c', 10, 257, 0o600, 0),
    ("vcs", 'c', 7, 0, 0o600, 0),
    ("vcs1", 'c', 7, 1, 0o600, 0),
    ("vcsa", 'c', 7, 128, 0o600, 0),
    ("vcsa1", 'c', 7, 129, 0o600, 0),
    ("vcsu", 'c', 7, 64, 0o600, 0),
    ("vcsu1", 'c', 7, 65, 0o600, 0),
    ("vda", 'b', 254, 0, 0o600, 0),
    ("vga_arbiter", 'c', 10, 256, 0o600, 0),
    ("vsock", 'c', 10, 258, 0o600, 0),
    ("zero", 'c', 1, 5, 0o666, 0),
    ("zram0", 'b', 253, 0, 0o600, 0),
];

/// The devices of the recordings' machine, sorted by path.
pub(super) fn recorded() -> Vec<Device> {
    let fixed = RECORDED.map(|(name, kind, major, minor, mode, group)| {
        device(format!("/dev/{name}"), kind, (major, minor), mode, group)
    });
    let consoles = (0..=63).map(|n| device(format!("/dev/tty{n}"), 'c', (4, n), 0o600, 0));
    let loops = (0..=7).map(|n| device(format!("/dev/loop{n}"), 'b', (7, n), 0o600, 0));
    let mut all: Vec<Device> = fixed.into_iter().chain(consoles).chain(loops).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn device(path: String, kind: char, number: (i64, i64), mode: u32, group: u32) -> Device {
    let (major, minor) = number;
    let kind = if kind == 'b' { "b" } else { "c" }.into();
    Device { path, kind, major, minor, file_mode: Some(mode), uid: Some(0), gid: Some(group) }
}

/// The rule that forbids or allows all devices.
pub(super) fn all(allow: bool) -> DeviceRule {
    DeviceRule { allow, access: "rwm".into(), ..DeviceRule::default() }
}

/// The nodes and rules for the devices asked for, in order.
pub(super) fn requested(
    requests: &[DeviceRequest],
    node: &NodeFacts,
) -> Result<Vec<(Device, DeviceRule)>, SpecError> {
    let find = |request: &DeviceRequest| {
        let found = node.devices.iter().find(|device| device.path == request.host_path);
        let on_node = found.ok_or_else(|| SpecError::NoDevice(request.host_path.clone()))?;
        let rule = DeviceRule {
            allow: true,
            kind: on_node.kind.clone(),
            major: Some(on_node.major),
            minor: Some(on_node.minor),
            access: request.permissions.clone().into(),
        };
        Ok((Device { path: request.container_path.clone(), ..on_node.clone() }, rule))
    };
    requests.iter().map(find).collect()
}
