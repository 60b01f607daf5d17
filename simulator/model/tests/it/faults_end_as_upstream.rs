//! What a node does when something is taken from it, and when it is given back.

use std::collections::BTreeMap;
use std::sync::Arc;

use simulator_model::basis::Basis;
use simulator_model::call::Request;
use simulator_model::clock::{Duration, Instant};
use simulator_model::grounds;
use simulator_model::node::{Registry, RunState};
use simulator_model::pod::Pod;
use simulator_model::run::CallRecord;
use simulator_model::scenario::{
    Action, Behaviour, Daemon, Deed, DockerOptions, Return, Scenario, Step,
};
use simulator_model::state::process::Role;
use simulator_model::versions::{CgroupDriver, Profile};
use simulator_model::{Options, Run, RuntimePath, Simulation, simulate};

const IMAGE: &str = "127.0.0.1:5000/library/busybox:1.35";
const DOCKER: [RuntimePath; 2] = [RuntimePath::Dockershim, RuntimePath::CriDockerd];

/// One pod that runs for ever, and what is done to it.
pub(crate) fn scenario(steps: Vec<(i64, Action)>) -> Scenario {
    let pod: Pod = serde_json::from_value(serde_json::json!({
        "metadata": {"name": "simple"},
        "spec": {"containers": [{"name": "main", "image": IMAGE}]},
    }))
    .expect("a manifest of this test");
    let apply = Step { at: Duration::ZERO, action: Action::Apply { pod: "simple".into() } };
    let steps = steps.into_iter().map(|(at, action)| Step { at: Duration::from_secs(at), action });
    Scenario {
        name: "test".into(),
        pods: BTreeMap::from([("simple".into(), pod)]),
        behaviour: BTreeMap::from([("main".into(), vec![Behaviour::default()])]),
        steps: std::iter::once(apply).chain(steps).collect(),
        ..Scenario::default()
    }
}

pub(crate) fn end(at: i64) -> (i64, Action) {
    (at, Action::End)
}

pub(crate) fn deed(who: Daemon, deed: Deed) -> Action {
    Action::Daemon { who, deed, back: Return::Unit }
}

fn calls<'a>(run: &'a Run, name: &'a str) -> impl Iterator<Item = &'a CallRecord> {
    run.calls.iter().filter(move |call| call.request.name() == name)
}

/// The messages of the calls of this name that failed.
fn errors(run: &Run, name: &str) -> Vec<String> {
    let failed = calls(run, name).filter_map(|call| call.outcome.as_ref().err());
    failed.map(|status| status.message.clone()).collect()
}

fn count(run: &Run, name: &str) -> usize {
    calls(run, name).count()
}

fn runs(run: &Run) -> bool {
    run.last.containers.values().any(|container| container.state == RunState::Running)
}

fn logged(run: &Run, part: &str) -> bool {
    run.node_log.iter().any(|line| line.text.contains(part))
}

#[test]
fn a_crashed_dockerd_without_live_restore_stops_what_it_finds_alive() {
    for path in DOCKER {
        let crash = deed(Daemon::Dockerd, Deed::Crash);
        let steps = vec![(12, crash.clone()), end(90)];
        let run = simulate(&scenario(steps.clone()), path, 0);
        assert!(errors(&run, "ListPodSandbox").iter().any(|e| e.starts_with("Cannot connect")));
        assert_eq!(count(&run, "RunPodSandbox"), 2, "{path}: a new sandbox");
        assert!(runs(&run), "{path}");

        let docker = DockerOptions { live_restore: true, ..DockerOptions::default() };
        let live = Scenario { docker, ..scenario(steps) };
        let run = simulate(&live, path, 0);
        assert_eq!(count(&run, "RunPodSandbox"), 1, "{path}: the same sandbox");
        assert_eq!(count(&run, "StartContainer"), 1, "{path}: the same container");
    }
}

#[test]
fn containers_outlive_a_crash_of_containerd_and_of_cri_o() {
    for path in [RuntimePath::Containerd, RuntimePath::CriO] {
        let steps = vec![(12, deed(Daemon::Runtime, Deed::Crash)), end(60)];
        let run = simulate(&scenario(steps), path, 0);
        let refused = errors(&run, "ListPodSandbox");
        assert!(refused.iter().any(|error| error.contains("connection refused")), "{refused:?}");
        assert_eq!(count(&run, "StartContainer"), 1, "{path}");
        assert!(run.last.runtime_up && runs(&run), "{path}");
    }
}

