//! Typed values out of the fields of a line.
//!
//! By hand rather than derived: what a derive writes for a few structs is as large as half the
//! rest of the browser's bundle.

use serde_json::{Map, Value};

use super::read::LineProblem;
use super::{Call, EngineCall, Mark, RuncCommand, UnixMicros};

/// The fields of a JSON object, to be taken out one by one.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn of(value: Value) -> Result<Self, LineProblem> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            _ => Err(LineProblem::Type { field: "", expected: "an object" }),
        }
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Takes a value and leaves null: to remove it would cost 6 kB of code in the browser.
    fn maybe(&mut self, field: &str) -> Option<Value> {
        self.0.get_mut(field).map(Value::take)
    }

    pub(super) fn value(&mut self, field: &'static str) -> Result<Value, LineProblem> {
        self.maybe(field).ok_or(LineProblem::Missing { field })
    }

    fn maybe_text(&mut self, field: &'static str) -> Result<Option<String>, LineProblem> {
        match self.maybe(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(LineProblem::Type { field, expected: "a text" }),
        }
    }

    pub(super) fn text(&mut self, field: &'static str) -> Result<String, LineProblem> {
        self.maybe_text(field)?.ok_or(LineProblem::Missing { field })
    }

    fn maybe_whole(&mut self, field: &'static str) -> Result<Option<i64>, LineProblem> {
        let Some(value) = self.maybe(field) else { return Ok(None) };
        let whole = value.as_i64();
        whole.map(Some).ok_or(LineProblem::Type { field, expected: "a whole number" })
    }

    fn whole(&mut self, field: &'static str) -> Result<i64, LineProblem> {
        self.maybe_whole(field)?.ok_or(LineProblem::Missing { field })
    }

    fn array(&mut self, field: &'static str) -> Result<Vec<Value>, LineProblem> {
        match self.maybe(field) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(_) => Err(LineProblem::Type { field, expected: "a list" }),
        }
    }

    pub(super) fn mark(mut self) -> Result<Mark, LineProblem> {
        Ok(Mark { mark: self.text("mark")?, at_us: self.whole("at_us")? })
    }

    pub(super) fn call(mut self) -> Result<Call, LineProblem> {
        let docker = self.array("docker")?.into_iter();
        Ok(Call {
            loop_name: self.text("loop")?,
            call: self.text("call")?,
            service: self.text("service")?,
            at_us: self.whole("at_us")?,
            dur_us: self.maybe_whole("dur_us")?,
            code: self.maybe_text("code")?,
            message: self.maybe_text("message")?,
            request: self.value("request")?,
            response: self.maybe("response"),
            docker: docker.map(|call| Self::of(call)?.engine_call()).collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn engine_call(mut self) -> Result<EngineCall, LineProblem> {
        let status = self.maybe_whole("status")?;
        let items = self.maybe_whole("items")?;
        Ok(EngineCall {
            at_us: self.whole("at_us")?,
            dur_us: self.whole("dur_us")?,
            method: self.text("method")?,
            path: self.text("path")?,
            query: self.maybe("query"),
            body: self.maybe("body"),
            status: status.and_then(|status| u16::try_from(status).ok()),
            items: items.and_then(|items| u64::try_from(items).ok()),
            response: self.maybe("response"),
            error: self.maybe_text("error")?,
        })
    }

    pub(super) fn runc(mut self) -> Result<RuncCommand, LineProblem> {
        const FIELD: &str = "args";
        let text = |value| match value {
            Value::String(text) => Ok(text),
            _ => Err(LineProblem::Type { field: FIELD, expected: "a list of texts" }),
        };
        let seconds = self.value("unix_s")?.as_f64();
        let seconds = seconds.ok_or(LineProblem::Type { field: "unix_s", expected: "seconds" })?;
        Ok(RuncCommand {
            verb: self.text("runc")?,
            args: self.array(FIELD)?.into_iter().map(text).collect::<Result<_, _>>()?,
            at_unix: UnixMicros::from_seconds(seconds),
        })
    }
}
