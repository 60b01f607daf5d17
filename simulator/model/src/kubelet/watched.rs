//! A value that counts how often it was lent out for change.
//!
//! Loops of the kubelet look at all pods many times a second and nearly always find what they found
//! before. By the count they know without looking.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A value and its version. Clones share the value until one of them changes it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watched<T> {
    value: Arc<T>,
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

impl<T: Clone> DerefMut for Watched<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.version += 1;
        Arc::make_mut(&mut self.value)
    }
}
