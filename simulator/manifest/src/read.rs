//! Reading a text of manifests.

use simulator_model::pod::{Pod, Source};

use crate::check::RuleCheck;
use crate::defaults;
use crate::finding::{Findings, Mistake, Note};
use crate::from_tree::from_tree;
use crate::kinds::{self, Kind};
use crate::message::{Message, NameRule};
use crate::note::Remark;
use crate::objects::Objects;
use crate::place::Position;
use crate::shape::ShapeCheck;
use crate::tree::{Node, documents};
use crate::workload;

/// How long a text may be, in bytes: as long as an object can be in the API server's store.
pub const TEXT_MAX: usize = 1_500_000;
/// How many pods one run plays: as many as a node takes (`--max-pods`).
pub const PODS_MAX: usize = 110;

/// How a text is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the text is called in messages.
    pub file: String,
    /// Where its pods come from.
    pub source: Source,
    /// The minor version of the kubelet that is played.
    pub kubelet: u32,
    /// How many pods of each controller are played at most.
    pub replicas: usize,
    /// Who fills in what is not said.
    pub defaults: Defaults,
}

/// Who fills in what a manifest does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Defaults {
    /// The API server, or for a static pod the kubelet itself.
    #[default]
    ApiServer,
    /// As on the nodes of the recordings, whose API server handed pods on as they were written.
    AsRecorded,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            file: "manifest".into(),
            source: Source::Api,
            kubelet: 20,
            replicas: 1,
            defaults: Defaults::default(),
        }
    }
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The pods, as a node gets them; none when there are mistakes.
    pub pods: Vec<Pod>,
    /// What to know, in the order of the text.
    pub notes: Vec<Note>,
    /// What is wrong, in the order of the text.
    pub mistakes: Vec<Mistake>,
}

/// Reads a text of one or more manifests.
///
/// Whatever the text, this ends soon and does not panic; what is wrong is in the answer.
pub fn read(text: &str, options: &Options) -> Reading {
    let mut findings = Findings { file: options.file.clone(), ..Findings::default() };
    let mut pods = Vec::new();
    if text.len() > TEXT_MAX {
        let message = Message::TooLong { bytes: text.len(), limit: TEXT_MAX };
        findings.mistake(Position::START, "", message);
    } else {
        let (documents, mistakes) = documents(text);
        let is_empty = documents.is_empty() && mistakes.is_empty();
        for (at, message) in mistakes {
            findings.mistake(at, "", message);
        }
        if is_empty {
            findings.mistake(Position::START, "", Message::Nothing);
        }
        let read = read_documents(&documents, options, &mut findings);
        pods = read.into_iter().map(|(_, pod)| pod).collect();
    }
    finish(pods, findings)
}

pub(crate) fn finish(mut pods: Vec<Pod>, mut findings: Findings) -> Reading {
    findings.sort();
    if !findings.mistakes.is_empty() {
        pods.clear();
    }
    Reading { pods, notes: findings.notes, mistakes: findings.mistakes }
}

/// The pods of some documents, with the names of the objects that they come of; documents with
/// mistakes give none.
pub(crate) fn read_documents(
    documents: &[Node],
    options: &Options,
    findings: &mut Findings,
) -> Vec<(String, Pod)> {
    let mut objects = Objects::default();
    let mut makers = Vec::new();
    for document in documents.iter().filter(|document| !document.is_null()) {
        for (object, path) in kinds::flatten(document) {
            let Some(kind) = kinds::kind(object, &path, options, findings) else { continue };
            let before = findings.mistakes.len();
            check(object, &path, kind, options, findings);
            if findings.mistakes.len() > before {
                continue;
            }
            match kind {
                Kind::ConfigMap | Kind::Secret | Kind::RuntimeClass => objects.add(object, kind),
                _ => makers.push((object, path, kind)),
            }
        }
    }
    let mut pods: Vec<(String, Pod)> = Vec::new();
    for (object, path, kind) in makers {
        let owner = object.get("metadata").and_then(|metadata| metadata.text("name"));
        for mut pod in workload::pods(object, &path, kind, options, findings) {
            defaults::fill(&mut pod, options);
            objects.fill(&mut pod, options.source, (object.at, &path), findings);
            pods.push((owner.unwrap_or(&pod.metadata.name).to_owned(), pod));
        }
        if pods.len() > PODS_MAX {
            let message = Message::TooManyPods { limit: PODS_MAX };
            findings.mistake(object.at, &path, message);
            break;
        }
    }
    twice(&pods, findings);
    pods
}

/// Two pods of one name in one namespace cannot be.
fn twice(pods: &[(String, Pod)], findings: &mut Findings) {
    for (index, (_, pod)) in pods.iter().enumerate() {
        let same = |(_, other): &(String, Pod)| {
            let (one, other) = (&pod.metadata, &other.metadata);
            (&one.namespace, &one.name) == (&other.namespace, &other.name)
        };
        if pods[..index].iter().any(same) {
            let found = format!("{}/{}", pod.metadata.namespace, pod.metadata.name);
            findings.mistake(Position::START, "", Message::Taken { found, line: 1 });
        }
    }
}

/// Shape and rules.
fn check(node: &Node, path: &str, kind: Kind, options: &Options, findings: &mut Findings) {
    let kubelet = options.kubelet;
    ShapeCheck { findings, kubelet, quiet: false }.object(node, kind.name(), path);
    let mut rules = RuleCheck { findings };
    rules.metadata(node, path, Some(NameRule::Subdomain));
    if kind == Kind::Pod {
        if let Some(spec) = node.get("spec") {
            rules.pod_spec(spec, &crate::shape::join(path, "spec"));
        }
    } else {
        workload::check(node, path, kind, &mut rules);
    }
}

/// A pod from a pod, or from the template of a controller.
pub(crate) fn pod(node: &Node, path: &str, findings: &mut Findings) -> Option<Pod> {
    let (pod, mistakes) = from_tree::<Pod>(node, false);
    for (at, message) in mistakes {
        findings.mistake(at, path, message);
    }
    pod
}

/// Tells of a name that was made up.
pub(crate) fn named(pod: &Pod, node: &Node, path: &str, findings: &mut Findings) {
    findings.note(node.at, path, Remark::Named { name: pod.metadata.name.clone() });
}
