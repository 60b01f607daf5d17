//! The node object: whether the node is ready, and why not.

use crate::call::{Conditions, Lack, Loop, Reply};
use crate::clock::{Duration, Instant};
use crate::node::Change;
use crate::state::Moment;

/// How long the runtime may be silent before the node is not ready (k8s 1.20.2,
/// pkg/kubelet/kubelet.go, `maxWaitForContainerRuntime`).
const RUNTIME_SILENT: Duration = Duration::from_secs(30);
/// How long the kubelet may be silent before the node is not ready
/// (`--node-monitor-grace-period` of the controller manager).
const KUBELET_SILENT: Duration = Duration::from_secs(40);

/// Whether the node is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeReady {
    /// Whether it is.
    pub ready: bool,
    /// Why, in one word.
    pub reason: &'static str,
    /// What the condition says.
    pub message: String,
}

impl Moment<'_> {
    /// The condition Ready of the node (k8s 1.20.2, pkg/kubelet/nodestatus/setters.go,
    /// `ReadyCondition`).
    pub fn node_ready(&self) -> NodeReady {
        if !self.node.kubelet_up && self.at.since(self.kubelet_left()) > KUBELET_SILENT {
            let message = "Kubelet stopped posting node status.".to_owned();
            return NodeReady { ready: false, reason: "NodeStatusUnknown", message };
        }
        let troubles = self.troubles();
        if troubles.is_empty() {
            let message = "kubelet is posting ready status".to_owned();
            return NodeReady { ready: true, reason: "KubeletReady", message };
        }
        let message = match troubles.as_slice() {
            [one] => one.clone(),
            more => format!("[{}]", more.join(", ")),
        };
        NodeReady { ready: false, reason: "KubeletNotReady", message }
    }

    /// What the kubelet holds against its runtime (pkg/kubelet/runtime.go).
    fn troubles(&self) -> Vec<String> {
        let mut troubles = Vec::new();
        let Some((when, conditions)) = self.runtime_answered(|_| true) else {
            return vec!["container runtime status check may not have completed yet".into()];
        };
        let seen = self.runtime_answered(|conditions| conditions.runtime.is_none());
        let seen = seen.map_or(when, |(seen, _)| seen);
        // A kubelet that is away says nothing new.
        if self.node.kubelet_up && self.at.since(seen) >= RUNTIME_SILENT {
            troubles.push("container runtime is down".into());
        }
        let shown = |kind: &str, lack: &Lack| {
            format!("{kind}Ready=false reason:{} message:{}", lack.reason, lack.message)
        };
        if let Some(lack) = &conditions.runtime {
            troubles.push(format!("Container runtime not ready: {}", shown("Runtime", lack)));
        }
        if let Some(lack) = &conditions.network {
            troubles.push(format!("runtime network not ready: {}", shown("Network", lack)));
        }
        troubles
    }

    /// The last answer to `Status` with such conditions.
    fn runtime_answered(
        &self,
        such: impl Fn(&Conditions) -> bool,
    ) -> Option<(Instant, Conditions)> {
        let calls = &self.run.calls;
        let count = calls.partition_point(|call| call.at <= self.at);
        calls[..count].iter().rev().find_map(|call| match &call.outcome {
            Ok(Reply::Status(conditions))
                if call.of == Loop::RuntimeStatus && call.end <= self.at && such(conditions) =>
            {
                Some((call.end, conditions.clone()))
            }
            _ => None,
        })
    }

    /// When the kubelet was last seen.
    fn kubelet_left(&self) -> Instant {
        let changes = &self.run.changes;
        let count = changes.partition_point(|(when, _)| *when <= self.at);
        let mut changes = changes[..count].iter().rev();
        let left = changes.find(|(_, change)| *change == Change::Kubelet { up: false });
        left.map_or(Instant::ZERO, |(when, _)| *when)
    }
}
