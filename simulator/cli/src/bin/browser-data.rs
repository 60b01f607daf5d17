//! Writes the recordings that pages load: `browser-data OUT [SCENARIO …]`.
#![expect(clippy::print_stdout, reason = "a command tells what it did")]

use std::path::Path;

use anyhow::bail;
use simulator_model::browser;
use simulator_model::store::{self, Store};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [out, scenarios @ ..] = args.as_slice() else {
        bail!("a folder to write to is needed: browser-data OUT [SCENARIO …]");
    };
    let store = Store::open(store::folder())?;
    let files = browser::write(&store, Path::new(out), scenarios)?;
    println!("{} recordings for the browser", files.len());
    Ok(())
}
