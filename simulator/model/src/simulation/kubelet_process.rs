//! The kubelet's process: how it starts, and what is lost with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::RuntimePath;
use crate::basis::Basis;
use crate::clock::Duration;
use crate::identity::PodId;
use crate::kubelet::{Kubelet, LoopMessage, Startup};
use crate::node::Change;
use crate::pod::Source;
use crate::simulation::daemons::Stage;
use crate::simulation::{Event, Simulation};
use crate::versions::{self, Started};

/// How long systemd waits before it starts a kubelet that has exited
/// (kubernetes/release, `kubelet.service`, `RestartSec`).
const KUBELET_AGAIN: Duration = Duration::from_secs(10);

impl Simulation {
    /// Starts the kubelet, or has it say why it does not start; then systemd tries again.
    pub(super) fn start_kubelet(&mut self) {
        if self.node.kubelet_up {
            return;
        }
        let (lines, runs) = match versions::start(&self.scenario.node, self.options.path) {
            Started::Runs(lines) => (lines, true),
            Started::Exits(lines) => (lines, false),
        };
        for (text, basis) in lines {
            self.log("kubelet", text, basis);
        }
        if !runs {
            self.ended_badly();
            return;
        }
        if self.options.path == RuntimePath::Dockershim && !self.node.runtime_up {
            // The shim wants Docker's version before anything else (k8s 1.20.2,
            // pkg/kubelet/dockershim/docker_service.go, `NewDockerService`).
            let docker = crate::dockershim::NO_DAEMON;
            let text = format!("failed to run Kubelet: failed to get docker version: {docker}");
            self.log("kubelet", text, Basis::Source);
            self.ended_badly();
            return;
        }
        self.change(Change::Kubelet { up: true });
        if self.options.path == RuntimePath::Dockershim {
            self.load_network();
        }
        self.dial();
        let wanted = self.wanted_pods();
        let deadlines = std::mem::take(&mut self.kubelet.deadlines);
        self.kubelet = Kubelet::new(self.options.path, self.scenario.source);
        if self.scenario.source == Source::Api {
            // When a pod was started stands in its status at the API server.
            self.kubelet.deadlines = deadlines;
        }
        let pause = self.scenario.node.pause_on(self.options.path);
        let pause = pause.filter(|_| self.node.around.pause_image);
        self.kubelet.listed_pause = pause.map(|pause| self.catalog.image(pause));
        self.kubelet.disk = Arc::new(self.scenario.disk.clone());
        // What should run is read from the files or the API server once more.
        self.kubelet.loop_inbox.extend(wanted.keys().copied().map(LoopMessage::Add));
        let deleting = wanted.iter().filter(|(_, deleting)| **deleting);
        let deleting = deleting.map(|(pod, _)| LoopMessage::Delete(*pod));
        self.kubelet.loop_inbox.extend(deleting);
        self.spawn(Startup::default());
    }

    /// The kubelet has exited by itself.
    pub(super) fn kubelet_exits(&mut self) {
        self.stop_kubelet();
        self.ended_badly();
    }

    /// A kubelet has exited: systemd says so, and starts another after a while.
    fn ended_badly(&mut self) {
        let text = "kubelet.service: Main process exited, code=exited, status=1/FAILURE";
        self.log("systemd", text.into(), Basis::Documents);
        self.schedule_in(KUBELET_AGAIN, Event::Intervene(Stage::StartKubelet));
    }

    /// The pods that should be on the node, and whether each is marked for deletion: those the
    /// kubelet knew, and what it was told and did not hear.
    fn wanted_pods(&self) -> BTreeMap<PodId, bool> {
        let known = self.kubelet.pods.iter().map(|(pod, record)| (*pod, record.deleting));
        let mut wanted: BTreeMap<PodId, bool> = known.collect();
        for message in &self.kubelet.loop_inbox {
            match *message {
                LoopMessage::Add(pod) => drop(wanted.insert(pod, false)),
                LoopMessage::Remove(pod) => drop(wanted.remove(&pod)),
                LoopMessage::Delete(pod) => {
                    wanted.entry(pod).and_modify(|deleting| *deleting = true);
                }
                _ => {}
            }
        }
        wanted
    }

    /// The kubelet's process ends: containers go on; what dockershim remembered is lost with it.
    pub(super) fn stop_kubelet(&mut self) {
        self.change(Change::Kubelet { up: false });
        self.tasks.clear(self.next_task);
        self.queue.clear_beats();
        self.forget_calls();
        self.memory = crate::runtime::ShimMemory::default();
        if self.options.path == RuntimePath::Dockershim {
            self.change(Change::ShimForgets);
        }
    }
}
