//! The derived clock of the runc commands puts each inside the call that caused it.

use simulator_model::{Recording, RuntimePath};

use crate::store;

#[test]
fn creates_lie_in_their_calls() {
    for path in RuntimePath::ALL {
        for scenario in store().scenarios_on(path) {
            let recording = store().recording(path, &scenario).expect("it reads");
            let Some(alignment) = recording.alignment() else { continue };
            let caused = |at_us: i64| {
                let slack = alignment.uncertainty_us;
                recording.calls.iter().any(|call| {
                    let acting = !call.call.starts_with("List") && call.call != "Status";
                    acting && call.at_us - slack <= at_us && at_us <= call.end_us() + slack
                })
            };
            let created = recording.runc.iter().filter(|command| command.verb == "create");
            for command in created {
                let at_us = alignment.at_us(command.at_unix);
                assert!(caused(at_us), "{path}/{scenario}: {:?} at {at_us}", command.subject());
            }
        }
    }
}

#[test]
fn simple_is_tight_enough_to_show() {
    for path in RuntimePath::ALL {
        let recording = store().recording(path, "simple").expect("it reads");
        let alignment = recording.alignment().expect("simple starts containers");
        let ms = alignment.uncertainty_us / 1000;
        assert!(ms < 100, "{path}: ±{ms} ms");
    }
}

#[test]
fn nothing_to_align_is_said() {
    let text = r#"{"format":"cri-recording/1","scenario":"x","path":"cri-o"}"#;
    let recording = Recording::from_json_lines(text).expect("it reads");
    assert_eq!(recording.alignment(), None);
}
