//! Whether a pod wants this very node (`pkg/scheduler/framework/plugins/helper/node_affinity.go`,
//! `PodMatchesNodeSelectorAndAffinityTerms`).

use crate::kubelet::container_config::NODE_NAME;
use crate::pod::{NodeSelectorRequirement, NodeSelectorTerm, Pod};

/// The labels that a kubelet gives its node (`kubelet_node_status.go`, `initialNode`); that of the
/// recordings had no others.
const LABELS: [(&str, &str); 5] = [
    ("kubernetes.io/hostname", NODE_NAME),
    ("kubernetes.io/os", "linux"),
    ("kubernetes.io/arch", "amd64"),
    ("beta.kubernetes.io/os", "linux"),
    ("beta.kubernetes.io/arch", "amd64"),
];

/// Whether the node has all labels of the selector, and fits one of the required terms.
pub(super) fn matches(pod: &Pod) -> bool {
    let selector = &pod.spec.node_selector;
    let selected = selector.iter().all(|(key, value)| label(key) == Some(value.as_str()));
    let affinity = &pod.spec.affinity.node_affinity;
    let required = affinity.required_during_scheduling_ignored_during_execution.as_ref();
    selected && required.is_none_or(|selector| selector.node_selector_terms.iter().any(fits))
}

fn label(key: &str) -> Option<&'static str> {
    LABELS.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
}

/// A term that says nothing fits no node.
fn fits(term: &NodeSelectorTerm) -> bool {
    let (labels, fields) = (&term.match_expressions, &term.match_fields);
    let field = |key: &str| (key == "metadata.name").then_some(NODE_NAME);
    let empty = labels.is_empty() && fields.is_empty();
    !empty
        && labels.iter().all(|wanted| holds(wanted, label(&wanted.key)))
        && fields.iter().all(|wanted| holds(wanted, field(&wanted.key)))
}

fn holds(wanted: &NodeSelectorRequirement, found: Option<&str>) -> bool {
    let among = || found.is_some_and(|found| wanted.values.iter().any(|value| value == found));
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<i64>().ok());
    let (own, other) = (number(found), number(wanted.values.first().map(String::as_str)));
    match wanted.operator.as_str() {
        "In" => among(),
        "NotIn" => !among(),
        "Exists" => found.is_some(),
        "DoesNotExist" => found.is_none(),
        "Gt" => own.zip(other).is_some_and(|(own, other)| own > other),
        "Lt" => own.zip(other).is_some_and(|(own, other)| own < other),
        _ => false,
    }
}
