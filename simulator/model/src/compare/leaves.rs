//! The leaves of a message, by their paths.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::compare::mask::{is_masked_key, mask};

/// All leaves of a value; what is masked is masked.
pub(super) fn leaves(value: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    collect(value, String::new(), &mut found);
    found
}

fn collect(value: &Value, path: String, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = format!("{path}.{key}");
                if is_masked_key(key) {
                    found.insert(path, Value::from("{masked}"));
                } else {
                    collect(value, path, found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in in_order(items, &path).into_iter().enumerate() {
                collect(item, format!("{path}[{index}]"), found);
            }
        }
        Value::String(text) => drop(found.insert(path, Value::from(mask(text)))),
        other => drop(found.insert(path, other.clone())),
    }
}

/// The environment is put together from a map in no order: its order is chance, and only its order.
fn in_order<'a>(items: &'a [Value], path: &str) -> Vec<&'a Value> {
    let mut items: Vec<_> = items.iter().collect();
    let field = path.rsplit('.').next().unwrap_or(path);
    if field == "envs" {
        items.sort_by_key(|item| item.get("key").and_then(Value::as_str).unwrap_or(""));
    } else if field == "Env" {
        items.sort_by_key(|item| item.as_str().unwrap_or(""));
    }
    items
}
