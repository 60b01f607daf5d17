//! A `sources` block becomes the list of all documents that the book rests on, by site.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::bibliography::reference;
use crate::facts::{Facts, Source};
use crate::html::escape;
use crate::language::Language;

/// The list.
pub fn list(facts: &Facts, language: Language) -> String {
    let mut sites: BTreeMap<String, Vec<&Source>> = BTreeMap::new();
    for source in facts.sources.values() {
        sites.entry(source.site()).or_default().push(source);
    }
    let count = facts.sources.len();
    let told = match language {
        Language::En => format!("{count} documents on {} sites.", sites.len()),
        Language::ZhCn => format!("共 {count} 份文档，来自 {} 个站点。", sites.len()),
    };
    let mut html = format!("<p>{told}</p>\n<div class=\"source-sites\">\n");
    for (site, mut sources) in sites {
        sources.sort_by_key(|source| (source.published, &source.id));
        let _ = writeln!(html, "<h2 class=\"source-site-name\">{}</h2>\n<ul>", escape(&site));
        for source in sources {
            let _ = writeln!(html, "<li>{}</li>", reference(source, language));
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</div>");
    html
}
