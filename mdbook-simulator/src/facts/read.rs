//! Reads one table of the facts, noting every mistake and going on.

use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Date, FactMistake, Translated, Versions};
use crate::finding::{Finding, Place};
use crate::language::Language;
use crate::nearest::{did_you_mean, listed};
use crate::numbers;

/// A table being read: asks for its keys one by one, then [`Table::finish`] tells of the others.
pub(super) struct Table<'a> {
    values: &'a DeTable<'a>,
    /// Where the table starts.
    start: usize,
    /// What the table is, for messages: ``fact `dockershim-removed` ``.
    pub(super) owner: String,
    asked: Vec<&'static str>,
    place: Place<'a>,
    findings: Vec<Finding>,
}

impl<'a> Table<'a> {
    /// Starts to read a `[[kind]]` table.
    pub(super) fn new(
        kind: &str,
        (values, start): (&'a DeTable<'a>, usize),
        place: Place<'a>,
    ) -> Self {
        let id = values.get("id").and_then(|id| id.get_ref().as_str());
        let owner = id.map_or_else(|| format!("a {kind}"), |id| format!("{kind} `{id}`"));
        Self { values, start, owner, asked: Vec::new(), place, findings: Vec::new() }
    }

    /// Notes a mistake at an offset of the file.
    pub(super) fn note(&mut self, offset: usize, mistake: impl Into<FactMistake>) {
        self.findings.push(self.place.finding(offset, mistake.into()));
    }

    /// Notes a mistake about the table as a whole.
    pub(super) fn note_here(&mut self, mistake: FactMistake) {
        self.note(self.start, mistake);
    }

    /// Where the table starts, as a finding would say it.
    pub(super) fn here(&self) -> String {
        let at = self.place.finding(self.start, "");
        format!("{}:{}", at.file.display(), at.line)
    }