#[test]
fn a_stopped_runtime_stays_away_and_the_sync_loop_pauses() {
    for path in RuntimePath::ALL {
        let steps = vec![(12, deed(Daemon::Runtime, Deed::Stop)), end(90)];
        let run = simulate(&scenario(steps), path, 0);
        assert!(!run.last.runtime_up, "{path}");
        assert!(logged(&run, "skipping pod synchronization"), "{path}");
        let back = vec![
            (12, deed(Daemon::Runtime, Deed::Stop)),
            (70, deed(Daemon::Runtime, Deed::Start)),
            end(140),
        ];
        let run = simulate(&scenario(back), path, 0);
        assert!(run.last.runtime_up && runs(&run), "{path}");
    }
}

#[test]
fn cri_dockerd_goes_without_its_containers() {
    let steps = vec![(12, deed(Daemon::CriDockerd, Deed::Crash)), end(40)];
    let run = simulate(&scenario(steps), RuntimePath::CriDockerd, 0);
    assert!(errors(&run, "ListPodSandbox").iter().any(|e| e.contains("cri-dockerd.sock")));
    assert_eq!(count(&run, "StartContainer"), 1);
    assert!(run.last.around.cri_dockerd_up && runs(&run));
}

#[test]
fn without_its_containerd_docker_starts_nothing_and_lists_everything() {
    for path in DOCKER {
        let stop = deed(Daemon::Containerd, Deed::Stop);
        let kill = Action::KillContainer { container: "main".into() };
        let steps = vec![
            (1, Action::Apply { pod: "simple".into() }),
            (12, kill),
            (12, stop.clone()),
            (40, deed(Daemon::Containerd, Deed::Start)),
            end(90),
        ];
        let run = simulate(&scenario(steps), path, 0);
        assert!(errors(&run, "ListContainers").is_empty(), "{path}: lists from memory");
        assert!(run.last.around.containerd_up && runs(&run), "{path}");

        let before = vec![(0, stop), end(20)];
        let mut early = scenario(before);
        early.steps.swap(0, 1);
        let run = simulate(&early, path, 0);
        let refused = errors(&run, "RunPodSandbox");
        assert!(refused[0].starts_with("failed to start sandbox container"), "{refused:?}");
        assert!(refused[0].contains("/run/containerd/containerd.sock"), "{refused:?}");

        let own = DockerOptions { own_containerd: true, ..DockerOptions::default() };
        let run = simulate(&Scenario { docker: own, ..early }, path, 0);
        assert!(run.last.around.containerd_up && runs(&run), "{path}: dockerd brings it back");
    }
}

#[test]
fn a_pod_applied_while_the_kubelet_is_away_is_there_when_it_returns() {
    for path in RuntimePath::ALL {
        let mut late = scenario(vec![
            (0, deed(Daemon::Kubelet, Deed::Stop)),
            (5, deed(Daemon::Kubelet, Deed::Start)),
            end(40),
        ]);
        late.steps.swap(0, 1);
        assert!(runs(&simulate(&late, path, 0)), "{path}");
    }
}

#[test]
fn an_oom_kill_is_told_as_such_and_the_container_is_made_anew() {
    for path in RuntimePath::ALL {
        let kill = Action::OomKill { container: "main".into() };
        let run = simulate(&scenario(vec![(12, kill), end(50)]), path, 0);
        let killed = run.last.containers.values().find(|c| c.state == RunState::Exited);
        let killed = killed.expect("the dead container is kept");
        assert!(killed.out_of_memory && killed.exit_code == 137, "{path}");
        assert_eq!(count(&run, "StartContainer"), 2, "{path}");
    }
}

