//! Probe workers (prober/worker.go): one goroutine per probe, for the life of its pod.

use std::sync::Arc;

use crate::call::{Loop, Reply, Request};
use crate::clock::Duration;
use crate::identity::{ContainerId, PodId};
use crate::kubelet::{Context, Kubelet, LoopMessage, Next, Wake};
use crate::node::Change;
use crate::pod::Probe;

/// What a probe is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Liveness,
    Readiness,
    Startup,
}

/// The goroutine.
#[derive(Clone, Debug)]
pub(crate) struct Prober {
    pod: PodId,
    index: usize,
    purpose: Purpose,
    probe: Arc<Probe>,
    started: bool,
    container: Option<ContainerId>,
    /// After a failure that kills, until there is a new container.
    on_hold: bool,
    failures: i64,
    successes: i64,
    began: crate::clock::Instant,
    calling: bool,
}

impl Prober {
    /// The probes of a pod that is let in. HTTP and TCP probes make no calls of the runtime.
    pub(crate) fn for_pod(pod: PodId, cx: &Context<'_>) -> Vec<Self> {
        let manifest = cx.pod(pod);
        let mut workers = Vec::new();
        for (index, container) in manifest.all_containers().enumerate() {
            let probes = [
                (Purpose::Startup, &container.startup_probe),
                (Purpose::Readiness, &container.readiness_probe),
                (Purpose::Liveness, &container.liveness_probe),
            ];
            for (purpose, probe) in probes {
                if let Some(probe) = probe.as_ref().filter(|probe| probe.exec.is_some()) {
                    workers.push(Self::new(pod, index, purpose, probe));
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
            started: false,
            container: None,
            on_hold: false,
            failures: 0,
            successes: 0,
            began: crate::clock::Instant::ZERO,
            calling: false,
        }
    }

    /// Workers start somewhere within their period, so that not all probe at once.
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        if !self.started {
            self.started = true;
            return Next::Sleep(cx.prng.up_to(self.period()));
        }
        if std::mem::take(&mut self.calling) {
            if let Wake::Answer(answer) = wake {
                let well = matches!(answer, Ok(Reply::Exec { exit_code: 0 }));
                self.judge(well, kubelet, cx);
            }
            return self.rest(cx);
        }
        self.began = cx.now;
        if !kubelet.pods.contains_key(&self.pod) {
            return Next::Done;
        }
        match self.target(kubelet, cx) {
            Some(container) => {
                self.calling = true;
                let command = self.probe.exec.as_ref().map(|exec| exec.command.as_slice());
                let command = Arc::from(command.unwrap_or_default());
                let timeout = self.probe.timeout_seconds.unwrap_or(1);
                Next::Call(Loop::Prober, Request::ExecSync { container, command, timeout })
            }
            None => self.rest(cx),
        }
    }

    fn period(&self) -> Duration {
        Duration::from_secs(self.probe.period_seconds.unwrap_or(10))
    }

    /// Waits for the next beat of the ticker, which does not drift.
    fn rest(&self, cx: &Context<'_>) -> Next {
        let gone = cx.now.since(self.began).as_micros();
        let period = self.period().as_micros().max(1);
        Next::Sleep(Duration::from_micros(period - gone % period))
    }

    /// The container to probe now, if any (`doProbe`).
    fn target(&mut self, kubelet: &mut Kubelet, cx: &Context<'_>) -> Option<ContainerId> {
        let record = kubelet.pods.get(&self.pod)?;
        let status = kubelet.statuses.get(&self.pod)?;
        let running = status.running(self.index)?;
        if self.container != Some(running.id) {
            if let Some(old) = self.container {
                kubelet.failing.remove(&old);
            }
            self.container = Some(running.id);
            self.on_hold = false;
            self.failures = 0;
            self.successes = 0;
        }
        let delay = Duration::from_secs(self.probe.initial_delay_seconds);
        let seconds = cx.now.since(running.started?).as_micros() / 1_000_000;
        let early = Duration::from_secs(seconds) < delay;
        (!self.on_hold && !early && !record.deleting).then_some(running.id)
    }

    fn judge(&mut self, well: bool, kubelet: &mut Kubelet, cx: &mut Context<'_>) {
        let Some(container) = self.container else { return };
        if well {
            self.failures = 0;
            self.successes += 1;
            if self.successes == self.probe.success_threshold.unwrap_or(1) {
                self.shows_ready(true, cx);
            }
            return;
        }
        self.successes = 0;
        self.failures += 1;
        let text = format!("{:?} probe failed: ", self.purpose);
        cx.warn(self.pod, self.index, "Unhealthy", text);
        let threshold = self.probe.failure_threshold.unwrap_or(3);
        if self.failures == threshold {
            self.shows_ready(false, cx);
        }
        if self.failures < threshold || self.purpose == Purpose::Readiness {
            return;
        }
        // The container is killed; probing goes on with the next one.
        self.on_hold = true;
        kubelet.failing.insert(container);
        kubelet.tell_loop(LoopMessage::Failing(self.pod), cx);
    }

    /// A readiness probe has come to a result.
    fn shows_ready(&self, ready: bool, cx: &mut Context<'_>) {
        if let (Purpose::Readiness, Some(container)) = (self.purpose, self.container) {
            cx.changes.push((cx.now, Change::ContainerReady { container, ready }));
        }
    }
}
