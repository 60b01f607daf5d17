//! What every container has mounted, and how mounts are put in order.

use crate::oci::{Mount, Text};

/// A mount of a fixed table: destination, type, source, options.
pub(super) type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

pub(super) const PROC: Row = ("/proc", "proc", "proc", &["nosuid", "noexec", "nodev"]);
pub(super) const DEV: Row =
    ("/dev", "tmpfs", "tmpfs", &["nosuid", "strictatime", "mode=755", "size=65536k"]);
pub(super) const DEV_PTS: Row = (
    "/dev/pts",
    "devpts",
    "devpts",
    &["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"],
);
pub(super) const DEV_SHM: Row =
    ("/dev/shm", "tmpfs", "shm", &["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]);
pub(super) const DEV_MQUEUE: Row =
    ("/dev/mqueue", "mqueue", "mqueue", &["nosuid", "noexec", "nodev"]);
pub(super) const SYS: Row = ("/sys", "sysfs", "sysfs", &["nosuid", "noexec", "nodev", "ro"]);
pub(super) const CGROUP: Row =
    ("/sys/fs/cgroup", "cgroup", "cgroup", &["nosuid", "noexec", "nodev", "relatime", "ro"]);

/// A mount from its row.
pub(super) fn fixed(row: Row) -> Mount {
    let (destination, kind, source, options) = row;
    Mount {
        destination: destination.into(),
        kind: kind.into(),
        source: source.into(),
        options: texts(options),
    }
}

/// A path of the node, shown in the container.
pub(super) fn bind(
    source: impl Into<Text>,
    destination: impl Into<Text>,
    options: &[&'static str],
) -> Mount {
    Mount {
        destination: destination.into(),
        kind: "bind".into(),
        source: source.into(),
        options: texts(options),
    }
}

/// Fixed texts.
pub(super) fn texts(texts: &[&'static str]) -> Vec<Text> {
    texts.iter().map(|&text| text.into()).collect()
}

/// Sorts by depth, so that no mount hides one below it.
///
/// All three runtimes use Go's `sort.Sort` with the number of slashes. It keeps the order of equals
/// up to twelve mounts; beyond that it is a quicksort, and the order of equals here is the one that
/// was asked for.
pub(super) fn sort_by_depth<T>(mounts: &mut [T], destination: impl Fn(&T) -> &str) {
    mounts.sort_by_key(|mount| depth(destination(mount)));
}

/// The number of slashes in the path, once it is cleaned.
fn depth(path: &str) -> usize {
    clean(path).matches('/').count()
}

/// Go's `filepath.Clean`, for absolute paths.
pub(crate) fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The mounts that stay when others are asked for: not those with the same destination, and none
/// below one of the trees, such as `/dev`, that is replaced as a whole.
pub(super) fn not_overridden(defaults: Vec<Mount>, asked: &[String], trees: &[&str]) -> Vec<Mount> {
    let hidden_by_tree = |path: &str| {
        trees.iter().any(|tree| {
            asked.iter().any(|there| there == tree) && path.starts_with(&format!("{tree}/"))
        })
    };
    let stays = |mount: &Mount| {
        let path = clean(&mount.destination);
        !asked.contains(&path) && !hidden_by_tree(&path)
    };
    defaults.into_iter().filter(stays).collect()
}
