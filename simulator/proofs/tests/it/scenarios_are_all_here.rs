//! The scenarios and manifests kept in the program are all those of the repository.

use std::collections::BTreeSet;
use std::path::Path;

use simulator_model::scenario::{Action, Step};
use simulator_proofs::scenarios;

/// The names of the YAML files in a folder.
fn files(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios").join(folder);
    let entries = folder.read_dir().expect("the folder is in the repository");
    let names = entries.map(|entry| entry.expect("it can be read").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter_map(|name| name.strip_suffix(".yaml").map(str::to_owned)).collect()
}

#[test]
fn every_scenario_file_is_in_the_program() {
    let known: BTreeSet<_> = scenarios::names().map(str::to_owned).collect();
    assert_eq!(known, files(""));
}

#[test]
fn every_scenario_finds_its_pods() {
    for name in scenarios::names() {
        let scenario = scenarios::named(name).expect("the name is one of ours");
        let puts_pod = |step: &Step| matches!(&step.action, Action::Apply { .. });
        let applied = scenario.steps.iter().any(puts_pod);
        assert_eq!((scenario.name.as_str(), !scenario.pods.is_empty()), (name, applied));
    }
}
