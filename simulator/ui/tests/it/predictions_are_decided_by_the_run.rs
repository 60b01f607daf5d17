//! What a scenario asks beforehand is decided by its run: each answer names a moment that is there,
//! simulated and recorded, and what is said about those moments holds.

use std::path::{Path, PathBuf};

use simulator_manifest::scenario::read_scenario;
use simulator_model::clock::Duration;
use simulator_model::scenario::{Predict, Scenario, Tool};
use simulator_model::store::{self, Store};
use simulator_model::views::render;
use simulator_model::{Recording, RuntimePath, export, simulate};
use simulator_ui::figure::Figure;
use simulator_ui::predict::See;
use simulator_view::Run;

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios")
}

pub(crate) fn scenario(name: &str) -> Scenario {
    let load = |file: &str| {
        std::fs::read_to_string(scenarios().join(file)).map_err(|error| error.to_string())
    };
    let text = load(&format!("{name}.yaml")).expect("the scenario is there");
    read_scenario(&text, name, &mut { load }).scenario.expect("the scenario reads")
}

/// Every scenario that asks.
fn asking() -> Vec<(Scenario, Predict)> {
    let files = scenarios().read_dir().expect("the folder is there");
    let files = files.map(|file| file.expect("the folder can be read").path());
    let yaml = files.filter(|file| file.extension().is_some_and(|it| it == "yaml"));
    let read = yaml.map(|file| scenario(&file.file_stem().expect("a name").to_string_lossy()));
    read.filter_map(|it| it.words.predict.clone().map(|predict| (it, predict))).collect()
}

fn simulated(scenario: &Scenario, path: RuntimePath) -> Run {
    let lines = export::lines(&simulate(scenario, path, 0));
    let text = serde_json::Value::from(lines).to_string();
    Run::simulated(Recording::from_json_array(&text.into()).expect("a run is a recording"))
}

fn see(of: &simulator_model::scenario::See) -> See {
    See {
        path: of.path,
        after_us: of.after.as_micros(),
        step: of.step.clone(),
        tool: of.tool.map(|tool| tool.name().to_owned()),
    }
}

#[test]
fn at_least_eight_scenarios_ask_in_both_languages() {
    let asking = asking();
    assert!(asking.len() >= 8, "{} ask", asking.len());
    for (scenario, predict) in asking {
        let texts = predict.answers.iter().flat_map(|answer| [&answer.text, &answer.because]);
        for text in texts.chain([&predict.question]) {
            let chinese = text.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(!text.en.is_empty() && chinese, "`{}`: {text:?}", scenario.name);
        }
        assert!(predict.question.en.ends_with('?'), "`{}` asks", scenario.name);
        assert!(predict.question.zh.ends_with('？'), "`{}` asks", scenario.name);
    }
}

#[test]
fn every_answer_has_its_moment_in_every_run() {
    let store = Store::open(store::folder()).expect("the repository has recordings");
    for (scenario, predict) in asking() {
        for answer in &predict.answers {
            let (name, path, see) = (&scenario.name, answer.see.path, see(&answer.see));
            let mut runs = vec![simulated(&scenario, path)];
            // Tools look into the simulated node only.
            if see.tool.is_none() {
                runs.extend(store.recording(path, name).ok().map(Run::new));
            }
            for run in runs {
                let (made, text) = (run.made, &answer.text.en);
                let found = see.step.is_none() || see.step_of(&run).is_some();
                assert!(found, "`{name}` on {path} has no such step ({made:?}): {text}");
                let end_us = Figure::new(vec![run]).score().end_us;
                let there = see.after_us <= end_us;
                assert!(there, "`{name}` on {path} is over at {end_us} ({made:?}): {text}");
            }
        }
    }
}

/// What a tool prints at the moment of an answer.
fn printed(name: &str, answer: usize) -> String {
    let scenario = scenario(name);
    let predict = scenario.words.predict.clone().expect("it asks");
    let see = &predict.answers[answer].see;
    let run = simulate(&scenario, see.path, 0);
    let marks = export::lines(&run);
    let applied = marks.iter().find(|line| line["mark"] == "apply").expect("a pod is applied");
    let at_us = applied["at_us"].as_i64().expect("a mark has its time") + see.after.as_micros();
    let at = simulator_model::clock::Instant::from_micros(at_us);
    match see.tool.expect("the answer is seen with a tool") {
        Tool::View(view) => render(view, &run.moment(at)),
        Tool::NodeLog => {
            let lines = run.node_log.iter().filter(|line| line.at <= at);
            lines.map(|line| format!("{}: {}\n", line.who, line.text)).collect()
        }
    }
}

