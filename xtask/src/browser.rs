//! The browsers of the browser tests: found, installed, or asked for.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;

use crate::progress::{notice, step};

/// A browser that tests run in.
pub(crate) struct Browser {
    name: &'static str,
    /// Debian's packages.
    packages: &'static [&'static str],
    /// Its programs: the environment variable that names each, and what each may be called.
    programs: &'static [(&'static str, &'static [&'static str])],
    /// How to get it on other systems.
    elsewhere: &'static str,
}

/// Chromium or Chrome, with its driver.
pub(crate) const CHROMIUM: Browser = Browser {
    name: "Chromium with ChromeDriver",
    packages: &["chromium", "chromium-driver"],
    programs: &[
        ("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]),
        ("CHROMEDRIVER", &["chromedriver"]),
    ],
    elsewhere: "Fedora: sudo dnf install chromium chromedriver;  macOS: brew install chromedriver",
};

/// Firefox, which needs no driver.
pub(crate) const FIREFOX: Browser = Browser {
    name: "Firefox",
    packages: &["firefox-esr"],
    programs: &[("FIREFOX", &["firefox-esr", "firefox"])],
    elsewhere: "Fedora: sudo dnf install firefox;  macOS: brew install --cask firefox",
};

/// WebKitGTK, shown by an X server on no screen.
pub(crate) const WEBKIT: Browser = Browser {
    name: "WebKit (WebKitGTK with its driver, and Xvfb)",
    packages: &["webkit2gtk-driver", "xvfb"],
    programs: &[("WEBKITDRIVER", &["WebKitWebDriver"]), ("XVFB", &["Xvfb"])],
    elsewhere: "Other Linux: WebKitWebDriver of WebKitGTK for GTK 3, and Xvfb;  macOS: there is none",
};

/// A program of a browser: the environment variable that names it to the tests, and where it is.
pub(crate) type Program = (&'static str, PathBuf);

/// Finds a browser; as root on Debian, installs Debian's packages when it is missing.
///
/// `None` means that its tests will be skipped; how to get it has then been said.
pub(crate) fn ensure(browser: &Browser) -> Result<Option<Vec<Program>>> {
    if let Some(programs) = find(browser) {
        return Ok(Some(programs));
    }
    let packages = browser.packages.join(" ");
    if Path::new("/etc/debian_version").exists() && is_root() {
        let done = step(&format!("install Debian's {packages}"), || {
            let install = [&["install", "--yes"], browser.packages].concat();
            Ok(apt(&["update"]) && apt(&install))
        })?;
        if let Some(programs) = find(browser).filter(|_| done) {
            return Ok(Some(programs));
        }
    }
    let Browser { name, elsewhere, .. } = browser;
    notice(&format!("the tests in {name} are skipped: it is not here. Install it:"));
    notice(&format!("  Debian, Ubuntu: sudo apt-get install {packages}"));
    notice(&format!("  {elsewhere}"));
    let variables = browser.programs.iter().map(|(variable, _)| format!("{variable}=/path"));
    notice(&format!("  or name it: {}", variables.collect::<Vec<_>>().join(" ")));
    Ok(None)
}

fn find(browser: &Browser) -> Option<Vec<Program>> {
    let programs = browser.programs.iter();
    programs.map(|(variable, names)| Some((*variable, named(variable, names)?))).collect()
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
