//! A day of a node with 110 pods, the most that a kubelet takes unless told otherwise
//! (k8s 1.20.2, pkg/kubelet/apis/config/v1beta1/defaults.go, `MaxPods`).

use std::collections::BTreeMap;
use std::sync::Arc;

use simulator_model::clock::Duration;
use simulator_model::pod::{Container, ExecAction, Metadata, Pod, PodSpec, Probe, Source};
use simulator_model::scenario::{Action, Behaviour, Exit, Scenario, Step};
use simulator_model::{Options, RuntimePath, Simulation};

/// How many pods there are.
pub const PODS: usize = 110;

/// A node with [`PODS`] pods of one container for so many hours: of each twenty pods one has a
/// readiness probe every 10 s, and one has a container that fails every 20 s and is backed off.
pub fn scenario(hours: i64) -> Scenario {
    let mut pods = BTreeMap::new();
    let mut behaviour = BTreeMap::new();
    let mut steps = Vec::new();
    for number in 0..PODS {
        let name = format!("pod-{number:03}");
        let kind = number % 20;
        let mut container = Container {
            name: format!("main-{number:03}"),
            image: format!("registry.example/app-{kind}:1"),
            ..Container::default()
        };
        if kind == 1 {
            let exec = ExecAction { command: vec!["/bin/true".into()] };
            let probe = Probe { exec: Some(exec), period_seconds: Some(10), ..Probe::default() };
            container.readiness_probe = Some(probe);
        }
        if kind == 2 {
            let runs = Some(Duration::from_secs(20));
            let fails = Behaviour { runs, exits: Exit::Code(1), ..Behaviour::default() };
            behaviour.insert(container.name.clone(), vec![fails]);
        }
        let spec = PodSpec { containers: vec![container], ..PodSpec::default() };
        let metadata = Metadata { name: name.clone(), ..Metadata::default() };
        pods.insert(name.clone(), Pod { metadata, spec });
        let at = Duration::from_millis(100) * i64::try_from(number).expect("there are 110");
        steps.push(Step { at, action: Action::Apply { pod: name } });
    }
    steps.push(Step { at: Duration::from_secs(3_600) * hours, action: Action::End });
    let source = Source::Api;
    Scenario { name: "day".into(), source, pods, behaviour, steps, ..Scenario::default() }
}

/// The node before its day begins; calls are counted and not kept.
pub fn simulation(hours: i64, path: RuntimePath, seed: u64) -> Simulation {
    Simulation::new(Arc::new(scenario(hours)), Options { path, seed, keep: false })
}
