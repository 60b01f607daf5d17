//! What is done to the node: the steps of a scenario.

use std::sync::Arc;

use crate::RuntimePath;
use crate::basis::Basis;
use crate::call::{Request, Status};
use crate::clock::{Duration, Instant};
use crate::identity::PodId;
use crate::kubelet::{Kind, Kubelet, LoopMessage, Person, Poll, Startup, Wake};
use crate::node::{Change, ExitCause, RunState};
use crate::pod::Source;
use crate::run::LogLine;
use crate::scenario::{Action, Question};
use crate::simulation::{Event, Simulation};
use crate::versions::{self, Started};

/// How long the kubelet of the recordings had run when the first pod was put on the node.
const LEAD_STATIC: Duration = Duration::from_millis(11_000);
const LEAD_API: Duration = Duration::from_millis(15_000);
/// By how much that varies: nothing ties a person to the beat of housekeeping.
const LEAD_SPREAD: Duration = Duration::from_secs(2);
/// How long Docker Engine waits for a container on its own way out
/// (moby 20.10, daemon/daemon.go, `ShutdownTimeout`).
const ENGINE_GRACE: Duration = Duration::from_secs(10);

/// How long systemd waits before it starts a kubelet that has exited
/// (kubernetes/release, `kubelet.service`, `RestartSec`).
const KUBELET_AGAIN: Duration = Duration::from_secs(10);

/// The middle of an intervention that takes a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The engine has waited for its containers: it kills the rest.
    KillRest,
    /// The daemon is gone.
    Gone(Duration),
    /// The daemon is started.
    Start,
    /// systemd starts the kubelet once more.
    StartKubelet,
}

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
        if !scenario.steps.is_empty() {
            let lead = if scenario.source == Source::Static { LEAD_STATIC } else { LEAD_API };
            let chance = self.prng.up_to(LEAD_SPREAD);
            self.first_step = Instant::ZERO + lead + chance;
            self.start_kubelet();
        }
        for (index, step) in scenario.steps.iter().enumerate() {
            self.schedule(self.first_step + step.at, Event::Step(index));
        }
    }

    pub(super) fn do_step(&mut self, index: usize) {
        let scenario = Arc::clone(&self.scenario);
        match &scenario.steps[index].action {
            Action::Apply { pod } => self.tell("apply", pod, LoopMessage::Add),
            Action::Delete { pod } => match scenario.source {
                Source::Static => self.tell("delete", pod, LoopMessage::Remove),
                Source::Api => self.tell("delete", pod, LoopMessage::Delete),
            },
            Action::KillContainer { container } => self.kill_container(container),
            Action::KillSandbox { pod } => self.kill_sandbox(pod),
            Action::StartKubelet if self.node.kubelet_up => {}
            Action::StartKubelet => {
                self.mark("start");
                self.start_kubelet();
            }
            Action::StopKubelet => self.stop_kubelet(),
            Action::RestartRuntime { pause } => self.restart_runtime(*pause),
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

    fn mark(&mut self, word: &'static str) {
        self.recorder.mark(word, self.now);
    }

    fn tell(&mut self, word: &'static str, pod: &str, message: fn(PodId) -> LoopMessage) {
        self.mark(word);
        let Some(pod) = self.pods.get(pod).copied() else { return };
        self.kubelet.loop_inbox.push_back(message(pod));
        if let Some(task) = self.kubelet.loop_task
            && self.waits(task)
        {
            self.resume(task, Wake::Ready);
        }
    }

    fn start_kubelet(&mut self) {
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
            let text = "kubelet.service: Main process exited, code=exited, status=1/FAILURE";
            self.log("systemd", text.into(), Basis::Documents);
            self.schedule_in(KUBELET_AGAIN, Event::Intervene(Stage::StartKubelet));
            return;
        }
        self.change(Change::Kubelet { up: true });
        let wanted: Vec<_> = self.kubelet.pods.keys().copied().collect();
        self.kubelet = Kubelet::new(self.options.path, self.scenario.source);
        // What should run is read from the files or the API server once more.
        self.kubelet.loop_inbox.extend(wanted.into_iter().map(LoopMessage::Add));
        self.spawn(Startup::default());
    }

    /// The kubelet is stopped: containers go on; what dockershim remembered is lost with it.
    fn stop_kubelet(&mut self) {
        self.mark("stop");
        self.change(Change::Kubelet { up: false });
        self.tasks.clear();
        self.forget_calls();
        self.memory = crate::runtime::ShimMemory::default();
        if self.options.path == RuntimePath::Dockershim {
            self.change(Change::ShimForgets);
        }
    }

    fn kill_container(&mut self, name: &str) {
        self.mark("kill");
        let running = self.node.containers.iter().filter(|(_, c)| c.state == RunState::Running);
        let named = |id| self.catalog.container(id).config.metadata.name == name;
        let found = running.map(|(id, _)| *id).rfind(|id| named(*id));
        if let Some(container) = found {
            let exited = Change::ContainerExited { container, cause: ExitCause::Killed };
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

    fn is_docker(&self) -> bool {
        matches!(self.options.path, RuntimePath::Dockershim | RuntimePath::CriDockerd)
    }

    /// SIGTERM to the daemon. Docker Engine without live-restore first stops every container; the
    /// others leave them alone.
    fn restart_runtime(&mut self, pause: Duration) {
        self.mark("stop-runtime");
        if self.is_docker() && !self.scenario.docker.live_restore {
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
            let grace = if busy { ENGINE_GRACE } else { Duration::from_millis(300) };
            self.schedule_in(grace, Event::Intervene(Stage::KillRest));
            let gone = grace + Duration::from_millis(200);
            self.schedule_in(
                gone,
                Event::Intervene(Stage::Gone(pause + Duration::from_millis(2_000))),
            );
        } else {
            self.schedule_in(Duration::from_millis(900), Event::Intervene(Stage::Gone(pause)));
        }
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
            Stage::Gone(pause) => {
                self.mark("stopped");
                self.change(Change::Runtime { up: false });
                let (code, message) = if self.is_docker() {
                    ("Unknown", "error during connect: EOF")
                } else {
                    ("Unavailable", "transport is closing")
                };
                let status = Status { code, message: message.into() };
                self.cut_off(&status, |_: &Request| false);
                self.schedule_in(pause, Event::Intervene(Stage::Start));
            }
            Stage::StartKubelet => self.start_kubelet(),
            Stage::Start => {
                self.mark("start-runtime");
                self.change(Change::Runtime { up: true });
            }
        }
    }

    fn waits(&self, task: crate::kubelet::TaskId) -> bool {
        self.tasks.get(&task).is_some_and(|(_, doing)| *doing == super::Doing::Nothing)
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
