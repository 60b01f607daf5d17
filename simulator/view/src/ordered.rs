//! Keeping things in order, with little code.
//!
//! The standard sort costs the browser's bundle some 4 kB for every type that is sorted. What is
//! sorted here comes nearly in order, where putting one after the other in its place is as quick.

/// Puts an item in its place among items in order of a key, after those of an equal one.
pub(crate) fn insert_by_key<T, K: Ord>(items: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let wanted = key(&item);
    let place = items.iter().rposition(|it| key(it) <= wanted).map_or(0, |before| before + 1);
    items.insert(place, item);
}
