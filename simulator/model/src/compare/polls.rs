//! Polls: what each kind asks of Docker, and how often.

use std::collections::BTreeMap;

use crate::compare::{Figures, Loops, at, docker, query, text};

/// The loops that only watch.
pub(super) const WATCHING: [&str; 3] = ["pleg", "runtime-status", "stats"];
/// A kind of poll counts when it was seen so often.
const LEAST: usize = 4;

/// What a poll asks of Docker, and twice its median period in µs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Poll {
    inner: Vec<String>,
    doubled_median: i64,
}

pub(super) fn watching(name: &str, a: &Loops<'_>, b: &Loops<'_>, figures: &mut Figures) {
    let (a, b) = (kinds(a, name), kinds(b, name));
    let keys: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
    for key in keys {
        figures.polls.of += 1;
        let agrees = match (a.get(key), b.get(key)) {
            (Some(a), Some(b)) => {
                let apart = (a.doubled_median - b.doubled_median).abs();
                a.inner == b.inner && apart * 100 <= a.doubled_median * 15
            }
            _ => false,
        };
        figures.polls.same += usize::from(agrees);
        if !agrees {
            let line = format!("  poll {name} {key:?} {:?} {:?}", a.get(key), b.get(key));
            figures.differences.push(line);
        }
    }
}

fn kinds(loops: &Loops<'_>, name: &str) -> BTreeMap<(String, String), Poll> {
    let mut kinds: BTreeMap<(String, String), (Vec<i64>, Vec<String>)> = BTreeMap::new();
    for call in loops.get(name).into_iter().flatten() {
        let what = text(call, "call");
        if matches!(what, "PodSandboxStatus" | "ContainerStatus" | "Version") {
            continue;
        }
        let query = if what.starts_with("List") { query(&call["request"]) } else { String::new() };
        let kind = kinds.entry((what.to_owned(), query)).or_default();
        kind.0.push(at(call));
        let inner = docker(call).iter();
        kind.1 =
            inner.map(|call| format!("{} {}", text(call, "method"), text(call, "path"))).collect();
    }
    let lasting = kinds.into_iter().filter(|(key, (times, _))| {
        // What is asked about one pod is no poll.
        times.len() >= LEAST && !key.1.contains("uid:")
    });
    lasting
        .map(|(key, (times, inner))| (key, Poll { inner, doubled_median: median(&times) }))
        .collect()
}

/// Twice the median of the spans between instants.
fn median(times: &[i64]) -> i64 {
    let mut spans: Vec<_> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    spans.sort_unstable();
    let middle = spans.len() / 2;
    if spans.len() % 2 == 1 { spans[middle] * 2 } else { spans[middle - 1] + spans[middle] }
}
