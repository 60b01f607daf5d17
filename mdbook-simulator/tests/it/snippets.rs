//! Commands and settings in the books can be used as they stand: shell lines and PowerShell parse,
//! configuration parses, and flags and settings are among those of `book/facts/lists`.

mod flags;
mod powershell;
mod settings;
mod shell;

use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use mdbook_simulator::block::BlockKind;
use mdbook_simulator::facts::{self, Facts};
use mdbook_simulator::finding::{Finding, Findings};
use mdbook_simulator::language::Language;
use mdbook_simulator::manuscript::Manuscript;
use mdbook_simulator::nearest::{did_you_mean, listed};
use mdbook_simulator::page::{Fence, Page};
use mdbook_simulator::site::Site;

use flags::Flags;
use settings::Settings;

/// What may follow the backticks of a fenced block, besides the names of our own.
const LANGUAGES: [&str; 10] =
    ["bash", "console", "ini", "json", "powershell", "sh", "text", "toml", "yaml", ""];

/// A mistake in a block: how many lines below its first line, and what.
type Mistake = (usize, String);

/// The lists that blocks are held against.
struct Lists {
    flags: Flags,
    settings: Settings,
}

impl Lists {
    fn load(facts: &Facts) -> Self {
        let folder = repository().join("book/facts/lists");
        let read = |name: &str| {
            let file = folder.join(name);
            std::fs::read_to_string(&file)
                .unwrap_or_else(|error| panic!("cannot read {}: {error}", file.display()))
        };
        Self {
            flags: Flags::read(&read("flags.toml"), facts),
            settings: Settings::read(&read("settings.toml")),
        }
    }
}

