//! What the kubelet holds of its runtime (kubelet.go, `updateRuntimeUp`; runtime.go).
//!
//! A runtime that says it is not ready, that has not been found well for 30 s, or whose pods the
//! PLEG has not seen for 3 min stops the sync loop: it tries again after 100 ms, then twice as long
//! each time up to 5 s. A network that is not ready stops only the sync of pods that need it. Of
//! the two, dockershim's daemon that is away was recorded; the rest is read from source.

use crate::basis::Basis;
use crate::call::{Conditions, Lack};
use crate::clock::{Duration, Instant};
use crate::kubelet::{Context, Kubelet};

/// How long the runtime may stay away (`maxWaitForContainerRuntime`).
const RUNTIME_AWAY: Duration = Duration::from_secs(30);
/// How long a look of the PLEG may take (pleg/generic.go, `relistThreshold`).
const PLEG_AWAY: Duration = Duration::from_secs(180);
/// The first pause of a sync loop that is stopped.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest.
const LAST_PAUSE: Duration = Duration::from_secs(5);

/// What the kubelet holds of its runtime.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuntimeState {
    conditions: Conditions,
    /// When the runtime was last found well.
    seen: Option<Instant>,
    /// The next pause of the sync loop.
    pause: Option<Duration>,
}

impl RuntimeState {
    /// Takes an answer to `Status`; each turn is a line in the kubelet's log. (The real one writes
    /// the line at each look.)
    pub(crate) fn found(&mut self, conditions: &Conditions, cx: &mut Context<'_>) {
        if conditions.network != self.conditions.network
            && let Some(lack) = &conditions.network
        {
            let text = format!("Container runtime network not ready: {}", shown("Network", lack));
            cx.out.lines.push((text, Basis::Source));
        }
        if conditions.runtime != self.conditions.runtime
            && let Some(lack) = &conditions.runtime
        {
            let text = format!("Container runtime not ready: {}", shown("Runtime", lack));
            cx.out.lines.push((text, Basis::Source));
        }
        if conditions.runtime.is_none() {
            self.seen = Some(cx.now);
        }
        if self.conditions != *conditions {
            self.conditions.clone_from(conditions);
        }
    }

    /// Why no pod without the node's own network can be synced.
    pub(crate) fn network_error(&self) -> Option<String> {
        let lack = self.conditions.network.as_ref()?;
        let shown = shown("Network", lack);
        Some(format!("network is not ready: runtime network not ready: {shown}"))
    }
}

/// A condition as the kubelet prints it (container/runtime.go, `RuntimeCondition.String`).
fn shown(kind: &str, lack: &Lack) -> String {
    format!("{kind}Ready=false reason:{} message:{}", lack.reason, lack.message)
}

impl Kubelet {
    /// How long the sync loop has to pause because of its runtime; none when it need not.
    pub(crate) fn sync_pause(&mut self, cx: &mut Context<'_>) -> Option<Duration> {
        let Some(error) = self.runtime_error(cx.now) else {
            self.runtime.pause = None;
            return None;
        };
        if self.runtime.pause.is_none() {
            let text = format!("skipping pod synchronization - {error}");
            cx.out.lines.push((text, Basis::Source));
        }
        let pause = self.runtime.pause.unwrap_or(FIRST_PAUSE);
        let next = (pause * 2).as_micros().min(LAST_PAUSE.as_micros());
        self.runtime.pause = Some(Duration::from_micros(next));
        Some(pause)
    }

    fn runtime_error(&self, now: Instant) -> Option<String> {
        if self.runtime.seen.is_some_and(|seen| now.since(seen) >= RUNTIME_AWAY) {
            return Some("container runtime is down".into());
        }
        if self.pleg.updated().is_some_and(|at| now.since(at) >= PLEG_AWAY) {
            return Some("PLEG is not healthy".into());
        }
        let lack = self.runtime.conditions.runtime.as_ref()?;
        Some(format!("Container runtime not ready: {}", shown("Runtime", lack)))
    }
}
