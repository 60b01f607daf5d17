//! Scenario files are read with their manifests, and what is wrong in any of them is named.

use std::path::PathBuf;

use expect_test::expect_file;
use simulator_manifest::scenario::{
    Course, ScenarioReading, assumed, implied, is_scenario, read_scenario,
};
use simulator_manifest::{Lang, Options, Reading, read};
use simulator_model::clock::Duration;
use simulator_model::pod::Source;
use simulator_model::scenario::{Action, Behaviour, Exit, OnTerm, Step};
use simulator_model::{RuntimePath, simulate};

use crate::{scenarios, telling};

fn load(folder: PathBuf) -> impl FnMut(&str) -> Result<String, String> {
    move |file| std::fs::read_to_string(folder.join(file)).ok().ok_or("not found".into())
}

fn of(text: &str) -> ScenarioReading {
    read_scenario(text, "scenario", &mut load(scenarios()))
}

#[test]
fn those_of_this_repository() {
    let mut count = 0;
    for entry in scenarios().read_dir().expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it is a file");
        assert!(is_scenario(&text), "{}", path.display());
        let reading = of(&text);
        assert!(reading.mistakes.is_empty(), "{}: {:?}", path.display(), reading.mistakes);
        assert!(reading.scenario.is_some(), "{}", path.display());
        count += 1;
    }
    assert!(count >= 17, "{count} scenarios");
}

#[test]
fn all_mistakes_at_once() {
    let folder = format!("{}/tests/it/scenarios_are_read", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(format!("{folder}/mistakes.yaml")).expect("it is there");
    let ScenarioReading { notes, mistakes, .. } = of(&text);
    let told = telling(&Reading { pods: Vec::new(), notes, mistakes });
    expect_file![format!("{folder}/mistakes.txt")].assert_eq(&told);
}

const INLINE: &str = "
format: scenario/1
name: inline
manifests:
- apiVersion: v1
  kind: Pod
  metadata: {name: one}
  spec: {containers: [{name: main, image: nginx}]}
pods: [pods/simple.yaml]
steps:
- {at: 9s, do: delete, pod: one}
- {at: 0s, do: apply, pod: one}
- {at: 1s, do: apply, pod: simple}
";

#[test]
fn manifests_stand_in_the_scenario_or_in_any_file() {
    let scenario = of(INLINE).scenario.expect("it has no mistakes");
    assert_eq!(scenario.pods.keys().collect::<Vec<_>>(), ["one", "simple"]);
}

#[test]
fn steps_are_in_order_and_have_an_end() {
    let scenario = of(INLINE).scenario.expect("it has no mistakes");
    let seconds: Vec<_> = scenario.steps.iter().map(|s| s.at.as_micros() / 1_000_000).collect();
    assert_eq!(seconds, [0, 1, 9, 69]);
    assert_eq!(scenario.steps.last().map(|step| step.action.clone()), Some(Action::End));
}

/// A bare manifest is put on the node, taken away, and nothing is left of it.
#[test]
fn a_bare_manifest_comes_and_goes() {
    let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: job}\nspec: {template: {spec: \
                {restartPolicy: Never, containers: [{name: main, image: nginx}]}}}\n";
    assert!(!is_scenario(text));
    let pods = read(text, &Options::default()).pods;
    let scenario = implied("job", Source::Api, pods, Course::default());
    let has = |wanted: fn(&Step) -> bool| scenario.steps.iter().any(wanted);
    assert!(has(|step| matches!(step.action, Action::Apply { .. }) && step.at == Duration::ZERO));
    assert!(has(|step| matches!(step.action, Action::Delete { .. })));
    for path in RuntimePath::ALL {
        let last = simulate(&scenario, path, 0).last;
        let left = (last.containers.len(), last.sandboxes.len());
        assert_eq!(left, (0, 0), "{path}");
    }
}

/// What its command says of a program is believed; what is taken for granted is said.
#[test]
fn a_bare_manifest_ends_as_its_commands_say() {
    let of = |container: &str| {
        let text = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: job}}\nspec: {{template: {{spec: \
             {{restartPolicy: Never, containers: [{{name: main, image: busybox, {container}}}]}}}}}}\n"
        );
        let pods = read(&text, &Options::default()).pods;
        let told: Vec<_> = assumed(&pods).map(|remark| remark.text(Lang::En)).collect();
        let scenario = implied("job", Source::Api, pods, Course::default());
        let Behaviour { runs, exits, on_term, .. } = scenario.behaviour["main"][0];
        let ms = runs.map(|runs| runs.as_micros() / 1_000);
        (ms, exits, on_term == OnTerm::Ignored, told.len())
    };
    assert_eq!(of("command: [sh, -c, exit 3]"), (Some(20), Exit::Code(3), true, 0));
    assert_eq!(of("args: [sleep, '2']"), (Some(2_020), Exit::Code(0), true, 0));
    assert_eq!(of("command: [tail, -f, /dev/null]"), (None, Exit::Code(0), true, 0));
    assert_eq!(of("command: [migrate]"), (Some(1_000), Exit::Code(0), false, 1));
    assert_eq!(of(""), (Some(1_000), Exit::Code(0), false, 1));
}

/// A scenario knows containers by their names: what two of one name say differently is not believed.
#[test]
fn two_containers_of_one_name_say_the_same_or_nothing() {
    let pod = |name: &str, script: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec: {{restartPolicy: Never, \
             containers: [{{name: main, image: busybox, command: [sh, -c, {script}]}}]}}\n"
        )
    };
    let told = |one: &str, other: &str| {
        let text = [pod("a", one), pod("b", other)].join("---\n");
        let pods = read(&text, &Options::default()).pods;
        let told = assumed(&pods).count();
        let scenario = implied("two", Source::Api, pods, Course::default());
        (told, scenario.behaviour["main"][0].exits)
    };
    assert_eq!(told("exit 3", "exit 3"), (0, Exit::Code(3)));
    assert_eq!(told("exit 3", "exit 4"), (1, Exit::Code(0)));
}
