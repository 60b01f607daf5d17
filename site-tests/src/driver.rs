//! `ChromeDriver`: a process that is ended with the tests.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    /// Starts the driver on a free port and waits until it says which.
    pub fn start(program: &Path) -> Result<Self> {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let output = process.stdout.take().context("the driver has no output")?;
        let port = BufReader::new(output).lines().map_while(Result::ok).find_map(|line| {
            line.strip_prefix("ChromeDriver was started successfully on port ")
                .map(|rest| rest.trim_end_matches('.').to_owned())
        });
        let Some(port) = port else {
            bail!("{} ended before it said its port", program.display());
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