#[test]
fn a_registry_that_is_away_is_tried_with_back_off() {
    for (registry, words) in [(Registry::Down, "refused"), (Registry::Unavailable, "503")] {
        for path in RuntimePath::ALL {
            let mut away = scenario(vec![
                (0, Action::SetRegistry(registry)),
                (40, Action::SetRegistry(Registry::Up)),
                end(120),
            ]);
            away.steps.swap(0, 1);
            let run = simulate(&away, path, 0);
            let said = errors(&run, "PullImage");
            assert!((2..=4).contains(&said.len()), "{path}: {said:?}");
            assert!(said.iter().all(|error| error.contains(words)), "{path}: {said:?}");
            assert!(runs(&run), "{path}");
        }
    }
}

#[test]
fn only_a_docker_shim_gives_up_a_pull_that_stalls() {
    for path in RuntimePath::ALL {
        let mut stalled = scenario(vec![(0, Action::SetRegistry(Registry::Stalled)), end(100)]);
        stalled.steps.swap(0, 1);
        let run = simulate(&stalled, path, 0);
        let said = errors(&run, "PullImage");
        if path.has_docker() {
            assert_eq!(said, ["context canceled"], "{path}");
            let pull = calls(&run, "PullImage").next().expect("it was tried");
            let took = pull.end.since(pull.at).as_micros() / 1_000_000;
            assert!((70..72).contains(&took), "{path}: {took} s");
        } else {
            assert!(said.is_empty() && count(&run, "PullImage") == 0, "{path}: still on its way");
        }
    }
}

#[test]
fn no_sandbox_is_made_while_there_is_no_cni_configuration() {
    for path in RuntimePath::ALL {
        let steps = vec![(20, Action::SetCni { present: true }), end(60)];
        let without = Scenario { without_cni: true, ..scenario(steps) };
        let run = simulate(&without, path, 0);
        let base = run.marks.iter().find(|mark| mark.word == "restore-cni").expect("it was").at;
        assert!(calls(&run, "RunPodSandbox").all(|call| call.at > base), "{path}");
        assert!(logged(&run, "NetworkReady=false reason:NetworkPluginNotReady"), "{path}");
        assert!(runs(&run), "{path}");
    }
}

#[test]
fn a_cni_configuration_that_goes_is_missed_only_by_who_watches() {
    for path in RuntimePath::ALL {
        let steps = vec![(12, Action::SetCni { present: false }), end(40)];
        let run = simulate(&scenario(steps), path, 0);
        assert_eq!(run.last.around.network_ready, path.has_docker(), "{path}");
        assert!(runs(&run), "{path}: what runs goes on");
    }
}

#[test]
fn a_full_disk_costs_unused_images_and_an_unprotected_pause_image() {
    let unused = "127.0.0.1:5000/library/unused:1";
    for path in RuntimePath::ALL {
        let mut full = scenario(vec![(12, Action::FillDisk { percent: 90 }), end(60)]);
        full.disk.images.insert(unused.into(), 3_000);
        let run = simulate(&full, path, 0);
        let removed = |call: &CallRecord| match call.request {
            Request::RemoveImage(image) => Some(run.catalog.image_name(image).to_owned()),
            _ => None,
        };
        let removed: Vec<_> = run.calls.iter().filter_map(removed).collect();
        assert!(removed.contains(&unused.to_owned()), "{path}: {removed:?}");
        assert!(!removed.contains(&IMAGE.to_owned()), "{path}: it is used");
        let pause = removed.iter().any(|name| name.contains("pause"));
        assert_eq!(pause, path == RuntimePath::Containerd, "{path}: {removed:?}");
        assert!(runs(&run), "{path}: what runs goes on");
    }
}

#[test]
fn a_disk_just_over_the_threshold_is_freed_down_to_the_lower_one() {
    let mut full = scenario(vec![(12, Action::FillDisk { percent: 85 }), end(700)]);
    for (name, mib) in [("a:1", 700), ("b:1", 700), ("c:1", 700)] {
        full.disk.images.insert(format!("127.0.0.1:5000/library/{name}"), mib);
    }
    let run = simulate(&full, RuntimePath::Dockershim, 0);
    // 5 % of 20 480 MiB are 1 024 MiB: two of the three.
    assert_eq!(count(&run, "RemoveImage"), 2);
    assert!(logged(&run, "over the high threshold (85%)"));
}

