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
    const options = {resultTypes: ['violations'], preload: false};
    const colours = {...options, runOnly: ['color-contrast', 'link-in-text-block']};";

/// All rules on the page as it stands.
const WHOLE: &str = "axe.run(document, options).then(
    (r) => done(told(r)), (e) => done(['axe failed: ' + e]));";

/// The rules about colours, which alone depend on the theme.
const COLOURS: &str = "axe.run(document, colours).then(
    (r) => done(told(r)), (e) => done(['axe failed: ' + e]));";

/// The same on the book on one page. Eighty thousand elements would take minutes, and most look
/// like one before them, so it sees the parts that bring a new look: of the text, and of what lies
/// behind it.
const COLOURS_OF_EVERY_LOOK: &str = "
    const main = document.querySelector('main');
    const behind = new WeakMap([[main, '']]);
    const layers = (element) => {
      if (!behind.has(element)) {
        const {backgroundColor, backgroundImage, opacity} = getComputedStyle(element);
        const own = [backgroundColor, backgroundImage, opacity].join();
        const plain = own === 'rgba(0, 0, 0, 0),none,1';
        behind.set(element, layers(element.parentElement) + (plain ? '' : '|' + own));
      }
      return behind.get(element);
    };
    const looks = new Set();
    const isNew = (element) => {
      if (![...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())) {
        return false;
      }
      const {color, fontSize, fontWeight, textDecorationLine} = getComputedStyle(element);
      // A link is told from the words around it.
      const around = getComputedStyle(element.parentElement).color;
      const before = looks.size;
      looks.add([color, around, textDecorationLine, fontSize, fontWeight, layers(element)].join());
      return looks.size > before;
    };
    const parts = [...main.children];
    const telling = parts.filter((part) => {
      const elements = [part, ...part.querySelectorAll('*')];
      return elements.filter(isNew).length > 0;
    });
    main.replaceChildren(...telling);
    axe.run(document, colours).then((r) => {
      main.replaceChildren(...parts);
      done(telling.length > 9 ? told(r) : ['few looks: ' + telling.length]);
    }, (e) => done(['axe failed: ' + e]));";

/// All other rules, which are the same in every theme.
const BUT_COLOURS: &str = "const no = {enabled: false}; axe.run(document,
    {...options, rules: {'color-contrast': no, 'link-in-text-block': no}}).then(
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
    pub fn axe_colours_of_every_look(&self) -> Result<Vec<String>> {
        self.violations(COLOURS_OF_EVERY_LOOK)
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
