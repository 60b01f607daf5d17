//! Back-off: 10 s, doubled at each failure, at most 5 min (client-go, util/flowcontrol/backoff.go).

use std::collections::BTreeMap;

use crate::clock::{Duration, Instant};
use crate::identity::PodId;

/// What is backed off: a container of a pod, by its place.
pub(crate) type Key = (PodId, usize);

/// The first wait (kubelet.go, `backOffPeriod`).
const FIRST: Duration = Duration::from_secs(10);
/// The longest wait (kubelet.go, `MaxContainerBackOff`).
const MOST: Duration = Duration::from_secs(300);

#[derive(Clone, Copy, Debug)]
struct Entry {
    wait: Duration,
    updated: Instant,
}

/// Waits by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Backoff {
    entries: BTreeMap<Key, Entry>,
}

impl Backoff {
    /// Whether the wait, counted from `since`, is not over (`IsInBackOffSince`).
    pub(crate) fn holds_since(&self, key: Key, since: Instant, now: Instant) -> bool {
        let Some(entry) = self.entries.get(&key) else { return false };
        !expired(since, entry.updated) && now.since(since) < entry.wait
    }

    /// Whether the wait, counted from its last growth, is not over (`IsInBackOffSinceUpdate`).
    pub(crate) fn holds(&self, key: Key, now: Instant) -> bool {
        let Some(entry) = self.entries.get(&key) else { return false };
        !expired(now, entry.updated) && now.since(entry.updated) < entry.wait
    }

    /// Makes the wait longer (`Next`).
    pub(crate) fn grow(&mut self, key: Key, event: Instant, now: Instant) {
        let wait = match self.entries.get(&key) {
            Some(entry) if !expired(event, entry.updated) => {
                Duration::from_micros((entry.wait * 2).as_micros().min(MOST.as_micros()))
            }
            _ => FIRST,
        };
        self.entries.insert(key, Entry { wait, updated: now });
    }
}

/// After twice the longest wait everything is forgiven (`hasExpired`).
fn expired(event: Instant, updated: Instant) -> bool {
    event.since(updated) > MOST * 2
}
