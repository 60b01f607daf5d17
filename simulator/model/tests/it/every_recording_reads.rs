//! Every recording of the repository reads, on every path, and keeps what it recorded.

use std::fs;
use std::path::Path;

use simulator_model::store::{NODE_FILE, read_gzip};
use simulator_model::{Recording, RuntimePath, browser};

use crate::store;

#[test]
fn on_every_path() {
    let store = store();
    for path in RuntimePath::ALL {
        let scenarios = store.scenarios_on(path);
        assert!(scenarios.contains(&"simple".to_owned()), "{path} has no `simple`");
        for scenario in scenarios {
            let recording = store.recording(path, &scenario).expect("it reads");
            assert_eq!((recording.path, &recording.scenario), (path, &scenario));
            assert!(!recording.calls.is_empty(), "{path}/{scenario} has no calls");
        }
    }
}

#[test]
fn as_many_as_there_were() {
    let counts = RuntimePath::ALL.map(|path| store().scenarios_on(path).len());
    assert_eq!(counts, [17, 9, 16, 7]);
}

#[test]
fn the_node_beside_every_recording_is_json() {
    let root = simulator_model::store::folder();
    for path in RuntimePath::ALL {
        for scenario in store().scenarios_on(path) {
            let file = root.join(path.name()).join(&scenario).join(NODE_FILE);
            if file.is_file() {
                let text = read_gzip(&file).expect("it reads");
                let node: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
                assert!(node.is_object(), "{}", file.display());
            }
        }
    }
}

#[test]
fn a_page_gets_the_same_recording() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let written = browser::write(&store(), &out, &["simple".to_owned()]).expect("it is written");
    assert_eq!(written.len(), 4);
    for path in RuntimePath::ALL {
        let text =
            fs::read_to_string(out.join(path.name()).join("simple.json")).expect("it is there");
        let of_page = Recording::from_json_array(&text.into()).expect("it reads");
        assert_eq!(of_page, store().recording(path, "simple").expect("it reads"));
    }
}
