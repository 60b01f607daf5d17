//! The browser's driver: a process that is ended with the tests.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// Where the browser and its driver are.
#[derive(Debug, Clone)]
pub struct Installed {
    /// Chromium, or Chrome.
    pub browser: PathBuf,
    /// `ChromeDriver` of the same version.
    pub driver: PathBuf,
}

impl Installed {
    /// The programs that `cargo xtask test` names in `CHROMIUM` and `CHROMEDRIVER`.
    pub fn from_environment() -> Option<Self> {
        Some(Self {
            browser: PathBuf::from(std::env::var_os("CHROMIUM")?),
            driver: PathBuf::from(std::env::var_os("CHROMEDRIVER")?),
        })
    }
}

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    /// Starts the driver on a free port and waits until it says which.
    pub fn start(installed: &Installed) -> Result<Self> {
        let mut process = Command::new(&installed.driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", installed.driver.display()))?;
        let output = process.stdout.take().context("the driver has no output")?;
        let port = BufReader::new(output).lines().map_while(Result::ok).find_map(|line| {
            line.strip_prefix("ChromeDriver was started successfully on port ")
                .map(|rest| rest.trim_end_matches('.').to_owned())
        });
        let Some(port) = port else {
            bail!("{} ended before it said its port", installed.driver.display());
        };
        Ok(Self { process, url: format!("http://127.0.0.1:{port}") })
    }

    /// The address of the driver.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends the driver; browsers that it still has end with it.
    pub fn stop(&mut self) {
        let _gone = self.process.kill();
        let _status = self.process.wait();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.stop();
    }
}
