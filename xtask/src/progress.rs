//! One line a step, with its time.

use std::time::Instant;

use anyhow::Result;

/// Runs one step and prints its name and how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let result = work();
    let sign = if result.is_ok() { "✓" } else { "✗" };
    println!("  {sign} {name:44} {:6.1} s", start.elapsed().as_secs_f64());
    result
}

/// Prints a line that is worth a reader's notice but stops nothing.
pub(crate) fn notice(text: &str) {
    println!("  · {text}");
}
