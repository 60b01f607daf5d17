//! Brings recordings into the repository: `import-recordings FROM`.
#![expect(clippy::print_stdout, reason = "a command tells what it did")]

use std::path::Path;

use anyhow::bail;
use simulator_model::{import, store};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from] = args.as_slice() else {
        bail!("one folder is needed, with PATH/SCENARIO/calls.jsonl in it: import-recordings FROM");
    };
    let recordings = store::folder();
    let scenarios = recordings.with_file_name("scenarios");
    let counts = import::import(Path::new(from), &recordings, &scenarios)?;
    println!("{} recordings in {} files, {} bytes", counts.recordings, counts.files, counts.bytes);
    Ok(())
}
