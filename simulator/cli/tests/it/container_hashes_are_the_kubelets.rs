//! The annotation `io.kubernetes.container.hash` is the number that the kubelet of the recordings
//! worked out for the same manifest.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use simulator_model::RuntimePath;
use simulator_model::store::{Store, folder};

#[test]
fn of_every_recorded_container() {
    let store = Store::open(folder()).expect("the repository has recordings");
    let path = RuntimePath::Dockershim;
    let mut compared = 0;
    for scenario in store.scenarios_on(path) {
        let recorded = hashes(&store.calls_text(path, &scenario).expect("it was recorded"));
        let simulated = hashes(&simulate(&scenario, path));
        for (container, hash) in &recorded {
            assert_eq!(simulated.get(container), Some(hash), "{container} of {scenario}");
            compared += 1;
        }
    }
    assert!(compared > 15, "only {compared} hashes were compared");
}

fn simulate(scenario: &str, path: RuntimePath) -> String {
    let file = folder().with_file_name("scenarios").join(format!("{scenario}.yaml"));
    let output = Command::new(env!("CARGO_BIN_EXE_dockershim-sim"))
        .args([Path::new("simulate"), &file])
        .args(["--path", path.name(), "--format", "cri-recording"])
        .output()
        .expect("the program runs");
    String::from_utf8(output.stdout).expect("a recording is text")
}

/// The hash of each container by its name.
fn hashes(text: &str) -> BTreeMap<String, String> {
    let calls = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("it is JSON"));
    let made = calls.filter(|call| call["call"] == "CreateContainer");
    let of = |call: Value| {
        let config = &call["request"]["config"];
        let hash = &config["annotations"]["io.kubernetes.container.hash"];
        let name = config["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        (name, hash.as_str().unwrap_or_default().to_owned())
    };
    made.map(of).collect()
}
