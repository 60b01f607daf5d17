//! The simulator as WebAssembly: compile, bind, optimise.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::progress::step;
use crate::{paths, toolchain, wasm_opt};

/// The name of the bundle: `simulator_ui.js` and `simulator_ui_bg.wasm`.
pub(crate) const BUNDLE: &str = "simulator_ui";

/// What came of the build.
pub(crate) struct Bundle {
    /// The folder with the JavaScript and the wasm.
    pub(crate) dir: PathBuf,
    /// Whether wasm-opt ran over the wasm; the size budget holds for such a file only.
    pub(crate) optimised: bool,
}

impl Bundle {
    /// What the last build left.
    pub(crate) fn last() -> Self {
        Self { dir: folder(), optimised: false }
    }

    /// Its JavaScript side.
    pub(crate) fn javascript(&self) -> PathBuf {
        self.dir.join(format!("{BUNDLE}.js"))
    }

    /// The wasm file.
    pub(crate) fn wasm(&self) -> PathBuf {
        self.dir.join(format!("{BUNDLE}_bg.wasm"))
    }
}

fn folder() -> PathBuf {
    paths::target().join("simulator")
}

/// Compiles `simulator-ui` for the browser. Work that an earlier build did is kept.
///
/// With `quick` it is compiled in little time and not optimised, for somebody who looks at a change.
pub(crate) fn build(quick: bool) -> Result<Bundle> {
    let profile = if quick { "wasm-serve" } else { "wasm" };
    step("compile the simulator to WebAssembly", || {
        toolchain::run(
            toolchain::cargo()
                .args(["build", "--quiet", "--package", "simulator-ui", "--lib"])
                .args(["--target", "wasm32-unknown-unknown", "--profile", profile]),
            "cargo build of simulator-ui",
        )
    })?;
    let dir = folder();
    step("write its JavaScript side", || bind(&dir, profile))?;
    let wasm = dir.join(format!("{BUNDLE}_bg.wasm"));
    let optimised = !quick && wasm_opt::run(&wasm)?;
    Ok(Bundle { dir, optimised })
}

/// Runs wasm-bindgen, as a library of the very version that `Cargo.lock` gives the simulator.
fn bind(dir: &Path, profile: &str) -> Result<()> {
    let compiled = paths::target().join(format!("wasm32-unknown-unknown/{profile}/{BUNDLE}.wasm"));
    Bindgen::new()
        .input_path(&compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name(BUNDLE)
        .generate(dir)
        .with_context(|| format!("wasm-bindgen on {}", paths::shown(&compiled)))
}