#[test]
fn a_pause_image_that_is_gone_is_pulled_or_missed() {
    for path in [RuntimePath::Dockershim, RuntimePath::CriDockerd, RuntimePath::Containerd] {
        let remove = Action::RemoveImage { image: String::new() };
        let mut gone = scenario(vec![(0, remove), end(30)]);
        gone.steps.swap(0, 1);
        let run = simulate(&gone, path, 0);
        assert!(run.last.around.pause_image && runs(&run), "{path}: pulled");
        let down = Step { at: Duration::ZERO, action: Action::SetRegistry(Registry::Down) };
        gone.steps.insert(0, down);
        let run = simulate(&gone, path, 0);
        let said = errors(&run, "RunPodSandbox");
        assert!(said.iter().all(|e| e.contains("pause:3.2") && e.contains("refused")), "{said:?}");
        assert!(!said.is_empty() && !runs(&run), "{path}");
    }
}

#[test]
fn cgroup_drivers_that_differ_fail_where_each_runtime_looks() {
    for (path, words) in [
        (RuntimePath::CriDockerd, "cgroup-parent for systemd cgroup should be a valid slice"),
        (RuntimePath::Containerd, "expected cgroupsPath to be of format"),
        (RuntimePath::CriO, "did not receive slice as parent: /kubepods/besteffort/pod"),
    ] {
        let node = Profile { runtime_driver: CgroupDriver::Systemd, ..Profile::default() };
        let run = simulate(&Scenario { node, ..scenario(vec![end(20)]) }, path, 0);
        let said = errors(&run, "RunPodSandbox");
        assert!(said.iter().all(|error| error.contains(words)), "{path}: {said:?}");
        assert!(!said.is_empty() && run.last.containers.is_empty(), "{path}");
    }
}

#[test]
fn what_is_injected_into_a_copy_does_not_reach_the_original() {
    let options = Options { path: RuntimePath::Dockershim, seed: 3, keep: true };
    let mut cursor = Simulation::new(Arc::new(scenario(vec![end(60)])), options);
    cursor.run_until(Instant::from_micros(30_000_000));
    let mut what_if = cursor.clone();
    what_if.inject(&deed(Daemon::Kubelet, Deed::Crash));
    what_if.inject(&deed(Daemon::Kubelet, Deed::Crash));
    let (original, what_if) = (cursor.finish(), what_if.finish());
    assert!(original.marks.iter().all(|mark| mark.word != "stop"));
    assert_eq!(what_if.marks.iter().filter(|mark| mark.word == "stop").count(), 1);
    assert!(what_if.last.kubelet_up, "systemd brings it back after 10 s");
}

#[test]
fn every_run_says_what_it_rests_on() {
    let everything = [
        deed(Daemon::Kubelet, Deed::Stop),
        deed(Daemon::Kubelet, Deed::Start),
        deed(Daemon::Runtime, Deed::Crash),
        deed(Daemon::Runtime, Deed::Start),
        deed(Daemon::Dockerd, Deed::Stop),
        deed(Daemon::Containerd, Deed::Stop),
        deed(Daemon::Containerd, Deed::Start),
        deed(Daemon::Containerd, Deed::Crash),
        deed(Daemon::CriDockerd, Deed::Stop),
        deed(Daemon::CriDockerd, Deed::Start),
        deed(Daemon::CriDockerd, Deed::Crash),
        deed(Daemon::CriO, Deed::Crash),
        Action::OomKill { container: "main".into() },
        Action::KillSandbox { pod: "simple".into() },
        Action::SetRegistry(Registry::Down),
        Action::SetRegistry(Registry::Unavailable),
        Action::SetRegistry(Registry::Stalled),
        Action::SetRegistry(Registry::Up),
        Action::SetCni { present: false },
        Action::SetCni { present: true },
        Action::RemoveImage { image: IMAGE.into() },
        Action::DockerBuild { image: IMAGE.into() },
        Action::ImportImage { image: IMAGE.into() },
        Action::KubeadmUpgrade,
        Action::Annotate,
        Action::FillDisk { percent: 90 },
    ];
    let steps = everything.into_iter().chain([Action::End]).zip((1..).map(|i| i * 40));
    let steps: Vec<_> = steps.map(|(action, at)| (at, action)).collect();
    for path in RuntimePath::ALL {
        let mut all = scenario(steps.clone());
        all.registry_lacks = vec!["127.0.0.1:5000/library/nothing:1".into()];
        all.without_cni = true;
        all.stale_annotation = true;
        let run = simulate(&all, path, 0);
        for word in run.premises.iter().copied().chain(run.marks.iter().map(|mark| mark.word)) {
            assert!(grounds::behaviour(word, path).is_some(), "`{word}` on {path} has no ground");
        }
        assert!(grounds::weakest(&run) > Basis::Recorded, "{path}");
    }
    for row in grounds::behaviours() {
        assert!(!row.source.is_empty() && !row.what.zh.is_empty(), "{}", row.id);
    }
}

