//! Environment variables (validation.go, `ValidateEnv`, `ValidateEnvFrom`).

use crate::check::{RuleCheck, obeys};
use crate::message::{Message, NameRule};
use crate::shape::join;
use crate::tree::Node;

/// The fields of a pod that a variable may hold.
const FIELDS: [&str; 8] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.podIP",
    "status.podIPs",
];
const RESOURCES: [&str; 6] = [
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
];
const SOURCES: &str = "`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef`";

impl RuleCheck<'_> {
    pub(super) fn environment(&mut self, container: &Node, path: &str) {
        let items = container.get("env").map_or(&[][..], Node::items);
        for (index, variable) in items.iter().enumerate() {
            let path = format!("{}[{index}]", join(path, "env"));
            self.not_empty(variable, "name", &path);
            self.named(variable, "name", NameRule::Variable, &path);
            if let Some(from) = variable.get("valueFrom") {
                let value = variable.text("value").filter(|text| !text.is_empty());
                if value.is_some() {
                    let message = Message::Both { one: "value", other: "valueFrom" };
                    self.mistake(from, &join(&path, "valueFrom"), message);
                }
                self.value_from(from, &join(&path, "valueFrom"));
            }
        }
        let items = container.get("envFrom").map_or(&[][..], Node::items);
        for (index, from) in items.iter().enumerate() {
            let path = format!("{}[{index}]", join(path, "envFrom"));
            self.named(from, "prefix", NameRule::Variable, &path);
            let sources = ["configMapRef", "secretRef"];
            let found: Vec<_> = sources.iter().filter(|key| from.get(key).is_some()).collect();
            if found.len() != 1 {
                let known = "`configMapRef`, `secretRef`";
                self.mistake(from, &path, Message::OneAction { found: found.len(), known });
            }
            for key in found {
                self.reference(from, key, &path);
            }
        }
    }

    fn value_from(&mut self, from: &Node, path: &str) {
        let found = from.entries().iter().filter(|entry| !entry.value.is_null()).count();
        if found != 1 {
            self.mistake(from, path, Message::OneAction { found, known: SOURCES });
        }
        if let Some(field) = from.get("fieldRef")
            && let (Some(node), Some(text)) = (field.get("fieldPath"), field.text("fieldPath"))
            && !is_field(text)
        {
            let path = format!("{path}.fieldRef.fieldPath");
            self.mistake(node, &path, Message::FieldPath { found: text.to_owned() });
        }
        if let Some(resource) = from.get("resourceFieldRef")
            && let (Some(node), Some(text)) = (resource.get("resource"), resource.text("resource"))
            && !RESOURCES.contains(&text)
            && !text.starts_with("limits.hugepages-")
            && !text.starts_with("requests.hugepages-")
        {
            let path = format!("{path}.resourceFieldRef.resource");
            self.mistake(node, &path, Message::Resource { found: text.to_owned() });
        }
        for key in ["configMapKeyRef", "secretKeyRef"] {
            if let Some(reference) = from.get(key) {
                self.reference(from, key, path);
                self.named(reference, "key", NameRule::ConfigKey, &join(path, key));
            }
        }
    }

    /// An object by its name.
    fn reference(&mut self, from: &Node, key: &str, path: &str) {
        let Some(reference) = from.get(key) else { return };
        let path = join(path, key);
        if reference.text("name").unwrap_or_default().is_empty() {
            let field = "name".to_owned();
            self.mistake(reference, &join(&path, "name"), Message::Missing { field });
        }
        self.named(reference, "name", NameRule::Subdomain, &path);
    }
}

fn is_field(path: &str) -> bool {
    let subscript = |field: &str| {
        let key = path.strip_prefix(field)?.strip_prefix("['")?.strip_suffix("']")?;
        Some(obeys(key, NameRule::Key))
    };
    FIELDS.contains(&path)
        || subscript("metadata.labels") == Some(true)
        || subscript("metadata.annotations") == Some(true)
}
