//! Firefox's own protocol for being driven: a message is its length, a colon, and a list as JSON.
//!
//! Its commands are those of `WebDriver` under other names, so `thirtyfour` speaks to it as to any
//! driver: [`command`] finds the name for a request. Source: `testing/geckodriver/marionette` and
//! `remote/marionette` of Firefox 153.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpStream;

/// An open connection; one command after the other.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: BufStream<TcpStream>,
    sent: u64,
}

impl Connection {
    /// Connects to a Firefox on this machine.
    pub(crate) async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        let mut connection = Self { stream: BufStream::new(stream), sent: 0 };
        let greeting = connection.read().await?;
        if greeting["marionetteProtocol"] != 3 {
            bail!("Firefox speaks another version of its protocol: {greeting}");
        }
        Ok(connection)
    }

    /// Sends a command and waits for its result; what Firefox calls an error is the inner one.
    pub(crate) async fn call(
        &mut self,
        name: &str,
        parameters: &Value,
    ) -> Result<Result<Value, Value>> {
        self.sent += 1;
        let message = json!([0, self.sent, name, parameters]).to_string();
        self.stream.write_all(format!("{}:{message}", message.len()).as_bytes()).await?;
        self.stream.flush().await?;
        let mut answer =
            self.read().await.with_context(|| format!("Firefox's answer to {name}"))?;
        if answer[1] != self.sent {
            bail!("Firefox answered {name} with {answer}");
        }
        let error = answer[2].take();
        Ok(if error.is_null() { Ok(answer[3].take()) } else { Err(error) })
    }

    async fn read(&mut self) -> Result<Value> {
        let mut length = Vec::new();
        self.stream.read_until(b':', &mut length).await?;
        let length = std::str::from_utf8(&length)?.trim_end_matches(':').parse();
        let mut message = vec![0; length.context("Firefox ended, or sent no message")?];
        self.stream.read_exact(&mut message).await?;
        Ok(serde_json::from_slice(&message)?)
    }
}

/// The command for a request of `WebDriver`: `POST`, and `url` below the session, for instance.
/// Parameters that a request has in its path are given as well.
pub(crate) fn command<'a>(
    method: &str,
    path: &[&'a str],
) -> Option<(&'static str, Option<&'a str>)> {
    let name = match (method, path) {
        ("POST", []) => "NewSession",
        ("DELETE", []) => "DeleteSession",
        ("POST", ["timeouts"]) => "SetTimeouts",
        ("POST", ["url"]) => "Navigate",
        ("GET", ["url"]) => "GetCurrentURL",
        ("GET", ["source"]) => "GetPageSource",
        ("GET", ["screenshot"]) => "TakeScreenshot",
        ("POST", ["window", "rect"]) => "SetWindowRect",
        ("POST", ["execute", "sync"]) => "ExecuteScript",
        ("POST", ["execute", "async"]) => "ExecuteAsyncScript",
        ("POST", ["actions"]) => "PerformActions",
        ("POST", ["element"]) => "FindElement",
        ("POST", ["element", element, "click"]) => return Some(("ElementClick", Some(element))),
        _ => return None,
    };
    Some((name, None))
}
