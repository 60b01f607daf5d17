//! Escapes text for HTML that Markdown will read once more.

/// Text for an HTML attribute or element, safe inside a line of Markdown.
///
/// Everything that HTML or Markdown could take for markup becomes a character reference, so that
/// a title such as `crictl | *beta*` comes out as it is, in a table cell too.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' | '\r' => escaped.push(' '),
            '&' | '<' | '>' | '"' | '\'' | '*' | '_' | '`' | '[' | ']' | '(' | ')' | '\\' | '|'
            | '~' | '{' | '}' | '$' | '!' => {
                escaped.push_str("&#");
                escaped.push_str(&u32::from(character).to_string());
                escaped.push(';');
            }
            plain => escaped.push(plain),
        }
    }
    escaped
}

/// Drops the line breaks of HTML source that Markdown would end an HTML block at.
///
/// A blank line becomes an empty comment: the page is the same, and Markdown reads on.
pub fn without_blank_lines(html: &str) -> String {
    let lines: Vec<&str> = html
        .trim()
        .lines()
        .map(|line| if line.trim().is_empty() { "<!-- -->" } else { line })
        .collect();
    lines.join("\n")
}
