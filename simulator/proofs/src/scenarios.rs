//! The recorded scenarios, kept in the program: a bare wasm module has no files.

use simulator_model::Scenario;
use simulator_model::scenario::Document;

macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../scenarios/", $folder, $name, ".yaml"))),)*]
    };
}

/// Scenario files by name.
const SCENARIOS: &[(&str, &str)] = files!("":
    "api-besteffort" "api-job" "api-web" "badimage" "container_killed" "crash" "engine_restart"
    "engine_restart_live" "full" "hostns" "interact" "kubelet_restart" "oneshot" "probes"
    "sandbox_killed" "simple" "startup");

/// Manifests by name.
const PODS: &[(&str, &str)] = files!("pods/":
    "api-besteffort" "api-job" "api-web" "badimage" "crash" "full" "hostns" "oneshot" "probes"
    "simple");

/// The names of all scenarios, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCENARIOS.iter().map(|(name, _)| *name)
}

/// The scenario at a place; none beyond the last.
pub fn at(index: usize) -> Option<Scenario> {
    let (_, text) = SCENARIOS.get(index)?;
    let document: Document = serde_yaml_ng::from_str(text).expect("the scenario is YAML");
    let pods = document.pods.iter().map(|name| {
        let (_, text) = PODS.iter().find(|(pod, _)| pod == name).expect("the manifest is here");
        (name.clone(), serde_yaml_ng::from_str(text).expect("the manifest is YAML"))
    });
    let pods = pods.collect();
    Some(document.scenario(pods).expect("the scenario has no mistakes"))
}

/// The scenario of a name; none where there is no such scenario.
pub fn named(name: &str) -> Option<Scenario> {
    names().position(|known| known == name).and_then(at)
}
