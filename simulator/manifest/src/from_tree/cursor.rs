//! A tree as serde sees it.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::from_tree::Reading;
use crate::from_tree::misfit::Misfit;
use crate::message::{Message, Shape};
use crate::nearest::nearest;
use crate::scalar::Meaning;
use crate::tree::{Entry, Node, Value};

/// A value that is being read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) node: &'a Node,
    pub(super) reading: &'a Reading,
}

impl Cursor<'_> {
    fn meaning(self) -> Meaning {
        self.node.scalar().map_or(Meaning::Text, crate::tree::Scalar::meaning)
    }
}

impl<'de> Deserializer<'de> for Cursor<'de> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match &self.node.value {
            Value::List(items) => {
                visitor.visit_seq(Items { left: items.iter(), reading: self.reading })
            }
            Value::Map(entries) => {
                let left = entries.iter();
                visitor.visit_map(Entries { left, value: None, reading: self.reading })
            }
            Value::Scalar(scalar) => match scalar.meaning() {
                Meaning::Null => visitor.visit_unit(),
                Meaning::Bool(value) => visitor.visit_bool(value),
                Meaning::Int(number) => visitor.visit_i64(number),
                Meaning::Float | Meaning::Text => visitor.visit_borrowed_str(&scalar.text),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.node.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let found = match self.meaning() {
            Meaning::Text => return self.deserialize_any(visitor),
            Meaning::Null => Shape::Null,
            Meaning::Bool(_) => Shape::Bool,
            Meaning::Int(_) => Shape::Int,
            Meaning::Float => Shape::Float,
        };
        Err(Misfit(Message::Type { wanted: Shape::TextInQuotes, found }))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let Value::Map(entries) = &self.node.value else {
            return self.deserialize_any(visitor);
        };
        let (mut known, mut strange) = (Vec::new(), Vec::new());
        for entry in entries {
            let side = if fields.contains(&entry.key.as_str()) { &mut known } else { &mut strange };
            side.push(entry);
        }
        if self.reading.strict {
            for entry in strange {
                let near = nearest(&entry.key, fields.iter().copied());
                let (found, known) = (entry.key.clone(), fields.iter().map(|f| (*f).into()));
                let message = Message::Word { found, known: known.collect(), near };
                self.reading.mistake(entry.at, message);
            }
        }
        let known: Vec<&Entry> = known;
        visitor.visit_map(Entries { left: known.into_iter(), value: None, reading: self.reading })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match &self.node.value {
            Value::Scalar(scalar) => visitor.visit_enum(scalar.text.as_str().into_deserializer()),
            Value::Map(entries) if entries.len() == 1 => {
                visitor.visit_enum(Tagged { entry: &entries[0], reading: self.reading })
            }
            Value::Map(_) => Err(Misfit(Message::Type { wanted: Shape::Text, found: Shape::Map })),
            Value::List(_) => {
                Err(Misfit(Message::Type { wanted: Shape::Text, found: Shape::List }))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'a> {
    left: std::slice::Iter<'a, Node>,
    reading: &'a Reading,
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Misfit;

    fn next_element_seed<S: DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Misfit> {
        let reading = self.reading;
        let next = self.left.by_ref().find(|node| !reading.is_misfit(node));
        next.map(|node| reading.read(node, seed)).transpose()
    }
}

struct Entries<'a, I> {
    left: I,
    value: Option<&'a Node>,
    reading: &'a Reading,
}

impl<'a, I: Iterator<Item = &'a Entry>> MapAccess<'a> for Entries<'a, I> {
    type Error = Misfit;

    fn next_key_seed<S: DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Misfit> {
        let reading = self.reading;
        // A field that is null is as good as absent.
        let fits = |entry: &&Entry| !entry.value.is_null() && !reading.is_misfit(&entry.value);
        let Some(entry) = self.left.by_ref().find(fits) else { return Ok(None) };
        self.value = Some(&entry.value);
        let key: StrDeserializer<'_, Misfit> = entry.key.as_str().into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, Misfit> {
        let node = self.value.take().ok_or_else(|| Misfit::custom("a value without a key"))?;
        self.reading.read(node, seed)
    }
}

/// A variant with its content: a mapping with one key.
struct Tagged<'a> {
    entry: &'a Entry,
    reading: &'a Reading,
}

impl<'a> EnumAccess<'a> for Tagged<'a> {
    type Error = Misfit;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'a>>(self, seed: S) -> Result<(S::Value, Self), Misfit> {
        let key: StrDeserializer<'_, Misfit> = self.entry.key.as_str().into_deserializer();
        Ok((seed.deserialize(key)?, self))
    }
}

impl<'a> VariantAccess<'a> for Tagged<'a> {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'a>>(self, seed: S) -> Result<S::Value, Misfit> {
        self.reading.read(&self.entry.value, seed)
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        Cursor { node: &self.entry.value, reading: self.reading }.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let cursor = Cursor { node: &self.entry.value, reading: self.reading };
        cursor.deserialize_struct("", fields, visitor)
    }
}
