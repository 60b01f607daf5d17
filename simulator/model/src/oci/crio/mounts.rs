//! The mounts of a CRI-O container.

use crate::messages::{Mount as Asked, namespace_mode};
use crate::oci::crio::Request;
use crate::oci::mounts::{
    CGROUP, DEV, DEV_MQUEUE, DEV_PTS, DEV_SHM, PROC, Row, SYS, bind, clean, fixed, not_overridden,
    sort_by_depth,
};
use crate::oci::{Mount, Text};

/// The root of the files that containers/storage keeps while a container runs.
const RUN_ROOT: &str = "/var/run/containers/storage/overlay-containers";
/// The root of the layers. A mount of a folder around it must see what is unmounted there.
const STORAGE_ROOT: &str = "/var/lib/containers/storage";
/// For the privileged.
const SYS_WRITABLE: Row =
    ("/sys", "sysfs", "sysfs", &["nosuid", "noexec", "nodev", "rw", "rslave"]);
const CGROUP_WRITABLE: Row = (
    "/sys/fs/cgroup",
    "cgroup",
    "cgroup",
    &["nosuid", "noexec", "nodev", "rw", "relatime", "rslave"],
);

/// The mounts, how the root passes mounts on, and the request's mounts as they are written down.
pub(super) struct Mounted {
    pub(super) list: Vec<Mount>,
    pub(super) root_propagation: Text,
    pub(super) volumes: Vec<Asked>,
}

/// A file that CRI-O keeps for a sandbox or a container.
pub(super) fn run_file(id: &str, name: &str) -> String {
    format!("{RUN_ROOT}/{id}/userdata/{name}")
}

/// All mounts in order: a later one takes the place of an earlier one with the same destination.
pub(super) fn mounts(request: Request<'_>, uid: u32) -> Mounted {
    let mut volumes = request.config.mounts.clone();
    sort_by_depth(&mut volumes, |mount| &mount.container_path);
    let taken: Vec<String> = volumes.iter().map(|mount| clean(&mount.container_path)).collect();
    let defaults = [PROC, DEV, DEV_PTS, DEV_SHM, DEV_MQUEUE, SYS].map(fixed).to_vec();
    let mut list = not_overridden(defaults, &taken, &["/dev", "/sys"]);
    let sys_is_free = !taken.iter().any(|path| path == "/sys");
    if sys_is_free {
        list.push(fixed(CGROUP));
    }
    if sys_is_free && request.on_node_network() {
        put(&mut list, fixed(SYS));
        put(&mut list, fixed(CGROUP));
    }
    let privileged = request.config.linux.security_context.privileged;
    if privileged {
        put(&mut list, fixed(SYS_WRITABLE));
        put(&mut list, fixed(CGROUP_WRITABLE));
    }
    sandbox_files(&mut list, request, &taken);
    if privileged {
        list.iter_mut().for_each(make_writable);
    }
    if let Some(passwd) = passwd(request, uid, &list) {
        list.push(passwd);
    }
    let mut root = "";
    for mount in &volumes {
        let (mount, of_root) = asked(mount, root);
        root = of_root;
        put(&mut list, mount);
    }
    Mounted { list, root_propagation: root.into(), volumes }
}

/// Shared memory and the files about names.
fn sandbox_files(list: &mut Vec<Mount>, request: Request<'_>, taken: &[String]) {
    let id = &request.sandbox.id;
    let on_node_ipc =
        request.config.linux.security_context.namespace_options.ipc == namespace_mode::NODE;
    let shm = if on_node_ipc { "/dev/shm".to_owned() } else { run_file(id, "shm") };
    put(list, bind(shm, "/dev/shm", &["rw", "bind"]));
    let read_only = request.config.linux.security_context.readonly_rootfs;
    let access = if read_only { "ro" } else { "rw" };
    let options = [access, "bind", "nodev", "nosuid", "noexec"];
    put(list, bind(run_file(id, "resolv.conf"), "/etc/resolv.conf", &options));
    put(list, bind(run_file(id, "hostname"), "/etc/hostname", &options[..2]));
    put(list, bind(run_file(id, ".containerenv"), "/run/.containerenv", &options[..2]));
    if request.on_node_network() && !taken.iter().any(|path| path == "/etc/hosts") {
        put(list, bind("/etc/hosts", "/etc/hosts", &options[..2]));
    }
}

/// runtime-tools' `RemoveMount`, then `AddMount`.
fn put(list: &mut Vec<Mount>, mount: Mount) {
    if let Some(index) = list.iter().position(|there| there.destination == mount.destination) {
        list.remove(index);
    }
    list.push(mount);
}

/// `server/container_create_linux.go`, `clearReadOnly`: every mount so far says `rw`.
fn make_writable(mount: &mut Mount) {
    if !mount.options.iter().any(|option| option == "rw") {
        mount.options.retain(|option| option != "ro");
        mount.options.push("rw".into());
    }
}

/// A /etc/passwd that knows the user, where the image has one that does not.
fn passwd(request: Request<'_>, uid: u32, list: &[Mount]) -> Option<Mount> {
    let known = request.image.passwd.as_ref()?.iter().any(|user| user.uid == uid);
    let covered = |mount: &Mount| matches!(&*mount.destination, "/etc" | "/etc/" | "/etc/passwd");
    let options = ["rw", "bind", "nodev", "nosuid", "noexec"];
    let source = run_file(&request.extras.id, "passwd");
    (!known && !list.iter().any(covered)).then(|| bind(source, "/etc/passwd", &options))
}

/// A mount of the request, and how the root then passes mounts on.
fn asked(mount: &Asked, root: &'static str) -> (Mount, &'static str) {
    let around_storage = mount.host_path == "/"
        || STORAGE_ROOT.starts_with(&format!("{}/", mount.host_path.trim_end_matches('/')));
    let access = if mount.readonly { "ro" } else { "rw" };
    let (propagation, of_root) = match mount.propagation {
        2 => ("rshared", "rshared"),
        0 if !around_storage => ("rprivate", root),
        _ => ("rslave", if root.is_empty() { "rslave" } else { root }),
    };
    let options = [access, "rbind", propagation, "bind"];
    (bind(mount.host_path.clone(), mount.container_path.clone(), &options), of_root)
}
