//! A paragraph and its twin say the same numbers.

use expect_test::{Expect, expect};

use mdbook_simulator::drift::accept;

use crate::sample::Sample;

/// What is wrong with the story, given its text in English and in Chinese.
fn check(english: &str, chinese: &str, expected: &Expect) {
    let [en, zh] = [english, chinese].map(|text| {
        format!("<!-- description: x -->\n\n# x {{#story}}\n\n{text}\n\n## y {{#end}}\n")
    });
    let files = [("book/en/src/story/cri.md", &*en), ("book/zh-CN/src/story/cri.md", &*zh)];
    expected.assert_eq(&Sample::with(&files).findings());
}

#[test]
fn the_same_in_other_words() {
    check(
        "On 19 December 2016,{{cite cri-introduced}} with 1.5.\n\nIn May.\n\n- `a 1`: see [1](../index.md#front).\n- B 2.\n",
        "1.5 版，2016 年 12 月 19 日。{{cite cri-introduced}}\n\n5 月。\n\n- [1](../index.md)：见 `b 1`。\n- 二：2。\n",
        &expect![[r#"
            book/zh-CN/src/story/cri.md:7: “5 月。” says May, which is not in `cri-introduced`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}

#[test]
fn another_number_in_one_language() {
    check(
        "In 1.24.\n\nIn 1.24, port 1.\n\n- 5\n- 6\n\n```sh\nsleep 1\n```\n\n> In 2016.\n",
        "1.24。\n\n1.25，端口 1，1。\n\n- 6\n- 5\n\n```sh\nsleep 2\n```\n\n> 2016 年。\n",
        &expect![[r#"
            book/zh-CN/src/story/cri.md:3: this says 2 and its twin in book/en/src/story/cri.md:3 says 1 beside what both say; let both say the same numbers, each as often
            book/zh-CN/src/story/cri.md:7: this says 1, 1.25 and its twin in book/en/src/story/cri.md:7 says 1.24 beside what both say; let both say the same numbers, each as often
            book/zh-CN/src/story/cri.md:9: this says 6 and its twin in book/en/src/story/cri.md:9 says 5 beside what both say; let both say the same numbers, each as often
            book/zh-CN/src/story/cri.md:10: this says 5 and its twin in book/en/src/story/cri.md:10 says 6 beside what both say; let both say the same numbers, each as often
        "#]],
    );
}

#[test]
fn paragraphs_that_were_joined_are_compared_together() {
    check("In 1.24.\n\nIn 1.25.", "1.25 与 1.24。", &expect![[r#""#]]);
    check(
        "In 1.24.\n\nIn 1.25.",
        "1.26 与 1.24。",
        &expect![[r#"
        book/zh-CN/src/story/cri.md:3: this says 1.26 and its twin in book/en/src/story/cri.md:3 says 1.25 beside what both say; let both say the same numbers, each as often
    "#]],
    );
}

#[test]
fn a_page_that_is_behind_is_not_compared() {
    let page = |year: &str| {
        format!("<!-- description: x -->\n\n# x {{#story}}\n\n`{year}`\n\n## y {{#end}}\n")
    };
    let [old, new] = ["1", "2"].map(page);
    let file = |language: &str| format!("book/{language}/src/story/cri.md");
    let sample = Sample::with(&[(&file("en"), &old), (&file("zh-CN"), &old)]);
    accept(&sample.site(), &[]).expect("the record is written");
    sample.write(&file("en"), &new);
    assert_eq!(sample.findings(), "");
    // A page that nobody has compared is.
    sample.write(&file("zh-CN"), &page("3"));
    assert!(sample.findings().contains("this says 3 and its twin"), "{}", sample.findings());
}

#[test]
fn each_language_asks_in_its_own_way() {
    let page = |words: &str| {
        format!(
            "<!-- description: x -->\n\n# x {{#story}}\n\n## y {{#also-asked}}\n\n- {words}\n\n## z {{#end}}\n"
        )
    };
    let (en, zh) = (page("Docker in 1.24?"), page("还能用 Docker 吗？"));
    let files = [("book/en/src/story/cri.md", &*en), ("book/zh-CN/src/story/cri.md", &*zh)];
    expect![[""]].assert_eq(&Sample::with(&files).findings());
}

#[test]
fn facts_say_the_same_in_both_languages() {
    let fact = "[[source]]\nid = \"a\"\ntitle = \"A\"\nurl = \"https://example.org/\"\nread = \"2026-11\"\n\n\
                [[fact]]\nid = \"b\"\nclaim.en = \"Gone in 1.24, in May.\"\nclaim.zh-CN = \"1.25 移除，5 月。\"\n\
                sources = [\"a\"]\nconfidence = \"confirmed\"\n";
    let sample = Sample::with(&[("book/facts/facts.toml", fact)]);
    expect![[r#"
        book/facts/facts.toml:9: beside what both say, `claim` of fact `b` says 1.24 in English and 1.25 in Chinese; let both say the same numbers, each as often
    "#]].assert_eq(&sample.findings());
}
