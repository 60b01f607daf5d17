//! Chinese and Latin side by side: one space between them, as Chinese technical writing has it.

/// The text with a space wherever a Chinese character meets a Latin letter or digit.
///
/// Backquotes count as part of the word they hold.
pub(super) fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before: Option<char> = None;
    for letter in text.chars() {
        if letter == '`' {
            out.push(letter);
            continue;
        }
        let to_latin = before.is_some_and(is_han) && letter.is_ascii_alphanumeric();
        let to_han = before.is_some_and(|it| it.is_ascii_alphanumeric()) && is_han(letter);
        if to_latin && out.ends_with('`') {
            out.pop();
            out.push_str(" `");
        } else if to_latin || to_han {
            out.push(' ');
        }
        out.push(letter);
        before = Some(letter);
    }
    out
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn a_space_where_scripts_meet() {
        assert_eq!(spaced("让runc启动容器`main`。"), "让 runc 启动容器 `main`。");
        assert_eq!(spaced("在容器 `main`里运行`id`命令"), "在容器 `main` 里运行 `id` 命令");
        assert_eq!(spaced("kubelet 让 CRI-O 停止"), "kubelet 让 CRI-O 停止");
    }
}
