//! The part of a section that a result shows.

use expect_test::{Expect, expect};
use site_search::Page;

use crate::browser::Browser;

fn check(language: &str, body: &str, query: &str, expected: &Expect) {
    let html = format!("<main><h1>1.24 移除 dockershim</h1><p>{body}</p></main>");
    let page = Page::read("a.html", &html).expect("a page");
    expected.assert_eq(&Browser::with(language, &[page]).excerpt(query));
}

#[test]
fn chinese_needs_no_spaces_to_be_cut() {
    let body = "甲乙丙丁戊己庚辛壬癸，".repeat(12)
        + "容器镜像照常可用。"
        + &"子丑寅卯辰巳午未，".repeat(20);
    check(
        "zh-CN",
        &body,
        "镜像",
        &expect![
            "1.24 移除 dockershim | … 甲乙丙丁戊己庚辛壬癸，容器[镜像]照常可用。子丑寅卯辰巳午未，子丑寅卯辰巳午未，子丑寅卯辰巳午未，子丑寅卯辰巳午未，子丑寅卯辰巳午未，子丑寅卯辰巳午未，子丑寅卯辰巳午未，子丑寅卯辰巳午 …"
        ],
    );
}

#[test]
fn an_english_text_is_cut_between_words_where_most_of_the_query_is() {
    let body = "A shim here. ".to_owned()
        + &"Nothing to see in this sentence. ".repeat(10)
        + "The shim was deprecated. "
        + &"Nothing to see in this sentence. ".repeat(10);
    check(
        "en",
        &body,
        "deprecation shim",
        &expect![
            "1.24 移除 docker[shim] | … sentence. Nothing to see in this sentence. The [shim] was [deprecated]. Nothing to see in this sentence. Nothing to see in this sentence. Nothing to see in this sentence. Nothing to …"
        ],
    );
}

#[test]
fn all_of_an_identifier_is_marked_and_so_is_the_heading() {
    check(
        "en",
        "The kubelet calls RunPodSandbox of <code>dockershim.sock</code>.",
        "dockershim runpodsan",
        &expect![
            "1.24 移除 [dockershim] | The kubelet calls [RunPodSandbox] of [dockershim].sock."
        ],
    );
}
