//! `ConfigMap`s and `Secret`s that stand beside the pods that read them.

mod logins;

use std::collections::{BTreeMap, BTreeSet};

use simulator_model::pod::{KeyRef, Login, ObjectRef, Pod, PodSpec, Quantity, Source};

use crate::finding::Findings;
use crate::kinds::Kind;
use crate::note::Remark;
use crate::place::Position;
use crate::tree::Node;

type Values = BTreeMap<String, String>;

/// What stands in a text, by namespace and name.
#[derive(Default)]
pub(crate) struct Objects {
    config_maps: BTreeMap<(String, String), Values>,
    secrets: BTreeMap<(String, String), Values>,
    /// What secrets have for registries.
    logins: BTreeMap<(String, String), Vec<Login>>,
    /// Runtime classes, which belong to no namespace.
    classes: BTreeMap<String, Class>,
}

/// A runtime class.
struct Class {
    /// Its handler.
    handler: String,
    /// What its pods need beside their containers.
    overhead: BTreeMap<String, Quantity>,
}

impl Objects {
    /// Takes in an object.
    pub(crate) fn add(&mut self, node: &Node, kind: Kind) {
        let metadata = node.get("metadata");
        let text = |key| metadata.and_then(|metadata| metadata.text(key)).unwrap_or_default();
        let namespace = Some(text("namespace")).filter(|text| !text.is_empty());
        let key = (namespace.unwrap_or("default").to_owned(), text("name").to_owned());
        let of = |field| texts(node, field);
        if kind == Kind::RuntimeClass {
            let handler = node.text("handler").unwrap_or_default().to_owned();
            let fixed = node.get("overhead").map(|node| texts(node, "podFixed"));
            let amount = |(name, text): (String, String)| Some((name, text.parse().ok()?));
            let overhead = fixed.into_iter().flatten().filter_map(amount).collect();
            self.classes.insert(text("name").to_owned(), Class { handler, overhead });
            return;
        }
        if kind == Kind::ConfigMap {
            self.config_maps.insert(key, of("data").collect());
        } else {
            let data = of("data").map(|(key, value)| (key, from_base64(&value)));
            // `stringData` is written over `data` (pkg/registry/core/secret/strategy.go).
            let values: Values = data.chain(of("stringData")).collect();
            let kind = node.text("type").unwrap_or_default();
            self.logins.insert(key.clone(), logins::of_secret(kind, &values));
            self.secrets.insert(key, values);
        }
    }

    /// Fills in what a pod reads. An object that is not in the text is taken to exist; without an API
    /// server there is none.
    pub(crate) fn fill(
        &self,
        pod: &mut Pod,
        source: Source,
        (at, path): (Position, &str),
        findings: &mut Findings,
    ) {
        let namespace = pod.metadata.namespace.clone();
        let spec = &mut pod.spec;
        let mut note = |remark| findings.note(at, path, remark);
        // A kubelet without an API server looks no class up (k8s 1.20.2, `pkg/kubelet/kubelet.go`).
        if source == Source::Api && !spec.runtime_class_name.is_empty() {
            let name = &spec.runtime_class_name;
            if let Some(class) = self.classes.get(name) {
                spec.runtime_handler.clone_from(&class.handler);
                // The admission plugin `RuntimeClass` (plugin/pkg/admission/runtimeclass).
                spec.overhead.clone_from(&class.overhead);
            } else {
                spec.runtime_handler.clone_from(name);
                note(Remark::ClassAssumed { name: name.clone() });
            }
        }
        if source == Source::Static {
            for (kind, name) in referred(spec) {
                note(Remark::NobodyToAsk { kind, name });
            }
            return;
        }
        let images = spec.init_containers.iter().chain(&spec.containers);
        let images: Vec<_> = images.map(|container| container.image.clone()).collect();
        for secret in &mut spec.image_pull_secrets {
            let known = self.logins.get(&(namespace.clone(), secret.name.clone()));
            if known.is_none() {
                note(Remark::SecretAssumed { name: secret.name.clone() });
            }
            secret.logins = known.cloned().unwrap_or_else(|| logins::made_up(&images));
        }
        for container in spec.init_containers.iter_mut().chain(&mut spec.containers) {
            for from in &mut container.env_from {
                if let Some(reference) = &mut from.config_map_ref
                    && !whole(reference, &self.config_maps, &namespace)
                {
                    note(Remark::ConfigMapAssumed { name: reference.name.clone() });
                }
                if let Some(reference) = &mut from.secret_ref
                    && !whole(reference, &self.secrets, &namespace)
                {
                    note(Remark::SecretAssumed { name: reference.name.clone() });
                }
            }
            for from in container.env.iter_mut().filter_map(|env| env.value_from.as_mut()) {
                if let Some(reference) = &mut from.config_map_key_ref
                    && !one(reference, &self.config_maps, &namespace)
                {
                    note(Remark::ConfigMapAssumed { name: reference.name.clone() });
                }
                if let Some(reference) = &mut from.secret_key_ref
                    && !one(reference, &self.secrets, &namespace)
                {
                    note(Remark::SecretAssumed { name: reference.name.clone() });
                }
            }
        }
    }
}

/// The `ConfigMap`s and `Secret`s that a pod refers to outside of volumes.
fn referred(spec: &PodSpec) -> BTreeSet<(&'static str, String)> {
    let map = |name: &String| ("ConfigMap", name.clone());
    let secret = |name: &String| ("Secret", name.clone());
    let mut found: BTreeSet<_> = spec.image_pull_secrets.iter().map(|s| secret(&s.name)).collect();
    for container in spec.init_containers.iter().chain(&spec.containers) {
        for from in &container.env_from {
            found.extend(from.config_map_ref.as_ref().map(|object| map(&object.name)));
            found.extend(from.secret_ref.as_ref().map(|object| secret(&object.name)));
        }
        for from in container.env.iter().filter_map(|env| env.value_from.as_ref()) {
            found.extend(from.config_map_key_ref.as_ref().map(|key| map(&key.name)));
            found.extend(from.secret_key_ref.as_ref().map(|key| secret(&key.name)));
        }
    }
    found
}

/// Fills in one value; gives whether the object is in the text.
fn one(to: &mut KeyRef, objects: &BTreeMap<(String, String), Values>, namespace: &str) -> bool {
    let object = objects.get(&(namespace.to_owned(), to.name.clone()));
    to.value = match object {
        Some(values) => values.get(&to.key).cloned(),
        None => Some(format!("value-of-{}", to.key)),
    };
    object.is_some()
}

/// Fills in a whole object; gives whether it is in the text.
fn whole(
    to: &mut ObjectRef,
    objects: &BTreeMap<(String, String), Values>,
    namespace: &str,
) -> bool {
    let object = objects.get(&(namespace.to_owned(), to.name.clone()));
    to.values = Some(object.cloned().unwrap_or_default());
    object.is_some()
}

fn texts<'a>(node: &'a Node, field: &str) -> impl Iterator<Item = (String, String)> + use<'a> {
    let entries = node.get(field).map_or(&[][..], Node::entries);
    entries.iter().map(|entry| {
        let text = entry.value.scalar().map(|scalar| scalar.text.clone());
        (entry.key.clone(), text.unwrap_or_default())
    })
}

/// Decodes base64; what is no text becomes replacement characters, what is no base64 is left out.
fn from_base64(text: &str) -> String {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from(bits >> count));
            bits &= (1 << count) - 1;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
