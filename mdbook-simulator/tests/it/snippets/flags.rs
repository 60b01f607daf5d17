//! Flags of programs whose flags came and went with dockershim.

use std::collections::BTreeMap;

use mdbook_simulator::facts::Facts;
use mdbook_simulator::language::Language;
use mdbook_simulator::nearest::did_you_mean;
use toml::Value;

use super::Mistake;

/// What a line starts with, after `sudo` and folders, that gives flags to a program.
const LINES: [(&str, &str); 4] = [
    ("KUBELET_KUBEADM_ARGS=", "kubelet"),
    ("KUBELET_EXTRA_ARGS=", "kubelet"),
    ("kubelet ", "kubelet"),
    ("cri-dockerd ", "cri-dockerd"),
];

/// The known flags of each program.
pub(super) struct Flags {
    programs: BTreeMap<String, Vec<String>>,
    sources: Vec<String>,
}

impl Flags {
    /// Reads the list, and the tables of the facts that it names.
    pub(super) fn read(text: &str, facts: &Facts) -> Self {
        let list: toml::Table = text.parse().expect("flags.toml");
        let mut known = Self { programs: BTreeMap::new(), sources: Vec::new() };
        for program in list["program"].as_array().expect("`[[program]]`") {
            let word = |key: &str| program.get(key).and_then(Value::as_str).map(str::to_owned);
            let own = program["flags"].as_array().expect("`flags`").iter();
            let mut flags: Vec<String> =
                own.map(|flag| flag.as_str().expect("a flag").to_owned()).collect();
            if let Some(table) = word("table") {
                flags.extend(of_table(&table, facts));
            }
            known.programs.insert(word("name").expect("`name`"), flags);
            known.sources.push(word("source").expect("`source`"));
        }
        known
    }

    /// The documents that the list names.
    pub(super) fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(String::as_str)
    }

    /// Flags in `text` that their program does not have; `above` lines are above it in the block.
    pub(super) fn mistakes(&self, above: usize, text: &str) -> Vec<Mistake> {
        let lines = text.lines().enumerate();
        lines.flat_map(|(n, line)| self.of_line(line).map(move |text| (above + n, text))).collect()
    }

    fn of_line(&self, line: &str) -> impl Iterator<Item = String> {
        let line = line.trim_start().trim_start_matches("sudo ").trim_start_matches("ExecStart=");
        let program = LINES.iter().find_map(|(start, program)| {
            let start_of_word = line.split(' ').next().unwrap_or_default().rfind('/');
            let from = start_of_word.filter(|_| !start.ends_with('=')).map_or(0, |slash| slash + 1);
            Some((*program, line[from..].strip_prefix(start)?))
        });
        let (program, rest) = program.unwrap_or_default();
        let known = self.programs.get(program).map_or(&[][..], Vec::as_slice);
        let own = rest.split('|').next().unwrap_or_default();
        let words = own.split(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        let unknown: Vec<String> = words
            .filter(|word| word.starts_with("--") && !known.iter().any(|flag| flag == word))
            .map(|word| {
                let hint = did_you_mean(word, known.iter().map(String::as_str));
                format!(
                    "unknown flag `{word}` of {program}; add it to book/facts/lists/flags.toml, \
                     or mend it{hint}"
                )
            })
            .collect();
        unknown.into_iter()
    }
}

/// The flags in the first column of a table.
fn of_table(table: &str, facts: &Facts) -> Vec<String> {
    let rows = &facts.tables.get(table).unwrap_or_else(|| panic!("no table `{table}`")).rows;
    let words = rows.iter().flat_map(|row| row.cells[0].get(Language::En).split('`'));
    words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
}
