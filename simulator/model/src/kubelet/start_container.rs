//! Starting one container: `startContainer` (`kuberuntime/kuberuntime_container.go`) and
//! `EnsureImageExists` (`images/image_manager.go`).

use std::sync::Arc;

use crate::call::{ImageKeyKind, Loop, Outcome, Reply, Request};
use crate::clock::Duration;
use crate::kubelet::hook::Hook;
use crate::kubelet::kill::stop_steps;
use crate::kubelet::pod_worker::{PodWorker, Step};
use crate::kubelet::puller::PullRequest;
use crate::kubelet::{Context, Kubelet, Next, container_config, keyring};
use crate::node::{Change, RunState};
use crate::pod::{Pod, must_pull};

impl PodWorker {
    /// The steps that start one container.
    pub(super) fn start_step(
        &mut self,
        step: Step,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Next> {
        match step {
            Step::StartContainer(index) => self.look_for_image(index, kubelet, cx),
            Step::Pull(index) => self.pull(index, kubelet, cx),
            Step::AwaitPull(index) => self.await_pull(index, kubelet, cx),
            Step::ImageUser(index) => self.look_for_user(index, kubelet, cx),
            Step::AskUser(index) => self.ask_for_user(index, kubelet, cx),
            Step::Create(index) => self.create(index, kubelet, cx),
            Step::Start(index) => {
                let container = self.new_container?;
                let request = Request::StartContainer(container);
                self.ask(Loop::PodWorker, Step::Start(index), request)
            }
            Step::PostStart(index) => self.post_start(index, cx),
            Step::Hook => self.next_of_hook(kubelet, cx),
            _ => unreachable!("only steps of starting come here"),
        }
    }

    /// What follows from an answer.
    pub(super) fn start_answered(
        &mut self,
        step: Step,
        outcome: Outcome,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) {
        match (step, outcome) {
            (Step::StartContainer(index), Ok(Reply::Image(found))) => {
                self.image_seen(index, found.is_some(), kubelet, cx);
            }
            (Step::ImageUser(index), Ok(Reply::Image(Some(_)))) => {
                // The images here name no user, and no user is root (`verifyRunAsNonRoot`).
                match not_root(&cx.pod(self.pod), index) {
                    Err(why) => {
                        self.fail(index, "CreateContainerConfigError", Some(why), kubelet, cx);
                    }
                    Ok(()) => self.put_first([Step::Create(index)].into_iter()),
                }
            }
            (Step::Create(index), Ok(Reply::Container(id))) => {
                let text = format!("Created container {}", cx.pod(self.pod).container(index).name);
                cx.tell(self.pod, index, "Created", text);
                self.new_container = Some(id);
                self.put_first([Step::Start(index)].into_iter());
            }
            (Step::Start(index), Ok(_)) => {
                let text = format!("Started container {}", cx.pod(self.pod).container(index).name);
                cx.tell(self.pod, index, "Started", text);
                kubelet.reasons.remove(&(self.pod, index));
                self.put_first([Step::PostStart(index)].into_iter());
            }
            (Step::Hook, outcome) => {
                self.hook.answered(&outcome, self.pod);
                self.put_first([Step::Hook].into_iter());
            }
            // The container is not started; the others still are.
            (Step::StartContainer(index), Err(status)) => {
                let image = cx.pod(self.pod).container(index).image.clone();
                let text = format!("Failed to inspect image \"{image}\": {status}");
                cx.warn(self.pod, index, "InspectFailed", text);
                self.fail(index, "ImageInspectError", None, kubelet, cx);
            }
            (Step::ImageUser(index), Err(status)) => {
                let text = status.message;
                self.fail(index, "CreateContainerConfigError", Some(text), kubelet, cx);
            }
            (Step::Create(index), Err(status)) => {
                let text = status.message;
                self.fail(index, "CreateContainerError", Some(text), kubelet, cx);
            }
            (Step::Start(index), Err(status)) => {
                self.fail(index, "RunContainerError", Some(status.message), kubelet, cx);
            }
            _ => self.failed = true,
        }
        let init_failed = self.failed && self.actions.next_init.is_some();
        debug_assert!(!init_failed || self.actions.start.is_empty(), "init containers come alone");
    }

    /// Its image was looked for: it is used, pulled, or backed off (`EnsureImageExists`).
    fn image_seen(
        &mut self,
        index: usize,
        present: bool,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) {
        let pod = cx.pod(self.pod);
        let key = (self.pod, cx.image_of(self.pod, index).index());
        if !must_pull(pod.container(index), present) {
            let image = &pod.container(index).image;
            if present {
                let text = format!("Container image \"{image}\" already present on machine");
                cx.tell(self.pod, index, "Pulled", text);
                self.put_first([Step::ImageUser(index)].into_iter());
            } else {
                let text =
                    format!("Container image \"{image}\" is not present with pull policy of Never");
                cx.warn(self.pod, index, "ErrImageNeverPull", text);
                self.fail(index, "ErrImageNeverPull", None, kubelet, cx);
            }
        } else if kubelet.pulls.holds(key, cx.now) {
            let image = &pod.container(index).image;
            let text = format!("Back-off pulling image \"{image}\"");
            cx.tell(self.pod, index, "BackOff", text);
            self.fail(index, "ImagePullBackOff", None, kubelet, cx);
        } else {
            self.put_first([Step::Pull(index)].into_iter());
        }
    }

    /// The container is not started, for this reason; what the event says where it is not the
    /// reason itself.
    fn fail(
        &mut self,
        index: usize,
        reason: &'static str,
        text: Option<String>,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) {
        self.failed = true;
        kubelet.reasons.insert((self.pod, index), reason);
        let text = text.unwrap_or_else(|| reason.to_owned());
        cx.warn(self.pod, index, "Failed", format!("Error: {text}"));
    }

    /// 1. Unless it is backed off, see whether its image is there.
    fn look_for_image(
        &mut self,
        index: usize,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Next> {
        let exited =
            |c: &&crate::call::ContainerView| c.index == index && c.state == RunState::Exited;
        if let Some(last) = self.status.containers.iter().find(exited) {
            let key = (self.pod, index);
            let since = last.finished.unwrap_or(last.created);
            if kubelet.restarts.holds_since(key, since, cx.now) {
                self.failed = true;
                kubelet.reasons.insert(key, "CrashLoopBackOff");
                let text = "Back-off restarting failed container".to_owned();
                cx.warn(self.pod, index, "BackOff", text);
                return None;
            }
            kubelet.restarts.grow(key, since, cx.now);
        }
        let image = cx.image_of(self.pod, index);
        let annotations = Some(self.sandbox_config(kubelet, cx));
        let key = ImageKeyKind::Reference;
        let request = Request::ImageStatus { image, annotations, key };
        self.ask(Loop::PodWorker, Step::StartContainer(index), request)
    }

    /// 2. Have the image pulled; the puller takes one image after the other.
    fn pull(&mut self, index: usize, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        let image = cx.image_of(self.pod, index);
        let sandbox_config = self.sandbox_config(kubelet, cx);
        let text = format!("Pulling image \"{}\"", cx.pod(self.pod).container(index).image);
        cx.tell(self.pod, index, "Pulling", text);
        self.pull_began = cx.now;
        let logins = keyring::lookup(&cx.pod(self.pod), cx.catalog.image_name(image)).into();
        kubelet.pull_queue.push_back(PullRequest { from: cx.me, image, sandbox_config, logins });
        cx.wake(kubelet.pull_task);
        self.put_first([Step::AwaitPull(index)].into_iter());
        None
    }

    fn await_pull(
        &mut self,
        index: usize,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Next> {
        let Some(outcome) = kubelet.pull_results.remove(&cx.me) else {
            self.put_first([Step::AwaitPull(index)].into_iter());
            return Some(Next::Wait);
        };
        let image = cx.pod(self.pod).container(index).image.clone();
        match outcome {
            Ok(_) => {
                let took = go_duration(cx.now.since(self.pull_began));
                let text = format!("Successfully pulled image \"{image}\" in {took}");
                cx.tell(self.pod, index, "Pulled", text);
                self.put_first([Step::ImageUser(index)].into_iter());
            }
            Err(status) => {
                let text = format!("Failed to pull image \"{image}\": {status}");
                cx.warn(self.pod, index, "Failed", text);
                let key = (self.pod, cx.image_of(self.pod, index).index());
                kubelet.pulls.grow(key, cx.now, cx.now);
                self.fail(index, "ErrImagePull", None, kubelet, cx);
            }
        }
        None
    }

    /// 3. Put the configuration together, and ask for the user that the image names.
    ///
    /// A configuration that cannot be put together ends here, before the user is asked for
    /// (`CreateContainerConfigError`).
    fn look_for_user(
        &mut self,
        index: usize,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Next> {
        let pod = cx.pod(self.pod);
        if let Err(why) = container_config::environment(&pod, index, kubelet.source, self.address) {
            self.fail(index, "CreateContainerConfigError", Some(why), kubelet, cx);
            return None;
        }
        // Without an API server a node object is made for each variable that wants the node.
        let nodes =
            if kubelet.standalone() { container_config::node_objects(&pod, index) } else { 0 };
        let steps = (0..nodes).flat_map(|_| [Step::NodeObject, Step::NodeVersion]);
        let steps: Vec<_> = steps.chain([Step::AskUser(index)]).collect();
        self.put_first(steps.into_iter());
        None
    }

    fn ask_for_user(
        &mut self,
        index: usize,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Option<Next> {
        let pod = cx.pod(self.pod);
        let envs = container_config::environment(&pod, index, kubelet.source, self.address).ok()?;
        if let Some(why) = container_config::impossible_mount(pod.container(index), &envs) {
            self.fail(index, "CreateContainerConfigError", Some(why), kubelet, cx);
            return None;
        }
        let image = cx.image_of(self.pod, index);
        let key = ImageKeyKind::Reference;
        let request = Request::ImageStatus { image, annotations: None, key };
        self.ask(Loop::PodWorker, Step::ImageUser(index), request)
    }

    /// 4. Create the container.
    fn create(&mut self, index: usize, kubelet: &Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        let pod = cx.pod(self.pod);
        let sandbox = self.sandbox?;
        let before = self.status.newest(index);
        let attempt = before.map_or(0, |container| container.attempt + 1);
        let image = cx.image_of(self.pod, index);
        let image_id = cx.catalog.image_id_name(image);
        let place =
            container_config::Place { index, attempt, image: image_id, address: self.address };
        let config = Arc::new(container_config::make(&pod, kubelet.source, &place)?);
        let sandbox_config = self.sandbox_config(kubelet, cx);
        let directory = Change::LogDirectory { pod: self.pod, container: Some(index) };
        cx.out.changes.push((cx.now, directory));
        let request = Request::CreateContainer { sandbox, index, image, config, sandbox_config };
        self.ask(Loop::PodWorker, Step::Create(index), request)
    }

    /// 6. Run the hook after the start.
    fn post_start(&mut self, index: usize, cx: &Context<'_>) -> Option<Next> {
        let pod = cx.pod(self.pod);
        let handler = pod.container(index).lifecycle.post_start.as_ref()?;
        self.hook = Hook::new(handler, self.pod, self.new_container?);
        self.put_first([Step::Hook].into_iter());
        None
    }

    /// A hook that fails costs the container its life.
    fn next_of_hook(&mut self, kubelet: &mut Kubelet, cx: &mut Context<'_>) -> Option<Next> {
        if let Some(request) = self.hook.next() {
            return self.ask(Loop::PodWorker, Step::Hook, request);
        }
        let container = self.new_container?;
        if let Some(text) = self.hook.failure(container, cx) {
            self.failed = true;
            let index = cx.catalog.container(container).index;
            kubelet.reasons.insert((self.pod, index), "PostStartHookError");
            cx.warn(self.pod, index, "FailedPostStartHook", text);
            cx.tell(self.pod, index, "Killing", "FailedPostStartHook".to_owned());
            self.put_first(stop_steps(container).into_iter());
        }
        None
    }
}

/// A span as Go prints it: `1.234567s`, `87.328ms` or `950µs`.
fn go_duration(span: Duration) -> String {
    let micros = span.as_micros();
    let (whole, unit, digits) = match micros {
        ..1_000 => return format!("{micros}µs"),
        1_000..1_000_000 => (1_000, "ms", 3),
        _ => (1_000_000, "s", 6),
    };
    let part = format!("{:0digits$}", micros % whole);
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    format!("{}{point}{part}{unit}", micros / whole)
}

/// Why a container is not made that must not be root and would be (`security_context.go`,
/// `verifyRunAsNonRoot`).
fn not_root(pod: &Pod, index: usize) -> Result<(), String> {
    let container = pod.container(index);
    let (of_pod, own) = (&pod.spec.security_context, &container.security_context);
    if own.run_as_non_root.or(of_pod.run_as_non_root) != Some(true) {
        return Ok(());
    }
    let why = match own.run_as_user.or(of_pod.run_as_user) {
        Some(0) => "container's runAsUser breaks non-root policy",
        Some(_) => return Ok(()),
        None => "container has runAsNonRoot and image will run as root",
    };
    Err(format!("{why} (pod: \"{}\", container: {})", format_pod(pod), container.name))
}

/// A pod as the kubelet names it (pkg/kubelet/util/format/pod.go, `Pod`).
pub(super) fn format_pod(pod: &Pod) -> String {
    let metadata = &pod.metadata;
    format!("{}_{}({})", metadata.name, metadata.namespace, metadata.uid)
}
