//! Instants of the wall clock, kept as whole microseconds.

/// Microseconds since 1970, by the wall clock of the recorded node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixMicros(pub i64);

impl UnixMicros {
    /// From seconds with a fraction, as the recorder wrote them.
    pub(super) fn from_seconds(seconds: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an f64 holds µs of this century, and the cast saturates"
        )]
        let micros = (seconds * 1e6).round() as i64;
        Self(micros)
    }
}
