//! Brings recordings into the repository: `import-recordings FROM RECORDINGS SCENARIOS`.
#![expect(clippy::print_stdout, reason = "a command tells what it did")]

use std::path::Path;

use anyhow::bail;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from, recordings, scenarios] = args.as_slice() else {
        bail!("three folders are needed: import-recordings FROM RECORDINGS SCENARIOS");
    };
    let counts = simulator_model::import::import(
        Path::new(from),
        Path::new(recordings),
        Path::new(scenarios),
    )?;
    println!("{} recordings in {} files, {} bytes", counts.recordings, counts.files, counts.bytes);
    Ok(())
}
