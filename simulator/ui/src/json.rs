//! JSON to read: coloured, indented, each object and list foldable.

use std::fmt::Write as _;

use serde_json::{Number, Value};
use simulator_view::escape;

/// Objects up to this deep are open.
const OPEN_DEPTH: usize = 3;

/// Writes a message.
pub fn write_json(out: &mut String, value: &Value) {
    out.push_str("<div class=\"sim-json\">");
    write_node(out, None, value, 0);
    out.push_str("</div>");
}

fn write_node(out: &mut String, key: Option<&str>, value: &Value, depth: usize) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            open(out, key, '{', (fields.len(), '}'), depth);
            for (key, value) in fields {
                write_node(out, Some(key), value, depth + 1);
            }
            close(out, '}');
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            open(out, key, '[', (items.len(), ']'), depth);
            for value in items {
                write_node(out, None, value, depth + 1);
            }
            close(out, ']');
        }
        _ => {
            out.push_str("<div>");
            write_key(out, key);
            write_flat(out, value);
            out.push_str("</div>");
        }
    }
}

fn open(
    out: &mut String,
    key: Option<&str>,
    bracket: char,
    (count, end): (usize, char),
    depth: usize,
) {
    out.push_str(if depth < OPEN_DEPTH { "<details open><summary>" } else { "<details><summary>" });
    write_key(out, key);
    let _ = write!(
        out,
        "{bracket}<span class=\"j-count\"> {count} {end}</span></summary><div class=\"j-in\">"
    );
}

fn close(out: &mut String, bracket: char) {
    let _ = write!(out, "</div><div>{bracket}</div></details>");
}

fn write_key(out: &mut String, key: Option<&str>) {
    if let Some(key) = key {
        let _ = write!(out, "<span class=\"j-key\">{}</span>: ", escape(key));
    }
}

/// A value without an object in it, on one line.
fn write_flat(out: &mut String, value: &Value) {
    let (class, text) = match value {
        Value::Array(items) => {
            out.push('[');
            for (nth, item) in items.iter().enumerate() {
                out.push_str(if nth > 0 { ", " } else { "" });
                write_flat(out, item);
            }
            return out.push(']');
        }
        Value::Object(_) => return out.push_str("{}"),
        Value::String(text) => ("j-text", format!("\"{}\"", escape(text))),
        Value::Number(number) => ("j-number", number_text(number)),
        Value::Bool(true) => ("j-word", "true".to_owned()),
        Value::Bool(false) => ("j-word", "false".to_owned()),
        Value::Null => ("j-word", "null".to_owned()),
    };
    let _ = write!(out, "<span class=\"{class}\">{text}</span>");
}

/// Whole numbers only: nothing recorded has another kind, and to print those takes 20 kB of code.
fn number_text(number: &Number) -> String {
    match (number.as_i64(), number.as_u64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(whole)) => whole.to_string(),
        (None, None) => "…".to_owned(),
    }
}
