//! Chromium and its driver for the browser tests: found, installed, or asked for.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;

use crate::progress::{notice, step};

/// Where the two programs are.
pub(crate) struct Installed {
    /// Chromium, or Chrome.
    pub(crate) chromium: PathBuf,
    /// `ChromeDriver`.
    pub(crate) driver: PathBuf,
}

/// Finds both; as root on Debian, installs Debian's packages when they are missing.
///
/// `None` means that the browser tests will be skipped; how to get the programs has then been said.
pub(crate) fn ensure() -> Result<Option<Installed>> {
    if let Some(installed) = find() {
        return Ok(Some(installed));
    }
    if Path::new("/etc/debian_version").exists() && is_root() {
        let done = step("install Debian's chromium and chromium-driver", || {
            Ok(apt(&["update"]) && apt(&["install", "--yes", "chromium", "chromium-driver"]))
        })?;
        if let Some(installed) = find().filter(|_| done) {
            return Ok(Some(installed));
        }
    }
    notice("the browser tests are skipped: Chromium and ChromeDriver are not here. Install them:");
    notice("  Debian, Ubuntu: sudo apt-get install chromium chromium-driver");
    notice("  Fedora: sudo dnf install chromium chromedriver;  macOS: brew install chromedriver");
    notice("  or name them: CHROMIUM=/path/to/chrome CHROMEDRIVER=/path/to/chromedriver");
    Ok(None)
}

fn find() -> Option<Installed> {
    Some(Installed {
        chromium: named("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])?,
        driver: named("CHROMEDRIVER", &["chromedriver"])?,
    })
}

fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(variable) {
        return Some(PathBuf::from(path));
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == "0")
}

fn apt(arguments: &[&str]) -> bool {
    Command::new("apt-get")
        .arg("-qq")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
