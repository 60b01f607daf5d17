//! Daemons that are stopped, killed and started.
//!
//! What is done to them is marked in the run; what a unit file of systemd does by itself (bringing
//! a crashed daemon back) follows. Recorded were: SIGTERM to dockerd with and without live-restore,
//! to containerd and to CRI-O, each started again by hand, and the same for the kubelet. Crashes
//! were not recorded; their course is read from source:
//!
//! - **dockerd** (moby 20.10.24, `daemon/daemon.go`, `restore` and `shutdownContainer`): containers
//!   outlive a SIGKILL, for their shims are children of nobody. The next dockerd finds them alive;
//!   with live-restore it takes them over, else it stops each (SIGTERM, 10 s, SIGKILL) before it
//!   answers.
//! - **containerd below dockerd** (moby 20.10.24, `libcontainerd/supervisor/remote_daemon.go`):
//!   running containers go on and lists are answered from dockerd's memory, but nothing can be
//!   started. A containerd that dockerd started itself is started again by it after half a second
//!   and three looks that fail (0.2 s and 0.4 s between them); one of the system's is systemd's
//!   affair.
//! - **containerd, CRI-O** (containerd 1.6.20, `docs/ops.md`; CRI-O 1.23.0): shims and conmons live
//!   on.
//! - **cri-dockerd**: it loses what it remembered of networks, as dockershim does with its kubelet.

use crate::RuntimePath;
use crate::call::Status;
use crate::clock::Duration;
use crate::node::{Around, Change, ExitCause, RunState};
use crate::scenario::{Daemon, Deed, Return};
use crate::simulation::{Event, Simulation};

/// How long Docker Engine waits for a container on its own way out
/// (moby 20.10, daemon/daemon.go, `ShutdownTimeout`).
const ENGINE_GRACE: Duration = Duration::from_secs(10);
/// How long dockerd takes to end when it leaves its containers alone; measured.
const ENGINE_STOP_LIVE: Duration = Duration::from_millis(250);
/// How long dockerd takes to start; measured.
const ENGINE_START: Duration = Duration::from_millis(2_000);
/// How long containerd takes from SIGTERM to its end, and from its start to a socket, with one pod
/// on the node. Both are as recorded, once; why the start took so long is not in the recording.
const CONTAINERD_STOP: Duration = Duration::from_millis(900);
const CONTAINERD_START: Duration = Duration::from_secs(40);
/// The same for CRI-O, as recorded, once. It closes its socket at once and then stops gracefully
/// (cmd/crio/main.go, `catchShutdown`), for which a gRPC server gives clients that do not
/// acknowledge it a minute (grpc-go, `http2_server.go`, `outgoingGoAwayHandler`).
const CRIO_STOP: Duration = Duration::from_secs(64);
const CRIO_START: Duration = Duration::from_millis(800);
/// How long dockerd takes to bring its own containerd back.
const CHILD_BACK: Duration = Duration::from_millis(1_300);

/// The middle of an intervention that takes a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The engine has waited for its containers: it kills the rest.
    KillRest,
    /// The runtime's daemon is gone; it comes back after so long.
    Gone(Option<Duration>),
    /// The daemon's process, which has not listened for a while, has ended.
    Ended(Option<Duration>),
    /// The runtime's daemon is started.
    Start,
    /// The engine has dealt with what it found alive.
    Restored,
    /// systemd starts the kubelet once more.
    StartKubelet,
    /// The containerd below Docker Engine is back.
    ContainerdBack,
    /// cri-dockerd is back.
    CriDockerdBack,
    /// The runtime looks for a CNI configuration.
    LoadNetwork,
}

impl Simulation {
    /// Stops, kills or starts a daemon. One that is not on this path is left alone.
    pub(super) fn daemon(&mut self, who: Daemon, deed: Deed, back: Return) {
        let back = match (back, deed) {
            (Return::After(span), _) => Some(span),
            (Return::Unit, Deed::Crash) => Some(who.restart(self.options.path)),
            (Return::Unit | Return::Never, _) => None,
        };
        let docker = self.options.path.has_docker();
        match (who, self.options.path) {
            (Daemon::Kubelet, _) => self.kubelet_process(deed, back),
            (Daemon::Containerd, _) if docker => self.engine_containerd(deed, back),
            (Daemon::CriDockerd, RuntimePath::CriDockerd) => self.cri_dockerd(deed, back),
            (Daemon::Runtime, _)
            | (Daemon::Dockerd, RuntimePath::Dockershim | RuntimePath::CriDockerd)
            | (Daemon::Containerd, RuntimePath::Containerd)
            | (Daemon::CriO, RuntimePath::CriO) => self.runtime_daemon(deed, back),
            _ => self.mark("not-here"),
        }
    }

