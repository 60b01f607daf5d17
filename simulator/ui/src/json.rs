//! JSON to read: coloured, indented, each object and list foldable.

use serde_json::Value;
use yew::prelude::*;

/// Objects up to this deep are open.
const OPEN_DEPTH: usize = 3;

/// A message.
pub(crate) fn json(value: &Value) -> Html {
    html! { <div class="sim-json">{ node(None, value, 0) }</div> }
}

fn node(key: Option<&str>, value: &Value, depth: usize) -> Html {
    let key = key.map(|key| html! { <><span class="j-key">{ key.to_owned() }</span>{ ": " }</> });
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let inner = fields.iter().map(|(key, value)| node(Some(key), value, depth + 1));
            folder(key, ["{", "}"], fields.len(), inner.collect(), depth)
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            let inner = items.iter().map(|value| node(None, value, depth + 1));
            folder(key, ["[", "]"], items.len(), inner.collect(), depth)
        }
        Value::Array(items) => {
            let items = items.iter().enumerate().map(|(nth, item)| {
                html! { <>{ if nth > 0 { ", " } else { "" } }{ scalar(item) }</> }
            });
            html! { <div>{ key }{ "[" }{ for items }{ "]" }</div> }
        }
        _ => html! { <div>{ key }{ scalar(value) }</div> },
    }
}

fn folder(
    key: Option<Html>,
    [open, close]: [&str; 2],
    count: usize,
    inner: Html,
    depth: usize,
) -> Html {
    html! {
        <details open={depth < OPEN_DEPTH}>
            <summary>{ key }{ open.to_owned() }<span class="j-count">{ format!(" {count} {close}") }</span></summary>
            <div class="j-in">{ inner }</div>
            <div>{ close.to_owned() }</div>
        </details>
    }
}

fn scalar(value: &Value) -> Html {
    let class = match value {
        Value::String(_) => "j-text",
        Value::Number(_) => "j-number",
        _ => "j-word",
    };
    html! { <span {class}>{ value.to_string() }</span> }
}
