//! The serial image puller (images/puller.go): one image after the other, for all pods.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::call::{Loop, Request};
use crate::identity::ImageId;
use crate::kubelet::{Context, Kubelet, Next, TaskId, Wake};
use crate::messages::PodSandboxConfig;
use crate::pod::Login;

/// A pull that somebody waits for.
#[derive(Clone, Debug)]
pub(crate) struct PullRequest {
    pub(crate) from: TaskId,
    pub(crate) image: ImageId,
    pub(crate) sandbox_config: Arc<PodSandboxConfig>,
    /// Logins to try, the first one first; with none the registry is asked as nobody.
    pub(crate) logins: VecDeque<Arc<Login>>,
}

/// The goroutine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Puller {
    pulling: Option<PullRequest>,
}

impl Puller {
    /// A pull that fails is made again with the next login (`kuberuntime/kuberuntime_image.go`,
    /// `PullImage`).
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        if let Some(request) = self.pulling.take() {
            let Wake::Answer(outcome) = wake else {
                self.pulling = Some(request);
                return Next::Wait;
            };
            if outcome.is_err() && !request.logins.is_empty() {
                return self.pull(request);
            }
            kubelet.pull_results.insert(request.from, outcome);
            cx.wake(Some(request.from));
        }
        let Some(request) = kubelet.pull_queue.pop_front() else { return Next::Wait };
        self.pull(request)
    }

    fn pull(&mut self, mut request: PullRequest) -> Next {
        let login = request.logins.pop_front();
        let (image, sandbox_config) = (request.image, Arc::clone(&request.sandbox_config));
        self.pulling = Some(request);
        Next::Call(Loop::ImagePuller, Request::PullImage { image, sandbox_config, login })
    }
}