    fn kubelet_process(&mut self, deed: Deed, back: Option<Duration>) {
        match (deed, self.node.kubelet_up) {
            (Deed::Start, false) => {
                self.mark("start");
                self.start_kubelet();
            }
            (Deed::Stop | Deed::Crash, true) => {
                self.mark("stop");
                self.stop_kubelet();
                if let Some(back) = back {
                    self.schedule_in(back, Event::Intervene(Stage::StartKubelet));
                }
            }
            _ => {}
        }
    }

    fn runtime_daemon(&mut self, deed: Deed, back: Option<Duration>) {
        match (deed, self.node.runtime_up) {
            (Deed::Start, false) => self.start_runtime(),
            (Deed::Stop, true) => self.stop_runtime(back),
            (Deed::Crash, true) => {
                self.mark("crash-runtime");
                self.change(Change::Around(Around::SocketLeft(true)));
                let start =
                    if self.options.path.has_docker() { ENGINE_START } else { Duration::ZERO };
                self.runtime_gone(back.map(|back| back + start));
            }
            _ => {}
        }
    }

    /// SIGTERM to the daemon. Docker Engine without live-restore first stops every container; the
    /// others leave them alone.
    fn stop_runtime(&mut self, back: Option<Duration>) {
        self.mark("stop-runtime");
        if self.options.path.has_docker() && !self.scenario.docker.live_restore {
            let grace = self.stop_everything();
            self.schedule_in(grace, Event::Intervene(Stage::KillRest));
            let gone = grace + Duration::from_millis(200);
            let back = back.map(|back| back + ENGINE_START);
            self.schedule_in(gone, Event::Intervene(Stage::Gone(back)));
        } else if self.options.path.has_docker() {
            let back = back.map(|back| back + ENGINE_START);
            self.schedule_in(ENGINE_STOP_LIVE, Event::Intervene(Stage::Gone(back)));
        } else {
            // The socket goes first.
            self.runtime_gone(None);
            self.change(Change::Around(Around::Leaving(true)));
            let crio = self.options.path == RuntimePath::CriO;
            let (stop, start) =
                if crio { (CRIO_STOP, CRIO_START) } else { (CONTAINERD_STOP, CONTAINERD_START) };
            let back = back.map(|back| back + start);
            self.schedule_in(stop, Event::Intervene(Stage::Ended(back)));
        }
    }

    /// SIGTERM to every container, and how long the engine waits for them.
    fn stop_everything(&mut self) -> Duration {
        let sandboxes: Vec<_> = self.node.sandboxes.keys().copied().collect();
        for sandbox in sandboxes {
            let exited = Change::SandboxExited(sandbox);
            self.schedule_in(Duration::from_millis(120), Event::Change(exited));
        }
        let containers: Vec<_> = self.node.containers.keys().copied().collect();
        for container in containers {
            self.change(Change::ContainerTerminated(container));
        }
        let busy = self.node.containers.values().any(|c| c.state == RunState::Running);
        if busy { ENGINE_GRACE } else { Duration::from_millis(300) }
    }

    fn runtime_gone(&mut self, back: Option<Duration>) {
        self.change(Change::Runtime { up: false });
        let (code, message) = if self.options.path.has_docker() {
            ("Unknown", "error during connect: EOF")
        } else {
            ("Unavailable", "transport is closing")
        };
        let status = Status { code, message: message.into() };
        // CRI-O serves what it has begun before it goes (`GracefulStop`).
        if self.options.path != RuntimePath::CriO || self.node.around.socket_left {
            self.cut_off(&status, !self.options.path.has_docker());
        }
        if !self.options.path.has_docker() {
            self.dial();
        }
        if let Some(back) = back {
            self.schedule_in(back, Event::Intervene(Stage::Start));
        }
    }

