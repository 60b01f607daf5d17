//! What has to be on the machine: cargo, the wasm32 target, and (optionally) Node.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

use crate::paths;

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A cargo command that runs at the root of the repository.
pub(crate) fn cargo() -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// Runs a command; its failure is an error that names it.
pub(crate) fn run(command: &mut Command, what: &str) -> Result<()> {
    let status = command.status().with_context(|| format!("could not start {what}"))?;
    if !status.success() {
        bail!("{what} failed ({status}); its messages are above");
    }
    Ok(())
}

/// Makes sure that the standard library for wasm32 is there, adding it by rustup when it is not.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    if has_wasm_target()? {
        return Ok(());
    }
    let added = Command::new("rustup")
        .args(["target", "add", WASM_TARGET])
        .current_dir(paths::root())
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if added && has_wasm_target()? {
        return Ok(());
    }
    bail!(
        "the Rust target `{WASM_TARGET}` is missing and could not be added; type\n\n    \
         rustup target add {WASM_TARGET}\n\n\
         (a Rust from a Linux distribution has a package for it instead, such as \
         `libstd-rust-dev-wasm32` on Debian)"
    )
}

/// The folder of the Rust toolchain.
pub(crate) fn sysroot() -> Result<PathBuf> {
    let output = rustc(&["--print", "sysroot"])?;
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

fn rustc(arguments: &[&str]) -> Result<Output> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    Command::new(rustc)
        .args(arguments)
        .current_dir(paths::root())
        .output()
        .context("could not start `rustc`; install Rust with rustup (https://rustup.rs)")
}

/// Whether the compiler that cargo uses has the wasm32 standard library.
fn has_wasm_target() -> Result<bool> {
    let output = rustc(&["--print", "target-libdir", "--target", WASM_TARGET])?;
    let folder = String::from_utf8_lossy(&output.stdout);
    let folder = Path::new(folder.trim());
    Ok(output.status.success()
        && folder.read_dir().is_ok_and(|files| {
            files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
        }))
}

/// Whether Node and npm are there.
pub(crate) fn has_node() -> bool {
    ["node", "npm"].iter().all(|program| {
        Command::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    })
}

/// A text without the escape sequences that colour it in a terminal.
pub(crate) fn without_colours(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut parts = text.split("\u{1b}[");
    result.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let rest =
            part.find(|letter: char| letter.is_ascii_alphabetic()).map(|end| &part[end + 1..]);
        result.push_str(rest.unwrap_or_default());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::without_colours;

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(without_colours("\u{1b}[1m\u{1b}[31merror\u{1b}[0m: x"), "error: x");
    }
}
