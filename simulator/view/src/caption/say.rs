//! Sentences with gaps.
//!
//! A hundred `format!` calls are 8 kB of code in the browser's bundle; one small function that
//! fills gaps is not, and lets both languages of a sentence stand side by side.

use crate::Lang;

/// The sentence in the language, with `{0}`, `{1}`, … replaced by the words of those numbers.
pub(super) fn say(lang: Lang, en: &str, zh: &str, words: &[&str]) -> String {
    let mut out = String::new();
    let mut parts = lang.pick(en, zh).split('{');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (number, rest) = part.split_once('}').unwrap_or(("", part));
        let word = number.bytes().next().map(|digit| usize::from(digit.wrapping_sub(b'0')));
        out.push_str(word.and_then(|word| words.get(word)).copied().unwrap_or_default());
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::say;
    use crate::Lang;

    #[test]
    fn each_language_has_its_own_order() {
        let told = |lang| say(lang, "{0} runs {1} in {2}", "{0}在{2}里运行{1}", &["a", "b", "c"]);
        assert_eq!(told(Lang::En), "a runs b in c");
        assert_eq!(told(Lang::ZhCn), "a在c里运行b");
    }

    #[test]
    fn a_gap_without_a_word_is_empty() {
        assert_eq!(say(Lang::En, "{0}{7}{", "", &["a"]), "a");
    }
}
