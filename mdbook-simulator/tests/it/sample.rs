//! A small site in a folder of its own, right in every way until a test changes a file.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_simulator::check::check;
use mdbook_simulator::facts::{self, Facts};
use mdbook_simulator::figure::Figures;
use mdbook_simulator::language::Language;
use mdbook_simulator::page::Page;
use mdbook_simulator::render::Renderer;
use mdbook_simulator::site::Site;

/// The facts of the small site.
pub(crate) const FACTS: &str = include_str!("sample/facts.toml");

const SUMMARY: &str = "# Summary\n\n[Front](index.md)\n\n# Part\n\n- [Story](story/cri.md)\n";
const FRONT: &str = "<!-- description: The front page. -->\n\n# Front {#front}\n";
const STORY: &str = "<!-- description: The story. -->\n\n# Story {#story}\n\n## End {#end}\n";

/// The small site, and the folder it is in.
pub(crate) struct Sample {
    folder: tempfile::TempDir,
}

impl Sample {
    /// The site with some files changed or added, by their paths in the repository.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sample = Self { folder };
        for language in ["en", "zh-CN"] {
            let book = format!(
                "[book]\nlanguage = \"{language}\"\n\n[preprocessor.simulator]\n\
                 before = [\"links\"]\n"
            );
            sample.write(&format!("book/{language}/book.toml"), &book);
            sample.write(&format!("book/{language}/src/SUMMARY.md"), SUMMARY);
            sample.write(&format!("book/{language}/src/index.md"), FRONT);
            sample.write(&format!("book/{language}/src/story/cri.md"), STORY);
        }
        sample.write("book/facts/facts.toml", FACTS);
        sample.write("book/published.txt", "index.md\nstory/cri.md\n");
        for (file, text) in files {
            sample.write(file, text);
        }
        sample
    }

    /// Writes a file.
    pub(crate) fn write(&self, file: &str, text: &str) {
        let file = self.folder.path().join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("make the folder");
        fs::write(file, text).expect("write the file");
    }

    /// Removes a file.
    pub(crate) fn without(self, file: &str) -> Self {
        fs::remove_file(self.folder.path().join(file)).expect("remove the file");
        self
    }

    /// The folder of a book.
    pub(crate) fn book(&self, language: &str) -> PathBuf {
        self.folder.path().join("book").join(language)
    }

    /// The layout of the site, with this repository's recordings.
    pub(crate) fn site(&self) -> Site {
        let mut site = Site::around(&self.book("en")).expect("the book");
        site.recordings = recordings();
        site
    }

    /// All that is wrong, one mistake a line.
    pub(crate) fn findings(&self) -> String {
        check(&self.site()).err().map_or_else(String::new, |findings| format!("{findings}\n"))
    }
}

/// The recordings of this repository.
pub(crate) fn recordings() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../simulator/recordings")
}

/// The facts of the small site.
pub(crate) fn facts() -> Facts {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sample");
    let (facts, findings) = facts::load(&folder, Path::new("book/facts"));
    assert_eq!(findings, []);
    facts
}

/// What a page becomes, then what is wrong with it.
pub(crate) fn render(language: Language, text: &str) -> String {
    let facts = facts();
    let figures = Figures::new(&recordings());
    let renderer = Renderer { facts: &facts, figures: &figures, language, pages: &[] };
    let file = format!("book/{language}/src/page.md");
    let (text, findings) = renderer.page(&Page::read("page.md", file, text.to_owned()));
    let findings: Vec<String> = findings.iter().map(|finding| format!("{finding}\n")).collect();
    text + &findings.concat()
}

/// What is wrong with the story in English, given its text below the description.
pub(crate) fn story_findings(text: &str) -> String {
    let text = format!("<!-- description: The story. -->\n{text}");
    Sample::with(&[("book/en/src/story/cri.md", &text)]).findings()
}
