//! What kind of object a document is.

use crate::finding::Findings;
use crate::message::{Message, Shape};
use crate::nearest::nearest;
use crate::note::Remark;
use crate::read::Options;
use crate::shape::join;
use crate::tree::{Node, Value};

/// The kinds that something is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Pod,
    Deployment,
    ReplicaSet,
    ReplicationController,
    DaemonSet,
    StatefulSet,
    Job,
    CronJob,
    ConfigMap,
    Secret,
    RuntimeClass,
}

impl Kind {
    const ALL: [Self; 11] = [
        Self::Pod,
        Self::Deployment,
        Self::ReplicaSet,
        Self::ReplicationController,
        Self::DaemonSet,
        Self::StatefulSet,
        Self::Job,
        Self::CronJob,
        Self::ConfigMap,
        Self::Secret,
        Self::RuntimeClass,
    ];

    /// The name, in the schema as well.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Pod => "Pod",
            Self::Deployment => "Deployment",
            Self::ReplicaSet => "ReplicaSet",
            Self::ReplicationController => "ReplicationController",
            Self::DaemonSet => "DaemonSet",
            Self::StatefulSet => "StatefulSet",
            Self::Job => "Job",
            Self::CronJob => "CronJob",
            Self::ConfigMap => "ConfigMap",
            Self::Secret => "Secret",
            Self::RuntimeClass => "RuntimeClass",
        }
    }

    /// Where Kubernetes 1.20 has it.
    const fn api_version(self) -> &'static str {
        match self {
            Self::Pod | Self::ReplicationController | Self::ConfigMap | Self::Secret => "v1",
            Self::Deployment | Self::ReplicaSet | Self::DaemonSet | Self::StatefulSet => "apps/v1",
            Self::Job => "batch/v1",
            Self::CronJob => "batch/v1beta1",
            Self::RuntimeClass => "node.k8s.io/v1",
        }
    }
}

/// Kinds that are part of Kubernetes, make no pods and are often in one file with what does.
const OTHERS: [&str; 23] = [
    "Service",
    "Namespace",
    "ServiceAccount",
    "PersistentVolumeClaim",
    "PersistentVolume",
    "Ingress",
    "IngressClass",
    "NetworkPolicy",
    "Role",
    "RoleBinding",
    "ClusterRole",
    "ClusterRoleBinding",
    "CustomResourceDefinition",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
    "PodSecurityPolicy",
    "StorageClass",
    "LimitRange",
    "ResourceQuota",
    "Endpoints",
    "PriorityClass",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The objects of a document with their paths: the items of a list, or the document itself.
pub(crate) fn flatten(document: &Node) -> Vec<(&Node, String)> {
    let is_list = document.text("kind").is_some_and(|kind| kind == "List" || kind == "PodList");
    let items = if is_list { document.get("items") } else { None };
    let Some(items) = items else { return vec![(document, String::new())] };
    let items = items.items().iter().enumerate();
    items.map(|(index, item)| (item, format!("items[{index}]"))).collect()
}

/// The kind of an object; none where nothing is done with it, which is then spoken of.
pub(crate) fn kind(
    node: &Node,
    path: &str,
    options: &Options,
    findings: &mut Findings,
) -> Option<Kind> {
    if !matches!(node.value, Value::Map(_)) {
        let found = if matches!(node.value, Value::List(_)) { Shape::List } else { Shape::Text };
        findings.mistake(node.at, path, Message::Type { wanted: Shape::Map, found });
        return None;
    }
    let version = node.text("apiVersion").unwrap_or_default();
    if version.is_empty() {
        let field = "apiVersion".to_owned();
        findings.mistake(node.at, &join(path, &field), Message::Missing { field });
    }
    let name = node.text("kind").unwrap_or_default();
    let at = node.get("kind").map_or(node.at, |node| node.at);
    if name.is_empty() {
        findings.mistake(at, &join(path, "kind"), Message::NoKind);
        return None;
    }
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == name) {
        api_version(node, kind, version, &join(path, "apiVersion"), options, findings);
        return Some(kind);
    }
    let group = version.split_once('/').map_or("", |(group, _)| group);
    let foreign = group.contains('.') && !group.ends_with(".k8s.io");
    let kind = name.to_owned();
    if foreign || OTHERS.contains(&name) || matches!(name, "List" | "PodList") {
        findings.note(at, &join(path, "kind"), Remark::KindIgnored { kind });
        return None;
    }
    let known = Kind::ALL.iter().map(|kind| kind.name()).chain(OTHERS);
    let near = nearest(name, known);
    findings.mistake(at, &join(path, "kind"), Message::UnknownKind { kind, near });
    None
}

fn api_version(
    node: &Node,
    kind: Kind,
    found: &str,
    path: &str,
    options: &Options,
    findings: &mut Findings,
) {
    let known = kind.api_version();
    if found.is_empty() || found == known {
        return;
    }
    let at = node.get("apiVersion").map_or(node.at, |node| node.at);
    let (name, found) = (kind.name().to_owned(), found.to_owned());
    // CronJobs are in `batch/v1` since 1.21 and in no other since 1.25.
    if kind == Kind::CronJob && found == "batch/v1" {
        if options.kubelet < 21 {
            findings.note(at, path, Remark::ApiVersion { kind: name, found, known });
        }
        return;
    }
    if kind == Kind::RuntimeClass && found == "node.k8s.io/v1beta1" {
        return;
    }
    findings.mistake(at, path, Message::ApiVersion { kind: name, found, known });
}
