//! What a reader breaks at the cursor.

use std::collections::BTreeSet;

use serde::Deserialize;
use simulator_model::Scenario;
use simulator_model::clock::Duration;
use simulator_model::node::Registry;
use simulator_model::pod::Pod;
use simulator_model::scenario::{Action, Daemon, Deed, NthCall, Return, Step};

/// Something that is done to the node besides what the scenario does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// When, in µs since the first `apply`.
    pub at_us: i64,
    /// What.
    #[serde(rename = "do")]
    pub deed: Break,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Break {
    /// SIGKILL to the newest process of a container.
    KillContainer(String),
    /// The kernel kills a container for want of memory.
    OomKill(String),
    /// SIGKILL to the pause process of a pod, named as in the scenario.
    KillSandbox(String),
    /// A pod is taken away.
    Delete(String),
    /// SIGTERM to the runtime daemon of the path.
    StopRuntime,
    /// SIGKILL to the runtime daemon of the path.
    CrashRuntime,
    /// SIGKILL to cri-dockerd.
    CrashCriDockerd,
    /// SIGKILL to containerd, below Docker Engine where that is the runtime.
    CrashContainerd,
    /// The kubelet is stopped, and started again after ten seconds.
    RestartKubelet,
    /// The registry refuses connections from now on.
    RegistryDown,
    /// The registry answers 503 from now on.
    RegistryUnavailable,
    /// The registry sends the manifest and no more of any layer from now on.
    RegistryStalls,
    /// The CNI configuration is taken away.
    LoseCni,
    /// The pause image is removed from the store.
    RemovePauseImage,
    /// The images that the pods name are built with `docker build` on the node.
    DockerBuild,
    /// They are brought from Docker's store into the runtime's.
    ImportImages,
    /// Other files fill the disk to 95 %.
    FillDisk,
    /// The runtime refuses one call; whatever the instant, it is that one.
    FailCall(NthCall),
}

/// How long a daemon that was stopped here stays away.
const AWAY: Duration = Duration::from_secs(10);

/// Faults later than this happen then: no scenario is longer than a day.
const LATEST_US: i64 = 24 * 60 * 60 * 1_000_000;

impl Fault {
    /// Adds the fault to a scenario, after what the scenario itself does at that instant, and keeps
    /// the run going long enough to see what comes of it.
    pub fn happen_in(&self, scenario: &mut Scenario) {
        let at = applied(scenario) + Duration::from_micros(self.at_us.clamp(0, LATEST_US));
        if let Break::FailCall(call) = &self.deed {
            scenario.refused.push(call.clone());
        }
        for mut action in self.deed.actions(scenario) {
            if let Action::KillSandbox { pod } | Action::Delete { pod } = &mut action {
                *pod = manifest_of(scenario, pod);
            }
            let place = scenario.steps.partition_point(|step| step.at <= at);
            scenario.steps.insert(place, Step { at, action });
        }
        let aftermath = at + Duration::from_secs(60);
        for step in &mut scenario.steps {
            if step.action == Action::End {
                step.at = step.at.max(aftermath);
            }
        }
        scenario.steps.sort_by_key(|step| step.at);
    }
}

/// When the first pod is applied; the beginning where none is.
fn applied(scenario: &Scenario) -> Duration {
    let applies = |step: &&Step| matches!(step.action, Action::Apply { .. });
    scenario.steps.iter().find(applies).map_or(Duration::ZERO, |step| step.at)
}

/// The manifest of a pod, which a page knows by the name that the pod has on the node: for one from
/// a file that is its own and the node's.
fn manifest_of(scenario: &Scenario, name: &str) -> String {
    let named = scenario.pods.iter().find(|(manifest, pod)| {
        let own = &pod.metadata.name;
        *manifest == name || own == name || name.strip_suffix("-node1") == Some(own)
    });
    named.map_or_else(|| name.to_owned(), |(manifest, _)| manifest.clone())
}

/// Something done to each image that the pods of a scenario name.
fn images(scenario: &Scenario, action: fn(String) -> Action) -> Vec<Action> {
    let containers = scenario.pods.values().flat_map(Pod::all_containers);
    let images: BTreeSet<_> = containers.map(|container| container.image.clone()).collect();
    images.into_iter().map(action).collect()
}

impl Break {
    fn actions(&self, scenario: &Scenario) -> Vec<Action> {
        let daemon = |who, deed, back| vec![Action::Daemon { who, deed, back }];
        match self {
            Self::KillContainer(container) => {
                vec![Action::KillContainer { container: container.clone() }]
            }
            Self::OomKill(container) => vec![Action::OomKill { container: container.clone() }],
            Self::KillSandbox(pod) => vec![Action::KillSandbox { pod: pod.clone() }],
            Self::Delete(pod) => vec![Action::Delete { pod: pod.clone() }],
            Self::StopRuntime => daemon(Daemon::Runtime, Deed::Stop, Return::After(AWAY)),
            Self::CrashRuntime => daemon(Daemon::Runtime, Deed::Crash, Return::Unit),
            Self::CrashCriDockerd => daemon(Daemon::CriDockerd, Deed::Crash, Return::Unit),
            Self::CrashContainerd => daemon(Daemon::Containerd, Deed::Crash, Return::Unit),
            Self::RestartKubelet => daemon(Daemon::Kubelet, Deed::Stop, Return::After(AWAY)),
            Self::RegistryDown => vec![Action::SetRegistry(Registry::Down)],
            Self::RegistryUnavailable => vec![Action::SetRegistry(Registry::Unavailable)],
            Self::RegistryStalls => vec![Action::SetRegistry(Registry::Stalled)],
            Self::LoseCni => vec![Action::SetCni { present: false }],
            Self::RemovePauseImage => vec![Action::RemoveImage { image: String::new() }],
            Self::DockerBuild => images(scenario, |image| Action::DockerBuild { image }),
            Self::ImportImages => images(scenario, |image| Action::ImportImage { image }),
            Self::FailCall(_) => Vec::new(),
            Self::FillDisk => vec![Action::FillDisk { percent: 95 }],
        }
    }
}
