//! A value that counts how often it was lent out for change.
//!
//! Loops of the kubelet look at all pods many times a second and nearly always find what they found
//! before. By the count they know without looking.

use std::ops::{Deref, DerefMut};

/// A value and its version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watched<T> {
    value: T,
    version: u64,
}

impl<T> Watched<T> {
    /// A number that is another one after each change.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Watched<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.version += 1;
        &mut self.value
    }
}
