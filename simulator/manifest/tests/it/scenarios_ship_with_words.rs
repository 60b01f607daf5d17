//! Every scenario of this repository tells its reader, in both languages, what to ask and where to
//! look, and says honestly what it rests on.

use std::collections::BTreeMap;

use simulator_manifest::scenario::read_scenario;
use simulator_model::basis::Basis;
use simulator_model::scenario::{Scenario, Text};
use simulator_model::store::{Store, folder};
use simulator_model::{RuntimePath, grounds, simulate};

use crate::scenarios;

fn shipped() -> BTreeMap<String, Scenario> {
    let files = scenarios().read_dir().expect("the folder is there");
    let files = files.map(|entry| entry.expect("the folder can be read").path());
    let yaml = files.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let read = yaml.map(|path| {
        let text = std::fs::read_to_string(&path).expect("it is a file");
        let load = |file: &str| {
            std::fs::read_to_string(scenarios().join(file)).ok().ok_or("not found".into())
        };
        let scenario = read_scenario(&text, "scenario", &mut { load }).scenario;
        let scenario = scenario.unwrap_or_else(|| panic!("{} reads", path.display()));
        let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        assert_eq!(scenario.name, stem, "a scenario is named as its file");
        (stem, scenario)
    });
    read.collect()
}

/// The paths on which a scenario tells its story.
fn paths_of(name: &str, scenario: &Scenario, store: &Store) -> Vec<RuntimePath> {
    let recorded = store.paths_of(name);
    if !recorded.is_empty() {
        return recorded;
    }
    scenario.words.paths.clone().unwrap_or_else(|| RuntimePath::ALL.to_vec())
}

#[test]
fn in_both_languages() {
    let chinese = |text: &Text| text.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for (name, scenario) in shipped() {
        let words = &scenario.words;
        let texts = [&words.title, &words.question, &words.watch];
        let texts: Vec<_> = texts.into_iter().flatten().collect();
        assert_eq!(texts.len(), 3, "`{name}` has title, question and watch");
        for text in texts {
            assert!(!text.en.is_empty() && chinese(text), "`{name}`: {text:?}");
        }
        let question = words.question.as_ref().expect("it was counted");
        assert!(question.en.ends_with('?') && question.zh.ends_with('？'), "`{name}` asks");
    }
}

#[test]
fn with_the_basis_of_their_weakest_part() {
    let store = Store::open(folder()).expect("the repository has recordings");
    for (name, scenario) in shipped() {
        let paths = paths_of(&name, &scenario, &store);
        let of = |path: &RuntimePath| grounds::weakest(&simulate(&scenario, *path, 0));
        let weakest = paths.iter().map(of).max().unwrap_or(Basis::Recorded);
        assert_eq!(scenario.words.basis, weakest, "`{name}` on {paths:?}");
    }
}

#[test]
fn and_what_they_promise_happens() {
    let shipped = shipped();
    let run = |name: &str, path| simulate(&shipped[name], path, 0);
    let says = |name: &str, path, part: &str| {
        let run = run(name, path);
        let log = run.node_log.iter().any(|line| line.text.contains(part));
        let failed = run.calls.iter().filter_map(|call| call.outcome.as_ref().err());
        let failed = failed.map(|status| &status.message).any(|message| message.contains(part));
        assert!(log || failed, "`{name}` on {path} says `{part}`");
    };
    says("kubelet_1_24_flags", RuntimePath::Dockershim, "unknown flag: --network-plugin");
    says("container_runtime_flag_1_27", RuntimePath::CriO, "unknown flag: --container-runtime");
    says("old_runtime_1_26", RuntimePath::Containerd, "unknown service runtime.v1.RuntimeService");
    says("cgroup_v1_1_35", RuntimePath::Containerd, "cgroup v1");
    says("pause_collected", RuntimePath::Containerd, "failed to get sandbox image");
    says("cni_not_ready", RuntimePath::Containerd, "cni plugin not initialized");
    says("containerd_below_docker", RuntimePath::Dockershim, "failed to start sandbox container");
    says("cri_dockerd_crash", RuntimePath::CriDockerd, "cri-dockerd.sock");
    says("registry_stalled", RuntimePath::Dockershim, "context canceled");
    says("docker_build", RuntimePath::Containerd, "library/app:1: not found");
    says("stale_annotation", RuntimePath::Containerd, "unix:///var/run/dockershim.sock");
    says("disk_pressure", RuntimePath::CriO, "reclaim ephemeral-storage");
    for name in ["kubelet_1_24_flags", "old_runtime_1_26", "cgroup_v1_1_35"] {
        assert_eq!(run(name, RuntimePath::Containerd).call_count, 0, "`{name}` makes no call");
    }
    let kept = run("pause_collected", RuntimePath::Dockershim);
    assert!(kept.last.around.pause_image, "dockershim's pause image is protected");
}
