//! Containers (validation.go, `validateContainers`, `validateInitContainers`).

use std::collections::BTreeMap;

use crate::check::{RuleCheck, Seen};
use crate::message::{Message, NameRule, PathRule, Why};
use crate::nearest::nearest;
use crate::shape::join;
use crate::tree::Node;

/// The highest number of a port.
const PORT_MAX: i64 = 65_535;

/// The volumes of a pod by their names.
pub(super) type Volumes<'a> = BTreeMap<&'a str, &'a Node>;

impl RuleCheck<'_> {
    pub(super) fn container(
        &mut self,
        container: &Node,
        init: bool,
        volumes: &Volumes<'_>,
        path: &str,
    ) {
        self.not_empty(container, "name", path);
        self.named(container, "name", NameRule::Label, path);
        let image = container.text("image").unwrap_or_default();
        if image.is_empty() || image.trim() != image {
            let at = container.get("image").unwrap_or(container);
            let field = "image".to_owned();
            self.mistake(at, &join(path, "image"), Message::Missing { field });
        }
        self.environment(container, path);
        self.mounts(container, volumes, path);
        self.resources(container, path);
        self.security(container, path);
        for key in ["livenessProbe", "readinessProbe", "startupProbe"] {
            let Some(probe) = container.get(key) else { continue };
            let path = join(path, key);
            if init {
                self.mistake(probe, &path, Message::Forbidden { why: Why::InitContainer });
            } else {
                self.probe(probe, key != "readinessProbe", &path);
            }
        }
        if let Some(lifecycle) = container.get("lifecycle") {
            let path = join(path, "lifecycle");
            if init {
                self.mistake(lifecycle, &path, Message::Forbidden { why: Why::InitContainer });
            }
            for key in ["postStart", "preStop"] {
                if let Some(hook) = lifecycle.get(key) {
                    self.action(hook, &join(&path, key));
                }
            }
        }
    }

    /// `ports` (`validateContainerPorts`, `checkHostPortConflicts`).
    pub(super) fn ports(
        &mut self,
        container: &Node,
        spec: &Node,
        host_ports: &mut Seen,
        path: &str,
    ) {
        let mut names = Seen::default();
        let items = container.get("ports").map_or(&[][..], Node::items);
        for (index, port) in items.iter().enumerate() {
            let path = format!("{}[{index}]", join(path, "ports"));
            self.named(port, "name", NameRule::Port, &path);
            self.range(port, "containerPort", 1, PORT_MAX, &path);
            self.range(port, "hostPort", 0, PORT_MAX, &path);
            if let Some(name) = port.get("name")
                && let Some(message) = names.take(port.text("name").unwrap_or_default(), name.at)
            {
                self.mistake(name, &join(&path, "name"), message);
            }
            let number = port.int("hostPort").filter(|number| *number != 0);
            let Some(number) = number else { continue };
            let path = join(&path, "hostPort");
            let at = port.get("hostPort").unwrap_or(port);
            let inside = port.int("containerPort").unwrap_or(number);
            if spec.is_true("hostNetwork") && inside != number {
                self.mistake(at, &path, Message::HostPortDiffers { port: inside });
            }
            let address = port.text("hostIP").unwrap_or_default();
            let protocol = port.text("protocol").filter(|text| !text.is_empty()).unwrap_or("TCP");
            let taken = format!(
                "{address}{}{number}/{protocol}",
                if address.is_empty() { "" } else { ":" }
            );
            if let Some(message) = host_ports.take(&taken, at.at) {
                self.mistake(at, &path, message);
            }
        }
    }

    /// `volumeMounts` (`ValidateVolumeMounts`).
    fn mounts(&mut self, container: &Node, volumes: &Volumes<'_>, path: &str) {
        let mut paths = Seen::default();
        let items = container.get("volumeMounts").map_or(&[][..], Node::items);
        for (index, mount) in items.iter().enumerate() {
            let path = format!("{}[{index}]", join(path, "volumeMounts"));
            self.not_empty(mount, "name", &path);
            self.not_empty(mount, "mountPath", &path);
            if let Some(name) = mount.get("name")
                && let Some(text) = mount.text("name").filter(|text| !text.is_empty())
                && !volumes.contains_key(text)
            {
                let near = nearest(text, volumes.keys().copied());
                let message = Message::NoSuchVolume { found: text.to_owned(), near };
                self.mistake(name, &join(&path, "name"), message);
            }
            if let Some(node) = mount.get("mountPath") {
                let text = mount.text("mountPath").unwrap_or_default();
                let path = join(&path, "mountPath");
                if let Some(message) = paths.take(text, node.at) {
                    self.mistake(node, &path, message);
                }
                self.path(node, text, PathRule::NoColon, &path);
            }
            for key in ["subPath", "subPathExpr"] {
                if let (Some(node), Some(text)) = (mount.get(key), mount.text(key)) {
                    self.path(node, text, PathRule::Inside, &join(&path, key));
                }
            }
            let sub_path = mount.get("subPath").is_some_and(|node| !is_empty_text(node));
            if let Some(expression) = mount.get("subPathExpr").filter(|node| !is_empty_text(node))
                && sub_path
            {
                let message = Message::Both { one: "subPath", other: "subPathExpr" };
                self.mistake(expression, &join(&path, "subPathExpr"), message);
            }
            let privileged =
                container.get("securityContext").is_some_and(|own| own.is_true("privileged"));
            if let Some(node) = mount.get("mountPropagation")
                && mount.text("mountPropagation") == Some("Bidirectional")
                && !privileged
            {
                self.mistake(node, &join(&path, "mountPropagation"), Message::NeedsPrivileged);
            }
        }
    }

    pub(super) fn path(&mut self, node: &Node, text: &str, rule: PathRule, path: &str) {
        let backsteps = text.split('/').any(|part| part == "..");
        let wrong = match rule {
            PathRule::NoColon => text.contains(':'),
            PathRule::Inside => text.starts_with('/') || backsteps,
            PathRule::NoBacksteps => backsteps,
        };
        if wrong {
            self.mistake(node, path, Message::Path { found: text.to_owned(), rule });
        }
    }
}

fn is_empty_text(node: &Node) -> bool {
    node.scalar().is_some_and(|scalar| scalar.text.is_empty())
}
