//! `docker ps` and `docker images` (docker/cli 20.10, cli/command/formatter).

use super::age::{size, words};
use super::table::{Layout, row, table};
use crate::clock::Duration;
use crate::node::RunState;
use crate::state::store::{Store, repository};
use crate::state::{Moment, Thing};

const LAYOUT: Layout = Layout { least: 10, padding: 3, closed: false };
/// `docker` shows so many digits of an ID.
const SHORT: usize = 12;
/// How long images that were not built here had been built before a run begins; registries are
/// not modelled.
const BUILT_BEFORE: Duration = Duration::from_secs(3_600);
/// What `docker` prints when nobody listens.
const NO_DAEMON: &str = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. \
                         Is the docker daemon running?\n";
/// What the shell prints where Docker has been removed.
const NO_COMMAND: &str = "bash: docker: command not found\n";

/// Which containers are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    Running,
    All,
}

pub(super) fn ps(moment: &Moment<'_>, show: Show) -> String {
    if let Some(why) = silent(moment) {
        return why.into();
    }
    let header = ["CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"];
    let mut rows = vec![row(header)];
    for thing in moment.kept(Store::Docker) {
        if show == Show::Running && thing.state != RunState::Running {
            continue;
        }
        let id = moment.run.hex(thing.target);
        let age = words(moment.at.since(thing.created));
        rows.push(vec![
            id[..SHORT].to_owned(),
            shown_image(&moment.docker_image(thing.target)),
            format!("\"{}\"", ellipsis(&moment.docker_command(thing.target))),
            format!("{age} ago"),
            status(moment, thing),
            String::new(),
            moment.run.kubernetes_name(thing.target),
        ]);
    }
    table(LAYOUT, &rows)
}

/// Without `--no-trunc` an ID is cut short, and a digest left out.
fn shown_image(image: &str) -> String {
    if let Some(hex) = image.strip_prefix("sha256:") {
        return hex[..SHORT].to_owned();
    }
    image.split('@').next().unwrap_or(image).to_owned()
}

/// At most 20 characters, the last of them `…`.
fn ellipsis(text: &str) -> String {
    const MOST: usize = 20;
    let escaped = |text: &str| text.escape_debug().to_string().replace("\\'", "'");
    if text.chars().count() <= MOST {
        return escaped(text);
    }
    let kept: String = text.chars().take(MOST - 1).collect();
    format!("{}…", escaped(&kept))
}

/// moby 20.10, container/state.go, `String`.
fn status(moment: &Moment<'_>, thing: Thing) -> String {
    let since = |at: Option<crate::clock::Instant>| words(moment.at.since(at.unwrap_or(moment.at)));
    match thing.state {
        RunState::Created => "Created".into(),
        RunState::Running => format!("Up {}", since(thing.started)),
        RunState::Exited => {
            format!("Exited ({}) {} ago", thing.exit_code, since(thing.finished))
        }
    }
}

/// Why there is no answer.
fn silent(moment: &Moment<'_>) -> Option<&'static str> {
    if moment.path().has_docker() {
        return (!moment.node.runtime_up).then_some(NO_DAEMON);
    }
    moment.run.played.docker.removed.then_some(NO_COMMAND)
}

pub(super) fn images(moment: &Moment<'_>) -> String {
    if let Some(why) = silent(moment) {
        return why.into();
    }
    let mut rows = vec![row(["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"])];
    for image in moment.images(Store::Docker) {
        let built = image.id.and_then(|id| moment.node.built.get(&id));
        let age = built.map_or_else(
            || moment.at.since(crate::clock::Instant::ZERO) + BUILT_BEFORE,
            |built| moment.at.since(*built),
        );
        for tag in &image.tags {
            let (repository, tag) = repository(tag);
            rows.push(vec![
                repository.to_owned(),
                tag.to_owned(),
                image.hex[..SHORT].to_owned(),
                format!("{} ago", words(age)),
                size(image.size),
            ]);
        }
    }
    table(LAYOUT, &rows)
}
