//! The one source of chance: a seeded generator of whole numbers (`SplitMix64`).

use crate::clock::Duration;

/// A pseudo-random generator; the same seed gives the same numbers on every machine.
///
/// Seed 0 draws nothing by chance: it gives the middle of every range, the median of every
/// distribution and the likelier of two outcomes. Its run is the typical one, which is what one
/// looks at first; all other seeds show what else can happen.
#[derive(Clone, Debug)]
pub struct Prng {
    state: u64,
    typical: bool,
}

/// A probability as a ratio of whole numbers.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// How many times …
    pub numerator: u64,
    /// … out of how many.
    pub denominator: u64,
}

impl Prng {
    /// A generator that starts from this seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed, typical: seed == 0 }
    }

    /// The next 64 bits (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which must not be 0; the bias of at most 2⁻³² does not matter here.
    pub fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "a number below 0 cannot be drawn");
        if self.typical {
            return bound / 2;
        }
        ((u128::from(self.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    /// True in so many cases out of so many.
    pub fn chance(&mut self, ratio: Ratio) -> bool {
        self.below(ratio.denominator) < ratio.numerator
    }

    /// A span between nothing and `most`.
    pub fn up_to(&mut self, most: Duration) -> Duration {
        let bound = u64::try_from(most.as_micros()).unwrap_or(0).saturating_add(1);
        Duration::from_micros(self.below(bound).cast_signed())
    }
}
