//! Names and flags that no line is broken inside of, and paths that one may be.
//!
//! Browsers break a line after any hyphen, so that `CRI-O` and `--cri-socket` come apart. In titles,
//! lists of pages, tables and code within a line, short names with a hyphen are kept whole, and a
//! long flag is at least not parted from its hyphens in front. Longer words of a table may be broken
//! behind slashes, low lines and inner dots, and before inner capitals, so that it fits the page.
//!
//! No browser breaks a line between a Chinese mark and a hyphen, so a list of flags would be one
//! line: there a break is allowed before code.

use std::borrow::Cow;

/// The longest name that is kept whole, in characters: two of them fit beside each other on a phone.
const LONGEST: usize = 20;

/// What begins a name that is kept whole; the preprocessor does so with those of the glossary.
const WHOLE: &str = "<span class=\"unbroken\">";

/// Elements whose text has such names.
const HOLDERS: [&str; 8] = ["nav", "h1", "h2", "h3", "h4", "th", "td", "code"];

/// Elements whose text is laid out in ways of its own.
const OTHERS: [&str; 3] = ["pre", "svg", "dockershim-simulator"];

/// The page with those names in elements of the class `unbroken`.
pub(crate) fn keep_whole(html: &str) -> String {
    let mut result = String::with_capacity(html.len() + html.len() / 16);
    let (mut holders, mut others, mut cells) = (0_usize, 0_usize, 0_usize);
    let mut is_whole = false;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, markup) = rest.split_at(start);
        let is_kept = holders > 0 && others == 0 && !is_whole;
        let text = if is_kept && cells > 0 { with_breaks(text) } else { text.into() };
        result.push_str(&if is_kept { names(&text) } else { text });
        let (tag, after) = markup.split_at(end_of_tag(markup));
        is_whole = tag == WHOLE;
        if tag.starts_with("<code") && others == 0 && result.ends_with(['、', '，', '；', '：'])
        {
            result.push_str("<wbr>");
        }
        result.push_str(tag);
        for (count, elements) in
            [(&mut holders, &HOLDERS[..]), (&mut others, &OTHERS[..]), (&mut cells, &["td"][..])]
        {
            *count = match tag.strip_prefix("</") {
                Some(name) if is_of(name, elements) => count.saturating_sub(1),
                None if is_of(&tag[1..], elements) => *count + 1,
                _ => *count,
            };
        }
        rest = after;
    }
    result.push_str(rest);
    result
}

/// Where a tag, a comment, or a script or style with its content ends.
fn end_of_tag(markup: &str) -> usize {
    let behind = |end: &str| markup.find(end).map_or(markup.len(), |at| at + end.len());
    if markup.starts_with("<!--") {
        return behind("-->");
    }
    for (element, end) in [("<script", "</script>"), ("<style", "</style>")] {
        if markup.starts_with(element) {
            return behind(end);
        }
    }
    let mut quote = None;
    for (at, character) in markup.char_indices() {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    markup.len()
}

/// Whether a tag, from its name on, is of one of the elements.
fn is_of(tag: &str, elements: &[&str]) -> bool {
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
    name.is_some_and(|name| elements.contains(&name))
}

/// The longest path and the longest other word in a table that have no places for a break.
const LONGEST_IN_TABLE: [usize; 2] = [12, 16];

/// The text with places for a break in its long words.
fn with_breaks(text: &str) -> Cow<'_, str> {
    let is_long = |word: &str| word.trim_end().chars().count() > LONGEST_IN_TABLE[0];
    if !text.split_whitespace().any(is_long) {
        return text.into();
    }
    let words = text.split_inclusive(char::is_whitespace);
    words.map(|word| if is_long(word) { broken(word) } else { word.to_owned() }).collect()
}

/// The word with a place for a break behind each slash, low line and inner dot, and before each
/// inner capital.
fn broken(word: &str) -> String {
    let is_long = word.trim_end().chars().count() > LONGEST_IN_TABLE[1];
    let mut result = String::new();
    let mut characters = word.chars().peekable();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        result.push(character);
        let is_end = characters.peek().is_none_or(|next| match character {
            '/' => *next == '/' || before == ' ',
            _ if !is_long => true,
            '.' => !before.is_ascii_alphabetic() || !next.is_ascii_alphabetic(),
            '_' => false,
            _ => !character.is_ascii_lowercase() || !next.is_ascii_uppercase(),
        });
        if !is_end {
            result.push_str("<wbr>");
        }
        before = character;
    }
    result
}

