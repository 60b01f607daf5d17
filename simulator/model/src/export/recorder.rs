//! How the recorder named loops: it saw goroutines by number, and took each for what the calls of
//! its whole life looked like.
//!
//! A goroutine that did less than its kind usually does is known by another name: the worker of a
//! pod that had nothing to do but ask for the version, or the end of a container that was gone.

use std::collections::BTreeMap;

use crate::call::{Loop, Request};
use crate::run::{CallRecord, Run};

/// The names of the goroutines that the recorder took for something else.
pub(super) fn mistaken(run: &Run) -> BTreeMap<u32, Loop> {
    let mut goroutines: BTreeMap<u32, Vec<&CallRecord>> = BTreeMap::new();
    for call in &run.calls {
        goroutines.entry(call.goroutine).or_default().push(call);
    }
    let taken_for = |(number, calls): (u32, Vec<&CallRecord>)| Some((number, taken_for(&calls)?));
    goroutines.into_iter().filter_map(taken_for).collect()
}

/// What a goroutine was taken for, unless it was recognised.
fn taken_for(calls: &[&CallRecord]) -> Option<Loop> {
    let any = |is: fn(&Request) -> bool| calls.iter().any(|call| is(&call.request));
    match calls.first()?.of {
        Loop::PodWorker if !any(|request| !matches!(request, Request::Version)) => {
            Some(if calls.len() == 1 { Loop::Startup } else { Loop::NodeStatus })
        }
        Loop::KillContainer if !any(|request| matches!(request, Request::StopContainer { .. })) => {
            Some(Loop::Other)
        }
        Loop::GarbageCollector if !any(removes) => {
            let failed = calls.iter().any(|call| call.outcome.is_err());
            let cut = any(|request| matches!(request, Request::ContainerStatus(_)));
            (failed || cut).then_some(Loop::Other)
        }
        _ => None,
    }
}

fn removes(request: &Request) -> bool {
    matches!(request, Request::RemoveContainer(_) | Request::RemovePodSandbox(_))
}
