//! Requests and limits (validation.go, `ValidateResourceRequirements`).

use simulator_model::pod::Quantity;

use crate::check::RuleCheck;
use crate::message::Message;
use crate::shape::join;
use crate::tree::Node;

impl RuleCheck<'_> {
    pub(super) fn resources(&mut self, container: &Node, path: &str) {
        let Some(resources) = container.get("resources") else { return };
        let path = join(path, "resources");
        for key in ["limits", "requests"] {
            self.labels(resources, key, false, &path);
            let entries = resources.get(key).map_or(&[][..], Node::entries);
            for entry in entries {
                let path = format!("{}.{}", join(&path, key), entry.key);
                self.amount(&entry.key, &entry.value, &path);
            }
        }
        let (requests, limits) = (resources.get("requests"), resources.get("limits"));
        for entry in requests.map_or(&[][..], Node::entries) {
            let path = format!("{}.{}", join(&path, "requests"), entry.key);
            let limit = limits.and_then(|limits| limits.get(&entry.key)).and_then(quantity);
            let resource = entry.key.clone();
            match (quantity(&entry.value), limit) {
                (Some(request), Some(limit)) if is_extended(&entry.key) && request != limit => {
                    self.mistake(&entry.value, &path, Message::RequestIsLimit { resource });
                }
                (Some(request), Some(limit)) if request > limit => {
                    self.mistake(&entry.value, &path, Message::RequestOverLimit { resource });
                }
                (Some(_), None) if is_extended(&entry.key) => {
                    self.mistake(&entry.value, &path, Message::RequestIsLimit { resource });
                }
                _ => {}
            }
        }
    }

    fn amount(&mut self, name: &str, node: &Node, path: &str) {
        let known = ["cpu", "memory", "ephemeral-storage"].contains(&name);
        if !known && !name.contains('/') && !name.starts_with("hugepages-") {
            let known: Vec<_> =
                ["cpu", "memory", "ephemeral-storage", "hugepages-SIZE", "domain/name"]
                    .map(ToOwned::to_owned)
                    .into();
            let near = crate::nearest::nearest(name, known.iter().map(String::as_str));
            let message = Message::Word { found: name.to_owned(), known, near };
            self.mistake(node, path, message);
        }
        let Some(quantity) = quantity(node) else { return };
        let whole = !name.contains('/') || quantity.milli() % 1_000 == 0;
        if quantity < Quantity::ZERO || !whole {
            let found = node.scalar().map(|scalar| scalar.text.clone()).unwrap_or_default();
            self.mistake(node, path, Message::Amount { found });
        }
    }
}

/// Whether request and limit have to be the same: resources of one's own, and huge pages.
fn is_extended(name: &str) -> bool {
    name.contains('/') || name.starts_with("hugepages-")
}

fn quantity(node: &Node) -> Option<Quantity> {
    node.scalar()?.text.parse().ok()
}
