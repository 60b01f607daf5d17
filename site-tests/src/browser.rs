//! One browser window, in blocking calls, so that a test reads as its story.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{TypingData, WebDriverBuilder};
use tokio::runtime::Handle;

use crate::driver::Driver;
use crate::firefox::Firefox;
use crate::webkit::{self, WebKit};

/// How long a page may take to become what a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a script may run: axe on the whole book takes a minute and more.
const SCRIPT_MAX: Duration = Duration::from_secs(300);

/// A window of a headless browser.
#[derive(Debug)]
pub struct Browser {
    /// Another one where another look takes another window.
    driver: Mutex<WebDriver>,
    runtime: Handle,
    engine: Engine,
}

/// How an engine is asked for what no driver offers.
#[derive(Debug)]
enum Engine {
    /// By `devtools`.
    Chromium,
    Firefox(Firefox),
    /// When it starts, so it starts again for another look.
    WebKit(webkit::Programs, Mutex<WebKit>),
}

/// How a window presents itself to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Width and height in CSS pixels.
    pub size: (u32, u32),
    /// Whether the system asks for dark pages.
    pub dark: bool,
    /// Whether the system asks for reduced motion.
    pub still: bool,
    /// Whether pages may run scripts.
    pub scripts: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { size: (1280, 900), dark: false, still: false, scripts: true }
    }
}

