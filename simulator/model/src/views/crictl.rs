//! `crictl ps`, `crictl pods` and `crictl images` (cri-tools v1.20, cmd/crictl).
//!
//! `crictl` asks the CRI socket of the path, as the kubelet does. On the path `dockershim` that is
//! the kubelet itself, so without a kubelet there is no answer.

use super::age::{size, words};
use super::table::{Layout, row, table};
use crate::RuntimePath;
use crate::call::Target;
use crate::node::RunState;
use crate::state::Moment;
use crate::state::store::{Store, repository};

const LAYOUT: Layout = Layout { least: 20, padding: 3, closed: false };
/// `crictl` shows so many digits of an ID.
const SHORT: usize = 13;

/// Which containers are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    Running,
    All,
}

pub(super) fn ps(moment: &Moment<'_>, show: Show) -> String {
    if let Some(error) = unreachable(moment, "containers") {
        return error;
    }
    let header = ["CONTAINER", "IMAGE", "CREATED", "STATE", "NAME", "ATTEMPT", "POD ID"];
    let mut rows = vec![row(header)];
    for thing in moment.containers() {
        let Target::Container(id) = thing.target else { continue };
        if show == Show::Running && thing.state != RunState::Running {
            continue;
        }
        let image = match moment.path() {
            RuntimePath::Dockershim | RuntimePath::CriDockerd => moment.docker_image(thing.target),
            RuntimePath::Containerd => {
                format!("sha256:{}", moment.run.image_hex(moment.run.catalog.container(id).image))
            }
            RuntimePath::CriO => moment.run.image_hex(moment.run.catalog.container(id).image),
        };
        let image = image.strip_prefix("sha256:").map_or(image.as_str(), |hex| &hex[..SHORT]);
        let state = match thing.state {
            RunState::Created => "Created",
            RunState::Running => "Running",
            RunState::Exited => "Exited",
        };
        rows.push(vec![
            moment.run.container_hex(id)[..SHORT].to_owned(),
            image.to_owned(),
            format!("{} ago", words(moment.at.since(thing.created))),
            state.to_owned(),
            moment.run.catalog.container(id).config.metadata.name.clone(),
            thing.attempt.to_string(),
            moment.run.sandbox_hex(thing.sandbox)[..SHORT].to_owned(),
        ]);
    }
    table(LAYOUT, &rows)
}

pub(super) fn pods(moment: &Moment<'_>) -> String {
    if let Some(error) = unreachable(moment, "pod sandboxes") {
        return error;
    }
    let header = ["POD ID", "CREATED", "STATE", "NAME", "NAMESPACE", "ATTEMPT", "RUNTIME"];
    let mut rows = vec![row(header)];
    for thing in moment.sandboxes() {
        let metadata = &moment.pod(thing.pod).metadata;
        let state = if thing.state == RunState::Running { "Ready" } else { "NotReady" };
        rows.push(vec![
            moment.run.hex(thing.target)[..SHORT].to_owned(),
            format!("{} ago", words(moment.at.since(thing.created))),
            state.to_owned(),
            metadata.name.clone(),
            metadata.namespace.clone(),
            thing.attempt.to_string(),
            "(default)".to_owned(),
        ]);
    }
    table(LAYOUT, &rows)
}

pub(super) fn images(moment: &Moment<'_>) -> String {
    if let Some(error) = unreachable(moment, "images") {
        return error;
    }
    let store = if moment.path().has_docker() { Store::Docker } else { moment.stores()[0] };
    let mut lines = Vec::new();
    for image in moment.images(store) {
        for tag in &image.tags {
            let (repository, tag) = repository(tag);
            let (repository, tag) = (repository.to_owned(), tag.to_owned());
            lines.push(vec![repository, tag, image.hex[..SHORT].to_owned(), size(image.size)]);
        }
    }
    lines.sort();
    let mut rows = vec![row(["IMAGE", "TAG", "IMAGE ID", "SIZE"])];
    rows.extend(lines);
    table(LAYOUT, &rows)
}

/// What `crictl` prints, where it cannot list what it is to, when nobody answers at the socket or
/// Docker behind it.
fn unreachable(moment: &Moment<'_>, what: &str) -> Option<String> {
    let listens = match moment.path() {
        RuntimePath::Dockershim => moment.node.kubelet_up,
        RuntimePath::CriDockerd => moment.node.around.cri_dockerd_up,
        RuntimePath::Containerd | RuntimePath::CriO => moment.node.runtime_up,
    };
    if !listens {
        return Some(format!(
            "FATA[0002] connect: connect endpoint 'unix://{}', make sure you are running as root \
             and the endpoint has been started: context deadline exceeded\n",
            moment.path().cri_socket()
        ));
    }
    (moment.path().has_docker() && !moment.node.runtime_up).then(|| {
        format!(
            "FATA[0000] listing {what}: rpc error: code = Unknown desc = Cannot connect to the Docker \
             daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n"
        )
    })
}
