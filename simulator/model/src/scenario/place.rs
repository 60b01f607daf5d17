//! Where in a scenario something stands.

use std::fmt;

/// A way from the top of a scenario to one of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Field after field.
    pub keys: Vec<Key>,
}

/// One part of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A field, or a key of one's own.
    Field(String),
    /// An item of a list, counted from 0.
    Item(usize),
}

impl Place {
    /// A field at the top.
    pub(super) fn of(field: &str) -> Self {
        Self::default().field(field)
    }

    /// A field further down.
    pub(super) fn field(&self, field: &str) -> Self {
        self.with(Key::Field(field.to_owned()))
    }

    /// An item further down.
    pub(super) fn item(&self, index: usize) -> Self {
        self.with(Key::Item(index))
    }

    fn with(&self, key: Key) -> Self {
        let mut keys = self.keys.clone();
        keys.push(key);
        Self { keys }
    }
}

impl fmt::Display for Place {
    /// `steps[2].at`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.keys.iter().enumerate() {
            match key {
                Key::Field(field) if index == 0 => write!(f, "{field}")?,
                Key::Field(field) => write!(f, ".{field}")?,
                Key::Item(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}
