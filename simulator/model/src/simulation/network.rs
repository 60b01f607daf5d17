//! The CNI configuration: put in its folder, taken out, and found by whoever does the network.
//!
//! dockershim and cri-dockerd look every 5 s, keep what they found when the file goes, and forget
//! it only with their process (k8s 1.20.2, `pkg/kubelet/dockershim/network/cni/cni.go`,
//! `syncNetworkConfig`). containerd watches the folder, and has no network once the file is gone
//! (containerd 1.6.20, `pkg/cri/server/cni_conf_syncer.go`; go-cni resets itself at each load);
//! CRI-O does the same by ocicni.

use crate::clock::Duration;
use crate::node::{Around, Change};
use crate::simulation::daemons::Stage;
use crate::simulation::{Event, Simulation};

/// How often a Docker shim looks for a configuration (`defaultSyncConfigPeriod`), in µs.
const SHIM_LOOKS_US: i64 = 5_000_000;

impl Simulation {
    /// A CNI configuration is put in its folder or taken out.
    pub(super) fn set_cni(&mut self, present: bool) {
        self.mark(if present { "restore-cni" } else { "remove-cni" });
        self.change(Change::Around(Around::CniConfig { present }));
        if !self.options.path.has_docker() {
            self.schedule_in(Duration::from_millis(5), Event::Intervene(Stage::LoadNetwork));
        } else if present {
            let wait = SHIM_LOOKS_US - self.now.as_micros() % SHIM_LOOKS_US;
            let wait = Duration::from_micros(wait);
            self.schedule_in(wait, Event::Intervene(Stage::LoadNetwork));
        }
    }

    /// Whoever does the network takes what lies in the folder.
    pub(super) fn load_network(&mut self) {
        let ready = self.node.around.cni_config;
        if self.node.around.network_ready != ready {
            self.change(Change::Around(Around::Network { ready }));
        }
    }
}
