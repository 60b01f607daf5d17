//! Hooks after the start and before the stop of a container (`lifecycle/handlers.go`).

use std::collections::VecDeque;
use std::sync::Arc;

use crate::call::{ListFilter, Loop, Outcome, Reply, Request};
use crate::clock::{Duration, Instant};
use crate::identity::{ContainerId, PodId};
use crate::kubelet::start_container::format_pod;
use crate::kubelet::{Context, Kubelet, Next, TaskId, Wake};
use crate::pod::Handler;

/// What a hook asks of the runtime, one thing after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hook {
    left: VecDeque<Request>,
    /// Whether the address of the pod is looked for, and was found.
    address: Option<bool>,
    kind: Kind,
    /// Why it failed.
    failure: Option<String>,
}

/// What a hook does.
#[derive(Clone, Debug, Default)]
enum Kind {
    Exec(Arc<[String]>),
    /// The path.
    Http(String),
    #[default]
    Invalid,
}

impl Hook {
    /// - A command is run in the container, for as long as it likes.
    /// - For an HTTP request without a host the kubelet asks for the whole status of the pod, only to
    ///   find its address.
    /// - Anything else is an invalid handler.
    pub(crate) fn new(handler: &Handler, pod: PodId, container: ContainerId) -> Self {
        let mut hook = Self::default();
        match (&handler.exec, &handler.http_get) {
            (Some(exec), _) => {
                let command: Arc<[String]> = Arc::from(exec.command.as_slice());
                hook.kind = Kind::Exec(Arc::clone(&command));
                hook.left.push_back(Request::ExecSync { container, command, timeout: 0 });
            }
            (None, Some(http)) => {
                hook.kind = Kind::Http(http.path.clone());
                if http.host.is_empty() {
                    let filter = ListFilter { pod: Some(pod), live: false };
                    hook.left.push_back(Request::ListPodSandbox(filter));
                    hook.address = Some(false);
                }
            }
            (None, None) => hook.failure = Some("invalid handler".into()),
        }
        hook
    }

    /// The next request.
    pub(crate) fn next(&mut self) -> Option<Request> {
        self.left.pop_front()
    }

    /// Takes an answer in.
    pub(crate) fn answered(&mut self, outcome: &Outcome, pod: PodId) {
        let filter = ListFilter { pod: Some(pod), live: false };
        match outcome {
            Ok(Reply::Exec { exit_code: 0 }) => {}
            Ok(Reply::Exec { exit_code }) => {
                // `remote/remote_runtime.go`, `ExecSync`
                let Kind::Exec(command) = &self.kind else { return };
                let command = command.join(" ");
                self.failure = Some(format!("command '{command}' exited with {exit_code}: "));
            }
            Ok(Reply::Sandboxes(list)) => {
                self.left.extend(list.iter().map(|view| Request::PodSandboxStatus(view.id)));
                self.left.push_back(Request::ListContainers(filter));
            }
            Ok(Reply::SandboxStatus(view)) => {
                let found = self.address == Some(true) || view.address.is_some();
                self.address = Some(found);
            }
            Ok(Reply::Containers(list)) => {
                self.left.extend(list.iter().map(|view| Request::ContainerStatus(view.id)));
            }
            Ok(_) => {}
            Err(status) => {
                self.left.clear();
                self.failure = Some(status.to_string());
            }
        }
    }

    /// What the event says when it did not go well; none when it did. Whoever is asked over HTTP is
    /// taken to answer.
    pub(crate) fn failure(&self, container: ContainerId, cx: &Context<'_>) -> Option<String> {
        let no_address = self.address == Some(false);
        let no_address = no_address.then(|| "failed to find networking container".to_owned());
        let why = self.failure.clone().or(no_address)?;
        let entry = cx.catalog.container(container);
        let pod = format_pod(cx.catalog.pod(entry.pod));
        let of = format!("Container \"{}\" in Pod \"{pod}\"", entry.config.metadata.name);
        let hook = match &self.kind {
            Kind::Exec(command) => format!("Exec lifecycle hook ([{}])", command.join(" ")),
            Kind::Http(path) => format!("Http lifecycle hook ({path})"),
            Kind::Invalid => return Some(format!("Cannot run handler: {why}")),
        };
        Some(format!("{hook} for {of} failed - error: {why}, message: \"\""))
    }
}

/// Runs the hook before the stop of a container, in a goroutine of its own (`executePreStopHook`).
#[derive(Clone, Debug)]
pub(crate) struct PreStop {
    parent: TaskId,
    pod: PodId,
    container: ContainerId,
    hook: Hook,
    of: Loop,
}

impl PreStop {
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        if let Wake::Answer(outcome) = wake {
            self.hook.answered(&outcome, self.pod);
        }
        if let Some(request) = self.hook.next() {
            return Next::Call(self.of, request);
        }
        if let Some(text) = self.hook.failure(self.container, cx) {
            let index = cx.catalog.container(self.container).index;
            cx.warn(self.pod, index, "FailedPreStopHook", text);
        }
        kubelet.hooks_over.insert(self.parent);
        cx.wake(Some(self.parent));
        Next::Done
    }
}

/// Wakes somebody after a while.
#[derive(Clone, Debug)]
pub(crate) struct Alarm {
    whom: TaskId,
    after: Option<Duration>,
}

impl Alarm {
    pub(crate) fn resume(&mut self, _: Wake, _: &mut Kubelet, cx: &mut Context<'_>) -> Next {
        if let Some(after) = self.after.take() {
            return Next::Sleep(after);
        }
        cx.wake(Some(self.whom));
        Next::Done
    }
}

/// A hook before a stop that somebody waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Awaited {
    since: Instant,
    until: Instant,
}

impl Awaited {
    /// Starts the hook of a container, if it has one and there is time for it.
    pub(crate) fn start(
        container: ContainerId,
        grace: i64,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Self> {
        let entry = cx.catalog.container(container);
        let (pod, index) = (entry.pod, entry.index);
        let manifest = cx.pod(pod);
        let handler =
            manifest.container(index).lifecycle.pre_stop.as_ref().filter(|_| grace > 0)?;
        // The recorder knew commands by the runner that probes use as well.
        let of = if handler.exec.is_some() { Loop::Prober } else { Loop::Other };
        kubelet.hooks_over.remove(&cx.me);
        let hook = Hook::new(handler, pod, container);
        let parent = cx.me;
        cx.spawn(PreStop { parent, pod, container, hook, of });
        let most = Duration::from_secs(grace);
        cx.spawn(Alarm { whom: parent, after: Some(most) });
        Some(Self { since: cx.now, until: cx.now + most })
    }

    /// How many whole seconds it took; none while it lasts.
    pub(crate) fn took(self, kubelet: &mut Kubelet, cx: &Context<'_>) -> Option<i64> {
        let over = kubelet.hooks_over.remove(&cx.me) || cx.now >= self.until;
        over.then(|| cx.now.since(self.since).as_micros() / 1_000_000)
    }
}
