//! The browser engines that tests run in: what is there of each, and what opens its windows.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tokio::runtime::Handle;

use crate::browser::Browser;
use crate::driver::Driver;
use crate::webkit;

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, spoken to through its driver.
    Chromium,
    /// Firefox, spoken to in its own protocol, so that it needs no driver.
    Firefox,
    /// WebKitGTK, spoken to through its driver, one for each window.
    WebKit,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

/// Where the programs of an engine are.
#[derive(Debug, Clone)]
pub enum Installed {
    /// Chromium, and the `ChromeDriver` of the same version.
    Chromium {
        /// The browser.
        browser: PathBuf,
        /// Its driver.
        driver: PathBuf,
    },
    /// Firefox.
    Firefox {
        /// The browser.
        browser: PathBuf,
    },
    /// WebKitGTK, which its driver starts.
    WebKit {
        /// The driver.
        driver: PathBuf,
        /// The X server that shows the windows to nobody.
        screen: PathBuf,
    },
}

impl Installed {
    /// The programs that `cargo xtask test` names: `CHROMIUM` and `CHROMEDRIVER`,
    /// `FIREFOX`, or `WEBKITDRIVER` and `XVFB`.
    pub fn from_environment(engine: Engine) -> Option<Self> {
        let named = |variable| std::env::var_os(variable).map(PathBuf::from);
        Some(match engine {
            Engine::Chromium => {
                Self::Chromium { browser: named("CHROMIUM")?, driver: named("CHROMEDRIVER")? }
            }
            Engine::Firefox => Self::Firefox { browser: named("FIREFOX")? },
            Engine::WebKit => {
                Self::WebKit { driver: named("WEBKITDRIVER")?, screen: named("XVFB")? }
            }
        })
    }
}

/// What opens windows of an engine.
#[derive(Debug)]
pub(crate) enum Opener {
    Chromium { browser: PathBuf, driver: Mutex<Driver> },
    Firefox { browser: PathBuf },
    WebKit(webkit::Programs),
}

impl Opener {
    /// Starts what the engine needs before its first window.
    pub(crate) fn start(installed: Installed) -> Result<Self> {
        Ok(match installed {
            Installed::Chromium { browser, driver } => {
                Self::Chromium { browser, driver: Mutex::new(Driver::start(&driver)?) }
            }
            Installed::Firefox { browser } => Self::Firefox { browser },
            Installed::WebKit { driver, screen } => {
                Self::WebKit(webkit::Programs { driver, screen })
            }
        })
    }

    pub(crate) fn open(&self, runtime: &Handle) -> Result<Browser> {
        match self {
            Self::Chromium { browser, driver } => {
                let driver = driver.lock().unwrap_or_else(PoisonError::into_inner);
                Browser::chromium(runtime, browser, &driver)
            }
            Self::Firefox { browser } => Browser::firefox(runtime, browser),
            Self::WebKit(programs) => Browser::webkit(runtime, programs),
        }
    }

    /// Ends what [`Opener::start`] started.
    pub(crate) fn stop(&self) {
        if let Self::Chromium { driver, .. } = self {
            driver.lock().unwrap_or_else(PoisonError::into_inner).stop();
        }
    }
}
