//! kubeadm goes by the annotation of the node, and says so in the words of its version.

use simulator_model::clock::Duration;
use simulator_model::scenario::{Action, DockerOptions, Scenario};
use simulator_model::versions::Profile;
use simulator_model::views::{View, render};
use simulator_model::{Run, RuntimePath, simulate};

use crate::faults_end_as_upstream::{end, scenario};

/// A node whose annotation still names dockershim's socket; kubeadm comes before and after it is put
/// right.
fn stale(version: &str, removed: bool) -> Scenario {
    let steps = vec![
        (12, Action::KubeadmUpgrade),
        (14, Action::Annotate),
        (16, Action::KubeadmUpgrade),
        end(30),
    ];
    let kubelet = version.parse().expect("a version");
    Scenario {
        stale_annotation: true,
        docker: DockerOptions { removed, ..DockerOptions::default() },
        node: Profile { kubelet, ..Profile::default() },
        ..scenario(steps)
    }
}

/// What kubeadm ended with, each time.
fn ends(run: &Run) -> Vec<String> {
    let said = run.node_log.iter().filter(|line| line.who == "kubeadm");
    let last = |text: &str| text.starts_with("error") || text.starts_with("[upgrade]");
    said.map(|line| line.text.clone()).filter(|text| last(text)).collect()
}

#[test]
fn it_fails_until_the_annotation_is_put_right() {
    for (version, words) in [
        ("1.20", "docker is required for container runtime"),
        ("1.23", "executable file not found in $PATH"),
        ("1.24", "[ERROR ImagePull]: failed to pull image k8s.gcr.io/kube-apiserver:v1.24.0"),
        ("1.30", "connect endpoint 'unix:///var/run/dockershim.sock'"),
        ("1.31", "validate CRI v1 runtime API for endpoint \"unix:///var/run/dockershim.sock\""),
    ] {
        for path in [RuntimePath::Containerd, RuntimePath::CriO] {
            let run = simulate(&stale(version, true), path, 0);
            let ends = ends(&run);
            assert_eq!(ends.len(), 2, "{path} {version}: {ends:?}");
            let preflight = ends[0].starts_with("error execution phase preflight: ");
            assert!(preflight && ends[0].contains(words), "{path} {version}: {ends:?}");
            assert!(ends[1].starts_with("[upgrade]"), "{path} {version}: {ends:?}");
        }
    }
}

/// Before 1.24 the command is enough for kubeadm: the images land in a store that nobody uses.
#[test]
fn the_docker_command_hides_it() {
    let run = simulate(&stale("1.23", false), RuntimePath::Containerd, 0);
    assert!(ends(&run).iter().all(|end| end.starts_with("[upgrade]")), "{:?}", ends(&run));
}

#[test]
fn a_runtime_that_is_down_is_missed_whatever_the_annotation_says() {
    let stop = Action::Daemon {
        who: simulator_model::scenario::Daemon::Runtime,
        deed: simulator_model::scenario::Deed::Stop,
        back: simulator_model::scenario::Return::Never,
    };
    let node = Profile { kubelet: "1.24".parse().expect("a version"), ..Profile::default() };
    let steps = vec![(12, stop), (20, Action::KubeadmUpgrade), end(30)];
    let run = simulate(&Scenario { node, ..scenario(steps) }, RuntimePath::Containerd, 0);
    assert!(ends(&run)[0].contains("unix:///run/containerd/containerd.sock"), "{:?}", ends(&run));
}

#[test]
fn the_kubelet_goes_on_and_the_node_shows_the_annotation() {
    let run = simulate(&stale("1.24", true), RuntimePath::Containerd, 0);
    let right = simulate(
        &Scenario { stale_annotation: false, ..stale("1.24", true) },
        RuntimePath::Containerd,
        0,
    );
    let requests = |run: &Run| run.calls.iter().map(|call| (call.at, call.end)).collect::<Vec<_>>();
    assert_eq!(requests(&run), requests(&right), "no call is other than without it");
    let applied = run.marks.iter().find(|mark| mark.word == "apply").expect("it was").at;
    let at = |seconds, view| render(view, &run.moment(applied + Duration::from_secs(seconds)));
    assert!(at(13, View::NodeReady).contains("KubeletReady"));
    assert!(at(13, View::Annotation).ends_with("cri-socket: /var/run/dockershim.sock\n"));
    let own = "cri-socket: unix:///run/containerd/containerd.sock\n";
    assert!(at(20, View::Annotation).ends_with(own));
    assert!(at(13, View::DockerPs).contains("command not found"));
}
