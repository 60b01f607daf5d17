//! What a command in a container says of itself: commands are not run.

use crate::clock::Duration;

/// What is as good as for ever, in seconds: a year.
const FOR_EVER: f64 = 365.0 * 24.0 * 3_600.0;

/// How long a command sleeps, as far as it says so: a hook or a probe that waits is nearly always a
/// `sleep`.
pub(crate) fn sleeps(command: &[String]) -> Duration {
    let words = command.iter().flat_map(|word| word.split(|c: char| c.is_whitespace() || c == ';'));
    let mut words = words.filter(|word| !word.is_empty());
    let mut whole = Duration::ZERO;
    while let Some(word) = words.next() {
        if is_program(word, "sleep") {
            whole = whole + words.next().map_or(Duration::ZERO, span);
        }
    }
    whole
}

/// Whether a command is still at it when its time, in seconds, is up; 0 gives it all the time.
pub(crate) fn is_late(command: &[String], timeout: i64) -> bool {
    // To begin and to end takes a while as well.
    let takes = sleeps(command) + Duration::from_millis(120);
    timeout > 0 && takes.as_secs() >= timeout
}

/// What a shell says of a process that SIGKILL has ended, as it does to all of a container whose
/// first process has ended.
pub(crate) const KILLED: i32 = 128 + 9;

/// A span as `sleep` reads it: seconds, or with a unit behind; at most a year.
fn span(word: &str) -> Duration {
    let unit = match word.chars().last() {
        Some('m') => 60.0,
        Some('h') => 3_600.0,
        Some('d') => 86_400.0,
        _ => 1.0,
    };
    let number = word.trim_end_matches(['s', 'm', 'h', 'd']);
    let seconds = number.parse().map_or(0.0, |number: f64| number * unit);
    let seconds = if seconds.is_nan() { 0.0 } else { seconds.clamp(0.0, FOR_EVER) };
    #[allow(clippy::cast_possible_truncation, reason = "a year in µs fits")]
    Duration::from_micros((seconds * 1e6) as i64)
}

/// The exit code that a command names, else 0: one that is there to fail is nearly always `false`
/// or a shell's `exit N`. What stands behind `||` is taken not to be reached.
pub(crate) fn exit_code(command: &[String]) -> i32 {
    match command.first() {
        Some(program) if is_program(program, "false") => 1,
        _ => script(command).map_or(0, script_code),
    }
}

/// The code of a script: that of its first `exit`, or of its last command.
fn script_code(script: &str) -> i32 {
    let mut last = 0;
    let commands = script.split([';', '\n']).flat_map(|text| text.split("&&"));
    for command in commands.map(str::trim).filter(|command| !command.is_empty()) {
        let mut words = command.split_whitespace();
        last = match words.next() {
            Some("exit") => {
                return words.next().and_then(|code| code.parse().ok()).unwrap_or(last);
            }
            Some(word) if is_program(word, "false") && words.next().is_none() => 1,
            _ => 0,
        };
    }
    last
}

/// How a program ends by itself, as far as its command says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    /// After so long, with this code.
    After(Duration, i32),
    /// Never.
    Never,
}

/// What a program takes that does next to nothing.
const BRIEF: Duration = Duration::from_millis(20);

/// How the program of a container ends; none where its command does not say.
pub(crate) fn ends(command: &[String]) -> Option<Ends> {
    let (program, rest) = command.split_first()?;
    if is_program(program, "tail") && rest.iter().any(|word| word == "-f" || word == "-F") {
        return Some(Ends::Never);
    }
    if let Some(script) = script(command) {
        return script_ends(script);
    }
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    let (took, code) = simple(&words)?;
    Some(Ends::After(took + BRIEF, code))
}

/// How long a simple command takes, and its code; none for one that is not known.
fn simple(words: &[&str]) -> Option<(Duration, i32)> {
    let (program, rest) = words.split_first()?;
    match program.rsplit('/').next()? {
        "true" | ":" | "echo" | "printf" => Some((Duration::ZERO, 0)),
        "false" => Some((Duration::ZERO, 1)),
        "sleep" if rest.iter().all(|word| word.starts_with(|c: char| c.is_ascii_digit())) => {
            Some((rest.iter().fold(Duration::ZERO, |whole, word| whole + span(word)), 0))
        }
        "sleep" if rest == ["infinity"] => Some((span("365d"), 0)),
        _ => None,
    }
}

