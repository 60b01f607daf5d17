//! JSON text that is not made into values yet: where a value ends, what is in an object or a list.
//!
//! A recording is mostly messages, and a reader looks at few of them. To find where each ends
//! takes a tenth of the time of reading it, and no memory.

use std::sync::Arc;

/// A piece of a text: one JSON value, or what should be one.
#[derive(Clone)]
pub(super) struct Raw {
    whole: Arc<str>,
    from: u32,
    to: u32,
}

impl Raw {
    /// All of a text. `u32` is enough for any text that fits into a browser's memory; of a longer
    /// one the rest is cut off, and then it is no JSON.
    pub(super) fn of(whole: &Arc<str>) -> Self {
        let to = u32::try_from(whole.len()).unwrap_or(u32::MAX);
        Self { whole: Arc::clone(whole), from: 0, to }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        self.whole.get(self.from as usize..self.to as usize).unwrap_or_default()
    }

    /// The values of a list; none when it is no list.
    pub(super) fn items(&self) -> Option<Vec<Self>> {
        let mut cursor = Cursor::inside(self, b'[')?;
        let mut items = Vec::new();
        while !cursor.ends(b']', items.is_empty())? {
            items.push(cursor.value(self)?);
        }
        Some(items)
    }

    /// The fields of an object, their names without the quotes; none when it is no object.
    pub(super) fn fields(&self) -> Option<Vec<(Self, Self)>> {
        let mut cursor = Cursor::inside(self, b'{')?;
        let mut fields = Vec::new();
        while !cursor.ends(b'}', fields.is_empty())? {
            let mut name = cursor.value(self)?;
            (name.from, name.to) = (name.from + 1, name.to.checked_sub(1)?);
            cursor.skip_spaces();
            cursor.take(b':')?;
            fields.push((name, cursor.value(self)?));
        }
        Some(fields)
    }
}

/// A place in a text.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// After the bracket that a piece begins with.
    fn inside(raw: &'a Raw, open: u8) -> Option<Self> {
        let bytes = raw.whole.as_bytes().get(..raw.to as usize)?;
        let mut cursor = Self { bytes, at: raw.from as usize };
        cursor.skip_spaces();
        cursor.take(open)?;
        Some(cursor)
    }

    fn skip_spaces(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (*self.bytes.get(self.at)? == byte).then(|| self.at += 1)
    }

    /// Whether the closing bracket is here; else what comes next is taken for an item, after a
    /// comma unless it is the first.
    fn ends(&mut self, close: u8, first: bool) -> Option<bool> {
        self.skip_spaces();
        if self.take(close).is_some() {
            return Some(true);
        }
        if !first {
            self.take(b',')?;
        }
        Some(false)
    }

    /// The value that begins here, as a piece of the same text.
    fn value(&mut self, of: &Raw) -> Option<Raw> {
        self.skip_spaces();
        let from = self.at;
        let mut depth = 0;
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => self.skip_text()?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' | b':' if depth == 0 => break,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        let spaces =
            self.bytes[from..self.at].iter().rev().take_while(|it| it.is_ascii_whitespace());
        let to = u32::try_from(self.at - spaces.count()).ok()?;
        Some(Raw { whole: Arc::clone(&of.whole), from: u32::try_from(from).ok()?, to })
    }

    /// From the quote that a text begins with to the one that ends it.
    fn skip_text(&mut self) -> Option<()> {
        loop {
            self.at += 1;
            match *self.bytes.get(self.at)? {
                b'"' => return Some(()),
                b'\\' => self.at += 1,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Option<Vec<String>> {
        let items = Raw::of(&Arc::from(text)).items()?;
        Some(items.iter().map(|item| item.text().to_owned()).collect())
    }

    #[test]
    fn items_end_where_json_says() {
        let found = texts(r#" [ {"a]":[1,{}]}, "\"],\\" ,-1.5e3,null,[] ] "#).expect("a list");
        assert_eq!(found, [r#"{"a]":[1,{}]}"#, r#""\"],\\""#, "-1.5e3", "null", "[]"]);
        assert_eq!(texts("[]"), Some(Vec::new()));
    }

    #[test]
    fn fields_have_names_and_values() {
        let raw = Raw::of(&Arc::from(r#"{"a" : {"b":2}, "c":"d:e"}"#));
        let fields = raw.fields().expect("an object");
        let told: Vec<_> = fields.iter().map(|(name, value)| (name.text(), value.text())).collect();
        assert_eq!(told, [("a", r#"{"b":2}"#), ("c", r#""d:e""#)]);
    }

    #[test]
    fn what_is_cut_off_is_no_list() {
        let whole = r#"[{"a":[1,"\"]"]},2]"#;
        for end in 0..whole.len() {
            assert_eq!(texts(&whole[..end]), None, "{}", &whole[..end]);
        }
        for other in ["", "{}", "1", "[1 \"", "[1,2"] {
            assert_eq!(texts(other), None, "{other}");
        }
    }
}
