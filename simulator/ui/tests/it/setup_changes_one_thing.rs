//! A change of the setup changes what it says, and keeps the stage within its bounds.

use simulator_model::RuntimePath;
use simulator_ui::library::Library;
use simulator_ui::setup::{Change, Fault, LANES_MAX, Lane, Setup};
use simulator_view::Lang;

fn plain() -> Setup {
    Setup::new("simple", &[RuntimePath::Dockershim, RuntimePath::Containerd])
}

fn library() -> Library {
    let scenarios = r#"[{"name":"simple","title":{"en":"One pod","zh-CN":"一个 Pod"},"text":"x"},
        {"name":"odd","title":null}, 7, {"title":{}}]"#;
    let recordings = r#"{"simple":{"dockershim":"dockershim/simple.1.json","podman":"p"}}"#;
    Library::read(scenarios, recordings, "/assets/recordings/", Lang::ZhCn)
}

fn fault() -> Fault {
    Fault { at_us: 5, what: "kill-container".to_owned(), to: "main".to_owned() }
}

#[test]
fn the_library_takes_what_it_can_read() {
    let library = library();
    let names: Vec<&str> = library.entries().iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(names, ["一个 Pod", "odd"]);
    let url = library.recording("simple", RuntimePath::Dockershim);
    assert_eq!(url, Some("/assets/recordings/dockershim/simple.1.json"));
    assert_eq!(library.recording("simple", RuntimePath::CriO), None);
    assert_eq!(Library::read("<", "", "", Lang::En), Library::default());
}

#[test]
fn only_what_was_recorded_and_left_alone_is_played_as_recorded() {
    let (setup, library) = (plain(), library());
    let simulated = |setup: &Setup| setup.is_simulated(&setup.lanes[0], &library);
    assert!(!simulated(&setup));
    assert!(setup.is_simulated(&setup.lanes[1], &library), "nothing recorded on containerd");
    let changes = [
        Change::Source(0),
        Change::Seed(3),
        Change::Kubelet(Some("1.22".to_owned())),
        Change::Own("kind: Pod".to_owned()),
        Change::Break { lane: 0, fault: fault(), fork: false },
        Change::Scenario("odd".to_owned()),
    ];
    for change in changes {
        assert!(simulated(&setup.change(&change)), "{change:?}");
    }
}

#[test]
fn a_fork_keeps_the_old_future_beside_the_new() {
    let forked = plain().change(&Change::Break { lane: 0, fault: fault(), fork: true });
    let broken = Lane { faults: vec![fault()], ..Lane::new(RuntimePath::Dockershim) };
    // Both are simulated: up to the break they have one past.
    let old = Lane { simulated: true, ..Lane::new(RuntimePath::Dockershim) };
    assert_eq!(forked.lanes, [old, broken, Lane::new(RuntimePath::Containerd)]);
    let mended = forked.change(&Change::Mend(1));
    assert!(mended.lanes[1].faults.is_empty());
}

#[test]
fn a_scenario_is_shown_where_it_happens() {
    let library = r#"[{"name":"crash","paths":["cri-dockerd","podman"]},{"name":"any"}]"#;
    let library = Library::read(library, "", "", Lang::En);
    let paths = |name: &str| &library.get(name).expect("it is listed").paths;
    let shown = plain().on_one_of(paths("crash"));
    assert_eq!(shown.lanes, [Lane::new(RuntimePath::CriDockerd)]);
    assert_eq!(plain().on_one_of(paths("any")), plain());
    assert_eq!(plain().on_one_of(&[RuntimePath::Containerd, RuntimePath::CriO]), plain());
}

#[test]
fn there_is_always_a_lane_and_never_too_many() {
    let mut setup = plain();
    for _ in 0..9 {
        setup = setup.change(&Change::Drop(0));
    }
    assert_eq!(setup.lanes.len(), 1);
    let path = setup.lanes[0].path;
    assert_eq!(setup.change(&Change::Path(path)), setup, "the last path stays");
    for _ in 0..20 {
        setup = setup.change(&Change::Break { lane: 0, fault: fault(), fork: true });
    }
    assert_eq!(setup.lanes.len(), LANES_MAX);
    for lane in [9, usize::MAX] {
        let nobody = Change::Break { lane, fault: fault(), fork: true };
        for change in [nobody, Change::Source(lane), Change::Mend(lane), Change::Drop(lane)] {
            assert_eq!(setup.change(&change), setup);
        }
    }
}

#[test]
fn paths_come_in_the_order_of_the_book() {
    let all = plain()
        .change(&Change::Path(RuntimePath::CriO))
        .change(&Change::Path(RuntimePath::CriDockerd));
    let paths: Vec<RuntimePath> = all.lanes.iter().map(|lane| lane.path).collect();
    assert_eq!(paths, RuntimePath::ALL);
}