impl Browser {
    /// Opens a window of Chromium.
    pub(crate) fn chromium(runtime: &Handle, program: &Path, driver: &Driver) -> Result<Self> {
        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary(&program.to_string_lossy())?;
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--disable-sync",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--lang=en-US",
        ] {
            wanted.add_arg(argument)?;
        }
        let opened = WebDriver::builder(driver.url(), wanted).request_timeout(SCRIPT_MAX);
        let driver = runtime.block_on(patient(opened))?;
        Ok(Self::new(runtime, driver, Engine::Chromium))
    }

    /// Opens a window of a Firefox of its own.
    pub(crate) fn firefox(runtime: &Handle, program: &Path) -> Result<Self> {
        let firefox = runtime.block_on(Firefox::start(program))?;
        let opened = WebDriver::builder("http://firefox", DesiredCapabilities::firefox())
            .client(firefox.clone());
        let driver = runtime.block_on(patient(opened))?;
        Ok(Self::new(runtime, driver, Engine::Firefox(firefox)))
    }

    /// Opens a window of a WebKit of its own.
    pub(crate) fn webkit(runtime: &Handle, programs: &webkit::Programs) -> Result<Self> {
        let webkit = WebKit::start(programs, Look::default())?;
        let driver = runtime.block_on(patient(opened_by(&webkit)?))?;
        Ok(Self::new(runtime, driver, Engine::WebKit(programs.clone(), Mutex::new(webkit))))
    }

    fn new(runtime: &Handle, driver: WebDriver, engine: Engine) -> Self {
        Self { driver: Mutex::new(driver), runtime: runtime.clone(), engine }
    }

    fn driver(&self) -> WebDriver {
        locked(&self.driver).clone()
    }

    /// Sends a command of the `DevTools` protocol, which only Chromium speaks.
    pub fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.runtime
            .block_on(self.driver().cdp().send_raw(command, parameters))
            .with_context(|| format!("the browser's answer to {command}"))
    }

    /// Forgets what a host has stored, such as `http://127.0.0.1:4000`.
    ///
    /// `false` where only a new window has forgotten it.
    pub fn forget(&self, host: &str) -> Result<bool> {
        match &self.engine {
            Engine::Firefox(firefox) => self.runtime.block_on(firefox.forget())?,
            Engine::WebKit(..) => return Ok(false),
            Engine::Chromium => {
                let all = json!({"origin": host.trim_end_matches('/'), "storageTypes": "all"});
                self.devtools("Storage.clearDataForOrigin", all)?;
            }
        }
        Ok(true)
    }

    /// Sets size, colour scheme, motion and scripts for the pages to come.
    pub fn look(&self, look: Look) -> Result<()> {
        match &self.engine {
            Engine::Chromium => self.look_by_devtools(look),
            Engine::Firefox(firefox) => {
                self.resize(look)?;
                self.runtime.block_on(firefox.look(look))
            }
            Engine::WebKit(programs, webkit) => {
                let mut webkit = locked(webkit);
                if !webkit.shows(look) {
                    self.start_again(programs, &mut webkit, look)?;
                }
                self.resize(look)
            }
        }
    }

    /// Goes on in a new window of another look, at the same address; nothing is stored in it.
    fn start_again(
        &self,
        programs: &webkit::Programs,
        webkit: &mut WebKit,
        look: Look,
    ) -> Result<()> {
        let address = self.address()?;
        self.runtime.block_on(self.driver().quit())?;
        *webkit = WebKit::start(programs, look)?;
        *locked(&self.driver) = self.runtime.block_on(patient(opened_by(webkit)?))?;
        self.go(&address)
    }

    fn resize(&self, look: Look) -> Result<()> {
        let (width, height) = look.size;
        Ok(self.runtime.block_on(self.driver().set_window_rect(0, 0, width, height))?)
    }

    fn look_by_devtools(&self, look: Look) -> Result<()> {
        let (width, height) = look.size;
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}),
        )?;
        let scheme = if look.dark { "dark" } else { "light" };
        let motion = if look.still { "reduce" } else { "no-preference" };
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({"features": [
                {"name": "prefers-color-scheme", "value": scheme},
                {"name": "prefers-reduced-motion", "value": motion},
            ]}),
        )?;
        self.devtools("Emulation.setScriptExecutionDisabled", json!({"value": !look.scripts}))?;
        Ok(())
    }

    /// Goes to an address and waits until the page is loaded.
    pub fn go(&self, url: &str) -> Result<()> {
        self.runtime.block_on(self.driver().goto(url)).with_context(|| format!("opening {url}"))
    }

    /// The page as it stands.
    pub fn page_source(&self) -> Result<String> {
        Ok(self.runtime.block_on(self.driver().source())?)
    }

    /// The address in the address bar.
    pub fn address(&self) -> Result<String> {
        Ok(self.runtime.block_on(self.driver().current_url())?.to_string())
    }

    /// Runs a script in the page; its `return` is the result.
    pub fn run(&self, script: &str) -> Result<Value> {
        self.run_with(script, vec![])
    }

    /// Runs a script with arguments (`arguments[0]` …).
    pub fn run_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let result = self
            .runtime
            .block_on(self.driver().execute(script, arguments))
            .with_context(|| format!("running in the page: {script}"))?;
        Ok(result.json().clone())
    }

    /// Runs a script that calls its last argument when it is done.
    pub fn run_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let result = self
            .runtime
            .block_on(self.driver().execute_async(script, arguments))
            .with_context(|| format!("running in the page: {script}"))?;
        Ok(result.json().clone())
    }

    /// Waits until a script returns something true, and returns it.
    pub fn wait_for(&self, script: &str) -> Result<Value> {
        let start = Instant::now();
        loop {
            let value = self.run(script)?;
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return Ok(value);
            }
            if start.elapsed() > PATIENCE {
                bail!("after {} s still not true: {script}", PATIENCE.as_secs());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses keys, as a person would, on whatever has the focus.
    pub fn keys(&self, keys: impl Into<TypingData>) -> Result<()> {
        let actions = self.driver().action_chain().send_keys(keys);
        self.runtime.block_on(actions.perform()).context("pressing keys")
    }

    /// Clicks the first element that a CSS selector finds.
    pub fn click(&self, selector: &str) -> Result<()> {
        self.runtime
            .block_on(async { self.driver().find(By::Css(selector)).await?.click().await })
            .with_context(|| format!("clicking {selector}"))
    }

    /// Takes a picture of what the window shows.
    pub fn picture(&self, file: &Path) -> Result<()> {
        Ok(self.runtime.block_on(self.driver().screenshot(file))?)
    }

    /// Closes the window.
    pub fn close(self) -> Result<()> {
        Ok(self.runtime.block_on(self.driver().quit())?)
    }
}

fn opened_by(webkit: &WebKit) -> Result<WebDriverBuilder> {
    Ok(WebDriver::builder(webkit.url(), webkit.wanted()?).request_timeout(SCRIPT_MAX))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn patient(opened: WebDriverBuilder) -> WebDriverResult<WebDriver> {
    let driver = opened.await?;
    driver.set_script_timeout(SCRIPT_MAX).await?;
    Ok(driver)
}
