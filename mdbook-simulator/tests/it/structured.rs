//! A question and its short answer are on the page as data.

use expect_test::{Expect, expect};
use mdbook_simulator::language::Language;
use mdbook_simulator::page::Page;
use mdbook_simulator::structured::question;

fn check(language: Language, path: &str, text: &str, expected: &Expect) {
    expected.assert_eq(&question(&Page::read(path, path, text.to_owned()), language));
}

#[test]
fn a_question_has_its_first_paragraph_for_an_answer() {
    let text = "<!-- description: x -->\n# Is `<docker>` gone? {#gone}\n\nNo.{{cite a b}}\nUse \
                [the *guide*](a.md), or `a \"b\"`.{{cite c}}\n\nMore.\n";
    check(
        Language::En,
        "faq/gone.md",
        text,
        &expect![[r#"


            <script type="application/ld+json">{"@context":"https://schema.org","@type":"FAQPage","inLanguage":"en","mainEntity":[{"@type":"Question","acceptedAnswer":{"@type":"Answer","text":"No. Use the guide, or a \"b\"."},"name":"Is \u003cdocker> gone?"}]}</script>
        "#]],
    );
}

#[test]
fn chinese_sentences_follow_each_other_without_a_space() {
    let text = "# 没了吗？ {#gone}\n\n没有。{{cite a}}\n请用 `crictl`\n或者别的。\n";
    check(
        Language::ZhCn,
        "faq/gone.md",
        text,
        &expect![[r#"


            <script type="application/ld+json">{"@context":"https://schema.org","@type":"FAQPage","inLanguage":"zh-CN","mainEntity":[{"@type":"Question","acceptedAnswer":{"@type":"Answer","text":"没有。请用 crictl 或者别的。"},"name":"没了吗？"}]}</script>
        "#]],
    );
}

#[test]
fn other_pages_say_nothing() {
    check(Language::En, "faq/index.md", "# All {#all}\n\nHere.\n", &expect![[""]]);
    check(Language::En, "history/cri.md", "# CRI {#cri}\n\nHere.\n", &expect![[""]]);
}
