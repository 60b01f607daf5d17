//! A message of a recording, read when it is first looked at.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde_json::Value;

use super::raw::Raw;

/// A JSON message. It is kept as the text that was recorded, and read when it is first looked at:
/// of a hundred thousand calls, nearly all are polls that nobody opens.
#[derive(Clone)]
pub struct Message {
    raw: Raw,
    value: OnceLock<Box<Value>>,
}

impl Message {
    pub(super) fn new(raw: Raw) -> Self {
        Self { raw, value: OnceLock::new() }
    }

    /// How long it is as JSON, in bytes. Recordings are written without spaces.
    pub fn json_len(&self) -> usize {
        self.raw.text().len()
    }
}

impl Deref for Message {
    type Target = Value;

    /// The message; null when the text is no JSON, which [`super::Recording::from_json_lines`]
    /// would have said.
    fn deref(&self) -> &Value {
        self.value
            .get_or_init(|| Box::new(serde_json::from_str(self.raw.text()).unwrap_or_default()))
    }
}

impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}
