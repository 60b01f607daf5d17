//! How `dockershim-sim simulate` writes a run.

mod table;

use clap::ValueEnum;
use simulator_model::{Run, export};

/// A way to write a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading: one line a call, what the engine was asked below it.
    Table,
    /// For programs: calls, marks, changes of the node and what things are called.
    Json,
    /// As real nodes were recorded (cri-recording/1).
    CriRecording,
}

/// The text of a run.
pub(crate) fn text(run: &Run, format: Format) -> String {
    match format {
        Format::Table => table::text(run),
        Format::Json => format!("{}\n", export::json(run)),
        Format::CriRecording => export::json_lines(run),
    }
}
