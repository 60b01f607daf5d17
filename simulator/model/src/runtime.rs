//! Runtimes: each CRI call is served by a plain function over the node's state with a clock of its
//! own.
//!
//! A handler runs at the start of its call and writes down the whole call as a timeline: changes of
//! the node at later instants, calls to Docker Engine, and the answer. The event loop plays the
//! timeline out; a daemon that dies in the middle cuts it off. Where a call has to wait for a
//! process to end, the handler says so and is entered again at its next phase.

mod command;
mod lists;
mod registry;
mod serving;

pub(crate) use command::{Ends, KILLED, ends, is_late, sleeps};
pub(crate) use lists::Lists;
pub(crate) use serving::{Flow, Serving, ShimMemory};

use crate::RuntimePath;
use crate::call::Request;
use crate::{containerd, crio, dockershim};

/// Serves one phase of a call on the path of the node.
pub(crate) fn serve(serving: &mut Serving<'_>, request: &Request, phase: u8) -> Flow {
    match serving.path {
        RuntimePath::Dockershim | RuntimePath::CriDockerd => {
            dockershim::serve(serving, request, phase)
        }
        RuntimePath::Containerd => containerd::serve(serving, request, phase),
        RuntimePath::CriO => crio::serve(serving, request, phase),
    }
}
