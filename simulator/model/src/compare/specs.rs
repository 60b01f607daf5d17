//! How far two OCI specifications agree.

use serde_json::Value;

use crate::compare::{Share, differing};

/// Compares two specifications leaf by leaf, and names what differs.
///
/// Left out are where the root file system lies and the list of system calls of a seccomp profile;
/// the environment is compared by name, as everywhere.
pub fn specs(recorded: &Value, other: &Value) -> (Share, Vec<String>) {
    differing(&comparable(recorded), &comparable(other))
}

fn comparable(spec: &Value) -> Value {
    let mut spec = spec.clone();
    if let Some(root) = spec.get_mut("root").and_then(Value::as_object_mut) {
        root.remove("path");
    }
    if let Some(profile) = spec.pointer_mut("/linux/seccomp").and_then(Value::as_object_mut) {
        let there = profile.remove("syscalls").is_some();
        profile.insert("syscalls".into(), there.into());
    }
    if let Some(variables) = spec.pointer_mut("/process/env").and_then(Value::as_array_mut) {
        variables.sort_by_key(ToString::to_string);
    }
    spec
}
