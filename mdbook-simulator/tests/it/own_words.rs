//! The book is in its own words: no run of eight words, or of sixteen Chinese characters, is in the
//! texts that it was made from. Their fingerprints are in `own_words/`, with what they are of.

use std::fs;
use std::path::Path;

use mdbook_simulator::facts;
use mdbook_simulator::finding::Finding;
use mdbook_simulator::language::Language;
use mdbook_simulator::manuscript::Manuscript;
use mdbook_simulator::own_words::{Fingerprints, passages, unquoted};
use mdbook_simulator::site::Site;

/// The texts in a language, with their names.
fn texts(language: Language) -> Vec<(String, Fingerprints)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/own_words");
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("the fingerprints").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(&format!(".{language}.txt")) {
            let text = fs::read_to_string(entry.path()).expect("fingerprints");
            texts.push((name.to_owned(), Fingerprints::read(&text).expect("fingerprints")));
        }
    }
    assert!(!texts.is_empty(), "no fingerprints in {language}");
    texts
}

fn site() -> Site {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    Site::around(&book).expect("the book")
}

#[test]
fn pages_repeat_no_source() {
    let mut findings: Vec<Finding> = Vec::new();
    for language in Language::ALL {
        let texts = texts(language);
        for page in &Manuscript::load(&site(), language).pages {
            for (offset, passage) in passages(&page.text) {
                for (name, text) in &texts {
                    let shared = text.shared(&passage, language);
                    let told = |run| page.finding(offset, format!("`{run}` stands in {name}"));
                    findings.extend(shared.map(told));
                }
            }
        }
    }
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(
        told.is_empty(),
        "say it in other words, or mark it as a quotation:\n{}",
        told.join("\n")
    );
}

#[test]
fn facts_repeat_no_source() {
    let site = site();
    let (facts, _) = facts::load(&site.facts, &site.shown(&site.facts));
    let mut told = Vec::new();
    for language in Language::ALL {
        let known = || facts.facts.values();
        let notes = known().filter_map(|fact| Some((fact.id.as_str(), fact.note.as_ref()?)));
        let claims = known().map(|fact| (fact.id.as_str(), &fact.claim));
        let terms = facts.terms.iter().map(|term| (term.id.as_str(), &term.means));
        for (id, said) in claims.chain(notes).chain(terms) {
            for passage in unquoted(said.get(language)) {
                for (name, text) in texts(language) {
                    let shared = text.shared(passage, language);
                    told.extend(shared.map(|run| format!("{id}: `{run}` stands in {name}")));
                }
            }
        }
    }
    assert!(told.is_empty(), "say it in other words:\n{}", told.join("\n"));
}

const SOURCE: &str = "The lamp in the north tower was lit by the keeper every night of the year.";

fn shared(markdown: &str) -> Option<String> {
    let text = Fingerprints::of_text(SOURCE, Language::En);
    passages(markdown).iter().find_map(|(_, passage)| text.shared(passage, Language::En))
}

#[test]
fn a_copied_run_is_found_across_lines_links_and_case() {
    let copied = "It is said that *the lamp* in the North\nTower was [lit by](a.md) the keeper.";
    assert_eq!(shared(copied).as_deref(), Some("the lamp in the north tower was lit"));
    assert_eq!(shared("the lamp in the north tower was dark"), None);
}

#[test]
fn quotations_code_and_titles_may_be_the_same() {
    for quoted in [format!("> {SOURCE}"), format!("`{SOURCE}`"), format!("He said “{SOURCE}”")]
    {
        assert_eq!(shared(&quoted), None, "{quoted}");
    }
    assert_eq!(shared(&format!("[{SOURCE}](https://example.org)")).as_deref(), None);
}

#[test]
fn chinese_is_compared_by_characters() {
    let text = Fingerprints::of_text("灯塔的看守人每天晚上都要爬上去把灯点亮。", Language::ZhCn);
    let shared = |passage| text.shared(passage, Language::ZhCn);
    assert!(shared("据说，看守人每天晚上都要爬上去，把灯点亮").is_some());
    assert!(shared("看守人每天晚上都点灯").is_none());
}

#[test]
fn fingerprints_are_read_as_they_are_written() {
    let text = Fingerprints::of_text(SOURCE, Language::En);
    let read = Fingerprints::read(&format!("# a lamp\n{}", text.written())).expect("fingerprints");
    assert_eq!(read.written(), text.written());
    let mistake = Fingerprints::read("lamp").expect_err("no fingerprint");
    assert_eq!(mistake, "`lamp`: invalid digit found in string");
}
