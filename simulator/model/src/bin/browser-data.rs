//! Writes the recordings that pages load: `browser-data RECORDINGS OUT [SCENARIO …]`.
#![expect(clippy::print_stdout, reason = "a command tells what it did")]

use std::path::Path;

use anyhow::bail;
use simulator_model::store::Store;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [recordings, out, scenarios @ ..] = args.as_slice() else {
        bail!("two folders are needed: browser-data RECORDINGS OUT [SCENARIO …]");
    };
    let store = Store::open(recordings)?;
    let files = simulator_model::browser::write(&store, Path::new(out), scenarios)?;
    println!("{} files for the browser", files.len());
    Ok(())
}
