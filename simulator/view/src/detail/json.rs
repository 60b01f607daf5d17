//! JSON as text for reading: short values on one line, long ones indented.

use std::fmt::Write as _;

use serde_json::Value;

/// Values up to this many characters stay on one line.
const LINE_MAX: usize = 72;

/// The value as indented text.
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, 0);
    out
}

fn write(out: &mut String, value: &Value, indent: usize) {
    let line = value.to_string();
    if line.len() + indent <= LINE_MAX {
        out.push_str(&line);
        return;
    }
    match value {
        Value::Object(fields) => {
            let items = fields.iter().map(|(key, value)| (Some(key.as_str()), value));
            block(out, ['{', '}'], items, indent);
        }
        Value::Array(items) => block(out, ['[', ']'], items.iter().map(|it| (None, it)), indent),
        _ => out.push_str(&line),
    }
}

fn block<'a>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl Iterator<Item = (Option<&'a str>, &'a Value)>,
    indent: usize,
) {
    out.push(open);
    for (nth, (key, value)) in items.enumerate() {
        let comma = if nth == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(out, "{comma}\n{:1$}", "", indent + 1);
        if let Some(key) = key {
            let _ = write!(out, "{}: ", Value::from(key));
        }
        write(out, value, indent + 1);
    }
    let _ = write!(out, "\n{:indent$}{close}", "");
}