/// The same for a script: with nothing but simple commands one after the other, or in a loop without
/// an end.
fn script_ends(script: &str) -> Option<Ends> {
    let words = || script.split(|c: char| c.is_whitespace() || c == ';');
    if ["while true", "while :", "until false"].iter().any(|head| script.contains(head)) {
        let leaves = ["break", "exit", "return", "exec", "trap", "wait"];
        return (!words().any(|word| leaves.contains(&word))).then_some(Ends::Never);
    }
    let plain = script.replace("&&", "");
    if plain.contains(['|', '&', '`', '$', '<', '>', '(', '{', '\'', '"', '\\']) {
        return None;
    }
    let (mut whole, mut code) = (BRIEF, 0);
    for list in script.split([';', '\n']).filter(|list| !list.trim().is_empty()) {
        for command in list.split("&&") {
            let words: Vec<&str> = command.split_whitespace().collect();
            if let ["exit", rest @ ..] = words.as_slice() {
                let given = rest.first().map_or(Some(code), |word| word.parse().ok())?;
                return Some(Ends::After(whole, given));
            }
            let (took, its) = simple(&words)?;
            (whole, code) = (whole + took, its);
            if code != 0 {
                break;
            }
        }
    }
    Some(Ends::After(whole, code))
}

/// The script that a command gives to a shell.
fn script(command: &[String]) -> Option<&str> {
    let (program, rest) = command.split_first()?;
    let is_shell = ["sh", "ash", "bash"].iter().any(|shell| is_program(program, shell));
    let at = rest.iter().position(|word| word == "-c").filter(|_| is_shell)?;
    rest.get(at + 1).map(String::as_str)
}

fn is_program(word: &str, name: &str) -> bool {
    word.rsplit('/').next() == Some(name)
}

#[cfg(test)]
mod tests {
    use super::{Ends, ends, exit_code, sleeps};
    use crate::clock::Duration;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn a_command_says_how_long_it_takes_and_how_it_ends() {
        let shell = |script: &str| words(&["/bin/sh", "-c", script]);
        assert_eq!(sleeps(&shell("sleep 2; /bin/sleep 3s")), Duration::from_secs(5));
        assert_eq!(sleeps(&words(&["sleep", "0.5"])), Duration::from_millis(500));
        assert_eq!(sleeps(&words(&["sleep", "2m"])), Duration::from_secs(120));
        assert_eq!(sleeps(&words(&["sleep", "infinity"])), Duration::from_secs(365 * 86_400));
        assert_eq!(exit_code(&words(&["/bin/false"])), 1);
        assert_eq!(exit_code(&words(&["echo", "false"])), 0);
        for (script, code) in [
            ("exit 3", 3),
            ("sleep 1 && exit 4", 4),
            ("false", 1),
            ("false; exit", 1),
            ("false; true", 0),
            ("exit 5; exit 6", 5),
            ("test -e /ready || exit 1", 0),
            ("echo exit 1", 0),
        ] {
            assert_eq!(exit_code(&shell(script)), code, "{script}");
        }
        assert_eq!(exit_code(&words(&["printf", "-c", "exit 1"])), 0);
    }

    #[test]
    fn a_program_ends_as_its_command_says() {
        let shell = |script: &str| ends(&words(&["/bin/sh", "-c", script]));
        let after = |millis, code| Some(Ends::After(Duration::from_millis(millis), code));
        assert_eq!(ends(&words(&["false"])), after(20, 1));
        assert_eq!(ends(&words(&["/bin/sleep", "3"])), after(3_020, 0));
        assert_eq!(ends(&words(&["echo", "hello"])), after(20, 0));
        assert_eq!(ends(&words(&["tail", "-f", "/dev/null"])), Some(Ends::Never));
        for (script, millis, code) in [
            ("exit 3", 20, 3),
            ("echo hello; sleep 2\nexit 4", 2_020, 4),
            ("sleep 5&&exit 3", 5_020, 3),
            ("false && sleep 5", 20, 1),
            ("false; sleep 1; exit", 1_020, 0),
            ("exit 1; sleep 60", 20, 1),
        ] {
            assert_eq!(shell(script), after(millis, code), "{script}");
        }
        assert_eq!(shell("while true; do date; sleep 5; done"), Some(Ends::Never));
        for script in [
            "migrate --all && exit 0",
            "python -m http.server; exit",
            "while true; do test -e /stop && exit; done",
            "test -e /ready || exit 1",
            "[ -f /x ] && exit 1; nginx",
            "(sleep 5; exit 3)",
            "cat <<E\nexit 3\nE",
            "echo 'a; exit 3'",
            "exec nginx",
            "sleep $SECONDS",
        ] {
            assert_eq!(shell(script), None, "{script}");
        }
        assert_eq!(ends(&words(&["sleep", "$(SECONDS_TO_WAIT)"])), None);
        assert_eq!(ends(&words(&["nginx", "-g", "daemon off;"])), None);
        assert_eq!(ends(&[]), None);
    }
}
