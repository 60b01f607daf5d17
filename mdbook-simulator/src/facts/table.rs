//! Tables of facts: sockets, flags, metrics, paths, each row with its documents.
//!
//! ```toml
//! [[table]]
//! id = "sockets"
//! columns = ["Linux", { en = "Runtime", zh-CN = "运行时" }]    # one text where both languages agree
//!
//! [[row]]
//! table = "sockets"                                            # rows keep the order of the file
//! cells = ["`unix:///run/containerd/containerd.sock`", "containerd"]
//! facts = ["runtime-sockets"]                                  # facts that bear the row out, or
//! sources = ["docs-container-runtimes"]                        # documents, or both
//! confidence = "confirmed"                                     # optional; as for facts
//! note.en = "…"                                                # optional; as for facts
//! note.zh-CN = "…"
//! ```
//!
//! Cells are Markdown without line breaks; `|` needs no escape.

use super::{Fact, FactId, Translated};

/// A table.
#[derive(Clone, Debug)]
pub struct FactTable {
    /// Its id.
    pub id: String,
    /// The headings of its columns.
    pub columns: Vec<Translated>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// A text for each column.
    pub cells: Vec<Translated>,
    /// The facts that bear it out.
    pub facts: Vec<FactId>,
    /// Its own documents, as a fact whose claim is the row; none where it rests on facts alone.
    pub own: Option<Fact>,
}
