//! What test runs report: how many tests ended how, and what the failed ones said.

/// How many tests ended how, and what was said of those that failed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
    /// A name and its message for each failed test, as the run printed them.
    pub(crate) failures: Vec<String>,
}

impl Tally {
    /// One test of our own, with what to say if it failed.
    pub(crate) fn of_one(passed: bool, failure: &str) -> Self {
        if passed {
            Self { passed: 1, ..Self::default() }
        } else {
            Self { failed: 1, failures: vec![failure.to_owned()], ..Self::default() }
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failures.extend(other.failures);
    }

    /// Reads a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    fn of_line(line: &str) -> Option<Self> {
        let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
        let mut tally = Self::default();
        for part in counts.split(';') {
            let (number, what) = part.trim().split_once(' ')?;
            match what {
                "passed" => tally.passed = number.parse().ok()?,
                "failed" => tally.failed = number.parse().ok()?,
                "ignored" => tally.skipped = number.parse().ok()?,
                _ => {}
            }
        }
        Some(tally)
    }
}

/// Reads the output of test binaries line by line.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    tally: Tally,
    /// The messages of the failed tests of the binary that is being read.
    messages: Vec<String>,
    /// Whether the lines being read are such messages.
    open: bool,
}

impl Reader {
    /// Takes the next line, without colours.
    pub(crate) fn line(&mut self, line: &str) {
        if let Some(tally) = Tally::of_line(line) {
            self.tally.add(tally);
            let messages = self.messages.drain(..).map(|message| message.trim_end().to_owned());
            self.tally.failures.extend(messages);
            self.open = false;
        } else if line == "failures:" {
            // The second of a binary opens the list of bare names, which says nothing new.
            self.open = self.messages.is_empty();
        } else if self.open {
            if line.starts_with("---- ") {
                self.messages.push(String::new());
            }
            if let Some(message) = self.messages.last_mut() {
                message.push_str(line);
                message.push('\n');
            }
        }
    }

    /// What was read, once the command has ended.
    pub(crate) fn end(self) -> Tally {
        self.tally
    }
}

#[cfg(test)]
mod tests {
    use super::{Reader, Tally};

    fn read(output: &str) -> Tally {
        let mut reader = Reader::default();
        output.lines().for_each(|line| reader.line(line));
        reader.end()
    }

    #[test]
    fn a_result_line_is_counted() {
        let tally = read("test result: ok. 3 passed; 0 failed; 2 ignored; 0 measured");
        assert_eq!(tally, Tally { passed: 3, skipped: 2, ..Tally::default() });
    }

    #[test]
    fn other_lines_are_not() {
        assert_eq!(read("test site::tests::a_result ... ok"), Tally::default());
    }

    #[test]
    fn what_failed_is_kept_with_its_message() {
        let tally = read(
            "test a ... FAILED\n\nfailures:\n\n---- a stdout ----\nno such page\n\n\
             failures:\n    a\n\ntest result: FAILED. 3 passed; 1 failed; 0 ignored\n\
             test result: ok. 2 passed; 0 failed; 0 ignored\n",
        );
        assert_eq!((tally.passed, tally.failed), (5, 1));
        assert_eq!(tally.failures, ["---- a stdout ----\nno such page"]);
    }
}