fn facts_of_the_books() -> Facts {
    facts::load(&repository().join("book/facts"), Path::new("book/facts")).0
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What is wrong with the blocks of a page.
fn findings(page: &Page, lists: &Lists) -> Vec<Finding> {
    let mut findings = Vec::new();
    for fence in &page.fences {
        for (below, message) in mistakes(fence, lists) {
            let mut finding = page.finding(fence.range.start, message);
            finding.line += 1 + below;
            findings.push(finding);
        }
    }
    findings
}

fn mistakes(fence: &Fence, lists: &Lists) -> Vec<Mistake> {
    let body = fence.body.as_str();
    let (language, _) = fence.words();
    match language.split(',').next().unwrap_or_default() {
        "console" | "sh" | "bash" => {
            let commands = shell::commands(language, body);
            let flags =
                commands.iter().flat_map(|(below, text)| lists.flags.mistakes(*below, text));
            let mut mistakes: Vec<Mistake> = flags.collect();
            mistakes.extend(shell::mistakes(&commands));
            mistakes
        }
        "ini" => body.lines().enumerate().flat_map(|(n, l)| lists.flags.mistakes(n, l)).collect(),
        "toml" => lists.settings.toml_mistakes(body),
        "yaml" => lists.settings.yaml_mistakes(body),
        "json" => settings::json_mistakes(body),
        "powershell" => powershell::mistake(body).into_iter().collect(),
        other if LANGUAGES.contains(&other) || is_block(other) => Vec::new(),
        other => {
            let hint = did_you_mean(other, LANGUAGES);
            let known = listed(&LANGUAGES[..9], " or ");
            vec![(0, format!("unknown language `{other}`; write {known}{hint}"))]
        }
    }
}

fn is_block(name: &str) -> bool {
    BlockKind::ALL.into_iter().any(|kind| kind.name() == name)
}

#[test]
fn the_books_can_be_used_as_they_stand() {
    let site = Site::around(&repository().join("book/en")).expect("the book");
    let lists = Lists::load(&facts_of_the_books());
    let books = Language::ALL.map(|language| Manuscript::load(&site, language));
    let pages = books.iter().flat_map(|book| &book.pages);
    let found = pages.flat_map(|page| findings(page, &lists)).collect();
    if let Err(findings) = Findings::none_or_all(found) {
        panic!("blocks in the books have mistakes:\n{findings}");
    }
}

#[test]
fn the_lists_name_documents() {
    let facts = facts_of_the_books();
    let lists = Lists::load(&facts);
    let has_source = |id: &str| facts.sources.keys().any(|known| known.as_str() == id);
    let named = lists.flags.sources().chain(lists.settings.sources());
    let unknown: Vec<&str> = named.filter(|id| !has_source(id)).collect();
    assert_eq!(unknown, [""; 0], "no such sources");
}

fn check(text: &str, expected: &Expect) {
    let page = Page::read("page.md", "page.md", text.to_owned());
    let found: Vec<String> = findings(&page, &Lists::load(&facts_of_the_books()))
        .iter()
        .map(|finding| format!("{finding}\n"))
        .collect();
    expected.assert_eq(&found.concat());
}

#[test]
fn mistakes_in_commands() {
    check(
        "```console\n$ echo \"open\n$ kubectl get pods | | wc\noutput (of any (kind\n$ a \\\n  | b\n```\n\n\
         - ```sh\n  if true; then\n  ```\n\n```console\n# \n```\n\n```console\nls | |\n```\n\n```bsh\n```\n",
        &expect![[r#"
            page.md:2: `echo "open` is no shell command: unterminated double quote at 1,6
            page.md:3: `kubectl get pods | | wc` is no shell command: syntax error at line 1 col 20
            page.md:10: `if true; then` is no shell command: syntax error at end of input
            page.md:14: `` is no shell command: it is empty
            page.md:18: `ls | |` is no shell command: syntax error at line 1 col 6
            page.md:22: unknown language `bsh`; write `bash`, `console`, `ini`, `json`, `powershell`, `sh`, `text`, `toml` or `yaml`; did you mean `bash` or `sh`?
        "#]],
    );
}

#[test]
fn mistakes_in_powershell() {
    check(
        "```powershell\nStop-Service kubelet\nGet-Item | | x\n```\n\n\
         ```powershell\nif ($a) { b\n```\n\n\
         ```powershell\ndocker ps --format \"{{.Names}}\" | ForEach-Object { docker stop $_ }\n```\n",
        &expect![[r#"
            page.md:3: `Get-Item | | x` is no PowerShell, from column 10 on
            page.md:7: `if ($a) { b` is no PowerShell, from column 12 on
        "#]],
    );
}

#[test]
fn mistakes_in_flags() {
    check(
        "```sh\nKUBELET_KUBEADM_ARGS=\"--container-runtime=remote --network-plugins=cni\"\n```\n\n\
         ```console\n$ sudo kubelet --dockerd\n$ kubelet --version | grep --count x\n```\n\n\
         ```ini\nExecStart=/usr/bin/cri-dockerd --container-runtime-endpoint fd:// --hairpin\n```\n",
        &expect![[r#"
            page.md:2: unknown flag `--network-plugins` of kubelet; add it to book/facts/lists/flags.toml, or mend it; did you mean `--network-plugin` or `--network-plugin-mtu`?
            page.md:6: unknown flag `--dockerd` of kubelet; add it to book/facts/lists/flags.toml, or mend it; did you mean `--docker`, `--docker-tls` or `--docker_env_metadata_whitelist`?
            page.md:11: unknown flag `--hairpin` of cri-dockerd; add it to book/facts/lists/flags.toml, or mend it; did you mean `--version`?
        "#]],
    );
}

#[test]
fn mistakes_in_settings() {
    check(
        "```toml\nversion = 3\n[plugins.'io.containerd.cri.v1.images'.pinned_images]\nsandbo = 1\n```\n\n\
         ```toml\na = 1\nb =\n```\n\n```yaml\nkind: KubeletConfiguration\ncgroupDrivr: systemd\n```\n\n\
         ```yaml\na: 1\n  b: 2\n```\n\n```json\n{\"a\": 1,\n}\n```\n\n\
         ```toml\nversion = 2\n[plugins.'io.containerd.cri.v1.images'.registry]\nconfig_path = ''\n```\n",
        &expect![[r#"
            page.md:2: unknown setting `plugins.io.containerd.cri.v1.images.pinned_images.sandbo` of containerd 2.x; add it to book/facts/lists/settings.toml, or mend it; did you mean `plugins.io.containerd.cri.v1.images.pinned_images.sandbox`, `plugins.io.containerd.cri.v1.images.image_pull_progress_timeout` or `plugins.io.containerd.cri.v1.images.registry.config_path`?
            page.md:9: no TOML: string values must be quoted, expected literal string
            page.md:13: unknown setting `cgroupDrivr` of KubeletConfiguration; add it to book/facts/lists/settings.toml, or mend it; did you mean `cgroupDriver`?
            page.md:19: no YAML: mapping values are not allowed in this context at line 2 column 4
            page.md:24: no JSON: trailing comma at line 2 column 1
            page.md:28: unknown setting `plugins.io.containerd.cri.v1.images.registry.config_path` of containerd 1.x; add it to book/facts/lists/settings.toml, or mend it; did you mean `plugins.io.containerd.grpc.v1.cri.registry.config_path` or `plugins.io.containerd.grpc.v1.cri.cni.conf_dir`?
        "#]],
    );
}
