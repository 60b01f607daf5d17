//! When each page was last changed, as git remembers it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::facts::Date;

/// The day of the last commit that changed each page: path relative to `source` → day.
///
/// Empty where git cannot tell: outside a repository, without git, and in a shallow clone, whose
/// oldest commit seems to have written everything.
pub fn last_changes(source: &Path) -> BTreeMap<PathBuf, Date> {
    let is_whole = git(source, &["rev-parse", "--is-shallow-repository"])
        .is_some_and(|answer| answer.trim() == "false");
    if !is_whole {
        return BTreeMap::new();
    }
    let arguments =
        ["log", "--format=%x00%as", "--name-only", "--no-renames", "--relative", "--", "."];
    git(source, &arguments).map(|log| read(&log)).unwrap_or_default()
}

/// What git says, if it is there and content.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Reads a log, newest first: each commit a zero, its day, and the files that it changed.
fn read(log: &str) -> BTreeMap<PathBuf, Date> {
    let mut changes = BTreeMap::new();
    for commit in log.split('\0') {
        let mut lines = commit.lines().filter(|line| !line.is_empty());
        let Some(day) = lines.next().and_then(|day| day.parse::<Date>().ok()) else { continue };
        for file in lines {
            changes.entry(PathBuf::from(file)).or_insert(day);
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_commit_of_each_page_counts() {
        let changes = read(
            "\x002026-11-20\n\na.md\nb/c.md\n\x002026-11-02\n\nb/c.md\nd.md\n\x002026-11-01\n",
        );
        let told: Vec<String> =
            changes.iter().map(|(page, day)| format!("{} {day}", page.display())).collect();
        assert_eq!(told, ["a.md 2026-11-20", "b/c.md 2026-11-20", "d.md 2026-11-02"]);
    }

    #[test]
    fn without_a_repository_nothing_is_said() {
        assert!(last_changes(Path::new("/nowhere")).is_empty());
    }
}
