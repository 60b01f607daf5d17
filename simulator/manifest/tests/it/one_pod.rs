//! A pod with one container, put on a node: what the tests of single fields begin with.

use serde_json::Value;
use simulator_manifest::scenario::read_scenario;
use simulator_model::{RuntimePath, Scenario, export, simulate};

/// A pod with one container `main`, put on a node and left there for half a minute.
pub(crate) fn scenario(source: &str, annotations: &str, spec: &str, container: &str) -> Scenario {
    of(&yaml(source, annotations, spec, container))
}

pub(crate) fn yaml(source: &str, annotations: &str, spec: &str, container: &str) -> String {
    format!(
        "format: scenario/1
name: one
source: {source}
resolv_conf: |
  nameserver 192.0.2.53
  search example.org. example.com
  options timeout:2
manifests:
- apiVersion: v1
  kind: Pod
  metadata: {{name: one, namespace: shop, annotations: {{{annotations}}}}}
  spec:
    {{containers: [{{name: main, image: '127.0.0.1:5000/library/busybox:1.35', {container}}}], {spec}}}
steps:
- {{at: 0s, do: apply, pod: one}}
- {{at: 30s, do: end}}
"
    )
}

pub(crate) fn of(text: &str) -> Scenario {
    let reading = read_scenario(text, "one", &mut |file| Err(format!("no file {file}")));
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
    reading.scenario.expect("it has no mistakes")
}

pub(crate) fn run(scenario: &Scenario, path: RuntimePath) -> Vec<Value> {
    export::lines(&simulate(scenario, path, 0))
}

/// The first call of a name.
pub(crate) fn first<'a>(lines: &'a [Value], call: &str) -> &'a Value {
    let found = lines.iter().find(|line| line["call"] == call);
    found.unwrap_or_else(|| panic!("no {call} was made"))
}

/// What Docker was asked to make while a call was served.
pub(crate) fn body(call: &Value) -> &Value {
    let calls = call["docker"].as_array().expect("Docker was asked something");
    let made = |call: &&Value| call["path"].as_str().is_some_and(|path| path.ends_with("/create"));
    let made = calls.iter().find(made);
    &made.expect("something was made")["body"]
}
