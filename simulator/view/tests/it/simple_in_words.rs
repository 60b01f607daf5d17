//! `simple` step by step, as a reader sees it. One line a step: when, how long, what, in words.
//!
//! `UPDATE_EXPECT=1 cargo test -p simulator-view` accepts a change; look at the difference first.

use std::fmt::Write as _;

use expect_test::{ExpectFile, expect_file};
use simulator_model::RuntimePath;
use simulator_view::caption::caption;
use simulator_view::{Lang, duration, instant};

use crate::run;

fn check(path: RuntimePath, lang: Lang, expected: &ExpectFile) {
    let run = run(path, "simple");
    let mut text = String::new();
    for (index, step) in run.acting() {
        let took = step.dur_us.map(|us| duration(us, lang)).unwrap_or_default();
        let (at, name) = (instant(step.at_us, lang), step.name(&run));
        let indent = "  ".repeat(run.depth(index));
        let told = caption(&run, step, lang);
        let _ = write!(text, "{at:>9} {took:>7}  {indent}{name}\n{:19}{indent}{told}\n", "");
    }
    expected.assert_eq(&text);
}

#[test]
fn on_dockershim_in_english() {
    check(RuntimePath::Dockershim, Lang::En, &expect_file!["simple_in_words/dockershim.en.txt"]);
}

#[test]
fn on_dockershim_in_chinese() {
    check(
        RuntimePath::Dockershim,
        Lang::ZhCn,
        &expect_file!["simple_in_words/dockershim.zh-CN.txt"],
    );
}

#[test]
fn on_containerd_in_english() {
    check(RuntimePath::Containerd, Lang::En, &expect_file!["simple_in_words/containerd.en.txt"]);
}

#[test]
fn on_containerd_in_chinese() {
    check(
        RuntimePath::Containerd,
        Lang::ZhCn,
        &expect_file!["simple_in_words/containerd.zh-CN.txt"],
    );
}
