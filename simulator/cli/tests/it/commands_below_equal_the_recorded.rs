//! What runs below the calls is in an exported recording as it is in those of real nodes: every
//! runc command with its arguments, and the calls to Docker Engine that belong to no CRI call.
//!
//! Held against each other are the runs that make the very calls of the recording (the seeds of
//! `simulator/fidelity.yaml`), container by container: how those interleave is chance.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use simulator_model::RuntimePath;
use simulator_model::store::{Store, folder};

#[test]
fn runc_is_told_the_same() {
    let mut commands = 0;
    for (path, scenario, recorded, simulated) in pairs() {
        let (mut recorded, simulated) = (by_subject(&recorded), by_subject(&simulated));
        for (subject, told) in &mut recorded {
            let ours = simulated.get(subject).cloned().unwrap_or_default();
            // The recording of CRI-O's `simple` ends in the middle of a look at the container.
            let unfinished = path == RuntimePath::CriO && told.len() == ours.len() + 1;
            if unfinished && told.last().is_some_and(|args| args.iter().any(|arg| arg == "state")) {
                told.pop();
            }
            assert_eq!(*told, ours, "{subject} of {scenario} on {path}");
            commands += told.len();
        }
        assert!(
            simulated.keys().all(|subject| recorded.contains_key(subject)),
            "{scenario} {path}"
        );
    }
    assert!(commands > 500, "only {commands} commands were compared");
}

#[test]
fn docker_is_asked_the_same_outside_of_calls() {
    let mut requests = 0;
    for (path, scenario, recorded, simulated) in pairs() {
        let (recorded, simulated) = (outside(&recorded), outside(&simulated));
        let same = |lines: &[String]| lines.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(same(&recorded), same(&simulated), "{scenario} on {path}");
        if path == RuntimePath::Dockershim {
            assert_eq!(recorded.len(), simulated.len(), "{scenario}");
            assert_eq!(recorded[..3], simulated[..3], "{scenario}");
        }
        requests += recorded.len();
    }
    assert!(requests > 200, "only {requests} requests were compared");
}

/// Nothing happens before the recording begins, and the lines are in order of time.
#[test]
fn a_recording_begins_with_its_first_line() {
    for path in RuntimePath::ALL {
        let lines = simulate("simple", path, 0);
        let at = |line: &Value| line["outside_cri"]["at_us"].as_i64().or(line["at_us"].as_i64());
        let times: Vec<i64> = lines.iter().filter_map(at).collect();
        assert!(times[0] >= 0 && times.is_sorted(), "{path}");
    }
}

/// Each recording with the run that makes its calls.
fn pairs() -> Vec<(RuntimePath, String, Vec<Value>, Vec<Value>)> {
    let store = Store::open(folder()).expect("the repository has recordings");
    let seeds = seeds();
    let mut pairs = Vec::new();
    for path in RuntimePath::ALL {
        for scenario in store.scenarios_on(path) {
            let recorded = lines(&store.calls_text(path, &scenario).expect("it was recorded"));
            let seed = seeds.get(&(scenario.clone(), path.name().to_owned())).copied();
            let simulated = simulate(&scenario, path, seed.unwrap_or(0));
            pairs.push((path, scenario, recorded, simulated));
        }
    }
    pairs
}

fn seeds() -> BTreeMap<(String, String), u64> {
    let text = std::fs::read_to_string(folder().with_file_name("fidelity.yaml")).expect("a file");
    let whole: Value = serde_yaml_ng::from_str(&text).expect("it is YAML");
    let listed = whole["differences"].as_array().expect("there are some").iter();
    let word = |of: &Value, key: &str| of[key].as_str().expect("it is said").to_owned();
    let seed = |of: &Value| of["seed"].as_u64().unwrap_or(0);
    listed.map(|of| ((word(of, "scenario"), word(of, "path")), seed(of))).collect()
}

fn simulate(scenario: &str, path: RuntimePath, seed: u64) -> Vec<Value> {
    let file = folder().with_file_name("scenarios").join(format!("{scenario}.yaml"));
    let output = Command::new(env!("CARGO_BIN_EXE_dockershim-sim"))
        .args([Path::new("simulate"), &file])
        .args(["--path", path.name(), "--seed", &seed.to_string(), "--format", "cri-recording"])
        .output()
        .expect("the program runs");
    lines(&String::from_utf8(output.stdout).expect("a recording is text"))
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect()
}

/// The arguments of the commands about each sandbox and container of the scenario, in order of
/// time. What was left from another scenario has no name.
fn by_subject(lines: &[Value]) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut commands: Vec<_> = lines.iter().filter(|line| line.get("runc").is_some()).collect();
    commands
        .sort_by(|a, b| a["unix_s"].as_f64().partial_cmp(&b["unix_s"].as_f64()).expect("times"));
    let mut subjects: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for command in commands {
        let args = command["args"].as_array().expect("arguments").iter();
        let args: Vec<_> = args.filter_map(Value::as_str).map(without_chance).collect();
        let named = |arg: &&String| arg.starts_with("sandbox:") || arg.starts_with("container:");
        if let Some(subject) = args.iter().find(named).cloned() {
            subjects.entry(subject).or_default().push(args);
        }
    }
    subjects
}

/// An argument with its random part left open, as the export leaves it.
fn without_chance(arg: &str) -> String {
    let places = [
        ("/tmp/pty", "/pty.sock"),
        ("/tmp/conmon-term.", ""),
        ("/tmp/runc-process", ""),
        ("/tmp/pidfile", ""),
        ("/tmp/exec-process-", ""),
    ];
    for (before, after) in places {
        if arg.starts_with(before) && arg.ends_with(after) {
            return format!("{before}{{random}}{after}");
        }
    }
    match arg.rsplit_once('/') {
        Some((folder, file)) if file.ends_with(".pid") && file != "init.pid" => {
            format!("{folder}/{{random}}.pid")
        }
        _ => arg.to_owned(),
    }
}

/// The requests outside of calls: method, path, query and status, in order of time.
fn outside(lines: &[Value]) -> Vec<String> {
    let requests = lines.iter().filter_map(|line| line.get("outside_cri"));
    let mut requests: Vec<_> = requests.collect();
    requests.sort_by_key(|request| request["at_us"].as_i64());
    let word = |request: &Value, key: &str| request[key].to_string();
    let said = |request: &Value| {
        ["method", "path", "query", "status"].map(|key| word(request, key)).join(" ")
    };
    requests.into_iter().map(said).collect()
}
