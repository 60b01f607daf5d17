//! Scenarios that nobody thought of: pods and steps by chance, from a seed.

use simulator_model::clock::Duration;
use simulator_model::pod::{
    Container, ExecAction, Handler, Lifecycle, Metadata, Pod, PodSpec, Probe, PullPolicy,
    RestartPolicy, Source,
};
use simulator_model::prng::{Prng, Ratio};
use simulator_model::scenario::{Action, Behaviour, Exit, OnTerm, Question, Scenario, Step};

/// Dice, thrown from one seed.
struct Dice(Prng);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        let number = self.0.below(u64::try_from(bound).expect("bounds are small"));
        usize::try_from(number).expect("it is below a small bound")
    }

    fn chance(&mut self, numerator: u64, denominator: u64) -> bool {
        self.0.chance(Ratio { numerator, denominator })
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn seconds(&mut self, most: i64) -> Duration {
        self.0.up_to(Duration::from_secs(most))
    }
}

/// The scenario of a seed: one to three pods, up to twelve steps within two minutes, and an end.
pub(crate) fn scenario(seed: u64) -> Scenario {
    let mut dice = Dice(Prng::new(seed));
    let source = dice.pick(&[Source::Static, Source::Api]);
    let mut scenario = Scenario { name: format!("seed-{seed}"), source, ..Scenario::default() };
    scenario.docker.live_restore = dice.chance(1, 4);
    for number in 0..=dice.below(3) {
        let name = format!("pod-{number}");
        let pod = pod(&name, &mut dice);
        for container in pod.all_containers() {
            let starts = (0..=dice.below(3)).map(|_| behaviour(&mut dice)).collect();
            scenario.behaviour.insert(container.name.clone(), starts);
            if dice.chance(1, 12) {
                scenario.registry_lacks.push(container.image.clone());
            }
        }
        let at = dice.seconds(5);
        scenario.steps.push(Step { at, action: Action::Apply { pod: name.clone() } });
        scenario.pods.insert(name, pod);
    }
    for _ in 0..dice.below(12) {
        let at = Duration::from_secs(2) + dice.seconds(118);
        let action = action(&scenario, &mut dice);
        scenario.steps.push(Step { at, action });
    }
    scenario.steps.push(Step { at: Duration::from_secs(150), action: Action::End });
    scenario.steps.sort_by_key(|step| step.at);
    scenario
}

fn pod(name: &str, dice: &mut Dice) -> Pod {
    let containers = |kind: &str, count: usize, dice: &mut Dice| -> Vec<Container> {
        (0..count).map(|number| container(&format!("{name}-{kind}-{number}"), dice)).collect()
    };
    let init = if dice.chance(1, 3) { 1 + dice.below(2) } else { 0 };
    let init_containers = containers("init", init, dice);
    let count = 1 + dice.below(3);
    let containers = containers("main", count, dice);
    let policies = [RestartPolicy::Always, RestartPolicy::OnFailure, RestartPolicy::Never];
    let spec = PodSpec {
        init_containers,
        containers,
        restart_policy: dice.pick(&policies),
        termination_grace_period_seconds: dice.pick(&[None, Some(0), Some(1), Some(5), Some(30)]),
        host_network: dice.chance(1, 5),
        ..PodSpec::default()
    };
    Pod { metadata: Metadata { name: name.into(), ..Metadata::default() }, spec }
}

fn container(name: &str, dice: &mut Dice) -> Container {
    let images = ["registry.example/a:1", "registry.example/b", "registry.example/c:latest"];
    let policies =
        [None, Some(PullPolicy::Always), Some(PullPolicy::IfNotPresent), Some(PullPolicy::Never)];
    Container {
        name: name.into(),
        image: dice.pick(&images).into(),
        image_pull_policy: dice.pick(&policies),
        liveness_probe: probe(dice),
        readiness_probe: probe(dice),
        startup_probe: probe(dice),
        lifecycle: Lifecycle { post_start: hook(dice), pre_stop: hook(dice) },
        ..Container::default()
    }
}

fn exec() -> ExecAction {
    ExecAction { command: vec!["/bin/true".into()] }
}

fn probe(dice: &mut Dice) -> Option<Probe> {
    let period_seconds = dice.pick(&[None, Some(1), Some(7)]);
    dice.chance(1, 5).then(|| Probe { exec: Some(exec()), period_seconds, ..Probe::default() })
}

fn hook(dice: &mut Dice) -> Option<Handler> {
    dice.chance(1, 6).then(|| Handler { exec: Some(exec()), ..Handler::default() })
}

fn behaviour(dice: &mut Dice) -> Behaviour {
    let exits = dice.pick(&[Exit::Code(0), Exit::Code(0), Exit::Code(3), Exit::OutOfMemory]);
    let on_term = if dice.chance(1, 2) {
        OnTerm::Ignored
    } else {
        OnTerm::Exits { code: dice.pick(&[0, 1, 143]), after: dice.seconds(3) }
    };
    let runs = dice.chance(1, 2).then(|| dice.seconds(20));
    let liveness_fails_after = dice.chance(1, 4).then(|| dice.seconds(30));
    Behaviour { runs, exits, on_term, liveness_fails_after }
}

fn action(scenario: &Scenario, dice: &mut Dice) -> Action {
    let pods: Vec<_> = scenario.pods.keys().cloned().collect();
    let containers: Vec<_> = scenario.behaviour.keys().cloned().collect();
    let pod = pods[dice.below(pods.len())].clone();
    let container = containers[dice.below(containers.len())].clone();
    let questions = [
        Question::Run,
        Question::Logs,
        Question::Exec,
        Question::Attach,
        Question::PortForward,
        Question::StatsSummary,
        Question::RunningPods,
    ];
    match dice.below(9) {
        0 => Action::Apply { pod },
        1 | 2 => Action::Delete { pod },
        3 => Action::KillContainer { container },
        4 => Action::KillSandbox { pod },
        5 => Action::StopKubelet,
        6 => Action::StartKubelet,
        7 => Action::RestartRuntime { pause: dice.seconds(10) },
        _ => {
            let question = dice.pick(&questions);
            Action::Ask { question, pod, container, command: vec!["/bin/true".into()] }
        }
    }
}
