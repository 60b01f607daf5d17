//! The node around the calls: processes, logs, stores and checkpoints of a simulated run are those
//! that were written down on the real node at the same points of the same scenario.
//!
//! Chance decides some of it (which pull came first, whether a relist saw a short life), so each
//! recording has to be met by one of a few seeds, all its snapshots by the same.
//!
//! What is left out, and why:
//!
//! - IDs, UIDs and digests: drawn or computed; recordings have names in their place, and the
//!   simulation's are turned into the same names.
//! - Process numbers, dates and ages: a matter of the machine and the clock.
//! - What programs start in their containers, and what they write into their logs: a scenario says
//!   how long a program runs and how it ends, not what it does.
//! - `docker ps` on containerd and CRI-O shows what earlier recordings with Docker left behind; that
//!   nothing of the run itself is among it is held.

mod recorded;
mod simulated;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use simulator_model::clock::{Duration, Instant};
use simulator_model::pod::Pod;
use simulator_model::run::Run;
use simulator_model::scenario::{Document, Scenario};
use simulator_model::store::{self, NODE_FILE, read_gzip};
use simulator_model::{RuntimePath, simulate};

/// What a snapshot says, by kind, as sorted lines.
type Facts = BTreeMap<&'static str, Vec<String>>;

/// How many seeds are tried.
const SEEDS: u64 = 300;
/// How long before a mark the node was looked at.
const BEFORE: Duration = Duration::from_millis(300);

#[test]
fn at_every_snapshot_of_every_recording() {
    let mut failures = Vec::new();
    for path in RuntimePath::ALL {
        for scenario in crate::store().scenarios_on(path) {
            failures.extend(best_difference(path, &scenario));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What differs at the best seed; nothing when one seed meets the recording.
fn best_difference(path: RuntimePath, name: &str) -> Option<String> {
    let file = store::folder().join(path.name()).join(name).join(NODE_FILE);
    let Ok(text) = read_gzip(&file) else { return None };
    let node: BTreeMap<String, Value> = serde_json::from_str(&text).expect("a snapshot is JSON");
    let scenario = scenario(name);
    let mut best: Option<Vec<String>> = None;
    for seed in 0..SEEDS {
        let run = simulate(&scenario, path, seed);
        let differences: Vec<_> = node
            .iter()
            .filter(|(when, _)| *when != "oci")
            .flat_map(|(when, value)| difference(&run, when, value))
            .collect();
        if differences.is_empty() {
            return None;
        }
        if best.as_ref().is_none_or(|best| differences.len() < best.len()) {
            best = Some(differences);
        }
    }
    best.map(|best| format!("{path}/{name}:\n{}", best.join("\n")))
}

fn difference(run: &Run, when: &str, recorded: &Value) -> Vec<String> {
    let at = instant(run, when);
    let recorded = recorded::facts(run.path, recorded);
    let simulated = simulated::facts(&run.moment(at));
    let mut differences = Vec::new();
    for (kind, recorded) in &recorded {
        let simulated = &simulated[kind];
        let only = |side: &str, lines: &[String], other: &[String]| -> Vec<String> {
            let missing = lines.iter().filter(|line| !other.contains(line));
            missing.map(|line| format!("  {when} {kind} {side} {line}")).collect()
        };
        differences.extend(only("recorded ", recorded, simulated));
        differences.extend(only("simulated", simulated, recorded));
        if differences.is_empty() && recorded.len() != simulated.len() {
            differences.push(format!("  {when} {kind}: a line occurs more than once"));
        }
    }
    differences
}

/// When the node was looked at: while the pod ran, after it, before, during and after a disturbance.
fn instant(run: &Run, when: &str) -> Instant {
    let mark = |words: &[&str]| {
        let found = run.marks.iter().rfind(|mark| words.contains(&mark.word));
        found.unwrap_or_else(|| panic!("no mark {words:?}")).at
    };
    let before = |at: Instant| Instant::from_micros((at.as_micros() - BEFORE.as_micros()).max(0));
    match when {
        "up" => before(mark(&["delete"])),
        "down" | "after" => before(run.end),
        "before" => before(mark(&["kill", "stop-runtime"])),
        "stopped" => {
            let (from, to) = (mark(&["stopped", "stop"]), mark(&["start-runtime", "start"]));
            Instant::from_micros(i64::midpoint(from.as_micros(), to.as_micros()))
        }
        _ => panic!("unknown snapshot {when}"),
    }
}

fn scenario(name: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("scenarios");
    let read = |path: &Path| std::fs::read_to_string(path).expect("the file of a scenario");
    let text = read(&folder.join(format!("{name}.yaml")));
    let document: Document = serde_yaml_ng::from_str(&text).expect("a scenario");
    let mut pods = BTreeMap::new();
    for pod in &document.pods {
        let text = read(&folder.join("pods").join(format!("{pod}.yaml")));
        let manifest: Pod = serde_yaml_ng::from_str(&text).expect("a manifest");
        pods.insert(pod.clone(), manifest);
    }
    document.scenario(pods).expect("a scenario without mistakes")
}
