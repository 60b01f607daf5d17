//! `ctr`: what containerd itself keeps, by namespace (containerd 1.6.20, cmd/ctr/commands).

use super::age::binary_size;
use super::table::{Layout, row, table};
use crate::RuntimePath;
use crate::call::Target;
use crate::node::RunState;
use crate::state::Moment;
use crate::state::store::{Store, pause_image};

/// `containers ls` and `tasks ls`.
const WIDE: Layout = Layout { least: 4, padding: 4, closed: true };
/// `images ls` and `namespaces ls`.
const NARROW: Layout = Layout { least: 1, padding: 1, closed: true };
const MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
/// What `ctr` prints when there is no socket, for which it waits (containerd 1.6.20,
/// pkg/dialer/dialer.go; printed so in containerd#7975).
const NO_SOCKET: &str = "ctr: failed to dial \"/run/containerd/containerd.sock\": context deadline \
                         exceeded: connection error: desc = \"transport: error while dialing: dial \
                         unix:///run/containerd/containerd.sock: timeout\"\n";
/// What it prints when nobody listens at the socket, as after a crash of the runtime.
const REFUSED: &str = "ctr: failed to dial \"/run/containerd/containerd.sock\": connection error: desc \
                       = \"transport: error while dialing: dial unix \
                       /run/containerd/containerd.sock: connect: connection refused\"\n";

/// `ctr -n NAMESPACE containers ls`. The engine makes its containers without naming an image.
pub(super) fn containers(moment: &Moment<'_>, store: Store) -> String {
    if let Some(why) = unreachable(moment) {
        return why.into();
    }
    let mut lines = Vec::new();
    for thing in moment.kept(store) {
        let image = match thing.target {
            _ if store == Store::Moby => "-".to_owned(),
            Target::Sandbox(_) => pause_image(moment.path()).to_owned(),
            Target::Container(id) => {
                // The plugin names an image by the reference it met first.
                let catalog = &moment.run.catalog;
                catalog.image_name(catalog.content(catalog.container(id).image)).to_owned()
            }
        };
        lines.push(vec![moment.run.hex(thing.target), image, "io.containerd.runc.v2".to_owned()]);
    }
    lines.sort();
    let mut rows = vec![row(["CONTAINER", "IMAGE", "RUNTIME"])];
    rows.extend(lines);
    table(WIDE, &rows)
}

/// `ctr -n k8s.io tasks ls`
pub(super) fn tasks(moment: &Moment<'_>) -> String {
    if let Some(why) = unreachable(moment) {
        return why.into();
    }
    let kept = moment.kept(Store::K8s).into_iter();
    let mut lines: Vec<_> = kept
        .filter(|thing| thing.state == RunState::Running)
        .map(|thing| vec![moment.run.hex(thing.target), thing.pid.to_string(), "RUNNING".into()])
        .collect();
    lines.sort();
    let mut rows = vec![row(["TASK", "PID", "STATUS"])];
    rows.extend(lines);
    // Only the header closes its last column.
    let text = table(Layout { closed: false, ..WIDE }, &rows);
    text.replacen('\n', &format!("{}\n", " ".repeat(WIDE.padding)), 1)
}

/// `ctr -n k8s.io images ls`: each image once by its tag, once by its digest, once by its ID.
pub(super) fn images(moment: &Moment<'_>) -> String {
    if let Some(why) = unreachable(moment) {
        return why.into();
    }
    let mut lines = Vec::new();
    for image in moment.images(Store::K8s) {
        let id = format!("sha256:{}", image.hex);
        for name in image.tags.iter().chain(&image.digest).chain(std::iter::once(&id)) {
            lines.push(vec![
                name.clone(),
                MANIFEST.to_owned(),
                image.manifest.clone(),
                binary_size(image.size),
                "linux/amd64".to_owned(),
                "io.cri-containerd.image=managed".to_owned(),
            ]);
        }
    }
    lines.sort();
    let mut rows = vec![row(["REF", "TYPE", "DIGEST", "SIZE", "PLATFORMS", "LABELS"])];
    rows.extend(lines);
    table(NARROW, &rows)
}

/// `ctr namespaces ls`. A namespace is there as soon as its owner has used it.
pub(super) fn namespaces(moment: &Moment<'_>) -> String {
    if let Some(why) = unreachable(moment) {
        return why.into();
    }
    let mut rows = vec![row(["NAME", "LABELS"])];
    match moment.path() {
        RuntimePath::Dockershim | RuntimePath::CriDockerd => rows.push(row(["moby", ""])),
        RuntimePath::Containerd => rows.push(row(["k8s.io", ""])),
        RuntimePath::CriO => {}
    }
    table(NARROW, &rows)
}

/// What is printed instead of an answer; none where containerd answers.
fn unreachable(moment: &Moment<'_>) -> Option<&'static str> {
    let (up, refused) = match moment.path() {
        RuntimePath::Dockershim | RuntimePath::CriDockerd => {
            (moment.node.around.containerd_up, false)
        }
        RuntimePath::Containerd => (moment.node.runtime_up, moment.node.around.socket_left),
        // There is none.
        RuntimePath::CriO => (false, false),
    };
    (!up).then_some(if refused { REFUSED } else { NO_SOCKET })
}
