//! The same facts of a simulated node, with the names of recordings in place of IDs.

use simulator_model::call::Target;
use simulator_model::node::RunState;
use simulator_model::state::Moment;
use simulator_model::state::store::Store;
use simulator_model::views::{View, render};

use super::recorded::{header, logs, no_digests, words};
use super::{Facts, RuntimePath};

pub(super) fn facts(moment: &Moment<'_>) -> Facts {
    let mut facts = Facts::new();
    let view = |view: View| named(moment, &render(view, moment));
    facts.insert("processes", processes(moment));
    facts.insert("logs", logs(&view(View::Files)));
    if moment.path().has_docker() {
        facts.insert("docker ps", docker_ps(moment));
        facts.insert("headers", vec![header(&render(View::DockerPsAll, moment))]);
        facts.insert("docker images", docker_images(moment));
        facts.insert("image column", vec![image_column(moment)]);
        let files = moment.checkpoints().into_iter();
        let lines = files.map(|(path, _, text)| named(moment, &format!("{path} {text}")));
        facts.insert("checkpoints", lines.collect());
    } else {
        let rows = render(View::DockerPsAll, moment);
        facts.insert("own in docker ps", rows.lines().skip(1).map(str::to_owned).collect());
    }
    if moment.path() == RuntimePath::Containerd && moment.node.runtime_up {
        facts.insert("ctr containers", words(&view(View::CtrK8s), &[0, 1, 2]));
        facts.insert("ctr tasks", words(&view(View::CtrTasks), &[0, 2]));
        let images = words(&view(View::CtrImages), &[0, 1, 3, 4, 5, 6]);
        let lists = [View::CtrK8s, View::CtrTasks, View::CtrImages];
        let headers = lists.map(|list| header(&render(list, moment)));
        facts.insert("headers", headers.into());
        facts.insert("ctr images", images.iter().map(|line| no_digests(line)).collect());
    }
    if moment.path() == RuntimePath::CriO {
        facts.insert("runc list", words(&view(View::Runc), &[0, 2, 3, 5]));
        let kept = moment.kept(Store::Containers).into_iter();
        let names = kept.map(|thing| named(moment, &moment.run.hex(thing.target)));
        facts.insert("storage", names.collect());
    }
    for lines in facts.values_mut() {
        lines.sort();
    }
    facts
}

/// A text with the names of recordings in place of IDs and UIDs.
fn named(moment: &Moment<'_>, text: &str) -> String {
    let (run, catalog) = (moment.run, &moment.run.catalog);
    let mut text = text.to_owned();
    let mut name = |id: String, name: &str| text = text.replace(&id, name);
    for (id, pod) in catalog.pods() {
        name(run.pod_uid(id), &format!("uid:{}", pod.metadata.name));
    }
    for id in moment.node.sandboxes.keys() {
        name(run.sandbox_hex(*id), &catalog.sandbox_name(*id));
    }
    for id in moment.node.containers.keys() {
        name(run.container_hex(*id), &catalog.container_name(*id));
    }
    for id in moment.node.images.keys() {
        name(format!("sha256:{}", run.image_hex(*id)), &catalog.image_id_name(*id));
    }
    text
}

fn processes(moment: &Moment<'_>) -> Vec<String> {
    let processes = moment.processes();
    let line = |process: &simulator_model::state::process::Process| {
        let parent = processes.iter().find(|other| other.pid == process.parent);
        let of = parent.map(|parent| format!(" < {}", parent.args.join(" ")));
        named(moment, &format!("{}{}", process.args.join(" "), of.unwrap_or_default()))
    };
    processes.iter().map(line).collect()
}

/// Recordings name an image the same whether it was asked for by ID or by digest.
fn docker_ps(moment: &Moment<'_>) -> Vec<String> {
    let rows = moment.kept(Store::Docker).into_iter().map(|thing| {
        let image = match thing.target {
            Target::Sandbox(_) => moment.docker_image(thing.target),
            Target::Container(id) => {
                let catalog = &moment.run.catalog;
                catalog.image_id_name(catalog.container(id).image)
            }
        };
        let state = match thing.state {
            RunState::Created => "Created".to_owned(),
            RunState::Running => "Up".to_owned(),
            RunState::Exited => format!("Exited ({})", thing.exit_code),
        };
        let id = moment.run.hex(thing.target);
        let name = moment.run.kubernetes_name(thing.target);
        let command = moment.docker_command(thing.target);
        named(moment, &format!("{id} {image} \"{command}\" {state} {name}"))
    });
    rows.collect()
}

fn docker_images(moment: &Moment<'_>) -> Vec<String> {
    let text = render(View::DockerImages, moment);
    let rows = text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.map(|row| format!("{} {} {}", row[0], row[1], row[row.len() - 1])).collect()
}

fn image_column(moment: &Moment<'_>) -> String {
    let kept = moment.kept(Store::Docker).into_iter();
    let widest = kept.map(|thing| moment.docker_image(thing.target).len()).max();
    (widest.unwrap_or_default().max("IMAGE".len()) + 3).max(10).to_string()
}