/// The text with its names kept whole.
fn names(text: &str) -> Cow<'_, str> {
    if !text.contains('-') {
        return text.into();
    }
    let mut result = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_in_name) {
        let (before, name_on) = rest.split_at(start);
        let length = name_on.find(|c| !is_in_name(c)).unwrap_or(name_on.len());
        let (name, after) = name_on.split_at(length);
        let (whole, loose) = name.split_at(kept_length(name));
        result.push_str(before);
        if whole.is_empty() {
            result.push_str(loose);
        } else {
            result.push_str(&format!("{WHOLE}{whole}</span>{loose}"));
        }
        rest = after;
    }
    result.push_str(rest);
    result.into()
}

fn is_in_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.')
}

/// How much of a name must stay on one line: all of a short one, of a long flag its first word.
fn kept_length(name: &str) -> usize {
    let bare = name.trim_start_matches('-');
    let hyphens = name.len() - bare.len();
    match bare.find('-') {
        None if hyphens == 0 => 0,
        _ if name.len() <= LONGEST => name.len(),
        Some(hyphen) if hyphens > 0 => hyphens + hyphen + 1,
        Some(_) => 0,
        None => name.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::{WHOLE, keep_whole};

    /// The page as it becomes, with brackets for the elements that keep a name whole.
    fn kept(html: &str) -> String {
        keep_whole(html).replace(WHOLE, "[").replace("</span>", "]")
    }

    #[test]
    fn short_names_stay_whole_and_long_flags_keep_their_hyphens() {
        assert_eq!(kept("<h2>换到 CRI-O，再说</h2>"), "<h2>换到 [CRI-O]，再说</h2>");
        assert_eq!(
            kept("<code>kubeadm --cri-socket /etc/default/a-b.env x</code>"),
            "<code>kubeadm [--cri-socket] /etc/default/[a-b.env] x</code>"
        );
        assert_eq!(
            kept("<code>--experimental-kernel-memcg-notification=-1 --yes</code>"),
            "<code>[--experimental-]kernel-memcg-notification=[-1] [--yes]</code>"
        );
        assert_eq!(
            kept("<nav>docker-in-docker-in-docker</nav>"),
            "<nav>docker-in-docker-in-docker</nav>"
        );
    }

    #[test]
    fn long_words_of_code_in_a_table_have_places_for_a_break() {
        assert_eq!(
            kept("<td><code>unix:///var/run/docker.sock x/y</code> a/very/long/way/to/say/it</td>"),
            "<td><code>unix:///<wbr>var/<wbr>run/<wbr>docker.<wbr>sock x/y</code> \
             a/<wbr>very/<wbr>long/<wbr>way/<wbr>to/<wbr>say/<wbr>it</td>"
        );
        assert_eq!(
            kept("<td><code>/etc/cni/net.d RemovePodSandbox /run/x.sock</code></td>"),
            "<td><code>/etc/<wbr>cni/<wbr>net.d RemovePodSandbox /run/x.sock</code></td>"
        );
        assert_eq!(
            kept("<td><code>image_pull_progress_timeout containerRuntimeEndpoint</code></td>"),
            "<td><code>image_<wbr>pull_<wbr>progress_<wbr>timeout \
             container<wbr>Runtime<wbr>Endpoint</code></td>"
        );
        let outside = "<p><code>unix:///var/run/docker.sock</code></p>";
        assert_eq!(kept(outside), outside);
    }

    #[test]
    fn a_flag_may_begin_a_line_behind_a_chinese_mark() {
        let flags = "<p><code>-i</code>、<code>-t</code>, <code>x</code></p>";
        let broken = "<p><code>[-i]</code>、<wbr><code>[-t]</code>, <code>x</code></p>";
        assert_eq!(kept(flags), broken);
    }

    #[test]
    fn only_titles_lists_of_pages_tables_and_code_within_a_line() {
        for same in [
            "<p title='<code>a-b</code>'>a-b</p>",
            "<pre><code>a-b</code></pre>",
            "<dockershim-simulator><h3>a-b</h3></dockershim-simulator>",
            "<script>'<nav>' + a-b</script><!-- <nav> a-b --> a-b",
            "<navy>a-b</navy>",
            "<h1>[a-b]</h1>",
        ] {
            let given = same.replace('[', WHOLE).replace(']', "</span>");
            assert_eq!(kept(&given), same);
        }
        assert_eq!(
            kept("<nav><a href=\"a-b\">a-b</a></nav> a-b <h1>a-b</h1><td>a-b</td>"),
            "<nav><a href=\"a-b\">[a-b]</a></nav> a-b <h1>[a-b]</h1><td>[a-b]</td>"
        );
    }
}
