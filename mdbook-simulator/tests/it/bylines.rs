//! Under its title a page says how long it is, when it changed, and whether it is behind.

use std::path::Path;
use std::process::Command;

use expect_test::{Expect, expect};
use mdbook_simulator::drift::accept;
use serde_json::{Value, json};

use crate::preprocessor::{input_of, run};
use crate::sample::Sample;

/// The page between its title and its next heading.
fn check(sample: &Sample, language: &str, page: &str, expected: &Expect) {
    let output = run(&input_of(sample, language, page, &json!({ "before": ["links"] })));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let book: Value = serde_json::from_slice(&output.stdout).expect("a book");
    let text = book["items"][0]["Chapter"]["content"].as_str().expect("its text");
    let start = text.find("# ").expect("a title");
    let end = text[start..].find("\n## ").map_or(text.len(), |length| start + length + 1);
    expected.assert_eq(&text[start..end]);
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    let status = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(identity)
        .args(arguments)
        .env("GIT_AUTHOR_DATE", "2026-11-20T12:00:00Z")
        .status();
    assert!(status.expect("git is there").success(), "git {arguments:?}");
}

#[test]
fn a_page_says_how_long_it_is() {
    let sample = Sample::with(&[]);
    check(
        &sample,
        "en",
        "story/cri.md",
        &expect![[r##"
            # Story {#story}

            <div class="byline"><span class="byline-length">1 min read</span></div>


        "##]],
    );
    check(&sample, "en", "index.md", &expect![["# Front {#front}\n"]]);
}

#[test]
fn a_page_says_when_it_was_changed_where_git_knows() {
    let sample = Sample::with(&[]);
    let folder = sample.book("zh-CN");
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message", "all"]);
    let expected = expect![[r##"
        # Story {#story}

        <div class="byline"><span class="byline-length">约 1 分钟读完</span> <span>最近修改于 <time datetime="2026-11-20">2026 年 11 月 20 日</time></span></div>


    "##]];
    check(&sample, "zh-CN", "story/cri.md", &expected);
    let clone = folder.with_file_name("shallow");
    let from = format!("file://{}", folder.display());
    git(&folder, &["clone", "--quiet", "--depth", "1", &from, &clone.display().to_string()]);
    assert!(mdbook_simulator::last_change::last_changes(&clone).is_empty(), "a shallow clone");
    assert_eq!(mdbook_simulator::last_change::last_changes(&folder.join("src")).len(), 3);
}

#[test]
fn a_page_that_is_behind_sends_its_reader_to_the_other() {
    let sample = Sample::with(&[]);
    accept(&sample.site(), &[]).expect("they match");
    let story = "<!-- description: x -->\n\n# Story {#story}\n\nNew.\n\n## End {#end}\n";
    sample.write("book/en/src/story/cri.md", story);
    sample.write("book/zh-CN/src/index.md", "<!-- description: x -->\n\n# 首页 {#front}\n");
    check(
        &sample,
        "zh-CN",
        "story/cri.md",
        &expect![[r##"
            # Story {#story}

            <div class="byline"><span class="byline-length">约 1 分钟读完</span></div>
            <div class="behind" role="note">本页的英文版后来有改动，新内容还没有补到这里。 <a href="@root@en/story/cri.html" lang="en" hreflang="en">English</a></div>


        "##]],
    );
    check(
        &sample,
        "en",
        "index.md",
        &expect![[r##"
            # Front {#front}

            <div class="behind" role="note">The Chinese version of this page has been changed since; what is new there is not here yet. <a href="@root@zh-CN/" lang="zh-CN" hreflang="zh-CN">中文版</a></div>

        "##]],
    );
}
