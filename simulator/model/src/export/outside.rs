//! Calls to Docker Engine that belong to no call of the CRI: a shim that starts, and what
//! cri-dockerd asks side by side to say what containers use.

use serde_json::{Value, json};

use crate::RuntimePath;
use crate::call::Request;
use crate::clock::{Duration, Instant};
use crate::identity::ContainerId;
use crate::node::{Around, Change};
use crate::run::Run;

/// How long Docker Engine takes to say what it is and how it is.
const INFO: Duration = Duration::from_millis(45);
/// When cri-dockerd starts, of which a recording is told first; measured.
pub(super) const BEFORE_THE_KUBELET: Instant = Instant::from_micros(-3_600_000);
/// The shim itself, between two requests.
const BETWEEN: Duration = Duration::from_micros(400);
/// A look at one container or image.
const LOOK: Duration = Duration::from_micros(700);

/// The lines, with their instants.
pub(super) fn lines(run: &Run) -> Vec<(Instant, Value)> {
    let mut teller = Teller { run, now: Instant::ZERO, lines: Vec::new() };
    if run.path == RuntimePath::CriDockerd {
        teller.cri_dockerd_starts(BEFORE_THE_KUBELET);
    }
    for (at, change) in &run.changes {
        match (run.path, change) {
            (RuntimePath::Dockershim, Change::Kubelet { up: true }) => teller.kubelet_starts(*at),
            (RuntimePath::CriDockerd, Change::Around(Around::CriDockerd { up: true })) => {
                teller.cri_dockerd_starts(*at);
            }
            _ => {}
        }
    }
    let asks = |call: &&crate::run::CallRecord| call.request == Request::ListContainerStats;
    let stats = run.calls.iter().filter(asks).filter(|call| call.outcome.is_ok());
    for call in stats.filter(|_| run.path == RuntimePath::CriDockerd) {
        let listed = run.state_at(call.at).containers;
        for container in listed.into_keys() {
            teller.container_stats(call.at, container);
        }
    }
    teller.lines
}

/// Tells the requests, one after the other.
struct Teller<'a> {
    run: &'a Run,
    now: Instant,
    lines: Vec<(Instant, Value)>,
}

impl Teller<'_> {
    fn ask(&mut self, method: &str, path: &str, query: Option<Value>, took: Duration) {
        let mut line = json!({"at_us": self.now.as_micros(), "method": method, "path": path});
        if let Some(query) = query {
            line["query"] = query;
        }
        line["dur_us"] = json!(took.as_micros());
        line["status"] = json!(200);
        self.lines.push((self.now, json!({"outside_cri": line})));
        self.now += took + BETWEEN;
    }

    fn get(&mut self, path: &str, took: Duration) {
        let version = if self.run.path == RuntimePath::Dockershim { "v1.40" } else { "v1.41" };
        self.ask("GET", &format!("/{version}{path}"), None, took);
    }

    /// The client finds out what API is spoken; the shim sees whether Docker is new enough, and
    /// which cgroup driver it has (k8s 1.20.2, `pkg/kubelet/dockershim/docker_service.go`,
    /// `NewDockerService`).
    fn shim_starts(&mut self, at: Instant) {
        self.now = at;
        self.ask("HEAD", "/_ping", None, LOOK);
        self.get("/version", INFO);
        self.get("/info", INFO);
    }

    /// cAdvisor, in the same process, asks two things at once as well (cAdvisor, container/docker/docker.go, `Status`
    /// and `Info`).
    fn kubelet_starts(&mut self, at: Instant) {
        self.shim_starts(at);
        let together = self.now;
        self.get("/version", INFO);
        self.now = together;
        self.get("/info", INFO);
    }

    /// cri-dockerd 0.3.1 asks for the version once more (`core/docker_service.go`).
    fn cri_dockerd_starts(&mut self, at: Instant) {
        self.shim_starts(at);
        self.get("/version", INFO);
    }

    /// What a container uses (cri-dockerd 0.3.1, `core/stats_linux.go`, `getContainerStats`).
    fn container_stats(&mut self, at: Instant, id: ContainerId) {
        let catalog = &self.run.catalog;
        let path = format!("/v1.41/containers/{}", catalog.container_name(id));
        let image = catalog.image_id_name(catalog.container(id).image);
        self.now = at + LOOK;
        self.get("/info", INFO);
        let once = json!({"one-shot": "1", "stream": "0"});
        self.ask("GET", &format!("{path}/stats"), Some(once), LOOK);
        self.ask("GET", &format!("{path}/json"), Some(json!({"size": "1"})), LOOK);
        self.ask("GET", &format!("{path}/json"), None, LOOK);
        self.ask("GET", &format!("/v1.41/images/{image}/json"), None, LOOK);
    }
}
