//! A Firefox that is ended with its window, and stands in for the driver that it does not need.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::{WebDriverError, WebDriverResult};
use thirtyfour::session::http::{Body, HttpClient};
use tokio::sync::Mutex;

use crate::browser::Look;
use crate::marionette::{self, Connection};
use crate::process::Process;

/// How long Firefox may take to listen.
const START_MAX: Duration = Duration::from_secs(120);

/// A running Firefox with a profile of its own.
#[derive(Debug, Clone)]
pub(crate) struct Firefox(Arc<Running>);

#[derive(Debug)]
struct Running {
    connection: Mutex<Connection>,
    // In this order: the program ends before its folder is removed.
    _process: Process,
    _home: TempDir,
}

impl Firefox {
    /// Starts Firefox without a window on the screen and waits until it listens.
    pub(crate) async fn start(program: &Path) -> Result<Self> {
        let home = TempDir::with_prefix("site-tests-")?;
        // Firefox takes a free port and writes down which.
        std::fs::write(home.path().join("user.js"), "user_pref('marionette.port', 0);\n")?;
        let process = Command::new(program)
            .args(["--headless", "--marionette", "--remote-allow-system-access", "--no-remote"])
            .arg("--profile")
            .arg(home.path())
            .env("HOME", home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let mut process = Process(process);
        let port = listening(&mut process, home.path()).await?;
        let connection = Mutex::new(Connection::open(port).await?);
        Ok(Self(Arc::new(Running { connection, _process: process, _home: home })))
    }

    /// Sets colour scheme, motion and scripts for the pages to come.
    pub(crate) async fn look(&self, look: Look) -> Result<()> {
        let set = "const [dark, still, scripts] = arguments;
            const prefs = Services.prefs;
            prefs.setIntPref('layout.css.prefers-color-scheme.content-override', dark ? 0 : 1);
            prefs.setIntPref('ui.prefersReducedMotion', still ? 1 : 0);
            prefs.setBoolPref('javascript.enabled', scripts);
            arguments[3]();";
        self.in_the_browser(set, json!([look.dark, look.still, look.scripts])).await
    }

    /// Forgets what pages have stored.
    pub(crate) async fn forget(&self) -> Result<()> {
        let clear = "Services.clearData.deleteData(
            Ci.nsIClearDataService.CLEAR_DOM_STORAGES, arguments[0])";
        self.in_the_browser(clear, json!([])).await
    }

    /// Runs a script that calls its last argument in the browser itself, which no page can.
    async fn in_the_browser(&self, script: &str, arguments: Value) -> Result<()> {
        let run = json!({"script": script, "args": arguments});
        let commands = [
            ("Marionette:SetContext", json!({"value": "chrome"})),
            ("WebDriver:ExecuteAsyncScript", run),
            ("Marionette:SetContext", json!({"value": "content"})),
        ];
        let mut connection = self.0.connection.lock().await;
        for (name, parameters) in commands {
            if let Err(error) = connection.call(name, &parameters).await? {
                bail!("{name}: {error}");
            }
        }
        Ok(())
    }

    /// Answers a request as a driver would: the status, and what is in the body.
    async fn answer(&self, request: Request<Body<'_>>) -> Result<(u16, Value)> {
        let (method, path) = (request.method().as_str(), request.uri().path());
        // `/session/ID/…`; there is but one session.
        let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).skip(2).collect();
        let Some((name, element)) = marionette::command(method, &path) else {
            bail!("the tests have no name for {method} {path:?} in Firefox");
        };
        let parameters = match (request.body(), element) {
            (_, Some(element)) => json!({"id": element}),
            // What is asked of a browser is asked on its command line.
            _ if name == "NewSession" => json!({}),
            (Body::Json(body), None) => (*body).clone(),
            (Body::Empty, None) => json!({}),
        };
        let mut connection = self.0.connection.lock().await;
        Ok(match connection.call(&format!("WebDriver:{name}"), &parameters).await? {
            Ok(result) if result.get("value").is_some() => (200, result),
            Ok(result) => (200, json!({"value": result})),
            Err(error) => (500, json!({"value": error})),
        })
    }
}

/// Waits until Firefox has written down its port.
async fn listening(process: &mut Process, profile: &Path) -> Result<u16> {
    let file = profile.join("MarionetteActivePort");
    let start = Instant::now();
    loop {
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        if let Ok(port) = written.trim().parse() {
            return Ok(port);
        }
        if let Some(status) = process.0.try_wait()? {
            bail!("Firefox ended before it listened: {status}");
        }
        if start.elapsed() > START_MAX {
            bail!("Firefox does not listen after {} s", START_MAX.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[async_trait]
impl HttpClient for Firefox {
    async fn send(&self, request: Request<Body<'_>>) -> WebDriverResult<Response<Bytes>> {
        let failed = |error: String| WebDriverError::RequestFailed(error);
        let (status, body) =
            self.answer(request).await.map_err(|error| failed(format!("{error:#}")))?;
        let response = Response::builder().status(status).body(Bytes::from(body.to_string()));
        response.map_err(|error| failed(error.to_string()))
    }

    async fn new(&self) -> Arc<dyn HttpClient> {
        Arc::new(self.clone())
    }
}
