//! The contents beside a page: its own branch of the book open, the others folded.

use std::borrow::Cow;

/// Takes out of the list of contents what lies below other chapters than those around the page.
///
/// A line of the template is one entry, `<li data-section="2.3.">…</li>`. Kept are the chapters of
/// the first level, and whatever lies directly below a chapter that the page is in. An entry without
/// a page of its own is kept only around the page: it is a heading, with nothing to go to.
pub(crate) fn fold(html: &str) -> String {
    let current = html
        .lines()
        .filter(|line| line.contains("aria-current=\"page\""))
        .find_map(section)
        .unwrap_or_default();
    let kept = |line: &&str| match section(line) {
        Some(own) => {
            let around = current.starts_with(own);
            current.starts_with(parent(own)) && (around || line.contains("<a "))
        }
        None => true,
    };
    html.split_inclusive('\n').filter(kept).map(with_level).collect()
}

/// Says how deep an entry is, for the style sheet.
fn with_level(line: &str) -> Cow<'_, str> {
    match section(line).map(|section| section.matches('.').count()) {
        Some(level @ 2..) => {
            line.replacen("<li ", &format!("<li class=\"level-{level}\" "), 1).into()
        }
        _ => line.into(),
    }
}

/// The number of the section that a line is the entry of, such as `2.3.`.
fn section(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("<li data-section=\"")?;
    rest.split_once('"').map(|(section, _)| section)
}

/// The number of the section around another: `2.` for `2.3.`, nothing for `2.`.
fn parent(section: &str) -> &str {
    let inner = section.strip_suffix('.').unwrap_or(section);
    inner.rfind('.').map_or("", |dot| &inner[..=dot])
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTENTS: &str = "<ul>\n\
        <li data-section=\"1.\"><a href=\"a\">story</a></li>\n\
        <li data-section=\"1.1.\"><a href=\"b\">rkt</a></li>\n\
        <li data-section=\"2.\"><a href=\"c\">questions</a></li>\n\
        <li data-section=\"2.1.\"><span>images</span></li>\n\
        <li data-section=\"2.1.1.\"><a href=\"d\">are they lost?</a></li>\n\
        <li data-section=\"2.2.\"><span>logs</span></li>\n\
        <li data-section=\"2.2.1.\"><a href=\"e\">where?</a></li>\n</ul>\n";

    fn names(current: &str) -> Vec<String> {
        let link = format!("href=\"{current}\"");
        let html = CONTENTS.replace(&link, &format!("{link} aria-current=\"page\""));
        let name = |line: &str| line.rsplit_once("</").map(|(start, _)| start.to_owned());
        let name = |line: &str| Some(name(line.strip_suffix("</li>")?)?.rsplit('>').next()?.into());
        fold(&html).lines().filter_map(name).collect()
    }

    #[test]
    fn a_front_page_shows_the_chapters_only() {
        assert_eq!(names("nowhere"), ["story", "questions"]);
    }

    #[test]
    fn a_chapter_shows_what_is_directly_below_it() {
        assert_eq!(names("a"), ["story", "rkt", "questions"]);
        assert_eq!(names("c"), ["story", "questions"]);
    }

    #[test]
    fn a_page_shows_its_heading_and_its_neighbours() {
        assert_eq!(names("e"), ["story", "questions", "logs", "where?"]);
    }

    #[test]
    fn the_tenth_section_is_not_below_the_first() {
        assert_eq!(parent("10.2."), "10.");
        assert!(!"10.2.".starts_with(parent("1.3.")));
    }
}
