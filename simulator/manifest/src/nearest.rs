//! Guesses what a misspelt word was meant to be.

/// Words that differ in no more than a third of their letters are worth proposing.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let word = word.to_lowercase();
    if word.len() > 64 {
        return None;
    }
    let distance = |other: &str| strsim::osa_distance(&word, &other.to_lowercase());
    let alike = candidates.into_iter().map(|other| (distance(other), other));
    let (distance, nearest) = alike.min()?;
    (distance * 3 <= nearest.len().max(3)).then(|| nearest.to_owned())
}
