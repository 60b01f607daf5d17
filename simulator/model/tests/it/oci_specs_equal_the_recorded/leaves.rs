//! The leaves of a JSON value by their path, with what differs at each run masked.

use std::collections::BTreeMap;

use serde_json::Value;

/// All leaves; an empty object or list is one too.
pub(super) fn leaves(value: &Value) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    collect(value, String::new(), &mut all);
    all.remove(".root.path");
    all
}

fn collect(value: &Value, path: String, all: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (key, value) in object {
                collect(value, format!("{path}.{key}"), all);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for (index, value) in list.iter().enumerate() {
                collect(value, format!("{path}[{index}]"), all);
            }
        }
        Value::String(text) => {
            all.insert(path, mask(text).into());
        }
        other => {
            all.insert(path, other.clone());
        }
    }
}

/// Times and IDs of 64 hexadecimal digits.
fn mask(text: &str) -> String {
    let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
    let mut masked = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.chars().take_while(|&c| hex(c)).count();
        let time = rest.chars().take_while(|&c| c.is_ascii_digit() || "-T:.Z".contains(c)).count();
        if digits == 64 {
            masked.push_str("{id}");
            rest = &rest[64..];
        } else if time > 20 && rest[..time].contains('T') {
            masked.push_str("{time}");
            rest = &rest[time..];
        } else {
            // A run of digits is taken whole, so that no part of a longer one is masked.
            let end = digits.max(first.len_utf8());
            masked.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    masked
}
