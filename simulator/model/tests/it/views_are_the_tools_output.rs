//! Views print what the tools print: their columns, their errors, and nothing where there is
//! nothing.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod scenarios;

use expect_test::{Expect, expect};
use scenarios::{broken, restarted, small};
use simulator_model::clock::{Duration, Instant};
use simulator_model::scenario::Scenario;
use simulator_model::views::{UnknownView, View, render};
use simulator_model::{RuntimePath, simulate};

/// What a view prints so many ms after a mark.
fn shown(scenario: &Scenario, path: RuntimePath, (mark, ms): (&str, i64), view: View) -> String {
    let run = simulate(scenario, path, 0);
    let mark = run.marks.iter().find(|found| found.word == mark).expect("the mark");
    let at = mark.at + Duration::from_millis(ms);
    render(view, &run.moment(at))
}

/// So much of each line is shown here.
const WIDTH: usize = 86;

fn check(path: RuntimePath, view: View, expected: &Expect) {
    let text = shown(&small(), path, ("apply", 10_000), view);
    // Cut to fit this page, and fenced to keep the blanks in front.
    let cut = |line: &str| line.chars().take(WIDTH).collect::<String>();
    let lines = text.lines().map(|line| format!("| {}\n", cut(line)));
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn docker_finds_nothing_where_the_kubelet_does_not_use_it() {
    let empty = "CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n";
    for path in [RuntimePath::Containerd, RuntimePath::CriO] {
        for view in [View::DockerPs, View::DockerPsAll] {
            assert_eq!(shown(&small(), path, ("apply", 10_000), view), empty, "{path}");
        }
    }
}

#[test]
fn each_container_that_runc_made_has_its_specification() {
    for path in RuntimePath::ALL {
        let text = shown(&small(), path, ("apply", 10_000), View::Oci);
        let files = text.lines().filter(|line| line.ends_with("/config.json")).count();
        // CRI-O starts no pause container where nothing needs one.
        let expected = if path == RuntimePath::CriO { 1 } else { 2 };
        assert_eq!(files, expected, "{path}");
        assert!(!text.contains("container:"), "{path}: names stand where IDs should");
        assert!(text.contains("\"cgroupsPath\""), "{path}");
    }
}

#[test]
fn ctr_finds_containers_only_in_the_namespace_of_their_owner() {
    let lines = |path, view| shown(&small(), path, ("apply", 10_000), view).lines().count();
    let found = |path| (lines(path, View::CtrMoby) - 1, lines(path, View::CtrK8s) - 1);
    assert_eq!(found(RuntimePath::Dockershim), (2, 0));
    assert_eq!(found(RuntimePath::CriDockerd), (2, 0));
    assert_eq!(found(RuntimePath::Containerd), (0, 2));
    assert_eq!(found(RuntimePath::CriO), (0, 0));
    assert_eq!(lines(RuntimePath::CriO, View::Namespaces), 1);
}

#[test]
fn docker_lists_pause_containers_too() {
    check(
        RuntimePath::Dockershim,
        View::DockerPs,
        &expect![[r#"
            | CONTAINER ID   IMAGE                  COMMAND        CREATED         STATUS         PO
            | 3beb57ed7194   registry.example/app   "sleep 3600"   9 seconds ago   Up 8 seconds     
            | 95dd8e3e2f50   k8s.gcr.io/pause:3.2   "/pause"       9 seconds ago   Up 9 seconds     
        "#]],
    );
}

#[test]
fn crictl_tells_pods_from_containers() {
    check(
        RuntimePath::Containerd,
        View::CrictlPs,
        &expect![[r#"
            | CONTAINER           IMAGE               CREATED             STATE               NAME  
            | 3beb57ed71940       3c40e4399fa6a       9 seconds ago       Running             main  
        "#]],
    );
    check(
        RuntimePath::Containerd,
        View::CrictlPods,
        &expect![[r#"
            | POD ID              CREATED             STATE               NAME                NAMESP
            | 95dd8e3e2f50c       9 seconds ago       Ready               app-node1           defaul
        "#]],
    );
}

#[test]
fn images_are_named_by_repository_and_tag() {
    check(
        RuntimePath::Dockershim,
        View::DockerImages,
        &expect![[r#"
            | REPOSITORY             TAG       IMAGE ID       CREATED             SIZE
            | k8s.gcr.io/pause       3.2       43939fc188f3   About an hour ago   683kB
            | registry.example/app   1         3c40e4399fa6   About an hour ago   1.98MB
        "#]],
    );
    check(
        RuntimePath::CriO,
        View::Images,
        &expect![[r#"
            | IMAGE                  TAG                 IMAGE ID            SIZE
            | 127.0.0.1:5000/pause   3.2                 bf385692c2334       688kB
            | registry.example/app   1                   3c40e4399fa6a       2.13MB
        "#]],
    );
}

#[test]
fn a_pod_has_one_shim_with_containerd_and_two_with_docker() {
    check(
        RuntimePath::Dockershim,
        View::Ps,
        &expect![[r#"
            |     PID COMMAND
            |       1 init
            |     611  \_ containerd
            |     634  \_ dockerd
            |     702  \_ kubelet --config=/lab/kubelet.yaml --hostname-override=node1 --v=4 --node-
            |    1030  \_ /usr/bin/containerd-shim-runc-v2 -namespace moby -id 95dd8e3e2f50c97524771
            |    1050  |   \_ /pause
            |    1080  \_ /usr/bin/containerd-shim-runc-v2 -namespace moby -id 3beb57ed7194013effe7f
            |    1100      \_ sleep 3600
        "#]],
    );
    check(
        RuntimePath::Containerd,
        View::Ps,
        &expect![[r#"
            |     PID COMMAND
            |       1 init
            |     611  \_ containerd
            |     702  \_ kubelet --config=/lab/kubelet.yaml --hostname-override=node1 --v=4 --node-
            |    1030  \_ /usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id 95dd8e3e2f50c975247
            |    1050      \_ /pause
            |    1100      \_ sleep 3600
        "#]],
    );
}

#[test]
fn a_crash_shows_as_error_then_as_back_off() {
    let status = |ms| {
        let text = shown(&broken(), RuntimePath::Containerd, ("apply", ms), View::KubectlPod);
        let row = text.lines().nth(1).expect("one pod").to_owned();
        row.split_whitespace().nth(3).expect("a status").to_owned()
    };
    let mut seen: Vec<_> = (1..60).map(|second| status(second * 1_000)).collect();
    seen.dedup();
    let order = ["ContainerCreating", "Error", "CrashLoopBackOff"];
    assert_eq!(seen.iter().take(3).collect::<Vec<_>>(), order.iter().collect::<Vec<_>>());
}

#[test]
fn equal_events_are_counted() {
    let text = shown(&broken(), RuntimePath::Containerd, ("apply", 50_000), View::Events);
    let reasons: Vec<_> = text
        .lines()
        .filter_map(|line| {
            ["Pulling", "Created", "Started", "BackOff"].iter().find(|w| line.contains(*w))
        })
        .collect();
    assert_eq!(reasons, [&"Pulling", &"Created", &"Started", &"BackOff"], "{text}");
    assert!(text.contains("(x4 over"), "{text}");
    assert!(text.contains("Back-off restarting failed container"), "{text}");
}

#[test]
fn a_tool_whose_daemon_is_away_says_so() {
    let at = ("stopped", 500);
    let docker = shown(&restarted(), RuntimePath::Dockershim, at, View::DockerPs);
    assert!(docker.starts_with("Cannot connect to the Docker daemon"), "{docker}");
    let crictl = shown(&restarted(), RuntimePath::Containerd, at, View::CrictlPs);
    assert!(crictl.contains("/run/containerd/containerd.sock"), "{crictl}");
    let ctr = shown(&restarted(), RuntimePath::Containerd, at, View::CtrK8s);
    assert!(ctr.starts_with("ctr: failed to dial"), "{ctr}");
}

#[test]
fn the_node_is_not_ready_when_its_runtime_has_been_silent_for_30_s() {
    let status = |ms| {
        let at = ("stop-runtime", ms);
        let text = shown(&restarted(), RuntimePath::CriO, at, View::NodeReady);
        text.lines().nth(1).expect("a condition").split_whitespace().nth(1) == Some("True")
    };
    assert!(status(20_000));
    assert!(!status(40_000));
}

#[test]
fn every_view_can_be_had_at_every_second_on_every_path() {
    for path in RuntimePath::ALL {
        for scenario in [small(), broken(), restarted()] {
            let run = simulate(&scenario, path, 1);
            for second in (0..90).step_by(3) {
                let moment = run.moment(Instant::from_micros(second * 1_000_000));
                for view in View::ALL {
                    let text = render(*view, &moment);
                    assert!(text.ends_with('\n'), "{path} {view} at {second} s: {text}");
                }
            }
        }
    }
}

#[test]
fn an_unknown_view_names_the_known() {
    let error = "pods".parse::<View>().expect_err("no such view");
    assert_eq!(error, UnknownView { name: "pods".into() });
    for view in View::ALL {
        assert!(error.to_string().contains(view.name()));
        assert_eq!(view.name().parse(), Ok(*view));
    }
}
