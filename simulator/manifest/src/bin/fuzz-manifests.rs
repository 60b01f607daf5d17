//! Reads mutated manifests: `fuzz-manifests [COUNT [SEED]] FILE…`.
#![expect(clippy::print_stdout, reason = "a command tells what it found")]

use std::io::{Error, Result};

use simulator_manifest::fuzz::Tally;

fn main() -> Result<()> {
    let (numbers, files): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|argument| argument.parse::<u64>().is_ok());
    let mut numbers = numbers.iter().filter_map(|number| number.parse::<u64>().ok());
    let count = numbers.next().unwrap_or(1_000_000);
    let first = numbers.next().unwrap_or(0);
    if files.is_empty() {
        return Err(Error::other("no manifests: fuzz-manifests [COUNT [SEED]] FILE…"));
    }
    let corpus = files.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>>>()?;
    println!("{count} texts from seed {first}, made of {} manifests", corpus.len());
    let mut tally = Tally::default();
    for seed in first..first.saturating_add(count) {
        tally.take(&corpus, seed).map_err(Error::other)?;
    }
    println!("{tally:?}");
    Ok(())
}
