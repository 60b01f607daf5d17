//! Which call made what: worked out once, so that a seek need not look for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::call::{Reply, Request, Target};
use crate::run::CallRecord;

/// The places of the calls that made sandboxes and containers, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    sandboxes: BTreeMap<u32, usize>,
    containers: BTreeMap<u32, (usize, bool)>,
}

impl Made {
    /// Looks through all calls, in order of time.
    pub(super) fn of(calls: &[CallRecord]) -> Self {
        let mut made = Self::default();
        // One sync makes one message for its sandbox, which all its requests share.
        let mut pulled = BTreeMap::new();
        for (place, call) in calls.iter().enumerate() {
            match (&call.request, &call.outcome) {
                (Request::RunPodSandbox { .. }, Ok(Reply::Sandbox(id))) => {
                    made.sandboxes.insert(id.0, place);
                }
                (Request::PullImage { image, sandbox_config, .. }, Ok(_)) => {
                    pulled.insert(Arc::as_ptr(sandbox_config), *image);
                }
                (Request::CreateContainer { image, sandbox_config, .. }, outcome) => {
                    let just_now = pulled.remove(&Arc::as_ptr(sandbox_config)) == Some(*image);
                    if let Ok(Reply::Container(id)) = outcome {
                        made.containers.insert(id.0, (place, just_now));
                    }
                }
                _ => {}
            }
        }
        made
    }

    /// The place of the call that made it.
    pub(super) fn by(&self, target: Target) -> Option<usize> {
        match target {
            Target::Sandbox(id) => self.sandboxes.get(&id.0).copied(),
            Target::Container(id) => self.containers.get(&id.0).map(|(place, _)| *place),
        }
    }

    /// Whether its image was pulled for this very container.
    pub(super) fn pulled(&self, number: u32) -> bool {
        self.containers.get(&number).is_some_and(|(_, pulled)| *pulled)
    }
}
