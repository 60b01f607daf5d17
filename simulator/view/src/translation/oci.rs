//! The fields of an OCI runtime specification: what they are called there, and which belong together.

use serde_json::Value;

use super::{Field, add_fields, last_name};
use crate::subject::has;

/// What the CRI calls by another name than Docker or the specification, in small letters.
const NAMES: [(&str, &str); 11] = [
    ("command", "args"),
    ("command", "entrypoint"),
    ("args", "cmd"),
    // And what Docker calls by another name than the specification.
    ("entrypoint", "args"),
    ("cmd", "args"),
    ("workingdir", "cwd"),
    ("hostpath", "source"),
    ("containerpath", "destination"),
    ("cpushares", "shares"),
    ("cpuquota", "quota"),
    ("cpuperiod", "period"),
];

/// The profile of system calls is one thing to a reader: hundreds of names, none of them asked for.
const WHOLE: &str = "seccomp";

/// The fields of a specification.
pub(super) fn add_spec(out: &mut Vec<Field>, spec: &Value) {
    for (key, value) in spec.as_object().into_iter().flatten() {
        let (Some(fields), "linux") = (value.as_object(), key.as_str()) else {
            add_fields(out, key, value);
            continue;
        };
        for (inner, value) in fields {
            let path = format!("linux.{inner}");
            if inner == WHOLE {
                out.push(Field { path, value: String::new() });
            } else {
                add_fields(out, &path, value);
            }
        }
    }
}

/// Whether two fields mean the same by other names.
pub(super) fn akin(field: &Field, other: &Field) -> bool {
    let (ours, theirs) = (last_name(&field.path), last_name(&other.path));
    NAMES.iter().any(|(cri, oci)| *cri == ours && *oci == theirs)
}

/// Whether a value is a part of one that is put together: `KEY=VALUE`, `CAP_NAME`, the way to a
/// cgroup.
pub(super) fn is_part(field: &Field, other: &Field) -> bool {
    let (part, whole) = (field.value.as_str(), other.value.as_str());
    if other.path.starts_with("process.env") {
        return whole.split_once('=').is_some_and(|(key, value)| part == key || part == value);
    }
    if other.path.starts_with("process.capabilities") {
        return whole.strip_prefix("CAP_") == Some(part);
    }
    other.path == "linux.cgroupsPath"
        && last_name(&field.path) == "cgroupparent"
        && has(whole, part)
}

/// What nothing before gave, by lists: the place, and how many values are below it.
pub(super) fn added(fields: &[Field], met: &[bool]) -> Vec<(String, usize)> {
    let mut groups: Vec<(String, usize)> = Vec::new();
    for (field, _) in fields.iter().zip(met).filter(|(_, met)| !**met) {
        let place = field.path.split('[').next().unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| known == place) {
            Some((_, count)) => *count += 1,
            None => groups.push((place.to_owned(), 1)),
        }
    }
    groups
}
