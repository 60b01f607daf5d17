//! The kubelet's gRPC connections to a runtime that may go away.
//!
//! Recorded on containerd and CRI-O (`engine_restart`), read in kubelet 1.20.2
//! (pkg/kubelet/cri/remote, `NewRemoteRuntimeService` and `NewRemoteImageService`) and grpc-go 1.27.1
//! (`clientconn.go`, `resetTransport`; internal/backoff/backoff.go):
//!
//! - The kubelet dials twice, once for the `RuntimeService` and once for the `ImageService`, and
//!   each connection waits for itself: one may be back while the other is not.
//! - A connection that is lost is dialled again at once. While nobody listens the pauses are 1 s,
//!   then 1.6 times as long each time, up to 120 s, each a fifth longer or shorter by chance.
//! - Between two attempts every call fails at once with the error of the last one. So a daemon
//!   that has been away for 45 s may stay unseen for half a minute more.

use crate::RuntimePath;
use crate::call::{Outcome, Request, Status};
use crate::clock::Duration;
use crate::simulation::{Event, Simulation};

/// The first pause (`backoff.DefaultConfig`, `BaseDelay`); it is never varied.
const BASE: Duration = Duration::from_secs(1);
/// The longest pause before it is varied (`MaxDelay`).
const MOST: Duration = Duration::from_secs(120);
/// How soon a call fails on a connection that is down; the median of 215 in the recordings.
pub(super) const FAILS_AT_ONCE: Duration = Duration::from_micros(45);

/// The two services of the CRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Runtime,
    Image,
}

impl Service {
    const ALL: [Self; 2] = [Self::Runtime, Self::Image];

    fn of(request: &Request) -> Self {
        match request {
            Request::ListImages
            | Request::ImageStatus { .. }
            | Request::PullImage { .. }
            | Request::RemoveImage(_)
            | Request::ImageFsInfo => Self::Image,
            _ => Self::Runtime,
        }
    }
}

/// A connection that is down.
#[derive(Clone, Copy, Debug)]
struct Down {
    /// How many attempts have failed.
    failed: u32,
    /// Whether the last was refused; else there was no socket.
    refused: bool,
}

/// The connections of one kubelet process.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections {
    runtime: Option<Down>,
    image: Option<Down>,
    /// Attempts planned before this number of losses are nobody's any more.
    losses: u32,
}

impl Connections {
    fn get(&self, service: Service) -> Option<Down> {
        match service {
            Service::Runtime => self.runtime,
            Service::Image => self.image,
        }
    }

    fn set(&mut self, service: Service, down: Option<Down>) {
        match service {
            Service::Runtime => self.runtime = down,
            Service::Image => self.image = down,
        }
    }
}

impl Simulation {
    /// Why a call fails before it has left the kubelet; none when its connection is up.
    pub(super) fn no_connection(&self, request: &Request) -> Option<Outcome> {
        let down = self.connections.get(Service::of(request))?;
        let why = if down.refused { "connection refused" } else { "no such file or directory" };
        let socket = self.options.path.cri_socket();
        let message = format!(
            "connection error: desc = \"transport: Error while dialing dial unix {socket}: \
             connect: {why}\""
        );
        Some(Err(Status { code: "Unavailable", message }))
    }

    /// Both connections are lost, or a kubelet begins to dial: each is dialled at once.
    pub(super) fn dial(&mut self) {
        self.connections.losses += 1;
        for service in Service::ALL {
            self.connections.set(service, None);
            self.attempt(service, 0);
        }
    }

    /// An attempt that was planned, unless the connection was lost once more since.
    pub(super) fn dial_again(&mut self, service: Service, loss: u32) {
        if self.node.kubelet_up
            && loss == self.connections.losses
            && let Some(down) = self.connections.get(service)
        {
            self.attempt(service, down.failed);
        }
    }

    fn attempt(&mut self, service: Service, failed: u32) {
        if self.somebody_listens() {
            self.connections.set(service, None);
            return;
        }
        let refused = self.node.around.socket_left;
        self.connections.set(service, Some(Down { failed: failed + 1, refused }));
        let pause = self.pause_after(failed);
        let loss = self.connections.losses;
        self.schedule_in(pause, Event::Dial(service, loss));
    }

    fn somebody_listens(&self) -> bool {
        match self.options.path {
            RuntimePath::Dockershim => true,
            RuntimePath::CriDockerd => self.node.around.cri_dockerd_up,
            RuntimePath::Containerd | RuntimePath::CriO => self.node.runtime_up,
        }
    }

    /// The pause before the next attempt, when so many had failed before this one (`Backoff`).
    fn pause_after(&mut self, failed: u32) -> Duration {
        if failed == 0 {
            return BASE;
        }
        let longer = |span: Duration, _| Duration::from_micros(span.as_micros() * 8 / 5).min(MOST);
        let span = (0..failed.min(16)).fold(BASE, longer).as_micros();
        let jitter = self.prng.up_to(Duration::from_micros(span * 2 / 5));
        Duration::from_micros(span * 4 / 5) + jitter
    }
}
