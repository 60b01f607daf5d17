//! axe-core in a page: what it finds that would keep readers out.

use anyhow::Result;
use serde_json::Value;

use crate::browser::Browser;

const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// Lets axe look, and tells each violation in a line.
const LOOK: &str = "const done = arguments[0];
    const told = (r) => r.violations.map((v) => v.id + ' (' + v.impact + '): ' +
      v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' +
      (n.any[0] || n.all[0] || n.none[0] || {message: ''}).message).join(' | '));
    axe.run(document, {resultTypes: ['violations'], preload: false}).then(
      (r) => done(told(r)), (e) => done(['axe failed: ' + e]));";

impl Browser {
    /// Lets axe-core look at the page; its violations, worst first as axe orders them.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn axe(&self) -> Result<Vec<String>> {
        // It is half a megabyte: once a page is enough.
        if self.run("return !window.axe")? == Value::Bool(true) {
            self.run(AXE)?;
        }
        let found = self.run_async(LOOK, vec![])?;
        let lines = found.as_array().into_iter().flatten();
        Ok(lines.map(|line| line.as_str().unwrap_or_default().to_owned()).collect())
    }
}
