//! Typed values out of the fields of a line.
//!
//! By hand rather than derived: what a derive writes for a few structs is as large as half the
//! rest of the browser's bundle.

use serde_json::Value;

use super::raw::Raw;
use super::read::LineProblem;
use super::{Call, EngineCall, Mark, Message, RuncCommand, UnixMicros};

/// The fields of a JSON object, to be read one by one.
pub(super) struct Fields(Vec<(Raw, Raw)>);

impl Fields {
    pub(super) fn of(raw: &Raw) -> Result<Self, LineProblem> {
        let fields = raw.fields();
        fields.map(Self).ok_or(LineProblem::Type { field: "", expected: "an object" })
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.maybe(field).is_some()
    }

    fn maybe(&self, field: &str) -> Option<&Raw> {
        self.0.iter().find(|(name, _)| name.text() == field).map(|(_, raw)| raw)
    }

    pub(super) fn value(&self, field: &'static str) -> Result<Raw, LineProblem> {
        self.maybe(field).cloned().ok_or(LineProblem::Missing { field })
    }

    fn message(&self, field: &str) -> Option<Message> {
        self.maybe(field).cloned().map(Message::new)
    }

    fn maybe_text(&self, field: &'static str) -> Result<Option<String>, LineProblem> {
        let Some(raw) = self.maybe(field) else { return Ok(None) };
        text(raw).map(Some).ok_or(LineProblem::Type { field, expected: "a text" })
    }

    pub(super) fn text(&self, field: &'static str) -> Result<String, LineProblem> {
        self.maybe_text(field)?.ok_or(LineProblem::Missing { field })
    }

    fn maybe_whole(&self, field: &'static str) -> Result<Option<i64>, LineProblem> {
        let Some(raw) = self.maybe(field) else { return Ok(None) };
        let whole = raw.text().parse().ok();
        whole.map(Some).ok_or(LineProblem::Type { field, expected: "a whole number" })
    }

    fn whole(&self, field: &'static str) -> Result<i64, LineProblem> {
        self.maybe_whole(field)?.ok_or(LineProblem::Missing { field })
    }

    fn array(&self, field: &'static str) -> Result<Vec<Raw>, LineProblem> {
        let Some(raw) = self.maybe(field) else { return Ok(Vec::new()) };
        raw.items().ok_or(LineProblem::Type { field, expected: "a list" })
    }

    pub(super) fn mark(&self) -> Result<Mark, LineProblem> {
        Ok(Mark { mark: self.text("mark")?, at_us: self.whole("at_us")? })
    }

    pub(super) fn call(&self) -> Result<Call, LineProblem> {
        let docker = self.array("docker")?;
        Ok(Call {
            loop_name: self.text("loop")?,
            call: self.text("call")?,
            service: self.text("service")?,
            at_us: self.whole("at_us")?,
            dur_us: self.maybe_whole("dur_us")?,
            code: self.maybe_text("code")?,
            message: self.maybe_text("message")?,
            request: Message::new(self.value("request")?),
            response: self.message("response"),
            docker: docker
                .iter()
                .map(|call| Self::of(call)?.engine_call())
                .collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn engine_call(&self) -> Result<EngineCall, LineProblem> {
        let status = self.maybe_whole("status")?;
        let items = self.maybe_whole("items")?;
        Ok(EngineCall {
            at_us: self.whole("at_us")?,
            dur_us: self.whole("dur_us")?,
            method: self.text("method")?,
            path: self.text("path")?,
            query: self.message("query"),
            body: self.message("body"),
            status: status.and_then(|status| u16::try_from(status).ok()),
            items: items.and_then(|items| u64::try_from(items).ok()),
            response: self.message("response"),
            error: self.maybe_text("error")?,
        })
    }

    pub(super) fn runc(&self) -> Result<RuncCommand, LineProblem> {
        const FIELD: &str = "args";
        let list = LineProblem::Type { field: FIELD, expected: "a list of texts" };
        let args: Option<Vec<_>> = self.array(FIELD)?.iter().map(text).collect();
        let seconds: Value = serde_json::from_str(self.value("unix_s")?.text())?;
        let seconds = seconds.as_f64();
        let seconds = seconds.ok_or(LineProblem::Type { field: "unix_s", expected: "seconds" })?;
        Ok(RuncCommand {
            verb: self.text("runc")?,
            args: args.ok_or(list)?,
            at_unix: UnixMicros::from_seconds(seconds),
        })
    }
}

/// A value that is a text.
fn text(raw: &Raw) -> Option<String> {
    let inner = raw.text().strip_prefix('"')?.strip_suffix('"')?;
    if !inner.bytes().any(|byte| byte == b'\\') {
        return Some(inner.to_owned());
    }
    match serde_json::from_str(raw.text()) {
        Ok(Value::String(text)) => Some(text),
        _ => None,
    }
}
