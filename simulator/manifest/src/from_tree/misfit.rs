//! Why a value does not fit, in the words of this crate.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::message::{Message, Shape};
use crate::nearest::nearest;

/// A value that does not fit.
#[derive(Debug)]
pub(super) struct Misfit(pub(super) Message);

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Misfit {}

impl Error for Misfit {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self(Message::Unfit { text: text.to_string() })
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        let wanted = wanted.to_string();
        let shapes = wanted_shape(&wanted).zip(found_shape(found));
        Self(shapes.map_or_else(
            || Message::Unfit { text: format!("this has to be {wanted} and is {found}") },
            |(wanted, found)| Message::Type { wanted, found },
        ))
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::invalid_type(found, wanted)
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        let near = nearest(found, known.iter().copied());
        let known = known.iter().map(|word| (*word).to_owned()).collect();
        Self(Message::Word { found: found.to_owned(), known, near })
    }

    fn missing_field(field: &'static str) -> Self {
        Self(Message::Missing { field: field.to_owned() })
    }
}

/// What serde calls a type, as the shapes of YAML.
fn wanted_shape(name: &str) -> Option<Shape> {
    match name {
        "a sequence" => Some(Shape::List),
        "a string" => Some(Shape::Text),
        "a boolean" => Some(Shape::Bool),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64" => Some(Shape::Int),
        "a map" => Some(Shape::Map),
        name if name.starts_with("struct ") => Some(Shape::Map),
        _ => None,
    }
}

fn found_shape(found: Unexpected<'_>) -> Option<Shape> {
    match found {
        Unexpected::Map => Some(Shape::Map),
        Unexpected::Seq => Some(Shape::List),
        Unexpected::Unit | Unexpected::Option => Some(Shape::Null),
        Unexpected::Str(_) => Some(Shape::Text),
        Unexpected::Signed(_) | Unexpected::Unsigned(_) => Some(Shape::Int),
        Unexpected::Float(_) => Some(Shape::Float),
        Unexpected::Bool(_) => Some(Shape::Bool),
        _ => None,
    }
}
