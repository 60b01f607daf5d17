//! The pods that controllers make, as far as a node can tell (k8s 1.20.2, pkg/controller).

mod name;

use simulator_model::pod::Pod;

use crate::check::RuleCheck;
use crate::finding::Findings;
use crate::kinds::Kind;
use crate::message::Message;
use crate::note::Remark;
use crate::read::{Options, named, pod};
use crate::shape::join;
use crate::tree::Node;

/// When the job of a cron job is due: midnight of the day of the recordings, in seconds since 1970.
const SCHEDULED: u64 = 1_795_392_000;

/// The template of a controller, with its path.
fn template<'a>(node: &'a Node, path: &str, kind: Kind) -> Option<(&'a Node, String)> {
    let spec = node.get("spec")?;
    let (spec, path) = match kind {
        Kind::CronJob => {
            (spec.get("jobTemplate")?.get("spec")?, join(path, "spec.jobTemplate.spec"))
        }
        _ => (spec, join(path, "spec")),
    };
    Some((spec.get("template")?, join(&path, "template")))
}

/// Holds a controller against the rules.
pub(crate) fn check(node: &Node, path: &str, kind: Kind, rules: &mut RuleCheck<'_>) {
    let Some((template, template_path)) = template(node, path, kind) else { return };
    rules.metadata(template, &template_path, None);
    let Some(spec) = template.get("spec") else { return };
    let spec_path = join(&template_path, "spec");
    rules.pod_spec(spec, &spec_path);
    let policy = spec.text("restartPolicy").unwrap_or_default();
    let allowed = match kind {
        Kind::Job | Kind::CronJob => "OnFailure|Never",
        _ => "Always",
    };
    let absent_is_fine = allowed == "Always";
    let fine = allowed.split('|').any(|word| word == policy);
    if !(fine || (policy.is_empty() && absent_is_fine)) {
        let at = spec.get("restartPolicy").unwrap_or(spec);
        let message = Message::RestartPolicy { kind: kind.name(), allowed };
        rules.findings.mistake(at.at, &join(&spec_path, "restartPolicy"), message);
    }
    if matches!(kind, Kind::Job | Kind::CronJob) {
        return;
    }
    let Some(selector) = node.get("spec").and_then(|spec| spec.get("selector")) else { return };
    let wanted = if kind == Kind::ReplicationController {
        Some(selector)
    } else {
        selector.get("matchLabels")
    };
    let labels = template.get("metadata").and_then(|metadata| metadata.get("labels"));
    let label = |key: &str| labels.and_then(|labels| labels.text(key));
    let wanted = wanted.map_or(&[][..], Node::entries);
    let text = |node: &'_ Node| node.scalar().map(|scalar| scalar.text.clone());
    if wanted.iter().any(|entry| label(&entry.key).map(ToOwned::to_owned) != text(&entry.value)) {
        rules.findings.mistake(selector.at, &join(path, "spec.selector"), Message::SelectorMisses);
    }
}

/// The pods of an object without mistakes.
pub(crate) fn pods(
    node: &Node,
    path: &str,
    kind: Kind,
    options: &Options,
    findings: &mut Findings,
) -> Vec<Pod> {
    let metadata = node.get("metadata");
    let of = |key| metadata.and_then(|metadata| metadata.text(key)).unwrap_or_default().to_owned();
    if kind == Kind::Pod {
        let mut pod = pod(node, path, findings);
        if let Some(pod) = pod.as_mut().filter(|pod| pod.metadata.name.is_empty()) {
            pod.metadata.name = name::generated(&of("generateName"), 0);
            named(pod, node, path, findings);
        }
        claims(node.get("spec"), path, findings);
        return pod.into_iter().collect();
    }
    let Some((template, template_path)) = template(node, path, kind) else { return Vec::new() };
    let wanted = wanted(node, kind);
    let played = usize::try_from(wanted).unwrap_or(0).min(options.replicas);
    if kind != Kind::DaemonSet && usize::try_from(wanted).ok() != Some(played) {
        findings.note(node.at, path, Remark::Replicas { wanted, played });
    }
    claims(template.get("spec"), &template_path, findings);
    let mut pods = Vec::new();
    for index in 0..played {
        let Some(mut pod) = pod(template, &template_path, findings) else { break };
        let mut owner = of("name");
        if owner.is_empty() {
            owner = name::generated(&of("generateName"), 0);
        }
        pod.metadata.namespace = of("namespace");
        dress(&mut pod, &owner, kind, index, template, node);
        named(&pod, node, path, findings);
        pods.push(pod);
    }
    pods
}

/// How many pods a controller wants on its node.
fn wanted(node: &Node, kind: Kind) -> i64 {
    let spec = node.get("spec");
    let key = match kind {
        Kind::DaemonSet => return 1,
        Kind::Job => "parallelism",
        Kind::CronJob => {
            let spec = spec.and_then(|spec| spec.get("jobTemplate")?.get("spec"));
            return spec.and_then(|spec| spec.int("parallelism")).unwrap_or(1);
        }
        _ => "replicas",
    };
    spec.and_then(|spec| spec.int(key)).unwrap_or(1)
}

/// Gives a pod the name and the labels that its controller gives.
fn dress(pod: &mut Pod, owner: &str, kind: Kind, index: usize, template: &Node, node: &Node) {
    let hash = name::template_hash(template);
    let mut label = |key: &str, value: &str| {
        pod.metadata.labels.insert(key.to_owned(), value.to_owned());
    };
    pod.metadata.name = match kind {
        Kind::Deployment => {
            label("pod-template-hash", &hash);
            name::generated(&format!("{owner}-{hash}-"), index)
        }
        Kind::StatefulSet => {
            let name = format!("{owner}-{index}");
            label("controller-revision-hash", &format!("{owner}-{hash}"));
            label("statefulset.kubernetes.io/pod-name", &name);
            pod.spec.hostname.clone_from(&name);
            let service = node.get("spec").and_then(|spec| spec.text("serviceName"));
            service.unwrap_or_default().clone_into(&mut pod.spec.subdomain);
            name
        }
        Kind::DaemonSet => {
            label("controller-revision-hash", &hash);
            label("pod-template-generation", "1");
            name::generated(&format!("{owner}-"), index)
        }
        Kind::Job | Kind::CronJob => {
            let job = match kind {
                Kind::CronJob => format!("{owner}-{SCHEDULED}"),
                _ => owner.to_owned(),
            };
            label("controller-uid", &format!("uid:{job}"));
            label("job-name", &job);
            name::generated(&format!("{job}-"), index)
        }
        _ => name::generated(&format!("{owner}-"), index),
    };
}

/// What is behind a claim is not in the manifest.
fn claims(spec: Option<&Node>, path: &str, findings: &mut Findings) {
    let volumes = spec.and_then(|spec| spec.get("volumes")).map_or(&[][..], Node::items);
    for volume in volumes {
        if let Some(claim) = volume.get("persistentVolumeClaim") {
            let name = claim.text("claimName").unwrap_or_default().to_owned();
            findings.note(claim.at, &join(path, "volumes"), Remark::ClaimAssumed { name });
        }
    }
}
