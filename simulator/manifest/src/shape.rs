//! Whether a document has the shape of the API's types: known fields, values of the right type.

use simulator_model::pod::Quantity;

use crate::finding::Findings;
use crate::message::{Message, Shape};
use crate::nearest::nearest;
use crate::note::Remark;
use crate::scalar::Meaning;
use crate::schema::{Field, Kind, Schema, Treatment};
use crate::tree::{Node, Value};

/// Holds documents against the schema.
pub(crate) struct ShapeCheck<'a> {
    pub(crate) findings: &'a mut Findings,
    /// The minor version of the kubelet that is played.
    pub(crate) kubelet: u32,
    /// Whether fields are spoken of; not inside a field that was spoken of as a whole.
    pub(crate) quiet: bool,
}

impl ShapeCheck<'_> {
    /// Holds a value against a type.
    pub(crate) fn value(&mut self, node: &Node, kind: &Kind, path: &str) {
        match (kind, &node.value) {
            (Kind::Any, _) => {}
            (Kind::Object(name), Value::Map(_)) => self.object(node, name, path),
            (Kind::List(inner), Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, inner, &format!("{path}[{index}]"));
                }
            }
            (Kind::Map(inner), Value::Map(entries)) => {
                for entry in entries {
                    self.value(&entry.value, inner, &format!("{path}.{}", entry.key));
                }
            }
            (_, Value::Scalar(_)) => self.scalar(node, kind, path),
            (_, Value::List(_)) => self.wrong(node, kind, Shape::List, path),
            (_, Value::Map(_)) => self.wrong(node, kind, Shape::Map, path),
        }
    }

    /// Holds a mapping against the fields of a type.
    pub(crate) fn object(&mut self, node: &Node, name: &str, path: &str) {
        let fields = Schema::get().fields(name);
        for entry in node.entries() {
            let path = join(path, &entry.key);
            let Some(field) = fields.iter().find(|field| field.name == entry.key) else {
                let near = nearest(&entry.key, fields.iter().map(|field| field.name));
                let (field, of) = (entry.key.clone(), name.to_owned());
                self.findings.mistake(entry.at, &path, Message::UnknownField { field, of, near });
                continue;
            };
            if entry.value.is_null() {
                continue;
            }
            let was_quiet = self.quiet;
            if !was_quiet && let Some(remark) = self.remark(field) {
                self.findings.note(entry.at, &path, remark);
                self.quiet = true;
            }
            self.value(&entry.value, &field.kind, &path);
            self.quiet = was_quiet;
        }
        for field in fields.iter().filter(|field| field.required && node.get(field.name).is_none())
        {
            let field = field.name.to_owned();
            self.findings.mistake(node.at, &join(path, &field), Message::Missing { field });
        }
    }

    fn remark(&self, field: &Field) -> Option<Remark> {
        let name = field.name.to_owned();
        match field.since {
            Some(since) if since > self.kubelet => {
                Some(Remark::Newer { name, since, kubelet: self.kubelet })
            }
            _ if field.treatment == Treatment::Modelled => None,
            _ => Some(Remark::Field { name, treatment: field.treatment }),
        }
    }

    fn wrong(&mut self, node: &Node, kind: &Kind, found: Shape, path: &str) {
        let wanted = shape_of(kind);
        self.findings.mistake(node.at, path, Message::Type { wanted, found });
    }

    fn scalar(&mut self, node: &Node, kind: &Kind, path: &str) {
        let Some(scalar) = node.scalar() else { return };
        let text = scalar.text.as_str();
        let found = match scalar.meaning() {
            // The API server takes null inside a list or a map for the empty value.
            Meaning::Null if !path.ends_with(']') => return,
            Meaning::Null => Shape::Null,
            Meaning::Bool(_) => Shape::Bool,
            Meaning::Int(_) => Shape::Int,
            Meaning::Float => Shape::Float,
            Meaning::Text => Shape::Text,
        };
        let meaning = scalar.meaning();
        match (kind, meaning) {
            (Kind::Text | Kind::IntOrText, Meaning::Text)
            | (Kind::Bool, Meaning::Bool(_))
            | (Kind::Long, Meaning::Int(_)) => {}
            (Kind::Int | Kind::IntOrText, Meaning::Int(number)) => {
                if i32::try_from(number).is_err() {
                    let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
                    self.findings.mistake(node.at, path, Message::Range { least, most });
                }
            }
            (Kind::Quantity, Meaning::Text | Meaning::Int(_) | Meaning::Float) => {
                if text.parse::<Quantity>().is_err() {
                    let found = text.to_owned();
                    self.findings.mistake(node.at, path, Message::Quantity { found });
                }
            }
            (Kind::Words(known), Meaning::Text) => {
                if !known.contains(&text) && !text.is_empty() {
                    let near = nearest(text, known.iter().copied());
                    let known = known.iter().map(|word| (*word).to_owned()).collect();
                    let found = text.to_owned();
                    self.findings.mistake(node.at, path, Message::Word { found, known, near });
                }
            }
            (Kind::Text | Kind::Words(_), Meaning::Bool(_) | Meaning::Int(_) | Meaning::Float) => {
                let wanted = Shape::TextInQuotes;
                self.findings.mistake(node.at, path, Message::Type { wanted, found });
            }
            _ => self.wrong(node, kind, found, path),
        }
    }
}

/// `spec` and `containers` make `spec.containers`.
pub(crate) fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

const fn shape_of(kind: &Kind) -> Shape {
    match kind {
        Kind::Text | Kind::Quantity | Kind::Words(_) => Shape::Text,
        Kind::Bool => Shape::Bool,
        Kind::Int | Kind::Long => Shape::Int,
        Kind::IntOrText => Shape::IntOrText,
        Kind::List(_) => Shape::List,
        Kind::Any | Kind::Object(_) | Kind::Map(_) => Shape::Map,
    }
}
