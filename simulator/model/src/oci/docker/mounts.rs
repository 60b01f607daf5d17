//! The mounts of a Docker container (`daemon/oci_linux.go`, `WithMounts`; `daemon/volumes_unix.go`,
//! `setupMounts`; `container/container_unix.go`, `NetworkMounts` and `IpcMounts`).

use crate::messages::HostConfig;
use crate::oci::docker::{DAEMON_ROOT, Request};
use crate::oci::mounts::{
    DEV, DEV_MQUEUE, DEV_PTS, PROC, Row, SYS, clean, fixed, not_overridden, sort_by_depth,
};
use crate::oci::{Mount, SpecError, Text};

/// Docker writes the options of this one in an order of its own.
const CGROUP: Row = ("/sys/fs/cgroup", "cgroup", "cgroup", &["ro", "nosuid", "noexec", "nodev"]);
/// The size is added.
const DEV_SHM: Row = ("/dev/shm", "tmpfs", "shm", &["nosuid", "noexec", "nodev", "mode=1777"]);
/// Files that Docker keeps for a container, unless the body binds others in their place.
const NETWORK_FILES: [(&str, &str); 3] =
    [("/etc/resolv.conf", "resolv.conf"), ("/etc/hostname", "hostname"), ("/etc/hosts", "hosts")];
/// What a read-only root leaves writable.
const STAYS_WRITABLE: [&str; 5] = ["/proc", "/dev/pts", "/dev/shm", "/dev/mqueue", "/dev"];

/// The mounts, and how the root passes mounts on.
pub(super) struct Mounted {
    pub(super) list: Vec<Mount>,
    pub(super) root_propagation: Text,
}

/// A mount that is not one of every container.
#[derive(Clone, Debug)]
struct Point {
    source: String,
    destination: String,
    writable: bool,
    /// Empty for a volume.
    propagation: &'static str,
}

impl Point {
    fn private(source: String, destination: &str, writable: bool) -> Self {
        Self { source, destination: destination.into(), writable, propagation: "rprivate" }
    }
}

/// All mounts in order.
pub(super) fn mounts(request: Request<'_>) -> Result<Mounted, SpecError> {
    let host = &request.body.host_config;
    let points = points(request)?;
    let taken: Vec<String> = points.iter().map(|point| point.destination.clone()).collect();
    let mut shm = fixed(DEV_SHM);
    shm.options.push(format!("size={}", host.shm_size).into());
    let mut defaults = [PROC, DEV, DEV_PTS, SYS, CGROUP, DEV_MQUEUE].map(fixed).to_vec();
    defaults.push(shm);
    let mut list = not_overridden(defaults, &taken, &["/dev"]);
    settle_defaults(&mut list, host);
    let mut root = "";
    for point in points {
        root = match point.propagation {
            "rshared" => "shared",
            "rslave" if root.is_empty() => "rslave",
            _ => root,
        };
        list.push(bind(point));
    }
    Ok(Mounted { list, root_propagation: root.into() })
}

/// Read-only with the root, writable for the privileged.
fn settle_defaults(list: &mut [Mount], host: &HostConfig) {
    for mount in list {
        let writable = STAYS_WRITABLE.contains(&&*mount.destination);
        if host.readonly_rootfs && !writable && !mount.options.iter().any(|option| option == "ro") {
            mount.options.push("ro".into());
        }
        if host.privileged && matches!(&*mount.kind, "sysfs" | "cgroup") {
            mount.options.retain(|option| option != "ro");
        }
    }
}

fn bind(point: Point) -> Mount {
    let mut options: Vec<Text> = vec!["rbind".into()];
    if !point.writable {
        options.push("ro".into());
    }
    if !point.propagation.is_empty() {
        options.push(point.propagation.into());
    }
    Mount {
        destination: point.destination.into(),
        kind: "bind".into(),
        source: point.source.into(),
        options,
    }
}

