//! What is done to the node: the steps of a scenario.

use std::sync::Arc;

use crate::RuntimePath;
use crate::basis::Basis;
use crate::clock::{Duration, Instant};
use crate::identity::PodId;
use crate::kubelet::{Kind, LoopMessage, Person, Poll, Wake};
use crate::node::{Change, ExitCause, RunState};
use crate::pod::Source;
use crate::run::LogLine;
use crate::scenario::{Action, Daemon, Deed, Question, Return};
use crate::simulation::{Event, Simulation};

/// How long the kubelet of the recordings had run at least when the first pod was put on the node:
/// from a file after 11.4 to 12.6 s, from an API server, once the node was ready, after 15.7 s.
const LEAD_STATIC: Duration = Duration::from_millis(11_400);
const LEAD_API: Duration = Duration::from_millis(15_300);
/// How much longer with dockershim, whose recorder began with the process and not with its first
/// call: 12.0 to 13.3 s and 16.6 s.
const IN_PROCESS_STATIC: Duration = Duration::from_millis(300);
const IN_PROCESS_API: Duration = Duration::from_millis(800);
/// By how much that varies: nothing ties a person to the beat of housekeeping.
const LEAD_SPREAD: Duration = Duration::from_secs(1);

impl Simulation {
    /// Names the pods, puts the steps into the queue and starts the kubelet.
    pub(super) fn begin(&mut self) {
        let scenario = Arc::clone(&self.scenario);
        self.catalog.set_same_images(scenario.same_images.clone());
        for (name, pod) in &scenario.pods {
            let mut pod = pod.clone();
            let metadata = &mut pod.metadata;
            if metadata.namespace.is_empty() {
                metadata.namespace = "default".into();
            }
            // The kubelet puts the node's name behind the name of a pod from a file.
            if scenario.source == Source::Static {
                metadata.name.push_str("-node1");
            }
            if metadata.uid.is_empty() {
                metadata.uid = format!("uid:{}", metadata.name);
            }
            let id = self.catalog.add_pod(Arc::new(pod));
            self.pods.insert(name.clone(), id);
        }
        self.furnish();
        if !scenario.steps.is_empty() {
            let (lead, in_process) = match scenario.source {
                Source::Static => (LEAD_STATIC, IN_PROCESS_STATIC),
                Source::Api => (LEAD_API, IN_PROCESS_API),
            };
            let dockershim = self.options.path == RuntimePath::Dockershim;
            let more = if dockershim { in_process } else { Duration::ZERO };
            let chance = self.prng.up_to(LEAD_SPREAD);
            self.first_step = Instant::ZERO + lead + more + chance;
            self.start_kubelet();
        }
        self.schedule_steps(0, self.first_step, Duration::ZERO);
    }

    /// Puts the steps from one on into the queue, up to the next restart: whoever restarts a daemon
    /// waits until it answers, and goes on from there. At `now` it is `at` by the scenario.
    fn schedule_steps(&mut self, from: usize, now: Instant, at: Duration) {
        let scenario = Arc::clone(&self.scenario);
        for (index, step) in scenario.steps.iter().enumerate().take(self.planned).skip(from) {
            self.schedule(now + (step.at - at).max(Duration::ZERO), Event::Step(index));
            if matches!(step.action, Action::RestartRuntime { .. }) {
                break;
            }
        }
    }

    /// Goes on after a restart, for which the scenario allowed no more than its pause.
    pub(super) fn schedule_steps_after(&mut self, restart: usize) {
        let step = &self.scenario.steps[restart];
        let pause = match step.action {
            Action::RestartRuntime { pause } => pause,
            _ => Duration::ZERO,
        };
        self.schedule_steps(restart + 1, self.now, step.at + pause);
    }

    pub(super) fn do_step(&mut self, index: usize) {
        let scenario = Arc::clone(&self.scenario);
        let action = &scenario.steps[index].action;
        let up = self.node.runtime_up;
        if *action != Action::End || index >= self.ends_from {
            self.inject(action);
        }
        if matches!(action, Action::RestartRuntime { .. }) && index < self.planned {
            if up {
                self.restarting = Some(index);
            } else {
                self.schedule_steps(index + 1, self.now, scenario.steps[index].at);
            }
        }
    }

