//! A sentence says no other day, year or version than the facts behind it.

use expect_test::{Expect, expect};

use crate::sample::Sample;

/// What is wrong with a page of this text.
fn check(text: &str, expected: &Expect) {
    let page = format!(
        "<!-- description: The story. -->\n\n# Story {{#story}}\n\n{text}\n\n## End {{#end}}\n"
    );
    let files = ["en", "zh-CN"].map(|language| format!("book/{language}/src/story/cri.md"));
    let files = files.each_ref().map(|file| (file.as_str(), page.as_str()));
    let findings = Sample::with(&files).findings();
    let english = findings.lines().filter(|line| line.starts_with("book/en"));
    expected.assert_eq(&english.map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn what_a_fact_knows_may_be_said() {
    check(
        "It came on 19 December 2016, with 1.5.{{cite cri-introduced}} In 1.4 it was not there.\n\
         In July 2016, for 1.4, 1.5 and containerd 1.1.{{cite shim-reviewed}}",
        &expect![[""]],
    );
}

#[test]
fn another_day_year_or_version_is_a_mistake() {
    check(
        "It came on 20 December 2017, with 1.6.{{cite cri-introduced}}",
        &expect![[r#"
            book/en/src/story/cri.md:5: “It came on 20 December 2017, with 1.6.” says 2017, 20 December, 1.6, which is not in `cri-introduced`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}

#[test]
fn only_the_sentence_before_the_citation_counts_and_all_that_its_paragraph_cites() {
    check(
        "In 2020 all was quiet. It came in 2016,{{cite cri-introduced}} or in 2014.{{cite docker-only}}\n\n\
         It was 2014, then 2015; 2016 ended it.{{cite docker-only cri-introduced}}\n\n\
         - In 2014.{{cite cri-introduced}}\n- In 2014.{{cite docker-only}}",
        &expect![[r#"
            book/en/src/story/cri.md:9: “- In 2014.” says 2014, which is not in `cri-introduced`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}
