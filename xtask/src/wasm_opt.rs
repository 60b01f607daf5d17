//! wasm-opt, where it can be had: npm's `binaryen`, when Node is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::progress::{notice, step};
use crate::{assets, paths, toolchain};

/// The version that the sizes in ARCHITECTURE.md were measured with.
const BINARYEN: &str = "binaryen@132.0.0";

/// What it is asked for. That nothing is kept in the lowest KiB lets it put more into the offsets of
/// loads and stores, 1 kB of the big page after brotli: that KiB is the far end of the stack, which
/// Rust's linker puts before the data. Functions in the order of the compiler rather than of their
/// use are 0.6 kB less; large functions that are left where they are, though they have one caller
/// alone, 4.2 kB.
const ARGUMENTS: [&str; 12] = [
    "-Oz",
    "--one-caller-inline-max-function-size=15",
    "--low-memory-unused",
    "--optimize-added-constants-propagate",
    "--reorder-functions-by-name",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-bulk-memory-opt",
];

/// Optimises the file in place; if it is to, again for as long as anything gets smaller, which is
/// 0.3 kB of the big page. `false` when wasm-opt is not to be had, which is no error.
pub(crate) fn run(wasm: &Path, again: bool) -> Result<bool> {
    let Some(program) = find()? else {
        notice("wasm-opt skipped: it needs Node and npm (the site works, the wasm is larger)");
        return Ok(false);
    };
    let mut arguments = ARGUMENTS.to_vec();
    if again {
        arguments.push("--converge");
    }
    let kept = kept_result(wasm, &arguments)?;
    if !kept.exists() {
        step("optimise it (wasm-opt -Oz)", || optimise(&program, &arguments, wasm, &kept))?;
    }
    fs::copy(&kept, wasm).with_context(|| format!("copying {}", paths::shown(&kept)))?;
    Ok(true)
}

/// Where the result of doing exactly this is kept, so that it is not done twice.
fn kept_result(wasm: &Path, arguments: &[&str]) -> Result<PathBuf> {
    let mut bytes = fs::read(wasm).with_context(|| format!("reading {}", paths::shown(wasm)))?;
    bytes.extend(arguments.iter().flat_map(|argument| argument.bytes()));
    let dir = paths::target().join("wasm-opt");
    fs::create_dir_all(&dir)?;
    Ok(dir.join(format!("{}.wasm", assets::digest(&bytes))))
}

fn optimise(program: &Path, arguments: &[&str], wasm: &Path, kept: &Path) -> Result<()> {
    let unfinished = kept.with_extension("part");
    toolchain::run(
        Command::new("node").arg(program).args(arguments).arg("-o").arg(&unfinished).arg(wasm),
        "wasm-opt",
    )?;
    fs::rename(&unfinished, kept).context("keeping the result of wasm-opt")
}

/// The script of wasm-opt, installed below target/ on first use.
fn find() -> Result<Option<PathBuf>> {
    let tools = paths::target().join("tools");
    let program = tools.join("node_modules/binaryen/bin/wasm-opt");
    if program.exists() {
        return Ok(Some(program));
    }
    if !toolchain::has_node() {
        return Ok(None);
    }
    fs::create_dir_all(&tools)?;
    let installed = step("fetch wasm-opt (npm binaryen)", || {
        Ok(Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
            .arg(&tools)
            .arg(BINARYEN)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success()))
    })?;
    Ok((installed && program.exists()).then_some(program))
}
