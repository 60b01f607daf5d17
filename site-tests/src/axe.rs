//! axe-core in a page: what it finds that would keep readers out.

use anyhow::Result;
use serde_json::Value;

use crate::browser::Browser;

const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// What a violation is told as.
const TOLD: &str = "const told = (r) => r.violations.map((v) => v.id + ' (' + v.impact + '): ' +
    v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' +
    (n.any[0] || n.all[0] || n.none[0] || {message: ''}).message).join(' | '));
    const done = arguments[0];
    const options = {resultTypes: ['violations'], preload: false};";

/// All rules on the page as it stands.
const WHOLE: &str = "axe.run(document, options).then(
    (r) => done(told(r)), (e) => done(['axe failed: ' + e]));";

/// The rules about colours, which alone depend on the theme.
const COLOURS: &str =
    "const colours = {...options, runOnly: ['color-contrast', 'link-in-text-block']};
    axe.run(document, colours).then((r) => done(told(r)), (e) => done(['axe failed: ' + e]));";

/// The same on the book on one page. What axe needs to find the contrast of a text grows faster
/// than the page, so it sees a part after the other, with the rest taken out.
const COLOURS_IN_PARTS: &str = "(async () => {
    const found = [];
    const main = document.querySelector('main');
    const parts = [...main.children];
    for (let start = 0; start < parts.length; start += 150) {
      main.replaceChildren(...parts.slice(start, start + 150));
      found.push(...told(await axe.run(document, {...options, runOnly: ['color-contrast']})));
    }
    main.replaceChildren(...parts);
    return found;
  })().then(done, (e) => done(['axe failed: ' + e]));";

/// All other rules, which are the same in every theme.
const BUT_COLOURS: &str = "axe.run(document,
    {...options, rules: {'color-contrast': {enabled: false}}}).then(
    (r) => done(told(r)), (e) => done(['axe failed: ' + e]));";

impl Browser {
    /// Lets axe-core look at the page; its violations, worst first as axe orders them.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn axe(&self) -> Result<Vec<String>> {
        self.violations(WHOLE)
    }

    /// What [`Browser::axe`] finds of colours: all that a change of the theme can bring.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn axe_colours(&self) -> Result<Vec<String>> {
        self.violations(COLOURS)
    }

    /// What [`Browser::axe`] finds but for colours, on a page as long as the whole book.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn axe_but_colours(&self) -> Result<Vec<String>> {
        self.violations(BUT_COLOURS)
    }

    /// What [`Browser::axe`] finds of colours, on a page as long as the whole book.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn axe_colours_in_parts(&self) -> Result<Vec<String>> {
        self.violations(COLOURS_IN_PARTS)
    }

    fn violations(&self, script: &str) -> Result<Vec<String>> {
        // It is half a megabyte: once a page is enough.
        if self.run("return !window.axe")? == Value::Bool(true) {
            self.run(AXE)?;
        }
        let found = self.run_async(&format!("{TOLD}\n{script}"), vec![])?;
        let lines = found.as_array().into_iter().flatten();
        Ok(lines.map(|line| line.as_str().unwrap_or_default().to_owned()).collect())
    }
}