#[test]
fn a_pod_unlike_the_recorded_ones_rests_on_source() {
    let edits: [fn(&mut Pod); 4] = [
        |pod| pod.spec.share_process_namespace = true,
        |pod| pod.spec.priority = Some(5),
        |pod| drop(pod.spec.node_selector.insert("kubernetes.io/os".into(), "linux".into())),
        |pod| {
            let requests = &mut pod.spec.containers[0].resources.requests;
            requests.insert("ephemeral-storage".into(), "1Gi".parse().expect("a quantity"));
        },
    ];
    for (edit, path) in edits.into_iter().zip(RuntimePath::ALL) {
        let mut other = scenario(vec![end(20)]);
        edit(other.pods.get_mut("simple").expect("it is there"));
        let run = simulate(&other, path, 0);
        assert_eq!(grounds::weakest(&run), Basis::Source, "{path}");
        assert!(run.premises.contains(&"pod-fields"), "{path}");
    }
}

#[test]
fn only_what_was_recorded_is_called_recorded() {
    let run = simulate(&scenario(vec![end(20)]), RuntimePath::Containerd, 0);
    assert_eq!(grounds::weakest(&run), Basis::Recorded);
    let node = Profile { kubelet: "1.30".parse().expect("a version"), ..Profile::default() };
    let newer = Scenario { node, ..scenario(vec![end(20)]) };
    let run = simulate(&newer, RuntimePath::Containerd, 0);
    assert_eq!(grounds::weakest(&run), Basis::Documents);
    let ids: Vec<_> = grounds::grounds(&run).iter().map(|ground| ground.id).collect();
    assert!(ids.contains(&"calls-assumed") && ids.contains(&"cri-v1-only"), "{ids:?}");
}

#[test]
fn a_kubelet_whose_runtime_is_down_exits_until_it_is_back() {
    for path in RuntimePath::ALL {
        let steps = vec![
            (12, deed(Daemon::Kubelet, Deed::Stop)),
            (14, deed(Daemon::Runtime, Deed::Stop)),
            (90, deed(Daemon::Kubelet, Deed::Start)),
        ];
        let down = [steps.clone(), vec![end(130)]].concat();
        let run = simulate(&scenario(down), path, 0);
        assert!(!run.last.kubelet_up, "{path}: it is not there between two attempts");
        let exits = run.node_log.iter().filter(|line| line.text.contains("failed to run Kubelet"));
        assert!(exits.count() >= 3, "{path}: systemd starts it again and again");
        let up = vec![(130, deed(Daemon::Runtime, Deed::Start)), end(240)];
        let run = simulate(&scenario([steps, up].concat()), path, 0);
        assert!(run.last.kubelet_up && runs(&run), "{path}");
    }
}

#[test]
fn a_daemon_that_stops_is_seen_until_it_has_ended() {
    for (path, leaves) in [(RuntimePath::Containerd, 400), (RuntimePath::CriO, 60_000)] {
        let run =
            simulate(&scenario(vec![(12, deed(Daemon::Runtime, Deed::Stop)), end(99)]), path, 0);
        let stop = run.marks.iter().find(|mark| mark.word == "stop-runtime").expect("it stops");
        let seen = |after| {
            let moment = run.moment(stop.at + Duration::from_millis(after));
            let of_runtime = |role| matches!(role, Role::Containerd | Role::Crio);
            let listens = moment.node.runtime_up;
            (moment.processes().iter().any(|process| of_runtime(process.role)), listens)
        };
        assert_eq!(seen(leaves), (true, false), "{path}: it is on its way out");
        assert_eq!(seen(70_000), (false, false), "{path}: it is gone");
    }
}
