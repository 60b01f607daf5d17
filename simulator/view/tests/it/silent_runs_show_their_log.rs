//! Where nothing is called, the lines of the node's log are the steps.

use simulator_model::recording::Mark;
use simulator_model::{Recording, RuntimePath};
use simulator_view::axis::Axis;
use simulator_view::caption::caption;
use simulator_view::scene::{Options, Scene};
use simulator_view::{Lang, Phase, Run, picture};

const ERROR: &str = "kubelet: Error: unknown flag: --network-plugin";
const EXIT: &str = "systemd: kubelet.service: Main process exited, status=1/FAILURE";

fn silent() -> Run {
    let recording = Recording {
        scenario: "silent".to_owned(),
        path: RuntimePath::Dockershim,
        marks: vec![Mark { mark: "apply".to_owned(), at_us: 5_000_000 }],
        calls: Vec::new(),
        outside_cri: Vec::new(),
        runc: Vec::new(),
    };
    let lines = [3_000_000, 13_000_000, 23_000_000].into_iter();
    Run::logged(
        recording,
        lines.flat_map(|at_us| [(at_us, ERROR.to_owned()), (at_us, EXIT.to_owned())]),
    )
}

#[test]
fn each_line_after_the_pod_is_a_step() {
    let run = silent();
    let logged: Vec<_> = run.acting().filter(|(_, step)| step.phase == Phase::Log).collect();
    assert_eq!(logged.len(), 4, "two of six lines are from before the pod");
    let (_, first) = logged[0];
    assert_eq!(first.name(&run), ERROR);
    assert_eq!(caption(&run, first, Lang::En), format!("The log says: `{ERROR}`"));
    assert!(caption(&run, first, Lang::ZhCn).contains(ERROR));
    assert!(first.hops.is_empty(), "nobody is called");
    assert_eq!(first.failure(&run), None);
    assert!(logged[1].1.failure(&run).is_some(), "systemd calls it a failure");
}

#[test]
fn the_clock_reaches_the_last_line() {
    let run = silent();
    let axis = Axis::new([&run], 0, 1000);
    assert!(axis.end_us() >= 18_000_000, "it ends at {} µs", axis.end_us());
    assert_eq!(axis.segments.len(), 3, "the pod, and two attempts");
}

#[test]
fn ticks_before_the_pod_have_their_sign_in_front() {
    let run = silent();
    let svg = picture::svg(
        "it",
        &Scene::new(&[&run], Options { width: 300, polls: false, only: Some((0, 0)) }),
        &[&run],
        Lang::En,
    );
    assert!(svg.contains(">−0.0"), "no tick before the pod");
    assert!(!svg.contains(".-"), "a sign stands behind the point");
}
