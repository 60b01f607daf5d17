//! A field of the CRI is followed into what runc was given, with and without Docker between.

use serde_json::{Value, json};
use simulator_model::oci::spec_of_name;
use simulator_model::{Recording, RuntimePath, export, simulate};
use simulator_ui::figure::Figure;
use simulator_ui::inspector::{Further, inspector};
use simulator_view::translation::{Translation, made, translation};
use simulator_view::{Lang, Run};

use crate::predictions_are_decided_by_the_run::scenario;

/// The step that makes a container in a simulated run of `full`, and what runc was given for it.
fn at(path: RuntimePath) -> (Run, usize, Value) {
    let played = simulate(&scenario("full"), path, 0);
    let text = Value::from(export::lines(&played)).to_string();
    let run =
        Run::simulated(Recording::from_json_array(&text.into()).expect("a run is a recording"));
    let makes = |step: &simulator_view::Step| made(&run, step) == Some("container:api:0");
    let step = run.steps.iter().position(makes).expect("it was made");
    let spec = spec_of_name(&played, "container:api:0").expect("the runtime agrees");
    let spec = json!(spec.expect("it was started"));
    (run, step, spec)
}

fn of(path: RuntimePath) -> Translation {
    let (run, step, spec) = at(path);
    translation(&run, &run.steps[step], Some(&spec)).expect("there is a specification")
}

fn places(found: &Translation, field: &str) -> Vec<String> {
    let carried = found.carried.iter().find(|it| it.field.path == field);
    carried.unwrap_or_else(|| panic!("no {field} in {:#?}", found.carried)).oci.clone()
}

#[test]
fn with_docker_between_and_without() {
    // cri-dockerd refuses the host port of this pod.
    for path in [RuntimePath::Dockershim, RuntimePath::Containerd, RuntimePath::CriO] {
        let found = of(path);
        assert_eq!(found.through_docker, path.has_docker(), "{path}");
        let shares = places(&found, "config.linux.resources.cpu_shares");
        assert_eq!(shares, ["linux.resources.cpu.shares"], "{path}");
        let command = places(&found, "config.command[0]");
        assert_eq!(command, ["process.args[0]"], "{path}");
        let key = places(&found, "config.envs[0].key");
        assert!(key[0].starts_with("process.env["), "{path}: {key:?}");
        let granted =
            places(&found, "config.linux.security_context.capabilities.add_capabilities[0]");
        assert!(granted[0].starts_with("process.capabilities."), "{path}: {granted:?}");
        let memory = places(&found, "config.linux.resources.memory_limit_in_bytes");
        assert!(memory.contains(&"linux.resources.memory.limit".to_owned()), "{path}: {memory:?}");
        assert!(places(&found, "config.log_path").is_empty(), "{path}: runc writes no log");
        let places: Vec<_> = found.added_in_oci.iter().map(|(place, _)| place.as_str()).collect();
        assert!(places.contains(&"mounts"), "{path} adds {places:?}");
    }
}

#[test]
fn and_is_shown_in_both_languages() {
    let (run, step, spec) = at(RuntimePath::Dockershim);
    let figure = Figure::new(vec![run]);
    let further = Further { asked: true, spec: Some(spec) };
    for lang in Lang::ALL {
        let html = inspector(&figure, 0, Some(step), Some(&further), lang);
        // A place may end a line between any two of its names.
        assert!(html.replace("<wbr>", "").contains("linux.resources.cpu.shares"), "{html}");
        assert!(html.contains("Docker → OCI"), "{html}");
    }
    let further = Further::default();
    let html = inspector(&figure, 0, Some(step), Some(&further), Lang::En);
    assert!(html.contains("data-act=\"oci\" aria-pressed=\"false\""), "it can be asked for");
    let html = inspector(&figure, 0, Some(step), None, Lang::En);
    assert!(!html.contains("data-act=\"oci\""), "a small figure has no engine");
}
