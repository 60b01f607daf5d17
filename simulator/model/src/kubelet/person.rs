//! What a person asks of the kubelet: commands, logs, streams, statistics (server/server.go).

use std::sync::Arc;

use crate::call::{ListFilter, Loop, Request};
use crate::identity::{ContainerId, PodId, SandboxId};
use crate::kubelet::{Context, Kubelet, Next, Wake};
use crate::scenario::Question;

/// The goroutine that answers one question.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) question: Question,
    pub(crate) pod: Option<PodId>,
    pub(crate) container: String,
    pub(crate) command: Arc<[String]>,
    pub(crate) step: usize,
}

impl Person {
    /// 1. See what runs (`runtimeCache` is not used here).
    /// 2. Ask the runtime.
    pub(crate) fn resume(&mut self, _: Wake, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Next {
        let step = self.step;
        self.step += 1;
        let of = self.asks_as();
        if let Some(request) = self.request(step, kubelet, cx) {
            return Next::Call(of, request);
        }
        kubelet.questions.pop_front();
        if let Some(next) = kubelet.questions.front().cloned() {
            cx.spawn(next);
        }
        Next::Done
    }

    const fn asks_as(&self) -> Loop {
        match self.question {
            // The recorder knows `/run` by the runner that probes use as well.
            Question::Run => Loop::Prober,
            Question::Logs | Question::RunningPods | Question::StatsSummary => Loop::Other,
            Question::Exec | Question::Attach | Question::PortForward => Loop::Streaming,
        }
    }

    fn request(&self, step: usize, kubelet: &Kubelet, cx: &Context<'_>) -> Option<Request> {
        let live = ListFilter { pod: None, live: true };
        let container = self.container(kubelet, cx);
        let sandbox = self.sandbox(cx);
        match (self.question, step) {
            (Question::Logs, 0) => container.map(Request::ContainerStatus),
            (Question::Logs | Question::StatsSummary, _) => None,
            (_, 0) => Some(Request::ListPodSandbox(live)),
            (_, 1) => Some(Request::ListContainers(live)),
            (Question::Run, 2) => {
                let command = Arc::clone(&self.command);
                container.map(|container| Request::ExecSync { container, command, timeout: 0 })
            }
            (Question::Exec, 2) => {
                let command = Arc::clone(&self.command);
                container.map(|container| Request::Exec { container, command })
            }
            (Question::Attach, 2) => container.map(Request::Attach),
            (Question::PortForward, 2) => {
                Some(Request::ListPodSandbox(ListFilter { pod: self.pod, live: false }))
            }
            (Question::PortForward, 3) => sandbox.map(Request::PortForward),
            _ => None,
        }
    }

    fn container(&self, kubelet: &Kubelet, cx: &Context<'_>) -> Option<ContainerId> {
        let status = kubelet.pleg.get_or_empty(self.pod?);
        let named =
            |id: ContainerId| cx.catalog.container(id).config.metadata.name == self.container;
        status.running().map(|container| container.id).find(|id| named(*id))
    }

    fn sandbox(&self, cx: &Context<'_>) -> Option<SandboxId> {
        cx.node.sandboxes_of(self.pod?).into_iter().find(|id| cx.node.is_ready(*id))
    }
}
