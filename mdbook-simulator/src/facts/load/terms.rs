//! Reads the terms of the glossary.

use toml::de::DeTable;

use super::super::Term;
use super::super::read::Table;
use super::Loader;
use crate::finding::Place;

impl Loader {
    pub(super) fn term(&mut self, table: (&DeTable<'_>, usize), place: Place<'_>) {
        let mut table = Table::new("term", table, place);
        let id = table.id("id = \"short-name\"");
        let name = table.translated_required("name", "name.en = \"…\" and name.zh-CN = \"…\"");
        let means = table.translated_required("means", "means.en = \"…\" and means.zh-CN = \"…\"");
        let also = table.lists_by_language("also");
        let avoid = owned(table.texts_if_any("avoid"));
        let except = owned(table.texts_if_any("except")).into_iter().map(Into::into).collect();
        let tooltip = table.flag("tooltip");
        self.first(&mut table, id);
        self.findings.extend(table.finish());
        if let (Some(id), Some(name), Some(means)) = (id, name, means) {
            let id = id.to_owned();
            self.facts.terms.push(Term { id, name, means, also, avoid, except, tooltip });
        }
    }
}

fn owned(texts: Vec<(&str, usize)>) -> Vec<String> {
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}
