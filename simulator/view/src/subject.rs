//! Names for what a step is about, from the ids of the recording.

use serde_json::Value;

use crate::Lang;

/// An id such as `container:main:1`, in words.
pub(crate) fn named(id: &str, lang: Lang) -> String {
    if let Some(image) = id.strip_prefix("image:") {
        return format!("`{}`", image_name(image));
    }
    let mut parts = id.split(':');
    let (kind, name, attempt) = (parts.next(), parts.next(), parts.next());
    let attempt = attempt.unwrap_or_default();
    let mut told = match (kind, name) {
        (Some("sandbox"), Some(_)) => lang.pick("the pause container", "pause 容器").to_owned(),
        (Some("container"), Some(name)) => format!("{} `{name}`", lang.pick("container", "容器")),
        _ => return format!("`{id}`"),
    };
    if !matches!(attempt, "" | "0") {
        told.push_str(lang.pick(" (attempt ", "（第"));
        told.push_str(attempt);
        // A sandbox is never started again, but made anew.
        let again = if kind == Some("sandbox") { "次重建）" } else { "次重启）" };
        told.push_str(lang.pick(")", again));
    }
    told
}

/// The last part of an image's reference: `busybox:1.35`.
pub(crate) fn image_name(reference: &str) -> &str {
    let reference = reference.split('@').next().unwrap_or(reference);
    reference.rsplit('/').next().unwrap_or(reference)
}

/// What is in a message at a path such as `/status/id`. The names of messages need none of what
/// [`Value::pointer`] does for others, and what it does is loaded by every reader.
pub(crate) fn field<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('/').skip(1).try_fold(value, |value, name| value.get(name))
}

/// Whether a text has another one in it. The texts are short, and the searcher of Rust's library is
/// made for long ones: it is loaded by every reader as well.
pub(crate) fn has(whole: &str, part: &str) -> bool {
    let (whole, part) = (whole.as_bytes(), part.as_bytes());
    (0..=whole.len()).any(|at| whole[at..].starts_with(part))
}

/// A text inside a message, by its path; empty when it is not there.
pub(crate) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    field(value, path).and_then(Value::as_str).unwrap_or_default()
}

/// A whole number inside a message, by its path; 0 when it is not there, as in the
/// protocol.
pub(crate) fn number(value: &Value, path: &str) -> i64 {
    field(value, path).and_then(Value::as_i64).unwrap_or(0)
}
