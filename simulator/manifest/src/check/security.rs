//! Security contexts (validation.go, `ValidateSecurityContext`, `ValidatePodSecurityContext`).

use crate::check::{RuleCheck, Seen};
use crate::message::{Message, NameRule, Why};
use crate::shape::join;
use crate::tree::Node;

/// The highest number of a user or a group.
const ID_MAX: i64 = i32::MAX as i64;

impl RuleCheck<'_> {
    pub(super) fn security(&mut self, container: &Node, path: &str) {
        let Some(context) = container.get("securityContext") else { return };
        let path = join(path, "securityContext");
        self.range(context, "runAsUser", 0, ID_MAX, &path);
        self.range(context, "runAsGroup", 0, ID_MAX, &path);
        self.seccomp(context, &path);
        let Some(escalation) = context.get("allowPrivilegeEscalation") else { return };
        let capabilities = context.get("capabilities").and_then(|sets| sets.get("add"));
        let admin = |node: &Node| node.scalar().is_some_and(|cap| cap.text == "CAP_SYS_ADMIN");
        let can = context.is_true("privileged")
            || capabilities.is_some_and(|list| list.items().iter().any(admin));
        if can && !context.is_true("allowPrivilegeEscalation") {
            let path = join(&path, "allowPrivilegeEscalation");
            self.mistake(escalation, &path, Message::CannotForbidEscalation);
        }
    }

    pub(super) fn pod_security(&mut self, spec: &Node, path: &str) {
        let Some(context) = spec.get("securityContext") else { return };
        let path = join(path, "securityContext");
        for key in ["runAsUser", "runAsGroup", "fsGroup"] {
            self.range(context, key, 0, ID_MAX, &path);
        }
        let groups = context.get("supplementalGroups").map_or(&[][..], Node::items);
        for (index, group) in groups.iter().enumerate() {
            let number = group.scalar().and_then(crate::tree::Scalar::int);
            if number.is_some_and(|number| !(0..=ID_MAX).contains(&number)) {
                let path = format!("{}[{index}]", join(&path, "supplementalGroups"));
                self.mistake(group, &path, Message::Range { least: 0, most: ID_MAX });
            }
        }
        let mut names = Seen::default();
        let sysctls = context.get("sysctls").map_or(&[][..], Node::items);
        for (index, sysctl) in sysctls.iter().enumerate() {
            let path = format!("{}[{index}]", join(&path, "sysctls"));
            self.named(sysctl, "name", NameRule::Sysctl, &path);
            if let Some(node) = sysctl.get("name")
                && let Some(message) = names.take(sysctl.text("name").unwrap_or_default(), node.at)
            {
                self.mistake(node, &join(&path, "name"), message);
            }
        }
        self.seccomp(context, &path);
    }

    fn seccomp(&mut self, context: &Node, path: &str) {
        let Some(profile) = context.get("seccompProfile") else { return };
        let path = join(path, "seccompProfile");
        let file = profile.get("localhostProfile");
        let local = profile.text("type") == Some("Localhost");
        match file {
            None if local => {
                let field = "localhostProfile".to_owned();
                self.mistake(profile, &join(&path, &field), Message::Missing { field });
            }
            Some(node) if local => {
                let text = profile.text("localhostProfile").unwrap_or_default();
                let rule = crate::message::PathRule::Inside;
                self.path(node, text, rule, &join(&path, "localhostProfile"));
            }
            Some(node) => {
                let message = Message::Forbidden { why: Why::NotLocalhost };
                self.mistake(node, &join(&path, "localhostProfile"), message);
            }
            None => {}
        }
    }
}
