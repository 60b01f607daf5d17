//! `cargo xtask lint`: formatting, clippy and the documentation, each without a warning, and no file
//! of Rust that nothing compiles.

use anyhow::Result;

use crate::modules;
use crate::progress::step;
use crate::toolchain::{cargo, ensure_wasm_target, run as run_tool};

/// Runs every check; the first that fails ends it.
fn checks() -> Result<()> {
    step("formatting", || run_tool(cargo().args(["fmt", "--all", "--check"]), "cargo fmt"))?;
    step("modules", modules::check)?;
    step("clippy, native", || {
        run_tool(
            cargo()
                .args(["clippy", "--quiet", "--workspace", "--all-targets", "--"])
                .args(["--deny", "warnings"]),
            "cargo clippy",
        )
    })?;
    step("clippy, wasm32", || {
        ensure_wasm_target()?;
        run_tool(
            cargo().args(["clippy", "--quiet", "--package", "simulator-ui"]).args([
                "--target",
                "wasm32-unknown-unknown",
                "--",
                "--deny",
                "warnings",
            ]),
            "cargo clippy for wasm32",
        )
    })?;
    step("documentation", || {
        run_tool(
            cargo()
                .args(["doc", "--quiet", "--workspace", "--no-deps"])
                .env("RUSTDOCFLAGS", "--deny warnings"),
            "cargo doc",
        )
    })
}

/// The task.
pub(crate) fn run() -> Result<()> {
    checks()?;
    println!("\nNo warnings.");
    Ok(())
}
