//! How time passes while a run plays: slowed down, and hurried where nothing happens.

use crate::score::Score;

/// No wait between two events lasts longer than this on the reader's clock, in µs.
const WAIT_US_MAX: i64 = 1_500_000;

/// How fast a run plays, against the time it really took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// A fortieth of real time.
    Fortieth,
    /// A tenth of real time.
    Tenth,
    /// A quarter of real time.
    Quarter,
    /// Real time.
    Real,
}

impl Speed {
    /// All of them, from slow to fast.
    pub const ALL: [Self; 4] = [Self::Fortieth, Self::Tenth, Self::Quarter, Self::Real];

    /// The one to begin with: a second of calls takes ten.
    pub const DEFAULT: Self = Self::Tenth;

    /// What it does to time: the reader's, over the run's.
    pub const fn divisor(self) -> i64 {
        match self {
            Self::Fortieth => 40,
            Self::Tenth => 10,
            Self::Quarter => 4,
            Self::Real => 1,
        }
    }

    /// The one of a divisor.
    pub fn parse(divisor: &str) -> Option<Self> {
        let divisor: i64 = divisor.parse().ok()?;
        Self::ALL.into_iter().find(|speed| speed.divisor() == divisor)
    }

    /// Its name on the control.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fortieth => "1⁄40 ×",
            Self::Tenth => "1⁄10 ×",
            Self::Quarter => "1⁄4 ×",
            Self::Real => "1 ×",
        }
    }

    /// The next faster one, or itself.
    #[must_use]
    pub fn faster(self) -> Self {
        let later = Self::ALL.into_iter().skip_while(|speed| *speed != self).nth(1);
        later.unwrap_or(self)
    }

    /// The next slower one, or itself.
    #[must_use]
    pub fn slower(self) -> Self {
        let earlier = Self::ALL.into_iter().rev().skip_while(|speed| *speed != self).nth(1);
        earlier.unwrap_or(self)
    }
}

/// The instant of the run after some µs of the reader's time.
///
/// From event to event time passes at the speed chosen; a wait that would last longer than
/// `WAIT_US_MAX` is hurried through in that time.
pub fn advance(score: &Score, from_us: i64, speed: Speed, elapsed_us: i64) -> i64 {
    let mut now_us = from_us;
    let mut left_us = elapsed_us;
    while left_us > 0 && now_us < score.end_us {
        let next = score.events_us.partition_point(|event| *event <= now_us);
        let before_us = match next.checked_sub(1) {
            Some(before) => score.events_us[before],
            None => score.start_us,
        };
        let until_us = score.events_us.get(next).copied().unwrap_or(score.end_us);
        let wait_us = (until_us - before_us).max(1);
        // What the whole wait costs on the reader's clock, and what is left of it does.
        let costs_us = (wait_us * speed.divisor()).clamp(1, WAIT_US_MAX);
        let rest_us = ((until_us - now_us) * costs_us / wait_us).max(1);
        if rest_us > left_us {
            return now_us + left_us * wait_us / costs_us;
        }
        left_us -= rest_us;
        now_us = until_us;
    }
    now_us
}
