//! The node object: whether the node is ready, and why not.

use crate::call::Loop;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeReady {
    /// Whether it is.
    pub ready: bool,
    /// Why, in one word.
    pub reason: &'static str,
    /// What the condition says.
    pub message: &'static str,
}

impl Moment<'_> {
    /// The condition Ready of the node.
    pub fn node_ready(&self) -> NodeReady {
        if !self.node.kubelet_up && self.at.since(self.kubelet_left()) > KUBELET_SILENT {
            return NodeReady {
                ready: false,
                reason: "NodeStatusUnknown",
                message: "Kubelet stopped posting node status.",
            };
        }
        let not_ready = |message| NodeReady { ready: false, reason: "KubeletNotReady", message };
        match self.runtime_answered() {
            None => not_ready("container runtime status check may not have completed yet"),
            // A kubelet that is away says nothing new.
            Some(at) if self.node.kubelet_up && self.at.since(at) > RUNTIME_SILENT => {
                not_ready("container runtime is down")
            }
            Some(_) => NodeReady {
                ready: true,
                reason: "KubeletReady",
                message: "kubelet is posting ready status",
            },
        }
    }

    /// When the runtime last answered `Status`.
    fn runtime_answered(&self) -> Option<Instant> {
        let calls = &self.run.calls;
        let count = calls.partition_point(|call| call.at <= self.at);
        let mut calls = calls[..count].iter().rev();
        let answered = calls.find(|call| {
            call.of == Loop::RuntimeStatus && call.outcome.is_ok() && call.end <= self.at
        });
        answered.map(|call| call.end)
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
