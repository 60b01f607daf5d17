//! Probes, hooks and what they do.

use serde::{Deserialize, Serialize};

/// A port by its number or its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum PortRef {
    /// The number.
    Number(i32),
    /// The name.
    Name(String),
}

impl Default for PortRef {
    fn default() -> Self {
        Self::Number(0)
    }
}

manifest!(
    /// A probe.
    Probe {
        /// A command in the container.
        exec: Option<ExecAction>,
        /// An HTTP request.
        http_get: Option<HttpGet>,
        /// A TCP connection.
        tcp_socket: Option<TcpSocket>,
        /// How long to wait before the first time, in seconds.
        initial_delay_seconds: i64,
        /// How often, in seconds; absent means 10.
        period_seconds: Option<i64>,
        /// How long an answer may take, in seconds; absent means 1.
        timeout_seconds: Option<i64>,
        /// After how many successes it counts as well; absent means 1.
        success_threshold: Option<i64>,
        /// After how many failures it counts as failed; absent means 3.
        failure_threshold: Option<i64>,
    }
);
manifest!(
    /// A command in the container.
    ExecAction {
        /// The command.
        command: Vec<String>,
    }
);
manifest!(
    /// An HTTP request.
    HttpGet {
        /// The path.
        path: String,
        /// The port.
        port: PortRef,
        /// The host; empty means the pod's address.
        host: String,
        /// `HTTP` or `HTTPS`; empty means `HTTP`.
        scheme: String,
        /// Headers.
        http_headers: Vec<HttpHeader>,
    }
);
manifest!(
    /// A TCP connection.
    TcpSocket {
        /// The port.
        port: PortRef,
        /// The host; empty means the pod's address.
        host: String,
    }
);
manifest!(
    /// One action of a hook.
    Handler {
        /// A command in the container.
        exec: Option<ExecAction>,
        /// An HTTP request.
        http_get: Option<HttpGet>,
        /// A TCP connection; the kubelet refuses it when the hook runs.
        tcp_socket: Option<TcpSocket>,
    }
);
manifest!(
    /// Hooks.
    Lifecycle {
        /// After the start.
        post_start: Option<Handler>,
        /// Before the stop.
        pre_stop: Option<Handler>,
    }
);
manifest!(
    /// A header of an HTTP request.
    HttpHeader {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    }
);
