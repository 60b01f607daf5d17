//! Reading recordings line by line.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// The lines of a recording.
pub(crate) fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the recording `{}`", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line).with_context(|| {
                format!("`{}`, line {}: this is no JSON", path.display(), index + 1)
            })
        })
        .collect()
}
