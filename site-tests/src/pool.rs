//! The browser windows of a test run, shared by its tests.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tokio::runtime::Runtime;

use crate::browser::{Browser, Look};
use crate::engine::{Installed, Opener};
use crate::server::Served;

/// Everything a browser test works with: the served site and windows to look at it.
#[derive(Debug)]
pub struct Pool {
    /// The site at the root of a host.
    pub site: Served,
    /// The same site below `/some/path/`.
    pub below_path: Served,
    idle: Mutex<Vec<Browser>>,
    opener: Opener,
    runtime: Runtime,
}

impl Pool {
    /// Serves the site and starts what the engine needs.
    pub fn start(installed: Installed, site: &std::path::Path) -> Result<Self> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        Ok(Self {
            site: Served::start(runtime.handle(), site, "/")?,
            below_path: Served::start(runtime.handle(), site, "/some/path/")?,
            idle: Mutex::default(),
            opener: Opener::start(installed)?,
            runtime,
        })
    }

    /// Runs one test with a window of its own: fresh storage, default look.
    pub fn with_browser(&self, test: impl FnOnce(&Browser) -> Result<()>) -> Result<()> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let browser = if let Some(browser) = idle {
            browser
        } else {
            self.opener.open(self.runtime.handle())?
        };
        browser.look(Look::default())?;
        let mut forgets = true;
        for served in [&self.site, &self.below_path] {
            forgets &= browser.forget(served.host())?;
        }
        browser.go("about:blank")?;
        let result = test(&browser);
        // A window that a failed test left in some state is not used again.
        if result.is_ok() && forgets {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(browser);
        } else {
            // What is told is how the test failed, not that its window is gone.
            let _closed = browser.close();
        }
        result
    }

    /// Closes every window and ends what was started.
    pub fn stop(&self) {
        for browser in self.idle.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _closed = browser.close();
        }
        self.opener.stop();
    }
}
