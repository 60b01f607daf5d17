//! A run as one number: everything it says and everything it changes.

use simulator_model::{Run, export};

/// FNV-1a, 64 bits, over the exported recording, the changes of the node and its last state.
pub fn of(run: &Run) -> u64 {
    let mut digest = Fnv::default();
    digest.add(&export::json_lines(run));
    for (at, change) in &run.changes {
        digest.add(&format!("{} {change:?}\n", at.as_micros()));
    }
    digest.add(&format!("{:?}", run.last));
    digest.0
}

struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