    /// A dockerd without live-restore stops what outlived the one before, and answers only then.
    fn start_runtime(&mut self) {
        if self.node.runtime_up {
            return;
        }
        self.mark("start-runtime");
        let alive = self.node.sandboxes.values().any(|s| s.state == RunState::Running)
            || self.node.containers.values().any(|c| c.state == RunState::Running);
        let keeps = !self.options.path.has_docker() || self.scenario.docker.live_restore;
        if keeps || !alive {
            self.runtime_back();
            return;
        }
        let grace = self.stop_everything();
        self.schedule_in(grace, Event::Intervene(Stage::KillRest));
        let answers = grace + Duration::from_millis(200);
        self.schedule_in(answers, Event::Intervene(Stage::Restored));
    }

    fn runtime_back(&mut self) {
        if self.node.around.socket_left {
            self.change(Change::Around(Around::SocketLeft(false)));
        }
        self.change(Change::Runtime { up: true });
        if let Some(step) = self.restarting.take() {
            self.schedule_steps_after(step);
        }
    }

    fn engine_containerd(&mut self, deed: Deed, back: Option<Duration>) {
        match (deed, self.node.around.containerd_up) {
            (Deed::Start, false) => {
                self.mark("start-containerd");
                self.engine_containerd_back();
            }
            (Deed::Stop | Deed::Crash, true) => {
                self.mark(if deed == Deed::Stop { "stop-containerd" } else { "crash-containerd" });
                self.change(Change::Around(Around::Containerd { up: false }));
                let child = self.scenario.docker.own_containerd;
                if let Some(back) = if child { Some(CHILD_BACK) } else { back } {
                    self.schedule_in(back, Event::Intervene(Stage::ContainerdBack));
                }
            }
            _ => {}
        }
    }

    /// Shims tell of exits once more when nobody took them (containerd 1.6.20,
    /// runtime/v2/shim/publisher.go), so dockerd learns of them now.
    fn engine_containerd_back(&mut self) {
        self.change(Change::Around(Around::Containerd { up: true }));
        for change in std::mem::take(&mut self.untold) {
            self.change(change);
        }
    }

    fn cri_dockerd(&mut self, deed: Deed, back: Option<Duration>) {
        match (deed, self.node.around.cri_dockerd_up) {
            (Deed::Start, false) => {
                self.mark("start-cri-dockerd");
                self.cri_dockerd_back();
            }
            (Deed::Stop | Deed::Crash, true) => {
                let crash = deed == Deed::Crash;
                self.mark(if crash { "crash-cri-dockerd" } else { "stop-cri-dockerd" });
                self.change(Change::Around(Around::SocketLeft(crash)));
                self.change(Change::Around(Around::CriDockerd { up: false }));
                self.memory = crate::runtime::ShimMemory::default();
                self.change(Change::ShimForgets);
                let message = "transport is closing".into();
                self.cut_off(&Status { code: "Unavailable", message }, true);
                self.dial();
                if let Some(back) = back {
                    self.schedule_in(back, Event::Intervene(Stage::CriDockerdBack));
                }
            }
            _ => {}
        }
    }

    fn cri_dockerd_back(&mut self) {
        self.change(Change::Around(Around::CriDockerd { up: true }));
        self.load_network();
    }

    pub(super) fn intervene(&mut self, stage: Stage) {
        match stage {
            Stage::KillRest => {
                let running = self.node.containers.iter();
                let running = running.filter(|(_, c)| c.state == RunState::Running);
                let running: Vec<_> = running.map(|(id, _)| *id).collect();
                for container in running {
                    self.change(Change::ContainerExited { container, cause: ExitCause::Killed });
                }
            }
            Stage::Gone(back) => {
                self.mark("stopped");
                self.runtime_gone(back);
            }
            Stage::Ended(back) => {
                self.mark("stopped");
                self.change(Change::Around(Around::Leaving(false)));
                if let Some(back) = back {
                    self.schedule_in(back, Event::Intervene(Stage::Start));
                }
            }
            Stage::Start => self.start_runtime(),
            Stage::Restored => self.runtime_back(),
            Stage::StartKubelet if self.node.kubelet_up => {}
            Stage::StartKubelet => {
                self.start_kubelet();
                if self.node.kubelet_up {
                    self.mark("start");
                }
            }
            Stage::ContainerdBack => self.engine_containerd(Deed::Start, None),
            Stage::CriDockerdBack => self.cri_dockerd(Deed::Start, None),
            Stage::LoadNetwork => self.load_network(),
        }
    }
}
