//! Probes and hooks (validation.go, `validateProbe`, `validateHandler`).

use crate::check::{RuleCheck, obeys};
use crate::message::{Message, NameRule};
use crate::shape::join;
use crate::tree::Node;

const ACTIONS: [&str; 3] = ["exec", "httpGet", "tcpSocket"];
const KNOWN: &str = "`exec`, `httpGet`, `tcpSocket`";

impl RuleCheck<'_> {
    /// `once`: whether one success has to be enough, as for liveness and startup probes.
    pub(super) fn probe(&mut self, probe: &Node, once: bool, path: &str) {
        self.action(probe, path);
        for key in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "failureThreshold"] {
            self.range(probe, key, 0, i64::MAX, path);
        }
        self.range(probe, "successThreshold", 0, i64::MAX, path);
        if let Some(node) = probe.get("successThreshold")
            && once
            && probe.int("successThreshold").is_some_and(|count| count > 1)
        {
            self.mistake(node, &join(path, "successThreshold"), Message::MustBeOne);
        }
    }

    /// Exactly one action. Actions of newer releases have been spoken of and count as well.
    pub(super) fn action(&mut self, node: &Node, path: &str) {
        let newer = ["grpc", "sleep"];
        let has = |key: &&&str| node.get(key).is_some();
        let found = ACTIONS.iter().chain(&newer).filter(has).count();
        if found != 1 {
            self.mistake(node, path, Message::OneAction { found, known: KNOWN });
        }
        if let Some(exec) = node.get("exec")
            && exec.get("command").is_none_or(|list| list.items().is_empty())
        {
            let message = Message::Empty { field: "command" };
            self.mistake(exec, &format!("{path}.exec.command"), message);
        }
        for key in ["httpGet", "tcpSocket"] {
            if let Some(action) = node.get(key) {
                self.port(action, &join(path, key));
            }
        }
        if let Some(http) = node.get("httpGet") {
            let headers = http.get("httpHeaders").map_or(&[][..], Node::items);
            for (index, header) in headers.iter().enumerate() {
                self.not_empty(header, "name", &format!("{path}.httpGet.httpHeaders[{index}]"));
            }
        }
    }

    /// A number, or the name of a port.
    fn port(&mut self, action: &Node, path: &str) {
        self.range(action, "port", 1, 65_535, path);
        let Some(node) = action.get("port") else { return };
        let text = action.text("port").unwrap_or_default();
        if action.int("port").is_none() && !obeys(text, NameRule::Port) {
            let message = Message::Name { found: text.to_owned(), rule: NameRule::Port };
            self.mistake(node, &join(path, "port"), message);
        }
    }
}
