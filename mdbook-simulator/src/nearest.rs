//! Guesses what a misspelt word was meant to be.

/// Words this alike or more are worth proposing; 1.0 is the same word.
const ALIKE_MIN: f64 = 0.6;

/// The candidates nearest to `word`, the nearest first, `count_max` at most.
///
/// ```
/// use mdbook_simulator::nearest::nearest;
/// assert_eq!(nearest("dockershin", ["containerd", "dockershim"], 1), ["dockershim"]);
/// ```
pub fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    count_max: usize,
) -> Vec<&'a str> {
    let mut alike: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| (likeness(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE_MIN)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    alike.truncate(count_max);
    alike.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The end of a message: `; did you mean …?`, or nothing when no candidate is near.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(word, candidates, 3).as_slice() {
        [] => String::new(),
        [one] => format!("; did you mean `{one}`?"),
        several => format!("; did you mean {}?", listed(several, " or ")),
    }
}

/// The names in backticks, with commas and a last word between them: `a`, `b` or `c`.
pub fn listed(names: &[impl AsRef<str>], last: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{}{last}{end}", rest.join(", ")),
    }
}

/// How alike two names are: by spelling, and by the words they share whatever their order.
fn likeness(word: &str, candidate: &str) -> f64 {
    let spelling = strsim::normalized_damerau_levenshtein(word, candidate);
    let parts: Vec<&str> = word.split(['-', '/']).collect();
    let shared = candidate.split(['-', '/']).filter(|part| parts.contains(part)).count();
    let of = parts.len().max(candidate.split(['-', '/']).count());
    #[allow(clippy::cast_precision_loss, reason = "counts of words in a name")]
    let words = shared as f64 / of as f64;
    spelling.max(words)
}
