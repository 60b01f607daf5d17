//! The first steps of a kubelet process (cmd/kubelet/app/server.go, kubelet.go `Run`).

use crate::RuntimePath;
use crate::basis::Basis;
use crate::call::{Loop, Request};
use crate::clock::Duration;
use crate::kubelet::deleter::{ContainerDeleter, SandboxDeleter};
use crate::kubelet::garbage::GarbageCollector;
use crate::kubelet::image_manager::ImageManager;
use crate::kubelet::pleg::Pleg;
use crate::kubelet::polls::{Kind, Poll};
use crate::kubelet::puller::Puller;
use crate::kubelet::sync_loop::SyncLoop;
use crate::kubelet::{Context, Kubelet, Next, Wake};

/// The goroutine that starts all others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Startup {
    step: u8,
    began: bool,
}

impl Startup {
    /// 1. See who the runtime is.
    /// 2. Set the node up, for about 6 s.
    /// 3. Start the goroutines.
    ///
    /// A runtime that does not say who it is costs the kubelet its life
    /// (`kuberuntime/kuberuntime_manager.go`, `NewKubeGenericRuntimeManager`).
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        if let Wake::Answer(Err(status)) = wake {
            let basis = if cx.scenario.node.kubelet.is_recorded() {
                Basis::Source
            } else {
                Basis::Documents
            };
            cx.out.lines.extend([
                (format!("Get runtime version failed: {status}"), basis),
                (format!("failed to run Kubelet: failed to create kubelet: {status}"), basis),
            ]);
            cx.out.exits = true;
            return Next::Done;
        }
        self.step += 1;
        match self.step {
            // The recorder inside the kubelet's process begins with the process.
            1 if kubelet.path == RuntimePath::Dockershim
                && !std::mem::replace(&mut self.began, true) =>
            {
                self.step = 0;
                Next::Sleep(Duration::from_millis(300))
            }
            1 => Next::Call(Loop::Startup, Request::Version),
            2 => Next::Sleep(Duration::from_millis(6_250)),
            3 => {
                cx.spawn(GarbageCollector::default());
                cx.spawn(Poll::new(Kind::ImageGc));
                cx.spawn(ImageManager::default());
                cx.spawn(Poll::new(Kind::RuntimeStatus));
                kubelet.pull_task = Some(cx.spawn(Puller::default()));
                kubelet.container_deleter = Some(cx.spawn(ContainerDeleter::default()));
                kubelet.sandbox_deleter = Some(cx.spawn(SandboxDeleter::default()));
                Next::Sleep(Duration::from_millis(70))
            }
            4 => {
                cx.spawn(Pleg::default());
                kubelet.loop_task = Some(cx.spawn(SyncLoop::default()));
                cx.spawn(Poll::new(Kind::Tick));
                cx.spawn(Poll::new(Kind::Housekeeping));
                cx.spawn(Poll::new(Kind::Volumes));
                Next::Sleep(Duration::from_millis(300))
            }
            5 => {
                cx.spawn(Poll::new(Kind::Stats));
                if kubelet.path != RuntimePath::Dockershim {
                    cx.spawn(Poll::new(Kind::LogRotation));
                }
                if !kubelet.standalone() {
                    cx.spawn(Poll::new(Kind::NodeStatus));
                }
                Next::Done
            }
            _ => Next::Done,
        }
    }
}
