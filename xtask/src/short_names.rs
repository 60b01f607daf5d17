//! Short names for what a wasm module and its JavaScript side ask of each other.
//!
//! wasm-bindgen names them by what they do and by a digest, which cannot be compressed: some 2 kB
//! after brotli in each of the two files.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::Module;

use crate::paths;

/// What the names of wasm-bindgen begin with. All others are for whoever uses the module.
const OWN: [&str; 3] = ["__wbg_", "__wbindgen_", "wasm_bindgen__"];

/// Gives both files the same short names.
pub(crate) fn give(wasm: &Path, javascript: &Path) -> Result<()> {
    let reading = |file: &Path| format!("reading {}", paths::shown(file));
    let mut module = Module::from_file(wasm).with_context(|| reading(wasm))?;
    let text = fs::read_to_string(javascript).with_context(|| reading(javascript))?;
    let mut names = HashMap::new();
    let imported = module.imports.iter_mut().map(|it| &mut it.name);
    for name in imported.chain(module.exports.iter_mut().map(|it| &mut it.name)) {
        if OWN.iter().any(|own| name.starts_with(own)) {
            let next = format!("_{}", names.len());
            let short: &String = names.entry(name.clone()).or_insert(next);
            name.clone_from(short);
        }
    }
    fs::write(javascript, renamed(&text, &names)).context("writing the JavaScript side")?;
    module.emit_wasm_file(wasm)
}

/// A script with other names in it; whatever only contains one of them stays.
fn renamed(script: &str, names: &HashMap<String, String>) -> String {
    let is_end = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '$';
    let parts = script.split_inclusive(is_end).map(|part| {
        let name = part.trim_end_matches(is_end);
        names.get(name).map_or(part.to_owned(), |short| short.to_owned() + &part[name.len()..])
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_replaced_and_nothing_else() {
        let names = [("__wbg_get_1a", "_0"), ("__wbindgen_free", "_1")];
        let names = names.map(|(long, short)| (long.to_owned(), short.to_owned())).into();
        let script = "import0 = { __wbg_get_1a: function() {}, __wbg_get_1ab: 0 };\n\
                      wasm.__wbindgen_free(读, __wbg_get_1a);__wbindgen_free";
        assert_eq!(
            renamed(script, &names),
            "import0 = { _0: function() {}, __wbg_get_1ab: 0 };\nwasm._1(读, _0);_1"
        );
    }
}