/// Binds and volumes, then the network's files, then the shared memory: sorted by depth, twice.
fn points(request: Request<'_>) -> Result<Vec<Point>, SpecError> {
    let asked = asked(request);
    let is_network_file = |point: &&Point| {
        NETWORK_FILES.iter().any(|(destination, _)| point.destination == *destination)
    };
    let mut points: Vec<Point> = asked.iter().filter(|p| !is_network_file(p)).cloned().collect();
    sort_by_depth(&mut points, |point| &point.destination);
    points.extend(network_files(request, &asked)?);
    points.extend(shared_memory(request, &asked)?);
    sort_by_depth(&mut points, |point| &point.destination);
    Ok(points)
}

/// The binds of the body and the volumes of the image. A bind of Docker's own folder, or of a
/// folder around it such as `/`, is made a slave so that the layers of others can be unmounted
/// (`daemon/volumes_linux.go`, `validateBindDaemonRoot`).
fn asked(request: Request<'_>) -> Vec<Point> {
    let parse = |bind: &String| {
        // Both are absolute; an ID in the source may have a colon in it.
        let (source, rest) = bind.split_at(bind.find(":/")?);
        let (destination, modes) = rest[1..].split_once(':').unwrap_or((&rest[1..], ""));
        let modes: Vec<&str> = modes.split(',').collect();
        let around = source.starts_with(DAEMON_ROOT) || DAEMON_ROOT.starts_with(source);
        let propagation =
            match modes.iter().find(|mode| mode.ends_with("shared") || mode.ends_with("slave")) {
                Some(mode) if mode.ends_with("shared") => "rshared",
                Some(_) => "rslave",
                None if around => "rslave",
                None => "rprivate",
            };
        let point = Point::private(source.into(), &clean(destination), !modes.contains(&"ro"));
        Some(Point { propagation, ..point })
    };
    let mut asked: Vec<Point> = request.body.host_config.binds.iter().filter_map(parse).collect();
    for (destination, id) in request.image.volumes.iter().zip(&request.extras.volume_ids) {
        if !asked.iter().any(|point| point.destination == clean(destination)) {
            let source = format!("{DAEMON_ROOT}/volumes/{id}/_data");
            let point = Point::private(source, &clean(destination), true);
            asked.push(Point { propagation: "", ..point });
        }
    }
    asked
}

/// The files of the container whose network is joined, or its own; a bind in the place of one
/// changes where it comes from, not where it stands.
fn network_files(request: Request<'_>, asked: &[Point]) -> Result<Vec<Point>, SpecError> {
    let host = &request.body.host_config;
    let owner = request.joined(&host.network_mode)?.map_or(&request.extras.id, |peer| &peer.id);
    let file = |(destination, name): (&str, &str)| {
        let bound = asked.iter().find(|point| point.destination == destination);
        let own = || (format!("{DAEMON_ROOT}/containers/{owner}/{name}"), !host.readonly_rootfs);
        let (source, writable) =
            bound.map_or_else(own, |point| (point.source.clone(), point.writable));
        Point::private(source, destination, writable)
    };
    Ok(NETWORK_FILES.map(file).to_vec())
}

/// Memory shared with the pod or the node: whoever joins a container has what that has
/// (`daemon/container_operations_unix.go`, `setupIpcDirs`).
fn shared_memory(request: Request<'_>, asked: &[Point]) -> Result<Option<Point>, SpecError> {
    let mode = request.body.host_config.ipc_mode.as_str();
    let peer = request.joined(mode)?;
    let owner = peer.map_or(&request.extras.id, |peer| &peer.id);
    let source = match mode {
        "host" => "/dev/shm".to_owned(),
        _ if peer.is_some_and(|peer| peer.on_node_ipc) => "/dev/shm".to_owned(),
        "private" | "none" | "" => return Ok(None),
        _ => format!("{DAEMON_ROOT}/containers/{owner}/mounts/shm"),
    };
    let bound = asked.iter().any(|point| point.destination == "/dev/shm");
    Ok((!bound).then(|| Point::private(source, "/dev/shm", true)))
}
