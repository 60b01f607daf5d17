//! `config.json` of every running container: what was asked for, as it reached runc.

use super::runc::bundle;
use crate::call::Target;
use crate::node::RunState;
use crate::oci::{Drawn, spec_of};
use crate::state::{Moment, Thing};

/// The specifications, each under the file that it stands in, the newest container first.
pub(super) fn specs(moment: &Moment<'_>) -> String {
    let running = moment.things().into_iter().filter(|thing| thing.state == RunState::Running);
    let files: Vec<_> = running.filter_map(|thing| file(moment, &thing)).collect();
    if files.is_empty() { "no container runs\n".into() } else { files.join("\n") }
}

fn file(moment: &Moment<'_>, thing: &Thing) -> Option<String> {
    let run = moment.run;
    let pause =
        moment.things().into_iter().find(|other| other.target == Target::Sandbox(thing.sandbox));
    let drawn = Drawn { pause_pid: pause.map_or(0, |pause| pause.pid), ..Drawn::default() };
    let at = thing.started.unwrap_or(thing.created);
    let text = match spec_of(run, thing.target, at, drawn) {
        Ok(spec) => serde_json::to_string_pretty(&spec?).ok()?,
        Err(error) => format!("refused: {error}"),
    };
    let file = format!("{}/config.json", bundle(moment.path(), &run.hex(thing.target)));
    Some(format!("# {file}\n{}\n", with_hex(moment, text)))
}

/// The names that the run gives to things, replaced by the IDs that a node would have.
fn with_hex(moment: &Moment<'_>, mut text: String) -> String {
    let catalog = &moment.run.catalog;
    for thing in moment.things() {
        let name = match thing.target {
            Target::Sandbox(id) => catalog.sandbox_name(id),
            Target::Container(id) => catalog.container_name(id),
        };
        text = text.replace(&name, &moment.run.hex(thing.target));
    }
    text
}