    /// Whether the key is there, right or wrong.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.values.get(key)
    }

    fn wrong(&mut self, offset: usize, key: impl Into<String>, wanted: &'static str) {
        let owner = self.owner.clone();
        self.note(offset, FactMistake::Value { owner, key: key.into(), wanted });
    }

    /// A text, if the key is there and right; with its place.
    pub(super) fn text(&mut self, key: &'static str) -> Option<(&'a str, usize)> {
        let value = self.get(key)?;
        let offset = value.span().start;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some((text, offset)),
            _ => {
                self.wrong(offset, key, "a text in quotation marks, not empty");
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn required(
        &mut self,
        key: &'static str,
        example: &'static str,
    ) -> Option<(&'a str, usize)> {
        if !self.has(key) {
            let owner = self.owner.clone();
            self.note_here(FactMistake::Missing { owner, key, example });
            return None;
        }
        self.text(key)
    }

    /// The id, if it is there and could be an anchor.
    pub(super) fn id(&mut self, example: &'static str) -> Option<&'a str> {
        let (id, offset) = self.required("id", example)?;
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.bytes().all(is_plain) && !id.starts_with('-') && !id.ends_with('-') {
            return Some(id);
        }
        self.note(offset, FactMistake::IdForm { id: id.to_owned() });
        None
    }

    /// `true` or `false`; false when the key is absent.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(value.span().start, key, "true or false");
            false
        })
    }

    /// A date, if the key is there and right.
    pub(super) fn date(&mut self, key: &'static str) -> Option<Date> {
        let (text, offset) = self.text(key)?;
        self.parsed(text, offset, |owner, mistake| FactMistake::Date { owner, key, mistake })
    }

    /// Versions, if they are there and right.
    pub(super) fn versions(&mut self) -> Option<Versions> {
        let (text, offset) = self.text("versions")?;
        self.parsed(text, offset, |owner, mistake| FactMistake::Versions { owner, mistake })
    }

    fn parsed<T: FromStr>(
        &mut self,
        text: &str,
        offset: usize,
        mistake: impl FnOnce(String, T::Err) -> FactMistake,
    ) -> Option<T> {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let mistake = mistake(self.owner.clone(), error);
                self.note(offset, mistake);
                None
            }
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        (value, offset): (&str, usize),
        names: &[(&'static str, T)],
    ) -> Option<T> {
        if let Some((_, meaning)) = names.iter().find(|(name, _)| *name == value) {
            return Some(*meaning);
        }
        let valid: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        let mistake = FactMistake::UnknownWord {
            owner: self.owner.clone(),
            key,
            value: value.to_owned(),
            hint: did_you_mean(value, valid.iter().copied()),
            valid: listed(&valid, " and "),
        };
        self.note(offset, mistake);
        None
    }

    /// Texts in square brackets, at least one.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        example: &'static str,
    ) -> Vec<(&'a str, usize)> {
        if !self.has(key) {
            let owner = self.owner.clone();
            self.note_here(FactMistake::Missing { owner, key, example });
        }
        self.texts_if_any(key)
    }

    /// Texts in square brackets, at least one if the key is there.
    pub(super) fn texts_if_any(&mut self, key: &'static str) -> Vec<(&'a str, usize)> {
        const WANTED: &str = "a list of texts in square brackets, not empty";
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = value.get_ref().as_array().map_or(&[][..], |items| items);
        let texts: Vec<(&str, usize)> = items
            .iter()
            .filter_map(|item| Some((item.get_ref().as_str()?, item.span().start)))
            .collect();
        if texts.is_empty() || texts.len() < items.len() {
            self.wrong(value.span().start, key, WANTED);
        }
        texts
    }

    /// A text in every language, if the key is there and right.
    pub(super) fn translated(&mut self, key: &'static str) -> Option<Translated> {
        let value = self.get(key)?;
        self.by_language(key, value)
    }

    /// A text in every language that must be there.
    pub(super) fn translated_required(
        &mut self,
        key: &'static str,
        example: &'static str,
    ) -> Option<Translated> {
        if !self.has(key) {
            let owner = self.owner.clone();
            self.note_here(FactMistake::Missing { owner, key, example });
        }
        self.translated(key)
    }

    fn by_language(
        &mut self,
        key: &'static str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Option<Translated> {
        const WANTED: &str = "given for each language: `.en` and `.zh-CN`";
        let offset = value.span().start;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(offset, key, WANTED);
            return None;
        };
        let mut of = |language: Language| {
            let text = table.get(language.code()).and_then(|text| text.get_ref().as_str());
            let text = text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
            if text.is_none() {
                let wanted = "there in each language, as a text that is not empty";
                self.wrong(offset, format!("{key}.{language}"), wanted);
            }
            text
        };
        let (en, zh_cn) = (of(Language::En), of(Language::ZhCn));
        self.only_languages(key, table);
        let (en, zh_cn) = (en?, zh_cn?);
        let [english, chinese] = [&en, &zh_cn].map(|text| numbers::of_text(text));
        if english != chinese {
            let owner = self.owner.clone();
            let english_only = numbers::listed(&numbers::beside(&english, &chinese));
            let chinese_only = numbers::listed(&numbers::beside(&chinese, &english));
            let key = key.to_owned();
            self.note(offset, FactMistake::Numbers { owner, key, english_only, chinese_only });
        }
        Some(Translated { en, zh_cn })
    }

    fn only_languages(&mut self, key: &'static str, table: &'a DeTable<'a>) {
        for (name, _) in table {
            if Language::from_code(name.get_ref()).is_none() {
                self.unknown(name, format!("`{key}` of {}", self.owner), &["en", "zh-CN"]);
            }
        }
    }

    /// Lists of texts by language, each optional: English, Chinese.
    pub(super) fn lists_by_language(&mut self, key: &'static str) -> [Vec<String>; 2] {
        const WANTED: &str = "given by language, as `.en` and `.zh-CN`, each a list of texts";
        let Some(value) = self.get(key) else { return Default::default() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value.span().start, key, WANTED);
            return Default::default();
        };
        self.only_languages(key, table);
        Language::ALL.map(|language| {
            let Some(list) = table.get(language.code()) else { return Vec::new() };
            let items = list.get_ref().as_array().map_or(&[][..], |items| items);
            let texts: Vec<String> = items
                .iter()
                .filter_map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect();
            if texts.is_empty() || texts.len() < items.len() {
                self.wrong(list.span().start, key, WANTED);
            }
            texts
        })
    }

    /// Cells in square brackets: a text for both languages, or one for each.
    pub(super) fn cells(&mut self, key: &'static str) -> Vec<Translated> {
        const WANTED: &str =
            "a list of texts, or of { en = \"…\", zh-CN = \"…\" } where the languages differ";
        let Some(value) = self.get(key) else {
            let owner = self.owner.clone();
            let example = "a list of texts in square brackets";
            self.note_here(FactMistake::Missing { owner, key, example });
            return Vec::new();
        };
        let items = value.get_ref().as_array().map_or(&[][..], |items| items);
        if items.is_empty() {
            self.wrong(value.span().start, key, WANTED);
        }
        let mut cells = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => cells.push(Translated { en: text.into(), zh_cn: in_chinese(text) }),
                None => cells.extend(self.by_language(key, item)),
            }
        }
        cells
    }

    fn unknown(&mut self, key: &Spanned<impl AsRef<str>>, owner: String, valid: &[&'static str]) {
        let name = key.get_ref().as_ref();
        let mistake = FactMistake::UnknownKey {
            key: name.to_owned(),
            owner,
            hint: did_you_mean(name, valid.iter().copied()),
            valid: listed(valid, " and "),
        };
        self.note(key.span().start, mistake);
    }

    /// All mistakes, with the keys that nobody asked for.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        let asked = std::mem::take(&mut self.asked);
        for (key, _) in self.values {
            if !asked.contains(&key.get_ref().as_ref()) {
                self.unknown(key, self.owner.clone(), &asked);
            }
        }
        self.findings
    }
}

/// A text for both languages as Chinese sets it: names in a row have its own comma between them,
/// but for what is code.
fn in_chinese(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    let set = pieces.map(|(nth, piece)| match nth % 2 {
        0 => piece.replace(", ", "、"),
        _ => piece.to_owned(),
    });
    set.collect::<Vec<_>>().join("`")
}
