//! One run, ready to be shown.

use simulator_model::Recording;

/// One run, ready to be shown.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was recorded.
    pub recording: Recording,
}

impl Run {
    /// Makes a run of a recording.
    pub fn new(recording: Recording) -> Self {
        Self { recording }
    }
}
