//! Probe workers (prober/worker.go): one goroutine per probe, for the life of its pod.

use std::sync::Arc;

use crate::call::{Loop, Reply, Request};
use crate::clock::{Duration, Instant};
use crate::identity::{ContainerId, PodId};
use crate::kubelet::{Context, Kubelet, LoopMessage, Next, Wake, container_config};
use crate::node::{Change, RunState};
use crate::pod::Probe;

/// What a probe is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Liveness,
    Readiness,
    Startup,
}

/// How often a probe that could not be made is tried again at once (prober/prober.go,
/// `maxProbeRetries`).
const TRIES: u8 = 3;
/// How long a request over HTTP or TCP takes.
const REQUEST: Duration = Duration::from_millis(2);

/// The goroutine.
#[derive(Clone, Debug)]
pub(crate) struct Prober {
    pod: PodId,
    index: usize,
    purpose: Purpose,
    probe: Arc<Probe>,
    stage: Stage,
    container: Option<ContainerId>,
    /// After a failure that kills, until there is a new container.
    on_hold: bool,
    /// Whether the container was seen not to run.
    dead: bool,
    /// The last result, and how often it has come in a row.
    last: Option<bool>,
    run: i64,
    tries: u8,
    began: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    New,
    Resting,
    Probing,
}

impl Prober {
    /// The probes of a pod that is let in; init containers have none.
    pub(crate) fn for_pod(pod: PodId, cx: &Context<'_>) -> Vec<Self> {
        let manifest = cx.pod(pod);
        let init = manifest.spec.init_containers.len();
        let mut workers = Vec::new();
        for (place, container) in manifest.spec.containers.iter().enumerate() {
            let probes = [
                (Purpose::Startup, &container.startup_probe),
                (Purpose::Readiness, &container.readiness_probe),
                (Purpose::Liveness, &container.liveness_probe),
            ];
            for (purpose, probe) in probes {
                if let Some(probe) = probe {
                    workers.push(Self::new(pod, init + place, purpose, probe));
                }
            }
        }
        workers
    }

    fn new(pod: PodId, index: usize, purpose: Purpose, probe: &Probe) -> Self {
        Self {
            pod,
            index,
            purpose,
            probe: Arc::new(probe.clone()),
            stage: Stage::New,
            container: None,
            on_hold: false,
            dead: false,
            last: None,
            run: 0,
            tries: 0,
            began: Instant::ZERO,
        }
    }

