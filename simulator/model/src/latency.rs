//! How long things take: drawn from what was measured, with whole numbers only.

mod table;

use crate::RuntimePath;
use crate::call::EngineRequest;
use crate::clock::Duration;
use crate::prng::Prng;

/// What is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A CRI call as the kubelet sees it.
    Cri(&'static str),
    /// A call to Docker Engine, as `timings.json` groups them.
    Engine(&'static str),
}

/// Three points of a distribution, in µs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// A tenth is shorter.
    pub p10: i64,
    /// Half are shorter.
    pub median: i64,
    /// A tenth is longer.
    pub p90: i64,
}

impl Spread {
    /// Draws a duration: straight lines between the three points, and nothing beyond the outer
    /// ones.
    pub fn draw(self, prng: &mut Prng) -> Duration {
        let place = prng.below(1_000).cast_signed();
        let between = |from: i64, to: i64, part: i64, whole: i64| from + (to - from) * part / whole;
        Duration::from_micros(match place {
            0..100 => self.p10,
            100..500 => between(self.p10, self.median, place - 100, 400),
            500..900 => between(self.median, self.p90, place - 500, 400),
            _ => self.p90,
        })
    }
}

/// Draws the duration of a call; 1 ms where nothing was measured.
pub fn draw(path: RuntimePath, key: Key, prng: &mut Prng) -> Duration {
    let spread = table::spread(path, key).or_else(|| match key {
        // What one path never did in the recordings, its sibling on the same engine did.
        Key::Engine(_) => table::spread(RuntimePath::Dockershim, key),
        Key::Cri(_) => table::spread(RuntimePath::Containerd, key),
    });
    spread.map_or(Duration::from_millis(1), |spread| spread.draw(prng))
}

/// How `timings.json` names a call to Docker Engine.
pub const fn engine_key(request: &EngineRequest) -> Key {
    Key::Engine(match request {
        EngineRequest::Version => "GET /version",
        EngineRequest::Info => "GET /info",
        EngineRequest::ContainerList { .. } | EngineRequest::ContainersOfSandbox(_) => {
            "GET /containers/ID"
        }
        EngineRequest::ContainerCreate { .. } => "POST /containers/ID",
        EngineRequest::ContainerStart(_) => "POST /containers/ID/start",
        EngineRequest::ContainerStop(..) => "POST /containers/ID/stop",
        EngineRequest::ContainerRemove(_) => "DELETE /containers/ID",
        EngineRequest::ContainerInspect(_) => "GET /containers/ID/json",
        EngineRequest::ImageList => "GET /images/ID",
        EngineRequest::ImageInspect(_) => "GET /images/ID/json",
        EngineRequest::ImageCreate(_) => "POST /images/ID",
        EngineRequest::ImageRemove(_) => "DELETE /images/ID",
        EngineRequest::ExecCreate { .. } => "POST /containers/ID/exec",
        EngineRequest::ExecInspect(_) => "GET /exec/ID/json",
    })
}
