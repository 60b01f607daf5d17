//! The glossary decides the words, and explains the first use of a term on a page.

use expect_test::expect;
use mdbook_simulator::facts::{self, Facts};
use mdbook_simulator::figure::Figures;
use mdbook_simulator::language::Language;
use mdbook_simulator::page::Page;
use mdbook_simulator::render::Renderer;

use crate::sample::{Sample, recordings};

const TERMS: &str = r#"
[[term]]
id = "cri"
name.en = "CRI"
name.zh-CN = "CRI"
means.en = "Calls between \"kubelet\" & runtime."
means.zh-CN = "kubelet 与运行时之间的调用。"
tooltip = true

[[term]]
id = "pod-sandbox"
name.en = "PodSandbox"
name.zh-CN = "PodSandbox"
also.en = ["sandbox"]
also.zh-CN = ["沙箱"]
means.en = "What a pod shares."
means.zh-CN = "Pod 共用的部分。"
avoid = ["沙盒"]
except = ["quoted.md"]
tooltip = true

[[term]]
id = "node"
name.en = "node"
name.zh-CN = "节点"
means.en = "A machine."
means.zh-CN = "一台机器。"
"#;

fn terms() -> Facts {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("glossary.toml"), TERMS).expect("a file");
    let (facts, findings) = facts::load(folder.path(), std::path::Path::new("book/facts"));
    assert_eq!(findings, []);
    facts
}

/// A page with each tooltip shown as `[word|page it leads to]`.
fn explained(language: Language, path: &str, text: &str) -> String {
    let (facts, figures) = (terms(), Figures::new(&recordings()));
    let renderer = Renderer { facts: &facts, figures: &figures, language, pages: &[] };
    let (mut text, findings) = renderer.page(&Page::read(path, path, text.to_owned()));
    assert_eq!(findings, []);
    while let Some(start) = text.find("<span class=\"term\">") {
        let end = start + text[start..].find("</span></span>").expect("its end") + 14;
        let tooltip = &text[start..end];
        let between = |from: &str, to: &str| {
            let rest = &tooltip[tooltip.find(from).expect("a start") + from.len()..];
            rest[..rest.find(to).expect("an end")].to_owned()
        };
        let shown = format!("[{}|{}]", between("-note\">", "<"), between("href=\"", "\""));
        text.replace_range(start..end, &shown);
    }
    text
}

