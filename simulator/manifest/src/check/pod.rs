//! Metadata and the specification of a pod (validation.go, `ValidatePodSpec`).

use crate::check::{RuleCheck, Seen, obeys};
use crate::message::{Message, NameRule};
use crate::shape::join;
use crate::tree::Node;

impl RuleCheck<'_> {
    /// `metadata`. A pod must have a name; the template of a controller need not.
    pub(crate) fn metadata(&mut self, owner: &Node, path: &str, rule: Option<NameRule>) {
        let path = join(path, "metadata");
        let Some(metadata) = owner.get("metadata") else {
            if rule.is_some() {
                let field = "metadata.name".to_owned();
                self.mistake(owner, &path, Message::Missing { field });
            }
            return;
        };
        if let Some(rule) = rule {
            let name = metadata.text("name").unwrap_or_default();
            let generate = metadata.text("generateName").unwrap_or_default();
            if name.is_empty() && generate.is_empty() {
                let field = "name".to_owned();
                self.mistake(metadata, &join(&path, "name"), Message::Missing { field });
            }
            self.named(metadata, "name", rule, &path);
        }
        self.named(metadata, "namespace", NameRule::Label, &path);
        self.labels(metadata, "labels", true, &path);
        self.labels(metadata, "annotations", false, &path);
    }

    /// Keys, and values where they are those of labels.
    pub(crate) fn labels(&mut self, node: &Node, key: &str, values: bool, path: &str) {
        let Some(map) = node.get(key) else { return };
        for entry in map.entries() {
            let path = format!("{}.{}", join(path, key), entry.key);
            let lower = entry.key.to_lowercase();
            // Annotations are looked at in lower case (ValidateAnnotations).
            let name = if values { &entry.key } else { &lower };
            if !obeys(name, NameRule::Key) {
                let message = Message::Name { found: entry.key.clone(), rule: NameRule::Key };
                self.findings.mistake(entry.at, &path, message);
            }
            let text = entry.value.scalar().map_or("", |scalar| &scalar.text);
            if values && !obeys(text, NameRule::LabelValue) {
                let message = Message::Name { found: text.to_owned(), rule: NameRule::LabelValue };
                self.mistake(&entry.value, &path, message);
            }
        }
    }

    /// `spec` of a pod or of a template.
    pub(crate) fn pod_spec(&mut self, spec: &Node, path: &str) {
        let volumes = self.volumes(spec, path);
        let mut names = Seen::default();
        if spec.get("containers").is_some_and(|list| list.items().is_empty()) {
            self.mistake(spec, &join(path, "containers"), Message::Empty { field: "containers" });
        }
        let mut host_ports = Seen::default();
        for (field, init) in [("initContainers", true), ("containers", false)] {
            let items = spec.get(field).map_or(&[][..], Node::items);
            for (index, container) in items.iter().enumerate() {
                let path = format!("{}[{index}]", join(path, field));
                self.container(container, init, &volumes, &path);
                if let Some(name) = container.get("name")
                    && let Some(message) =
                        names.take(container.text("name").unwrap_or_default(), name.at)
                {
                    self.mistake(name, &join(&path, "name"), message);
                }
                // Init containers run one at a time, so they may ask for the same port.
                let mut own = Seen::default();
                let ports = if init { &mut own } else { &mut host_ports };
                self.ports(container, spec, ports, &path);
            }
        }
        self.range(spec, "terminationGracePeriodSeconds", 0, i64::MAX, path);
        self.range(spec, "activeDeadlineSeconds", 1, i64::from(i32::MAX), path);
        self.named(spec, "hostname", NameRule::Label, path);
        self.named(spec, "subdomain", NameRule::Label, path);
        self.named(spec, "nodeName", NameRule::Subdomain, path);
        self.named(spec, "serviceAccountName", NameRule::Subdomain, path);
        self.named(spec, "priorityClassName", NameRule::Subdomain, path);
        self.named(spec, "runtimeClassName", NameRule::Subdomain, path);
        self.labels(spec, "nodeSelector", true, path);
        if spec.is_true("hostPID") && spec.is_true("shareProcessNamespace") {
            let path = join(path, "shareProcessNamespace");
            let at = spec.get("shareProcessNamespace").unwrap_or(spec);
            self.mistake(at, &path, Message::SharedAndHostPid);
        }
        if let Some(list) = spec.get("ephemeralContainers")
            && !list.items().is_empty()
        {
            let why = crate::message::Why::Ephemeral;
            self.mistake(list, &join(path, "ephemeralContainers"), Message::Forbidden { why });
        }
        self.dns(spec, path);
        self.host_aliases(spec, path);
        self.pod_security(spec, path);
    }

    /// `dnsPolicy` and `dnsConfig` (`validatePodDNSConfig`).
    fn dns(&mut self, spec: &Node, path: &str) {
        const SERVERS_MAX: usize = 3;
        const SEARCHES_MAX: usize = 6;
        let config = spec.get("dnsConfig");
        let list = |key| config.and_then(|config| config.get(key)).map_or(&[][..], Node::items);
        let servers = list("nameservers");
        if spec.text("dnsPolicy") == Some("None") && servers.is_empty() {
            let at = spec.get("dnsPolicy").unwrap_or(spec);
            self.mistake(at, &join(path, "dnsConfig"), Message::NoNameServer);
        }
        let path = join(path, "dnsConfig");
        let counts = [("nameservers", SERVERS_MAX), ("searches", SEARCHES_MAX)];
        for (key, most) in counts {
            if let Some(item) = list(key).get(most) {
                let most = i64::try_from(most).unwrap_or(i64::MAX);
                self.mistake(item, &join(&path, key), Message::Range { least: 0, most });
            }
        }
        self.each(servers, NameRule::Address, &join(&path, "nameservers"));
        for search in list("searches") {
            let text = search.scalar().map_or("", |scalar| &scalar.text);
            let name = text.strip_suffix('.').unwrap_or(text);
            if !obeys(name, NameRule::Subdomain) {
                let message = Message::Name { found: text.into(), rule: NameRule::Subdomain };
                self.mistake(search, &join(&path, "searches"), message);
            }
        }
        for option in list("options") {
            if option.text("name").unwrap_or_default().is_empty() {
                let field = "name".to_owned();
                self.mistake(option, &join(&path, "options"), Message::Missing { field });
            }
        }
    }

    fn host_aliases(&mut self, spec: &Node, path: &str) {
        let items = spec.get("hostAliases").map_or(&[][..], Node::items);
        for (index, alias) in items.iter().enumerate() {
            let path = format!("{}[{index}]", join(path, "hostAliases"));
            self.named(alias, "ip", NameRule::Address, &path);
            let names = alias.get("hostnames").map_or(&[][..], Node::items);
            self.each(names, NameRule::Subdomain, &join(&path, "hostnames"));
        }
    }

    fn each(&mut self, items: &[Node], rule: NameRule, path: &str) {
        for (index, item) in items.iter().enumerate() {
            let Some(scalar) = item.scalar() else { continue };
            if !obeys(&scalar.text, rule) {
                let found = scalar.text.clone();
                self.mistake(item, &format!("{path}[{index}]"), Message::Name { found, rule });
            }
        }
    }
}
