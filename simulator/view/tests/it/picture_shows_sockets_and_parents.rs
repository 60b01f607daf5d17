//! The picture names each socket that a hop goes through and shows whose child each process is, as
//! the node's own process tree had it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use simulator_model::RuntimePath;
use simulator_model::store::{NODE_FILE, folder, read_gzip};
use simulator_view::scene::{Options, Scene};
use simulator_view::{Actor, Lang, Run, Wire, detail, picture};

use crate::{all, run, store};

fn svg(run: &Run, lang: Lang) -> String {
    let scene = Scene::new(&[run], Options { width: 860, polls: false, only: None });
    picture::svg("kin", &scene, &[run], lang)
}

#[test]
fn each_socket_of_a_hop_is_on_the_edge_of_the_lane_it_leads_into() {
    let mut named = BTreeSet::new();
    for run in all() {
        let svg = svg(&run, Lang::En);
        for hop in run.steps.iter().flat_map(|step| &step.hops) {
            let Some(socket) = detail::socket(run.path(), hop) else { continue };
            assert!(svg.contains(&format!("<title>{socket}</title></text>")), "{socket}");
            assert_eq!(hop.to.socket(run.path()), Some(socket));
            assert!(run.lanes().contains(&hop.to));
            named.insert((run.path(), socket));
        }
    }
    // And no other is named: each that a lane has is used by some hop.
    for path in RuntimePath::ALL {
        for socket in Actor::lanes(path).iter().filter_map(|actor| actor.socket(path)) {
            assert!(named.contains(&(path, socket)), "{path}: nothing goes through {socket}");
        }
    }
}

#[test]
fn parents_are_those_of_the_recorded_process_trees() {
    for path in RuntimePath::ALL {
        let mut seen = BTreeSet::new();
        for scenario in store().scenarios_on(path) {
            let file = folder().join(path.name()).join(&scenario).join(NODE_FILE);
            let text = read_gzip(&file).unwrap_or_else(|_| "{}".to_owned());
            let node: BTreeMap<String, Value> = serde_json::from_str(&text).expect("it is JSON");
            for tree in node.values().filter_map(|moment| moment["processes"].as_array()) {
                for process in tree {
                    let Some(actor) = actor(process, tree) else { continue };
                    let parent = parent(process, tree);
                    assert_eq!(parent, actor.parent(path), "{path}/{scenario}: {process}");
                    seen.insert(actor);
                }
            }
        }
        // All lanes but those of what is no process, and of what is gone in a moment.
        let lanes = Actor::lanes(path).iter().copied();
        let lasting = lanes.filter(|actor| !matches!(actor, Actor::Dockershim | Actor::Runc));
        assert_eq!(seen, lasting.collect(), "{path}");
    }
}

/// Whose process it is; a container's is what is none of the node's own, and what such a program
/// starts in turn is nobody's.
fn actor(process: &Value, tree: &[Value]) -> Option<Actor> {
    own(process).or_else(|| {
        let started = over(process, tree).is_some_and(|parent| own(parent).is_none());
        (!started).then_some(Actor::Container)
    })
}

fn own(process: &Value) -> Option<Actor> {
    let args = process["args"].as_str().expect("a command line");
    match args.split(' ').next()?.rsplit('/').next()? {
        "kubelet" => Some(Actor::Kubelet),
        "cri-dockerd" => Some(Actor::CriDockerd),
        "dockerd" => Some(Actor::Dockerd),
        "containerd" => Some(Actor::Containerd),
        "crio" => Some(Actor::CriO),
        "containerd-shim-runc-v2" => Some(Actor::Shim),
        "conmon" => Some(Actor::Conmon),
        _ => None,
    }
}

fn over<'a>(process: &Value, tree: &'a [Value]) -> Option<&'a Value> {
    tree.iter().find(|other| other["process"] == process["parent"])
}

/// Whose child it is in a process tree; 1 is the first process of the node.
fn parent(process: &Value, tree: &[Value]) -> Option<Actor> {
    if process["parent"] == 1 {
        return Some(Actor::Init);
    }
    over(process, tree).and_then(own)
}

#[test]
fn runc_is_the_child_of_who_runs_it() {
    for run in all() {
        for hop in run.steps.iter().flat_map(|step| &step.hops) {
            if hop.to == Actor::Runc && hop.wire == Wire::Exec {
                match Actor::Runc.parent(run.path()) {
                    Some(parent) => assert_eq!(parent, hop.from),
                    None => assert!(matches!(hop.from, Actor::Conmon | Actor::CriO)),
                }
            }
        }
    }
}

#[test]
fn a_line_leads_from_each_process_up_to_its_parent() {
    for run in all() {
        let scene = Scene::new(&[&run], Options { width: 860, polls: false, only: None });
        let part = &scene.runs[0];
        let svg = picture::svg("kin", &scene, &[&run], Lang::En);
        let (_, lines) = svg.split_once("<path class=\"kin\" d=\"M").expect("there are lines");
        let lines = lines.split('"').next().unwrap_or_default().split('M');
        // Where each begins and ends, from above.
        let mut drawn: Vec<(i32, i32)> = lines
            .map(|line| {
                let mut numbers = line.split([' ', 'V', 'h']).map(str::parse::<i32>);
                let mut next = || numbers.next().and_then(Result::ok).expect("a number");
                let (_x, from, to) = (next(), next(), next());
                (from, to)
            })
            .collect();
        for lane in &part.lanes {
            let Some(parent) = lane.actor.parent(run.path()) else { continue };
            let (from, to) = drawn.remove(0);
            assert!(lane.y < to && to < lane.y + lane.height, "{:?}", lane.actor);
            match parent {
                Actor::Init => assert_eq!(from, part.lanes[0].y),
                parent => {
                    let above = part.lane(parent).expect("it has a lane");
                    assert!(above.y < from && from <= above.y + above.height, "{:?}", lane.actor);
                }
            }
        }
        assert_eq!(drawn, []);
    }
}

#[test]
fn those_who_do_not_see_it_are_told_the_same() {
    let told = |path, lang| {
        let svg = svg(&run(path, "simple"), lang);
        let (_, told) = svg.split_once("<desc id=\"kin-d\">").expect("it is described");
        told.split("</desc>").next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        told(RuntimePath::Dockershim, Lang::En),
        "dockershim: kubelet, child of PID 1; dockershim, over /var/run/dockershim.sock; dockerd, \
         over /var/run/docker.sock, child of PID 1; containerd, over \
         /run/containerd/containerd.sock, child of PID 1; shim, over /run/containerd/s/…, child of \
         PID 1; runc, child of shim; container, child of shim. "
    );
    assert_eq!(
        told(RuntimePath::CriO, Lang::En),
        "CRI-O: kubelet, child of PID 1; CRI-O, over /var/run/crio/crio.sock, child of PID 1; \
         conmon, child of PID 1; runc; container, child of conmon. "
    );
    assert_eq!(
        told(RuntimePath::CriO, Lang::ZhCn),
        "CRI-O：kubelet，父进程 PID 1；CRI-O，经 /var/run/crio/crio.sock，父进程 PID 1；\
         conmon，父进程 PID 1；runc；容器，父进程 conmon。"
    );
}