#[test]
fn the_first_use_on_a_page_is_explained() {
    let text = "# CRI {#cri}\n\nOf `CRI`, [CRI](a.md), **CRI**, CRI-O and a CRI. CRI again.\n\n\
                | CRI |\n|---|\n| sandbox |\n\n- A sandbox on a node\n\n> A PodSandbox.\n";
    expect![[r##"
        # CRI {#cri}

        Of `CRI`, [CRI](a.md), **CRI**, CRI-O and a [CRI|../reference/glossary.html#term-cri]. CRI again.

        | CRI |
        |---|
        | sandbox |

        - A [sandbox|../reference/glossary.html#term-pod-sandbox] on a node

        > A PodSandbox.
    "##]]
    .assert_eq(&explained(Language::En, "story/page.md", text));
}

#[test]
fn chinese_needs_no_space_around_a_term() {
    expect![[r##"
        先建[沙箱|reference/glossary.html#term-pod-sandbox]，再用[CRI|reference/glossary.html#term-cri]。沙箱在节点上。
    "##]]
    .assert_eq(&explained(Language::ZhCn, "page.md", "先建沙箱，再用CRI。沙箱在节点上。\n"));
}

#[test]
fn a_tooltip_is_a_link_with_a_description() {
    let (facts, figures) = (terms(), Figures::new(&recordings()));
    let renderer =
        Renderer { facts: &facts, figures: &figures, language: Language::En, pages: &[] };
    let (text, _) = renderer.page(&Page::read("a.md", "a.md", "CRI\n".to_owned()));
    expect![[r##"
        <span class="term"><a class="term-link" href="reference/glossary.html#term-cri" aria-describedby="term-cri-note">CRI</a><span class="term-note" role="tooltip" id="term-cri-note" hidden>Calls between &#34;kubelet&#34; &#38; runtime.</span></span>
    "##]]
    .assert_eq(&text);
}

#[test]
fn a_name_with_a_hyphen_is_not_broken_there() {
    let (mut facts, figures) = (terms(), Figures::new(&recordings()));
    facts.terms[2].name.en = "CRI-O".to_owned();
    let renderer =
        Renderer { facts: &facts, figures: &figures, language: Language::En, pages: &[] };
    let text = "Use CRI-O, not `CRI-O` or CRI-OX, [CRI-O](a.md).\n\n## CRI-O {#a}\n";
    let (text, _) = renderer.page(&Page::read("a.md", "a.md", text.to_owned()));
    expect![[r##"
        Use <span class="unbroken">CRI-O</span>, not `CRI-O` or CRI-OX, [CRI-O](a.md).

        ## CRI-O {#a}
    "##]]
    .assert_eq(&text);
}

#[test]
fn the_glossary_itself_explains_nothing_twice() {
    let (facts, figures) = (terms(), Figures::new(&recordings()));
    let renderer =
        Renderer { facts: &facts, figures: &figures, language: Language::ZhCn, pages: &[] };
    let page = Page::read("reference/glossary.md", "a.md", "CRI\n\n```glossary\n```\n".to_owned());
    expect![[r#"
        CRI

        <dl class="glossary">
        <dt id="term-cri"><dfn>CRI</dfn></dt>
        <dd>kubelet 与运行时之间的调用。</dd>
        <dt id="term-node"><dfn>节点</dfn> <span class="term-other" lang="en">node</span></dt>
        <dd>一台机器。</dd>
        <dt id="term-pod-sandbox"><dfn>PodSandbox</dfn></dt>
        <dd>Pod 共用的部分。</dd>
        </dl>
    "#]]
    .assert_eq(&renderer.page(&page).0);
}

#[test]
fn words_that_the_book_does_not_use() {
    let page = "<!-- description: 沙盒 -->\n\n# 沙盒 {#front}\n\n`沙盒`、[沙盒](index.md)。\n";
    let other = "<!-- description: x -->\n\n# Quoted {#quoted}\n\n沙盒\n";
    let summary = "# Summary\n\n[Front](index.md)\n[Quoted](quoted.md)\n\n# Part\n\n- [Story](story/cri.md)\n";
    let sample = Sample::with(&[
        ("book/facts/glossary.toml", TERMS),
        ("book/zh-CN/src/index.md", page),
        ("book/en/src/quoted.md", other),
        ("book/zh-CN/src/quoted.md", other),
        ("book/en/src/SUMMARY.md", summary),
        ("book/zh-CN/src/SUMMARY.md", summary),
        ("book/published.txt", "index.md\nquoted.md\nstory/cri.md\n"),
    ]);
    expect![[r#"
        book/zh-CN/src/index.md:3: `沙盒` is not the word for PodSandbox here; write `PodSandbox`, or, where the word has to be quoted, add the page to `except` of term `pod-sandbox`
        book/zh-CN/src/index.md:5: `沙盒` is not the word for PodSandbox here; write `PodSandbox`, or, where the word has to be quoted, add the page to `except` of term `pod-sandbox`
    "#]]
    .assert_eq(&sample.findings());
}

#[test]
fn the_facts_of_the_book_use_its_words() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/facts");
    let (facts, _) = facts::load(&folder, std::path::Path::new("book/facts"));
    assert!(facts.terms.len() > 40, "the glossary was not found");
    let wrong: Vec<String> = mdbook_simulator::check::in_facts(&facts)
        .into_iter()
        .map(|(id, word)| format!("{id}: {word}"))
        .collect();
    assert_eq!(wrong, [""; 0]);
}
