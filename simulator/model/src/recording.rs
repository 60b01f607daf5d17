//! One recorded run (`cri-recording/1`): what each process said, and when.

// The player's wasm has nothing that prints values as Rust writes them: see `terse` of the xtask.
#![cfg_attr(not(test), warn(clippy::use_debug))]

mod alignment;
mod fields;
mod message;
mod raw;
mod read;
mod time;

use std::sync::Arc;

pub use alignment::Alignment;
pub use message::Message;
pub use read::{LineError, LineProblem, ReadError};
pub use time::UnixMicros;

use crate::RuntimePath;

/// The name of the format in the first line of a recording.
pub const FORMAT: &str = "cri-recording/1";

/// Everything that was written down while one scenario played on one path.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The scenario, such as `simple`.
    pub scenario: String,
    /// The set-up of the node.
    pub path: RuntimePath,
    /// What the person at the node did, in order of time.
    pub marks: Vec<Mark>,
    /// The CRI calls, in the order in which they began.
    pub calls: Vec<Call>,
    /// Calls to Docker Engine that belong to no CRI call: the kubelet starting up.
    pub outside_cri: Vec<EngineCall>,
    /// The runc commands, in the order of the file; their clock is another one, see [`Alignment`].
    pub runc: Vec<RuncCommand>,
}

/// Something that the person at the node did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The word for it, such as `apply` or `delete`.
    pub mark: String,
    /// When, in µs since the recording began.
    pub at_us: i64,
}

/// One CRI call: a request of the kubelet and the answer of the runtime.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The part of the kubelet that called, such as `pod-worker`.
    pub loop_name: String,
    /// The name of the call, such as `RunPodSandbox`.
    pub call: String,
    /// The gRPC service, such as `runtime.v1alpha2.RuntimeService`.
    pub service: String,
    /// When the request left, in µs since the recording began.
    pub at_us: i64,
    /// How long the answer took, in µs. None when the recording ended first.
    pub dur_us: Option<i64>,
    /// The gRPC status code by name, such as `OK`. None when the recording ended first.
    pub code: Option<String>,
    /// The message of an error.
    pub message: Option<String>,
    /// The request, with the field names of the protocol; zero values are left out.
    pub request: Message,
    /// The answer; none for an error.
    pub response: Option<Message>,
    /// The calls to Docker Engine that were made while this call was served.
    pub docker: Vec<EngineCall>,
}

/// One HTTP request to Docker Engine.
#[derive(Clone, Debug, PartialEq)]
pub struct EngineCall {
    /// When the request left, in µs since the recording began.
    pub at_us: i64,
    /// How long until the head of the answer, in µs.
    pub dur_us: i64,
    /// The HTTP method.
    pub method: String,
    /// The path, such as `/v1.40/containers/create`.
    pub path: String,
    /// The query, with nested JSON decoded.
    pub query: Option<Message>,
    /// The body of the request.
    pub body: Option<Message>,
    /// The HTTP status. None when the engine could not be reached.
    pub status: Option<u16>,
    /// How many things a list answer held.
    pub items: Option<u64>,
    /// The answer, where it is short.
    pub response: Option<Message>,
    /// Why the engine could not be reached.
    pub error: Option<String>,
}

/// One runc command, as a shim, conmon or CRI-O ran it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuncCommand {
    /// The verb, such as `create`.
    pub verb: String,
    /// All arguments, the verb among them.
    pub args: Vec<String>,
    /// When it was run, by the wall clock.
    pub at_unix: UnixMicros,
}

impl Recording {
    /// Reads the text of a `calls.jsonl` file.
    ///
    /// # Errors
    ///
    /// All lines that cannot be read, with their numbers and what is wrong with each.
    ///
    /// # Example
    ///
    /// ```
    /// let text = r#"{"format":"cri-recording/1","scenario":"simple","path":"containerd"}
    /// {"mark":"apply","at_us":5}"#;
    /// let recording = simulator_model::Recording::from_json_lines(text)?;
    /// assert_eq!(recording.mark("apply"), Some(5));
    /// # Ok::<(), simulator_model::recording::ReadError>(())
    /// ```
    pub fn from_json_lines(text: &str) -> Result<Self, ReadError> {
        read::json_lines(text)
    }

    /// Reads a JSON array of the lines of a `calls.jsonl` file: what a page loads.
    ///
    /// # Errors
    ///
    /// As [`Recording::from_json_lines`]; but what is inside of a message is not looked at.
    pub fn from_json_array(text: &Arc<str>) -> Result<Self, ReadError> {
        read::json_array(text)
    }

    /// When the first mark of this name was made, in µs since the recording began.
    pub fn mark(&self, name: &str) -> Option<i64> {
        self.marks.iter().find(|mark| mark.mark == name).map(|mark| mark.at_us)
    }

    /// How the wall clock of the runc commands fits the clock of the calls.
    ///
    /// None when there is no runc command, or when no command can be tied to a call.
    pub fn alignment(&self) -> Option<Alignment> {
        Alignment::of(self)
    }
}

impl Call {
    /// When the answer came, in µs since the recording began; the start when it never came.
    pub fn end_us(&self) -> i64 {
        self.at_us + self.dur_us.unwrap_or(0)
    }

    /// Whether the call was answered without an error.
    pub fn is_ok(&self) -> bool {
        self.code.as_deref() == Some("OK")
    }
}

impl EngineCall {
    /// When the head of the answer came, in µs since the recording began.
    pub fn end_us(&self) -> i64 {
        self.at_us + self.dur_us
    }
}

impl RuncCommand {
    /// The id of the container or sandbox it is about: the first argument after the verb that
    /// names one.
    pub fn subject(&self) -> Option<&str> {
        let verb = self.args.iter().rposition(|arg| *arg == self.verb)?;
        self.args[verb + 1..]
            .iter()
            .map(String::as_str)
            .find(|arg| arg.starts_with("sandbox:") || arg.starts_with("container:"))
    }

    /// The signal of a `kill`, such as `15`.
    pub fn signal(&self) -> Option<&str> {
        (self.verb == "kill").then(|| self.args.last().map(String::as_str)).flatten()
    }

    /// Whether the argument is there, such as `--force`.
    pub fn has(&self, flag: &str) -> bool {
        self.args.iter().any(|arg| arg == flag)
    }
}
