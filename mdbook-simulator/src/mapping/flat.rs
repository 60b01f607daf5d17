//! A message as its fields: each path from the root, with the values it has.

use std::collections::BTreeMap;

use serde_json::Value;

/// The values of each field. A list of objects gives a path with `[]` and a value for each;
/// labels and other maps with free keys are one field.
pub type Fields = BTreeMap<String, Vec<Value>>;

/// The fields of a message.
pub fn flatten(message: &Value) -> Fields {
    let mut fields = Fields::new();
    add(message, String::new(), &mut fields);
    fields
}

/// Maps whose keys are data.
const FREE_KEYS: [&str; 6] =
    ["labels", "annotations", "Labels", "sysctl", "PortBindings", "seccomp"];

fn add(value: &Value, path: String, fields: &mut Fields) {
    let name = path.rsplit('.').next().unwrap_or_default();
    match value {
        Value::Object(inner) if !inner.is_empty() && !FREE_KEYS.contains(&name) => {
            for (key, value) in inner {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                add(value, path, fields);
            }
        }
        Value::Array(items) if items.first().is_some_and(Value::is_object) => {
            for item in items {
                add(item, format!("{path}[]"), fields);
            }
        }
        _ => fields.entry(path).or_default().push(value.clone()),
    }
}