#[test]
fn what_the_tools_are_said_to_show_they_show() {
    assert!(printed("docker_ps_empty", 0).contains("k8s_POD_simple"), "Docker lists its own");
    assert_eq!(printed("docker_ps_empty", 1).lines().count(), 1, "only the heading");
    assert!(printed("docker_ps_empty", 2).contains("Running"), "crictl lists it");
    assert_eq!(printed("docker_ps_empty", 3).lines().count(), 1, "moby is empty");
    let tree = printed("engine_restart", 0);
    assert!(tree.contains("while true") && !tree.contains("\\_ containerd\n"), "{tree}");
    let listed = printed("kubelet_restart", 0);
    assert!(listed.contains("k8s_main_simple"), "Docker lists it without a kubelet: {listed}");
    let tree = printed("kubelet_restart", 1);
    assert!(
        tree.contains("while true") && tree.contains("\\_ kubelet"),
        "it runs below the new kubelet's node: {tree}"
    );
    assert_eq!(printed("kubelet_restart", 2).lines().count(), 2, "one container, one attempt");
    assert!(printed("cni_not_ready", 1).contains("NetworkNotReady"), "the event");
    let pods = printed("cni_not_ready", 2);
    assert!(pods.contains("1/1") && pods.contains("0/1"), "one of two runs: {pods}");
    let tree = printed("dockerd_crash", 0);
    assert!(tree.contains("while true") && !tree.contains("\\_ dockerd"), "{tree}");
    let log = printed("kubelet_1_24_flags", 0);
    assert!(log.contains("unknown flag: --network-plugin"), "{log}");
    assert!(!printed("kubelet_1_24_flags", 1).contains("\\_ kubelet"), "there is no kubelet");
    assert!(printed("kubelet_1_24_flags", 2).matches("unknown flag").count() >= 2, "every 10 s");
    assert!(printed("badimage", 1).contains("Ready"), "the sandbox waits");
    let pods = printed("docker_build", 0);
    assert!(pods.contains("2/2"), "Docker's own image is found: {pods}");
    assert!(printed("docker_build", 1).contains("library/app"), "Docker lists it");
    let events = printed("docker_build", 2);
    assert!(events.contains("ErrImageNeverPull") && events.contains("ErrImagePull"), "{events}");
    assert!(printed("stale_annotation", 0).contains("KubeletReady"), "the kubelet is well");
    assert!(printed("stale_annotation", 1).contains("[ERROR ImagePull]"), "kubeadm is not");
    assert!(printed("stale_annotation", 2).contains("dockershim.sock"), "it still says so");
    assert!(printed("oneshot", 1).contains("NotReady"), "the sandbox is listed");
    assert!(printed("oneshot", 2).contains("1 known, 0 running"), "the container too");
}

/// When the steps of a name begin, in µs since the pod was applied.
fn begins(run: &Run, name: &str) -> Vec<i64> {
    let steps = run.acting().filter(|(_, step)| step.name(run) == name);
    steps.map(|(_, step)| step.at_us).collect()
}

#[test]
fn what_is_said_about_the_order_holds() {
    let run = simulated(&scenario("simple"), RuntimePath::Dockershim);
    let first = |name: &str| begins(&run, name)[0];
    assert!(first("RunPodSandbox") < first("PullImage"), "the sandbox comes first");
    assert!(first("PullImage") < first("CreateContainer"), "the image comes before the container");
    let starts = begins(&simulated(&scenario("crash"), RuntimePath::Containerd), "StartContainer");
    let waits: Vec<i64> = starts.windows(2).map(|pair| (pair[1] - pair[0]) / 1_000_000).collect();
    assert!(waits[0] < 2 && waits[1] >= 10 && waits[2] >= 20, "{waits:?}");
    for (name, path, count) in [
        ("engine_restart", RuntimePath::Dockershim, 2),
        ("engine_restart", RuntimePath::Containerd, 1),
        ("engine_restart", RuntimePath::CriO, 1),
        ("sandbox_killed", RuntimePath::Dockershim, 2),
        ("container_killed", RuntimePath::Dockershim, 1),
        ("container_killed", RuntimePath::Containerd, 1),
        ("kubelet_restart", RuntimePath::Dockershim, 1),
        ("dockerd_crash", RuntimePath::Dockershim, 2),
        ("kubelet_1_24_flags", RuntimePath::Dockershim, 0),
        ("badimage", RuntimePath::Containerd, 1),
    ] {
        let run = simulated(&scenario(name), path);
        assert_eq!(begins(&run, "RunPodSandbox").len(), count, "`{name}` on {path}");
    }
    let run = simulated(&scenario("container_killed"), RuntimePath::Dockershim);
    let after_kill = begins(&run, "StartContainer")[1] - Duration::from_secs(12).as_micros();
    assert!((0..1_500_000).contains(&after_kill), "within a second or so: {after_kill} µs");
    let run = simulated(&scenario("oneshot"), RuntimePath::Dockershim);
    let stopped = begins(&run, "StopPodSandbox")[0];
    assert!(stopped < Duration::from_secs(3).as_micros(), "the sandbox is stopped at once");
}
