//! Whether every file of Rust is compiled: a file that no `mod` names is silently left out, and a
//! test in it never runs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use walkdir::WalkDir;

use crate::paths::{root, shown};

/// Files that begin a crate of their own, or that Cargo finds by itself.
const ROOTS: [&str; 3] = ["main.rs", "lib.rs", "build.rs"];

/// Names each file below the folders `src` and `tests` of the workspace that nothing declares.
///
/// # Errors
///
/// If there is such a file, or a folder cannot be read.
pub(crate) fn check() -> Result<()> {
    let lost = undeclared(&root())?;
    let names: Vec<_> = lost.iter().map(|file| shown(file)).collect();
    ensure!(
        names.is_empty(),
        "no `mod` declares these files, so they are not compiled and their tests do not run; \
         declare each in the module above it, or delete it:\n  {}",
        names.join("\n  ")
    );
    Ok(())
}

/// The files below `folder` that no module declares, in order.
fn undeclared(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut lost = Vec::new();
    let files = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in files.filter_entry(|entry| entry.depth() == 0 || !is_apart(entry.path())) {
        let path = entry?.into_path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(module) = name.strip_suffix(".rs") else { continue };
        if !ROOTS.contains(&name) && !stands_alone(&path) && !is_declared(&path, module)? {
            lost.push(path);
        }
    }
    Ok(lost)
}

/// Output, dependencies of other tools, and what is hidden.
fn is_apart(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    matches!(name, "target" | "node_modules") || name.starts_with('.')
}

/// Whether Cargo takes the file for a program of its own: directly in `src/bin`, `examples` or
/// `benches`, or in `tests` beside `src`.
fn stands_alone(path: &Path) -> bool {
    let Some(folder) = path.parent() else { return true };
    match folder.file_name().and_then(|name| name.to_str()) {
        Some("bin" | "examples" | "benches") => true,
        Some("tests") => folder.with_file_name("Cargo.toml").is_file(),
        _ => false,
    }
}

/// Whether the module above has `mod NAME;`: the crate's root in the same folder, or the file or
/// `mod.rs` that the folder belongs to.
fn is_declared(path: &Path, module: &str) -> Result<bool> {
    let Some(folder) = path.parent() else { return Ok(false) };
    let above = [
        folder.join("main.rs"),
        folder.join("lib.rs"),
        folder.join("mod.rs"),
        folder.with_extension("rs"),
    ];
    let declaration = format!("mod {module};");
    for file in above.iter().filter(|file| file.is_file()) {
        let text = fs::read_to_string(file)?;
        let declares = |line: &str| {
            let line = line.trim_start();
            line == declaration
                || line.strip_suffix(&declaration).is_some_and(|before| before.starts_with("pub"))
        };
        if text.lines().any(declares) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_repository_is_compiled() -> Result<()> {
        check()
    }

    #[test]
    fn a_file_that_nothing_declares_is_named() -> Result<()> {
        let crate_folder = tempfile::tempdir()?;
        let at = |name: &str| crate_folder.path().join(name);
        for folder in ["src/bin", "src/deep", "tests/it"] {
            fs::create_dir_all(at(folder))?;
        }
        fs::write(at("Cargo.toml"), "")?;
        fs::write(at("src/lib.rs"), "pub(crate) mod deep;\n// mod lost;\n")?;
        fs::write(at("src/deep.rs"), "mod below;\n")?;
        fs::write(at("tests/it/main.rs"), "mod kept;\n")?;
        let others = ["src/lost.rs", "src/bin/tool.rs", "src/deep/below.rs", "src/deep/gone.rs"];
        let tests = ["tests/alone.rs", "tests/it/kept.rs", "tests/it/left_out.rs"];
        for file in others.iter().chain(&tests) {
            fs::write(at(file), "")?;
        }
        let lost = undeclared(crate_folder.path())?;
        assert_eq!(lost, ["src/deep/gone.rs", "src/lost.rs", "tests/it/left_out.rs"].map(at));
        Ok(())
    }
}
