//! A WebKitGTK that is ended with its window: its driver, and a screen that nobody sees.
//!
//! It has no mode without a window, so it is shown on an X server of its own. The browser ends when
//! that ends, whatever became of the driver, and the browser's own processes end with it.
//! Source: `Source/WebDriver` and `Tools/MiniBrowser/gtk` of WebKitGTK 2.50.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::Capabilities;

use crate::browser::Look;
use crate::process::Process;

/// How long the driver may take to listen.
const START_MAX: Duration = Duration::from_secs(60);
/// How long its processes may take to end.
const END_MAX: Duration = Duration::from_secs(20);

/// Where the programs are.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    /// `WebKitWebDriver`, which knows its browser.
    pub(crate) driver: PathBuf,
    /// `Xvfb`, the X server.
    pub(crate) screen: PathBuf,
}

/// A driver that is ready for its one window, and what the window needs.
#[derive(Debug)]
pub(crate) struct WebKit {
    url: String,
    look: Look,
    // In this order: the folder is removed when nobody writes to it any more.
    _driver: Process,
    _screen: Process,
    _all: Family,
    _home: TempDir,
}

impl WebKit {
    /// Starts a driver. Its window keeps colour scheme, motion and scripts as they are here, since
    /// GTK reads its settings once.
    pub(crate) fn start(programs: &Programs, look: Look) -> Result<Self> {
        let home = TempDir::with_prefix("site-tests-")?;
        let settings = home.path().join("gtk-3.0");
        std::fs::create_dir(&settings)?;
        std::fs::write(settings.join("settings.ini"), settings_for(look))?;
        let (screen, display) = screen(&programs.screen)?;
        // The driver takes port 0, but does not say which it has then got.
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = Command::new(&programs.driver);
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::piped());
        command.env("DISPLAY", display).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:").env("NO_AT_BRIDGE", "1");
        // Without a graphics card this costs half as much.
        command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
        let folders =
            ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"];
        command.envs(folders.map(|name| (name, home.path())));
        let mut driver = started(&programs.driver, &mut command)?;
        let all = Family::of(&mut driver)?;
        listening(&mut driver, port)?;
        let url = format!("http://127.0.0.1:{port}");
        Ok(Self { url, look, _driver: driver, _screen: screen, _all: all, _home: home })
    }

    /// The address of the driver.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What the window is to be opened with.
    pub(crate) fn wanted(&self) -> Result<Capabilities> {
        let scripts = format!("--enable-javascript={}", self.look.scripts);
        let mut wanted = Capabilities::new();
        wanted.set("webkitgtk:browserOptions", json!({"args": ["--automation", scripts]}))?;
        Ok(wanted)
    }

    /// Whether the window shows this look, but for its size.
    pub(crate) fn shows(&self, look: Look) -> bool {
        look == Look { size: look.size, ..self.look }
    }
}

/// All that a driver starts: each process holds the pipe that they write errors to.
#[derive(Debug)]
struct Family(Receiver<()>);

impl Family {
    fn of(driver: &mut Process) -> Result<Self> {
        let mut errors = driver.0.stderr.take().context("the driver has no place for errors")?;
        let (held, all_gone) = mpsc::channel();
        std::thread::spawn(move || {
            let _read = std::io::copy(&mut errors, &mut std::io::sink());
            drop(held);
        });
        Ok(Self(all_gone))
    }
}

impl Drop for Family {
    /// Waits until the last of them has ended.
    fn drop(&mut self) {
        let _ended = self.0.recv_timeout(END_MAX);
    }
}

/// GTK's settings for a look.
fn settings_for(look: Look) -> String {
    let theme = if look.dark { "Adwaita-dark" } else { "Adwaita" };
    let moves = !look.still;
    format!("[Settings]\ngtk-theme-name={theme}\ngtk-enable-animations={moves}\n")
}

/// A screen larger than any window of the tests, and its name.
fn screen(program: &Path) -> Result<(Process, String)> {
    let mut command = Command::new(program);
    command.args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = started(program, &mut command)?;
    let output = process.0.stdout.take().context("the screen has no output")?;
    let mut number = String::new();
    BufReader::new(output).read_line(&mut number)?;
    if number.is_empty() {
        bail!("{} ended before it said its number", program.display());
    }
    Ok((process, format!(":{}", number.trim())))
}

fn started(program: &Path, command: &mut Command) -> Result<Process> {
    let child = command.spawn().with_context(|| format!("starting {}", program.display()))?;
    Ok(Process(child))
}

/// Waits until the driver listens.
fn listening(driver: &mut Process, port: u16) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if let Some(status) = driver.0.try_wait()? {
            bail!("WebKit's driver ended before it listened: {status}");
        }
        if start.elapsed() > START_MAX {
            bail!("WebKit's driver does not listen after {} s", START_MAX.as_secs());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
