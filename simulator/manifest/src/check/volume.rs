//! Volumes (validation.go, `ValidateVolumes`).

use crate::check::container::Volumes;
use crate::check::{RuleCheck, Seen};
use crate::message::{Message, NameRule, PathRule};
use crate::shape::join;
use crate::tree::Node;

const HOST_PATH_TYPES: [&str; 8] = [
    "",
    "DirectoryOrCreate",
    "Directory",
    "FileOrCreate",
    "File",
    "Socket",
    "CharDevice",
    "BlockDevice",
];

impl RuleCheck<'_> {
    /// Checks the volumes and gives them by name.
    pub(super) fn volumes<'a>(&mut self, spec: &'a Node, path: &str) -> Volumes<'a> {
        let mut volumes = Volumes::new();
        let mut names = Seen::default();
        let items = spec.get("volumes").map_or(&[][..], Node::items);
        for (index, volume) in items.iter().enumerate() {
            let path = format!("{}[{index}]", join(path, "volumes"));
            self.not_empty(volume, "name", &path);
            self.named(volume, "name", NameRule::Label, &path);
            if let (Some(node), Some(name)) = (volume.get("name"), volume.text("name")) {
                if let Some(message) = names.take(name, node.at) {
                    self.mistake(node, &join(&path, "name"), message);
                }
                volumes.insert(name, volume);
            }
            let sources = volume.entries().iter().filter(|entry| entry.key != "name");
            let found: Vec<_> = sources.filter(|entry| !entry.value.is_null()).collect();
            if let [_, second, ..] = found.as_slice() {
                let found = found.iter().map(|entry| entry.key.clone()).collect();
                self.findings.mistake(second.at, &path, Message::OneSource { found });
            }
            self.source(volume, &path);
        }
        volumes
    }

    fn source(&mut self, volume: &Node, path: &str) {
        if let Some(host) = volume.get("hostPath") {
            let path = join(path, "hostPath");
            self.not_empty(host, "path", &path);
            if let (Some(node), Some(text)) = (host.get("path"), host.text("path")) {
                self.path(node, text, PathRule::NoBacksteps, &join(&path, "path"));
            }
            if let (Some(node), Some(text)) = (host.get("type"), host.text("type"))
                && !HOST_PATH_TYPES.contains(&text)
            {
                let near = crate::nearest::nearest(text, HOST_PATH_TYPES);
                let known = HOST_PATH_TYPES[1..].iter().map(|word| (*word).into()).collect();
                let message = Message::Word { found: text.to_owned(), known, near };
                self.mistake(node, &join(&path, "type"), message);
            }
        }
        for (kind, field) in [("configMap", "name"), ("secret", "secretName")] {
            if let Some(source) = volume.get(kind)
                && source.text(field).unwrap_or_default().is_empty()
            {
                let path = format!("{path}.{kind}.{field}");
                self.mistake(source, &path, Message::Missing { field: field.to_owned() });
            }
        }
    }
}
