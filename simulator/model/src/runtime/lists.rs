//! Lists of sandboxes and containers, put together once for each state of the node.
//!
//! Most calls of a node are polls, and most polls find nothing new; answers that say the same share
//! one list.

use std::sync::Arc;

use crate::call::{ContainerView, ListFilter, SandboxView};
use crate::node::{NodeState, RunState};

/// The lists that were answered since the node last changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    generation: u64,
    /// All sandboxes, and the ready ones.
    sandboxes: [Option<Arc<[SandboxView]>>; 2],
    /// All containers, and the running ones.
    containers: [Option<Arc<[ContainerView]>>; 2],
}

impl Lists {
    /// The sandboxes that pass a filter, the newest first.
    pub(crate) fn sandboxes(&mut self, node: &NodeState, filter: ListFilter) -> Arc<[SandboxView]> {
        self.refresh(node);
        let list = self.sandboxes[usize::from(filter.live)].get_or_insert_with(|| {
            let views = node.sandboxes.iter().rev().map(|(id, sandbox)| sandbox.view(*id));
            views.filter(|sandbox| sandbox.ready || !filter.live).collect()
        });
        match filter.pod {
            None => Arc::clone(list),
            Some(pod) => list.iter().filter(|sandbox| sandbox.pod == pod).copied().collect(),
        }
    }

    /// The containers that pass a filter, the newest first.
    pub(crate) fn containers(
        &mut self,
        node: &NodeState,
        filter: ListFilter,
    ) -> Arc<[ContainerView]> {
        self.refresh(node);
        let list = self.containers[usize::from(filter.live)].get_or_insert_with(|| {
            let views = node.containers.iter().rev().map(|(id, container)| container.view(*id));
            views.filter(|c| c.state == RunState::Running || !filter.live).collect()
        });
        match filter.pod {
            None => Arc::clone(list),
            Some(pod) => list.iter().filter(|container| container.pod == pod).copied().collect(),
        }
    }

    /// Forgets what was true before the node changed.
    fn refresh(&mut self, node: &NodeState) {
        if self.generation != node.generation {
            *self = Self { generation: node.generation, ..Self::default() };
        }
    }
}