    /// Workers start somewhere within their period, so that not all probe at once.
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        match (self.stage, wake) {
            (Stage::New, _) => {
                self.stage = Stage::Resting;
                Next::Sleep(cx.prng.up_to(self.period()))
            }
            (Stage::Resting, _) => self.probe(kubelet, cx),
            // One whose time was up has failed (probe/exec/exec.go; the gate `ExecProbeTimeout` is on).
            (Stage::Probing, Wake::Answer(Err(status))) if status.code == "DeadlineExceeded" => {
                self.judge(false, kubelet, cx);
                self.rest(cx)
            }
            // A probe that cannot be made says nothing about the container (prober/prober.go).
            (Stage::Probing, Wake::Answer(Err(_))) if self.tries < TRIES => self.ask(cx),
            (Stage::Probing, Wake::Answer(Err(status))) => {
                let text = format!("{:?} probe errored: {status}", self.purpose);
                cx.warn(self.pod, self.index, "Unhealthy", text);
                self.rest(cx)
            }
            (Stage::Probing, Wake::Answer(Ok(reply))) => {
                let well = matches!(reply, Reply::Exec { exit_code: 0 });
                self.judge(well, kubelet, cx);
                self.rest(cx)
            }
            (Stage::Probing, Wake::Ready) => {
                let well = !self.fails(cx);
                self.judge(well, kubelet, cx);
                self.rest(cx)
            }
        }
    }

    /// A beat of the ticker (`doProbe`).
    fn probe(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Next {
        self.began = cx.now;
        if !kubelet.pods.contains_key(&self.pod) || kubelet.is_terminated(self.pod) {
            return Next::Done;
        }
        if self.target(kubelet, cx).is_none() {
            return self.rest(cx);
        }
        self.tries = 0;
        self.ask(cx)
    }

    fn ask(&mut self, cx: &Context<'_>) -> Next {
        self.stage = Stage::Probing;
        self.tries += 1;
        let (Some(container), Some(exec)) = (self.container, &self.probe.exec) else {
            // No call of the runtime: the kubelet talks to the pod itself.
            return Next::Sleep(REQUEST);
        };
        let pod = cx.pod(self.pod);
        let command = container_config::expand_static(&exec.command, pod.container(self.index));
        let timeout = self.probe.timeout_seconds.unwrap_or(1);
        let command = Arc::from(command);
        Next::Call(Loop::Prober, Request::ExecSync { container, command, timeout })
    }

    fn period(&self) -> Duration {
        Duration::from_secs(self.probe.period_seconds.unwrap_or(10))
    }

    /// Waits for the next beat of the ticker, which does not drift.
    fn rest(&mut self, cx: &Context<'_>) -> Next {
        self.stage = Stage::Resting;
        let gone = cx.now.since(self.began).as_micros();
        let period = self.period().as_micros().max(1);
        Next::Sleep(Duration::from_micros(period - gone % period))
    }

    /// The container to probe now, if any.
    fn target(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<ContainerId> {
        let status = kubelet.statuses.get(&self.pod)?;
        let newest = *status.containers.iter().find(|c| c.index == self.index)?;
        if self.container != Some(newest.id) {
            if let Some(old) = self.container {
                match self.purpose {
                    Purpose::Startup => drop(kubelet.started.remove(&old)),
                    Purpose::Liveness => drop(kubelet.failing.remove(&old)),
                    Purpose::Readiness => {}
                }
            }
            self.container = Some(newest.id);
            (self.on_hold, self.dead) = (false, false);
        }
        if newest.state != RunState::Running && !self.on_hold {
            self.found_dead(newest.id, kubelet, cx);
            return None;
        }
        let starts = cx.pod(self.pod).container(self.index).startup_probe.is_some();
        let started = !starts || kubelet.started.contains(&newest.id);
        let right_time = started != (self.purpose == Purpose::Startup);
        let delay = Duration::from_secs(self.probe.initial_delay_seconds);
        let running = newest.started.filter(|_| newest.state == RunState::Running)?;
        let early = Duration::from_secs(cx.now.since(running).as_micros() / 1_000_000) < delay;
        (!self.on_hold && !early && right_time).then_some(newest.id)
    }

    /// A container that does not run counts as one that fails its probe, without being asked. The
    /// first time its liveness worker says so, the pod is synced once more (`doProbe`;
    /// `prober/results/results_manager.go`, `Set`).
    fn found_dead(&mut self, id: ContainerId, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        if self.purpose == Purpose::Liveness && !self.dead {
            self.dead = true;
            kubelet.failing.insert(id);
            kubelet.tell_loop(LoopMessage::Failing(self.pod), cx);
        }
    }

    /// Whether the program does not answer any more: the scenario says so of liveness.
    fn fails(&self, cx: &Context<'_>) -> bool {
        let Some(container) = self.container else { return false };
        let entry = cx.catalog.container(container);
        let behaviour = cx.scenario.behaviour(&entry.config.metadata.name, entry.attempt as usize);
        let running = cx.node.containers.get(&container).and_then(|container| container.started);
        let after = behaviour.liveness_fails_after.filter(|_| self.purpose == Purpose::Liveness);
        after.is_some_and(|after| running.is_none_or(|since| cx.now.since(since) >= after))
    }

    fn judge(&mut self, well: bool, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        self.run = if self.last == Some(well) { self.run + 1 } else { 1 };
        self.last = Some(well);
        if !well {
            let text = format!("{:?} probe failed: ", self.purpose);
            cx.warn(self.pod, self.index, "Unhealthy", text);
        }
        let threshold = if well {
            self.probe.success_threshold.unwrap_or(1)
        } else {
            self.probe.failure_threshold.unwrap_or(3)
        };
        let Some(container) = self.container.filter(|_| self.run >= threshold) else { return };
        match (self.purpose, well) {
            (Purpose::Startup, true) => drop(kubelet.started.insert(container)),
            (Purpose::Liveness, true) => drop(kubelet.failing.remove(&container)),
            // Only what changes is told on.
            (Purpose::Readiness, ready) if self.run == threshold => {
                cx.out.changes.push((cx.now, Change::ContainerReady { container, ready }));
            }
            (Purpose::Readiness, _) => {}
            // The container is killed; probing goes on with the next one. Nobody is told of a
            // startup probe that fails: the container is killed at the next sync, whenever that is.
            (Purpose::Startup | Purpose::Liveness, false) => {
                self.on_hold = true;
                self.run = 0;
                kubelet.failing.insert(container);
                if self.purpose == Purpose::Liveness {
                    kubelet.tell_loop(LoopMessage::Failing(self.pod), cx);
                }
            }
        }
    }
}
