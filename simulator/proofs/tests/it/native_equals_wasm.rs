//! The module that a browser runs says what the native program says, to the byte, and asks nothing of
//! its host: no clock, no chance, no files.

use std::path::{Path, PathBuf};
use std::process::Command;

use simulator_model::{RuntimePath, simulate};
use simulator_proofs::{digest, scenarios};
use wasmi::{Engine, Instance, Linker, Module, Store};

/// The scenarios that are compared: the short ones, and one of each kind of trouble.
const COMPARED: [&str; 6] =
    ["simple", "full", "api-web", "crash", "engine_restart", "kubelet_restart"];

/// The module that `cargo xtask test` has compiled; without that it is compiled here, as the browser
/// bundle is, and work that an earlier build did is kept.
fn compiled() -> PathBuf {
    if let Some(module) = std::env::var_os("SIMULATOR_MODEL_WASM") {
        return PathBuf::from(module);
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is below the target");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "simulator-proofs", "--lib", "--profile", "wasm"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    let built = status.expect("cargo runs").success();
    assert!(built, "no wasm; `rustup target add wasm32-unknown-unknown` adds what it needs");
    target.join("wasm32-unknown-unknown/wasm/simulator_proofs.wasm")
}

/// The module, run by an interpreter.
struct Wasm {
    store: Store<()>,
    instance: Instance,
}

impl Wasm {
    fn new(module: &Module) -> Self {
        let mut store = Store::new(module.engine(), ());
        let instance = Linker::new(module.engine()).instantiate_and_start(&mut store, module);
        Self { instance: instance.expect("it needs nothing"), store }
    }

    fn run_digest(&mut self, scenario: usize, path: usize, seed: u32) -> u64 {
        let numbers = [scenario, path].map(|number| u32::try_from(number).expect("it is small"));
        let function =
            self.instance.get_typed_func::<(u32, u32, u32), u64>(&self.store, "run_digest");
        let digest = function.expect("the module exports it");
        digest.call(&mut self.store, (numbers[0], numbers[1], seed)).expect("it does not trap")
    }
}

#[test]
fn the_module_says_the_same_and_needs_no_host() {
    let bytes = std::fs::read(compiled()).expect("it has just been compiled");
    let module = Module::new(&Engine::default(), &bytes).expect("it is WebAssembly");
    let imports: Vec<_> = module.imports().map(|import| import.name().to_owned()).collect();
    assert!(imports.is_empty(), "{imports:?}");

    let mut wasm = Wasm::new(&module);
    for name in COMPARED {
        let index = scenarios::names().position(|known| known == name).expect("it is one of ours");
        let scenario = scenarios::at(index).expect("it is one of ours");
        for (place, path) in RuntimePath::ALL.into_iter().enumerate() {
            for seed in [0, 7] {
                let native = digest::of(&simulate(&scenario, path, u64::from(seed)));
                let found = wasm.run_digest(index, place, seed);
                assert_eq!(found, native, "{name} on {path}, seed {seed}");
            }
        }
    }
}
