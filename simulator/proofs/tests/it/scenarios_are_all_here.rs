//! The scenarios kept in the program are all that were recorded.

use std::collections::BTreeSet;

use simulator_model::scenario::{Action, Step};
use simulator_model::store::{self, Store};
use simulator_proofs::scenarios;

#[test]
fn every_recorded_scenario_is_in_the_program() {
    let recorded = Store::open(store::folder()).expect("the repository has recordings");
    let known: BTreeSet<_> = scenarios::names().map(str::to_owned).collect();
    let recorded: BTreeSet<_> = recorded.scenarios().into_iter().collect();
    assert_eq!(known, recorded);
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
