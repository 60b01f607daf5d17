//! The addresses outside the site that the books and their facts name.

use crate::facts;
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::page::LinkKind;
use crate::site::Site;

/// Each address with the place that names it: a tab between, a line each.
pub fn addresses(site: &Site) -> String {
    let (facts, _) = facts::load(&site.facts, &site.shown(&site.facts));
    let mut lines = String::new();
    for source in facts.sources.values() {
        lines.push_str(&format!("{}\tsource `{}` of the facts\n", source.url, source.id.as_str()));
    }
    for language in Language::ALL {
        for page in &Manuscript::load(site, language).pages {
            for link in page.links.iter().filter(|link| link.kind != LinkKind::UnknownReference) {
                if link.target.contains("://") {
                    let at = page.finding(link.range.start, "");
                    lines.push_str(&format!(
                        "{}\t{}:{}\n",
                        link.target,
                        at.file.display(),
                        at.line
                    ));
                }
            }
        }
    }
    lines
}

/// What is wrong with the form of an address, if anything: it has to be `https`, with the name of a
/// host, and of characters that an address may have.
pub fn mistake(address: &str) -> Option<&'static str> {
    let Some(rest) = address.strip_prefix("https://") else {
        return Some("it does not begin with `https://`");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if host.split('.').count() < 2 || !host.split('.').all(is_label) {
        return Some("it names no host");
    }
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    if !rest.bytes().all(is_allowed) {
        return Some("it has a character that addresses write as `%` and two digits");
    }
    let mut parts = rest.split('%').skip(1);
    let is_code =
        |part: &str| part.get(..2).is_some_and(|code| u8::from_str_radix(code, 16).is_ok());
    (!parts.all(is_code)).then_some("it has a `%` without two digits behind it")
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn the_form_of_addresses() {
        for right in [
            "https://example.org",
            "https://a-b.example.org/x/y.html?a=1&b=%E4%B8%AD#top",
            "https://github.com/a/b/blob/main/c.go#L1-L2",
        ] {
            assert_eq!(mistake(right), None, "{right}");
        }
        for wrong in [
            "http://example.org",
            "https://",
            "https://localhost/",
            "https://exa mple.org/",
            "https://example.org/a b",
            "https://example.org/中",
            "https://example.org/%zz",
            "https://example.org/100%",
            "ftp://example.org",
        ] {
            assert!(mistake(wrong).is_some(), "{wrong}");
        }
    }
}
