//! The browser's side of search, run without a browser.

use rquickjs::context::EvalOptions;
use rquickjs::{CatchResultExt, Coerced, Context, Runtime};
use serde::Deserialize;
use site_search::Page;

use crate::books;

/// A reader's browser in which the index of some pages has been loaded.
pub(crate) struct Browser {
    context: Context,
}

/// A section that was found.
#[derive(Debug, Deserialize)]
pub(crate) struct Hit {
    pub(crate) path: String,
    pub(crate) anchor: String,
    pub(crate) kind: String,
    pub(crate) heading: String,
    pub(crate) score: f64,
}

impl Browser {
    pub(crate) fn with(language: &str, pages: &[Page]) -> Self {
        let runtime = Runtime::new().expect("a JavaScript engine");
        let context = Context::full(&runtime).expect("a JavaScript context");
        let browser = Self { context };
        browser.run("globalThis.window = globalThis; 0");
        browser.run(&books::elasticlunr());
        browser.run(&books::script("search-engine.js"));
        browser.run(&site_search::script(language, pages));
        browser.run("window.engine = siteSearchEngine(window.siteSearch, window.elasticlunr); 0");
        browser
    }

    /// What a query finds, best first.
    pub(crate) fn query(&self, text: &str) -> Vec<Hit> {
        let query = serde_json::to_string(text).expect("text");
        let json = self.run(&format!(
            "JSON.stringify(engine.query({query}).map((hit) => {{ \
               const {{ path, anchor, kind, heading, score }} = hit; \
               return {{ path, anchor, kind, heading, score }}; }}))"
        ));
        serde_json::from_str(&json).expect("hits as JSON")
    }

    /// The places found, as `path#anchor`.
    pub(crate) fn places(&self, text: &str) -> Vec<String> {
        self.query(text).iter().map(Hit::place).collect()
    }

    /// The excerpt of the best hit: its heading, then its text, with `[…]` around what was named.
    pub(crate) fn excerpt(&self, text: &str) -> String {
        let query = serde_json::to_string(text).expect("text");
        self.run(&format!(
            "(() => {{ \
               const {{ heading, teaser }} = engine.excerpt(engine.query({query})[0], {query}); \
               const shown = ([text, named]) => (named ? `[${{text}}]` : text); \
               return `${{heading.map(shown).join('')}} | ${{teaser.map(shown).join('')}}`; }})()"
        ))
    }

    /// Whether something was found, but not as it was written.
    pub(crate) fn is_in_parts(&self, text: &str) -> bool {
        let query = serde_json::to_string(text).expect("text");
        self.run(&format!("engine.query({query}).isInParts")) == "true"
    }

    /// Whether elasticlunr takes a word for too common to be searched.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        let word = serde_json::to_string(word).expect("text");
        self.run(&format!("elasticlunr.stopWordFilter({word})")) == "undefined"
    }

    /// Runs a script and gives back what it comes to, as text.
    fn run(&self, script: &str) -> String {
        self.context.with(|ctx| {
            let mut options = EvalOptions::default();
            // As in a plain <script>: elasticlunr makes a global by assigning to it.
            options.strict = false;
            let value = ctx.eval_with_options::<Coerced<String>, _>(script, options);
            value.catch(&ctx).unwrap_or_else(|error| panic!("the script failed: {error}")).0
        })
    }
}

impl Hit {
    /// `path#anchor`, or `path` alone for the top of a page.
    pub(crate) fn place(&self) -> String {
        match self.anchor.as_str() {
            "" => self.path.clone(),
            anchor => format!("{}#{anchor}", self.path),
        }
    }
}
