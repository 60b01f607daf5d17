//! `cargo xtask clean`: remove everything that was generated.

use std::fs;

use anyhow::{Context, Result};

use crate::{paths, toolchain};

/// Removes the site, the tools and cargo's own output.
pub(crate) fn run() -> Result<()> {
    for name in ["site", "site.next", "site.old", "book", "simulator", "tools", "wasm-opt"] {
        let dir = paths::target().join(name);
        if dir.exists() {
            fs::remove_dir_all(&dir).with_context(|| format!("removing {}", paths::shown(&dir)))?;
        }
    }
    toolchain::run(toolchain::cargo().arg("clean"), "cargo clean")?;
    println!("Clean.");
    Ok(())
}
