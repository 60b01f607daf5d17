//! Instants of the wall clock, kept as whole microseconds.

use serde::{Deserialize, Deserializer};

/// Microseconds since 1970, by the wall clock of the recorded node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixMicros(pub i64);

impl<'de> Deserialize<'de> for UnixMicros {
    /// Reads seconds with a fraction, as the recorder wrote them.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an f64 holds µs of this century, and the cast saturates"
        )]
        let micros = (seconds * 1e6).round() as i64;
        Ok(Self(micros))
    }
}
