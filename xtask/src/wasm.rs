//! The simulator as WebAssembly: compile, bind, optimise.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::progress::step;
use crate::{paths, toolchain, wasm_opt};

/// A WebAssembly module of the site: `NAME.js` and `NAME_bg.wasm`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    /// Plays runs; loaded with the first figure that comes near.
    Player,
    /// Simulates; loaded when a reader asks for something that was not recorded.
    Engine,
}

impl Module {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Player, Self::Engine];

    /// Its crate.
    const fn package(self) -> &'static str {
        match self {
            Self::Player => "simulator-ui",
            Self::Engine => "simulator-engine",
        }
    }

    /// The name of its files.
    fn name(self) -> String {
        self.package().replace('-', "_")
    }
}

/// What came of the build.
pub(crate) struct Bundle {
    /// The folder with the JavaScript and the wasm of both modules.
    pub(crate) dir: PathBuf,
    /// Whether wasm-opt ran over the wasm; the size budgets hold for such files only.
    pub(crate) optimised: bool,
}

impl Bundle {
    /// What the last build left.
    pub(crate) fn last() -> Self {
        Self { dir: folder(), optimised: false }
    }

    /// The JavaScript side of a module.
    pub(crate) fn javascript(&self, module: Module) -> PathBuf {
        self.dir.join(format!("{}.js", module.name()))
    }

    /// The wasm of a module.
    pub(crate) fn wasm(&self, module: Module) -> PathBuf {
        self.dir.join(format!("{}_bg.wasm", module.name()))
    }
}

fn folder() -> PathBuf {
    paths::target().join("simulator")
}

/// Compiles both modules for the browser. Work that an earlier build did is kept.
///
/// With `quick` they are compiled in little time and not optimised, for somebody who looks at a
/// change.
pub(crate) fn build(quick: bool) -> Result<Bundle> {
    let profile = if quick { "wasm-serve" } else { "wasm" };
    let mut compile = toolchain::cargo();
    compile.args(["build", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"]);
    compile.args(["--profile", profile]);
    for module in Module::ALL {
        compile.args(["--package", module.package()]);
    }
    step("compile the simulator to WebAssembly", || {
        toolchain::run(&mut compile, "cargo build of the simulator")
    })?;
    let mut bundle = Bundle { dir: folder(), optimised: !quick };
    for module in Module::ALL {
        let name = module.name();
        step(&format!("write the JavaScript side of {name}"), || {
            bind(&bundle.dir, &name, profile)
        })?;
        bundle.optimised &= !quick && wasm_opt::run(&bundle.wasm(module))?;
    }
    Ok(bundle)
}

/// Runs wasm-bindgen, as a library of the very version that `Cargo.lock` gives the simulator.
fn bind(dir: &Path, name: &str, profile: &str) -> Result<()> {
    let compiled = paths::target().join(format!("wasm32-unknown-unknown/{profile}/{name}.wasm"));
    Bindgen::new()
        .input_path(&compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name(name)
        .generate(dir)
        .with_context(|| format!("wasm-bindgen on {}", paths::shown(&compiled)))
}
