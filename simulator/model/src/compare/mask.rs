//! What is chance in a text: addresses of pods, digests, IDs, times, addresses of streams.

/// Whether the values under a key are never compared: times, sizes, hashes.
pub(super) fn is_masked_key(key: &str) -> bool {
    const ENDINGS: [&str; 11] = [
        "_at",
        "At",
        "timestamp",
        "config.seen",
        "container.hash",
        "unix_s",
        "_bytes",
        "repo_digests",
        "digest",
        "inode",
        "dur_us",
    ];
    matches!(key, "size" | "ip") || ENDINGS.iter().any(|ending| key.ends_with(ending))
}

/// The text with what is chance masked.
pub(super) fn mask(text: &str) -> String {
    let text = replace(text, pod_address, "{ip}");
    let text = replace(&text, digest, "{digest}");
    let text = replace(&text, id, "{id}");
    let text = replace(&text, time, "{time}");
    replace(&text, stream_url, "{stream-url}")
}

/// How long a pattern is at a place; none where it does not match. It sees the character before.
type Pattern = fn(&str, Option<char>) -> Option<usize>;

fn replace(text: &str, pattern: Pattern, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut before) = (text, None);
    while let Some(first) = rest.chars().next() {
        if let Some(len) = pattern(rest, before).filter(|len| *len > 0) {
            out.push_str(with);
            before = rest[..len].chars().next_back();
            rest = &rest[len..];
        } else {
            out.push(first);
            before = Some(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
}

fn digits(text: &str) -> usize {
    run(text, |c| c.is_ascii_digit())
}

fn is_hex(c: char) -> bool {
    matches!(c, '0'..='9' | 'a'..='f')
}

/// `10.88.N.N` as a word.
fn pod_address(text: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(is_word) {
        return None;
    }
    let rest = text.strip_prefix("10.88.")?;
    let third = digits(rest);
    let rest = rest[third..].strip_prefix('.').filter(|_| third > 0)?;
    let fourth = digits(rest);
    let ends = fourth > 0 && !rest[fourth..].starts_with(is_word);
    ends.then_some("10.88.".len() + third + 1 + fourth)
}

/// `sha256:` and 64 hexadecimal digits.
fn digest(text: &str, _: Option<char>) -> Option<usize> {
    let rest = text.strip_prefix("sha256:")?;
    (run(rest, is_hex) >= 64).then_some("sha256:".len() + 64)
}

/// 64 hexadecimal digits as a word.
fn id(text: &str, before: Option<char>) -> Option<usize> {
    let whole = !before.is_some_and(is_word) && run(text, is_hex) == 64;
    (whole && !text[64..].starts_with(is_word)).then_some(64)
}

/// `YYYY-MM-DDThh:mm:ss.f`, perhaps with `Z`.
fn time(text: &str, _: Option<char>) -> Option<usize> {
    let shape = ["dddd-dd-ddT"].concat();
    let fits = |(c, want): (char, char)| match want {
        'd' => c.is_ascii_digit(),
        want => c == want,
    };
    if text.chars().count() <= shape.len() || !text.chars().zip(shape.chars()).all(fits) {
        return None;
    }
    let clock = run(&text[shape.len()..], |c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    if clock == 0 {
        return None;
    }
    let end = shape.len() + clock;
    Some(end + usize::from(text[end..].starts_with('Z')))
}

/// The address of a stream on the node itself.
fn stream_url(text: &str, _: Option<char>) -> Option<usize> {
    let start = text.strip_prefix("http://").unwrap_or(text);
    let hosts = ["127.0.0.1:", "[::]:", "[::1]:"];
    let rest = hosts.iter().find_map(|host| start.strip_prefix(host))?;
    let rest = &rest[digits(rest)..];
    let verbs = ["/exec/", "/attach/", "/portforward/", "/cri/"];
    let rest = verbs.iter().find_map(|verb| rest.strip_prefix(verb))?;
    let token = run(rest, |c| !c.is_whitespace());
    (token > 0).then_some(text.len() - rest.len() + token)
}
