//! The simulator as WebAssembly: compile, bind, optimise.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::progress::step;
use crate::{paths, short_names, terse, toolchain, wasm_opt};

/// The profile for what readers download; see `Cargo.toml`.
const SMALL_PROFILE: &str = "wasm";

/// A WebAssembly module of the site: `NAME.js` and `NAME_bg.wasm`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    /// Plays runs; loaded with the first figure that comes near.
    Player,
    /// The player with everything of the big page; loaded there.
    Studio,
    /// Simulates; loaded when a reader asks for something that was not recorded.
    Engine,
}

impl Module {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Player, Self::Studio, Self::Engine];

    /// Its crate.
    const fn package(self) -> &'static str {
        match self {
            Self::Player | Self::Studio => "simulator-ui",
            Self::Engine => "simulator-engine",
        }
    }

    /// The name of its files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Player => "simulator_ui",
            Self::Studio => "simulator_studio",
            Self::Engine => "simulator_engine",
        }
    }

    /// What cargo is told besides the crate.
    const fn features(self) -> &'static [&'static str] {
        match self {
            Self::Player => &["--no-default-features"],
            Self::Studio | Self::Engine => &[],
        }
    }
}

/// What came of the build.
pub(crate) struct Bundle {
    /// The folder with the JavaScript and the wasm of all modules.
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

/// Compiles all modules for the browser. Work that an earlier build did is kept.
///
/// With `quick` they are compiled in little time and not optimised, for somebody who looks at a
/// change.
pub(crate) fn build(quick: bool) -> Result<Bundle> {
    let profile = if quick { "wasm-serve" } else { SMALL_PROFILE };
    let mut bundle = Bundle { dir: folder(), optimised: !quick };
    for module in Module::ALL {
        let name = module.name();
        // One after the other: two of them are the same crate, under the same name.
        step(&format!("compile {name} to WebAssembly"), || {
            compile(module.package(), module.features(), profile)?;
            bind(&bundle.dir, module, profile)?;
            if quick {
                return Ok(());
            }
            short_names::give(&bundle.wasm(module), &bundle.javascript(module))
        })?;
        bundle.optimised &=
            !quick && wasm_opt::run(&bundle.wasm(module), module != Module::Engine)?;
    }
    Ok(bundle)
}

/// Compiles the model alone, as a module that imports nothing: for proofs and to be timed.
pub(crate) fn model() -> Result<PathBuf> {
    step("compile the model alone to WebAssembly", || {
        compile("simulator-proofs", &[], SMALL_PROFILE)
    })?;
    Ok(compiled("simulator_proofs", SMALL_PROFILE))
}

fn compile(package: &str, features: &[&str], profile: &str) -> Result<()> {
    let mut command = toolchain::cargo();
    command.args(["build", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"]);
    command.args(["--profile", profile, "--package", package]).args(features);
    let flags: Vec<_> = own_paths()?
        .into_iter()
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect();
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    toolchain::run(&mut command, "cargo build of the simulator")
}

fn compiled(name: &str, profile: &str) -> PathBuf {
    paths::target().join(format!("wasm32-unknown-unknown/{profile}/{name}.wasm"))
}

/// Folders of this machine, and what stands in the wasm in their place: panic messages name source
/// files, and nobody should read there where the site was built. Of two that fit, the later counts.
pub(crate) fn own_paths() -> Result<Vec<(PathBuf, &'static str)>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let mut found = vec![(toolchain::sysroot()?, "rust"), (paths::root(), "dockershim")];
    if let Some(home) = home {
        let sources = home.join("registry/src");
        found.push((home, "cargo"));
        // One folder per registry, named after its host.
        let registries = sources.read_dir().into_iter().flatten().flatten();
        found.extend(registries.map(|registry| (registry.path(), "crates")));
    }
    Ok(found)
}

/// Runs wasm-bindgen, as a library of the very version that `Cargo.lock` gives the simulator.
fn bind(dir: &Path, which: Module, profile: &str) -> Result<()> {
    let (name, compiled) = (which.name(), compiled(&which.package().replace('-', "_"), profile));
    let mut module = walrus::Module::from_file(&compiled)
        .with_context(|| format!("reading {}", paths::shown(&compiled)))?;
    if profile == SMALL_PROFILE {
        terse::make(&mut module, which != Module::Engine);
    }
    Bindgen::new()
        .input_module(name, module)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name(name)
        .generate(dir)
        .with_context(|| format!("wasm-bindgen on {}", paths::shown(&compiled)))
}
