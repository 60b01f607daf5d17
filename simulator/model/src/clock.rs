//! Simulated time: whole microseconds since the node began, never the machine's clock.

use std::ops::{Add, AddAssign, Mul, Sub};

/// A point in simulated time, in µs since the run began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Instant(i64);

/// A span of simulated time, in µs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Duration(i64);

impl Instant {
    /// The beginning of the run.
    pub const ZERO: Self = Self(0);
    /// Later than everything.
    pub const NEVER: Self = Self(i64::MAX);

    /// The instant so many µs after the beginning.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// µs since the beginning.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// How long since `earlier`; nothing when that lies in the future.
    pub fn since(self, earlier: Self) -> Duration {
        Duration(self.0.saturating_sub(earlier.0).max(0))
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of so many µs.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// A span of so many ms.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis * 1_000)
    }

    /// A span of so many seconds.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs * 1_000_000)
    }

    /// The span in µs.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The span in whole seconds.
    pub const fn as_secs(self) -> i64 {
        self.0 / 1_000_000
    }

    /// The longer of the two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, span: Duration) {
        *self = *self + span;
    }
}

impl Add for Duration {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Duration {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul<i64> for Duration {
    type Output = Self;

    fn mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}