    /// Does something to the node now, as a step of the scenario would at this instant.
    ///
    /// A reader who asks "what if" clones the simulation at an instant and injects into the copy:
    ///
    /// ```
    /// use std::sync::Arc;
    /// use simulator_model::scenario::{Action, Daemon, Deed, Return};
    /// use simulator_model::{Options, RuntimePath, Scenario, Simulation};
    ///
    /// let options = Options { path: RuntimePath::CriO, seed: 0, keep: true };
    /// let simulation = Simulation::new(Arc::new(Scenario::default()), options);
    /// let mut what_if = simulation.clone();
    /// let (who, deed, back) = (Daemon::Runtime, Deed::Crash, Return::Unit);
    /// what_if.inject(&Action::Daemon { who, deed, back });
    /// assert!(simulation.node().runtime_up && !what_if.node().runtime_up);
    /// ```
    pub fn inject(&mut self, action: &Action) {
        match action {
            Action::Apply { pod } => {
                self.rules.applied();
                self.tell("apply", pod, LoopMessage::Add);
            }
            Action::Delete { pod } => match self.scenario.source {
                Source::Static => self.tell("delete", pod, LoopMessage::Remove),
                Source::Api => self.tell("delete", pod, LoopMessage::Delete),
            },
            Action::KillContainer { container } => {
                self.kill_container("kill", container, ExitCause::Killed);
            }
            Action::OomKill { container } => {
                self.kill_container("oom-kill", container, ExitCause::OutOfMemory);
            }
            Action::KillSandbox { pod } => self.kill_sandbox(pod),
            Action::StartKubelet => self.daemon(Daemon::Kubelet, Deed::Start, Return::Unit),
            Action::StopKubelet => self.daemon(Daemon::Kubelet, Deed::Stop, Return::Unit),
            Action::RestartRuntime { pause } => {
                self.daemon(Daemon::Runtime, Deed::Stop, Return::After(*pause));
            }
            Action::Daemon { who, deed, back } => self.daemon(*who, *deed, *back),
            Action::SetRegistry(registry) => self.set_registry(*registry),
            Action::SetCni { present } => self.set_cni(*present),
            Action::RemoveImage { image } => self.remove_image(image),
            Action::DockerBuild { image } => self.docker_build(image),
            Action::ImportImage { image } => self.import_image(image),
            Action::Annotate => self.annotate(),
            Action::KubeadmUpgrade => self.kubeadm_upgrade(),
            Action::FillDisk { percent } => self.fill_disk(*percent),
            Action::Ask { question, pod, container, command } => {
                self.mark(question_word(*question));
                let pod = self.pods.get(pod).copied();
                let (container, command) = (container.clone(), Arc::from(command.as_slice()));
                let question = *question;
                self.ask(Person { question, pod, container, command, step: 0 });
            }
            Action::End => self.ended = true,
        }
    }

    /// A person asks one thing after the other.
    fn ask(&mut self, person: Person) {
        if person.question == Question::StatsSummary {
            self.spawn(Poll::once(Kind::Stats));
            return;
        }
        self.kubelet.questions.push_back(person);
        if self.kubelet.questions.len() == 1 {
            let person = self.kubelet.questions[0].clone();
            self.spawn(person);
        }
    }

    /// A program of the node writes a line into its log.
    pub(super) fn log(&mut self, who: &'static str, text: String, basis: Basis) {
        let line = LogLine { who, at: self.now, text, basis };
        self.recorder.log(line);
    }

    pub(super) fn mark(&mut self, word: &'static str) {
        self.recorder.mark(word, self.now);
    }

    fn tell(&mut self, word: &'static str, pod: &str, message: fn(PodId) -> LoopMessage) {
        self.mark(word);
        let Some(pod) = self.pods.get(pod).copied() else { return };
        self.kubelet.loop_inbox.push_back(message(pod));
        if !self.node.kubelet_up {
            return;
        }
        if let Some(task) = self.kubelet.loop_task
            && self.waits(task)
        {
            self.resume(task, Wake::Ready);
        }
    }

    fn kill_container(&mut self, word: &'static str, name: &str, cause: ExitCause) {
        self.mark(word);
        let running = self.node.containers.iter().filter(|(_, c)| c.state == RunState::Running);
        let named = |id| self.catalog.container(id).config.metadata.name == name;
        let found = running.map(|(id, _)| *id).rfind(|id| named(*id));
        if let Some(container) = found {
            let exited = Change::ContainerExited { container, cause };
            self.schedule_in(Duration::from_millis(30), Event::Change(exited));
        }
    }

    fn kill_sandbox(&mut self, pod: &str) {
        self.mark("kill");
        let Some(pod) = self.pods.get(pod).copied() else { return };
        // CRI-O has no pause process to kill.
        if self.options.path == RuntimePath::CriO {
            return;
        }
        if let Some(sandbox) =
            self.node.sandboxes_of(pod).into_iter().find(|id| self.node.is_ready(*id))
        {
            let killed = Change::SandboxKilled(sandbox);
            self.schedule_in(Duration::from_millis(30), Event::Change(killed));
        }
    }

    fn waits(&self, task: crate::kubelet::TaskId) -> bool {
        self.tasks.doing(task) == Some(super::Doing::Nothing)
    }
}

const fn question_word(question: Question) -> &'static str {
    match question {
        Question::Run => "run",
        Question::Logs => "logs",
        Question::Exec => "exec",
        Question::Attach => "attach",
        Question::PortForward => "portforward",
        Question::StatsSummary => "stats",
        Question::RunningPods => "runningpods",
    }
}
