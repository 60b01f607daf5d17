//! The words of a line, with their places.

/// The words between white space, each with its byte offset.
///
/// ```
/// use mdbook_simulator::word::words;
/// assert_eq!(words(" a  bc").collect::<Vec<_>>(), [(1, "a"), (4, "bc")]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &text[from..];
        let start = from + (rest.len() - rest.trim_start().len());
        let word = text[start..].split(char::is_whitespace).next().unwrap_or_default();
        from = start + word.len();
        (!word.is_empty()).then_some((start, word))
    })
}
