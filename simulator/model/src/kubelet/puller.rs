//! The serial image puller (images/puller.go): one image after the other, for all pods.

use std::sync::Arc;

use crate::call::{Loop, Request};
use crate::identity::ImageId;
use crate::kubelet::{Context, Kubelet, Next, TaskId, Wake};
use crate::messages::PodSandboxConfig;

/// A pull that somebody waits for.
#[derive(Clone, Debug)]
pub(crate) struct PullRequest {
    pub(crate) from: TaskId,
    pub(crate) image: ImageId,
    pub(crate) sandbox_config: Arc<PodSandboxConfig>,
}

/// The goroutine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Puller {
    pulling_for: Option<TaskId>,
}

impl Puller {
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        if let Some(from) = self.pulling_for {
            let Wake::Answer(outcome) = wake else { return Next::Wait };
            self.pulling_for = None;
            kubelet.pull_results.insert(from, outcome);
            cx.wake(Some(from));
        }
        let Some(request) = kubelet.pull_queue.pop_front() else { return Next::Wait };
        self.pulling_for = Some(request.from);
        let PullRequest { image, sandbox_config, .. } = request;
        Next::Call(Loop::ImagePuller, Request::PullImage { image, sandbox_config })
    }
}
