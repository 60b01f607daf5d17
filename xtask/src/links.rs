//! `cargo xtask links`: asks whether the addresses outside the site are still there. Needs a network.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{books, paths, toolchain};

/// Hands the addresses of the books and their facts to `site-links`.
pub(crate) fn run() -> Result<()> {
    books::build_preprocessor()?;
    let mut addresses = Command::new(books::preprocessor())
        .arg("addresses")
        .arg(paths::book("en"))
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start mdbook-simulator")?;
    let lines = addresses.stdout.take().context("mdbook-simulator has no output")?;
    toolchain::run(
        toolchain::cargo().args(["run", "--quiet", "--package", "site-links"]).stdin(lines),
        "site-links",
    )?;
    if !addresses.wait()?.success() {
        bail!("mdbook-simulator addresses failed; its messages are above");
    }
    Ok(())
}
