//! A sentence says no other day, year or version than the facts behind it.

use expect_test::{Expect, expect};

use crate::sample::Sample;

/// What is wrong with a page of this text.
fn check(text: &str, expected: &Expect) {
    check_with("", text, expected);
}

/// What is wrong with a page of this text, with this table beside the facts.
fn check_with(table: &str, text: &str, expected: &Expect) {
    let page = format!(
        "<!-- description: The story. -->\n\n# Story {{#story}}\n\n{text}\n\n## End {{#end}}\n"
    );
    let files = ["en", "zh-CN"].map(|language| format!("book/{language}/src/story/cri.md"));
    let [english, chinese] = files.each_ref().map(|file| (file.as_str(), page.as_str()));
    let findings = Sample::with(&[english, chinese, ("book/facts/table.toml", table)]).findings();
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
            book/en/src/story/cri.md:5: “It came on 20 December 2017, with 1.6.” says 2017, December 2017, 20 December 2017, 1.6, which is not in `cri-introduced`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}

#[test]
fn the_words_before_a_citation_count_and_all_that_its_paragraph_cites() {
    check(
        "In 2016 all was quiet. It came in 2016,{{cite cri-introduced}} or in 2014.{{cite docker-only}}\n\n\
         It was 2014, then 2015; 2016 ended it.{{cite docker-only cri-introduced}}\n\n\
         - In 2014.{{cite cri-introduced}}\n- In 2014.{{cite docker-only}}",
        &expect![[r#"
            book/en/src/story/cri.md:9: “- In 2014.” says 2014, which is not in `cri-introduced`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}

#[test]
fn a_month_is_that_of_its_year() {
    check(
        "In December 2014.{{cite docker-only cri-introduced}} In that December.{{cite cri-introduced}}",
        &expect![[r#"
            book/en/src/story/cri.md:5: “In December 2014.” says December 2014, which is not in `cri-introduced`, `docker-only`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}

#[test]
fn a_sentence_without_a_citation_says_no_more_than_its_section_cites() {
    check(
        "In 2014.{{cite docker-only}} It was 2016. It was 2014.\n\n\
         ## B {#b}\n\nIt was 2014, or [elsewhere](../index.md) in 2016.\n\n\
         - It was 2017. See [there](../index.md).\n- It was 2018.\n\nIn 2016.{{cite cri-introduced}}\n\n\
         ## Also {#also-asked}\n\n- Was it 2019?\n",
        &expect![[r#"
            book/en/src/story/cri.md:12: “- It was 2018.” says 2018, which is not in `cri-introduced`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}

#[test]
fn a_table_knows_its_rows_and_when_their_documents_were_read() {
    let table = "[[table]]\nid = \"ends\"\ncolumns = [\"Runtime\"]\n\n[[row]]\ntable = \"ends\"\n\
                 cells = [\"containerd 2.3\"]\nfacts = [\"not-on-the-timeline\"]\n";
    check_with(
        table,
        "As of November 2026, 2.3 goes on. It is 2027.\n\n```facts table=ends\n```\n",
        &expect![[r#"
            book/en/src/story/cri.md:5: “It is 2027.” says 2027, which is not in `ends`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}

#[test]
fn a_timeline_knows_more_than_the_citations_beside_it() {
    check("It was 2014.{{cite docker-only}} It was 2020.\n\n```timeline\n```\n", &expect![[""]]);
}

#[test]
fn headings_say_no_more_than_their_page_cites() {
    check(
        "In 2014.{{cite docker-only}}\n\n## From 2014 on {#b}\n\n## Until 2019 {#c}\n",
        &expect![[r#"
            book/en/src/story/cri.md:9: “Until 2019” says 2019, which is not in `docker-only`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}

#[test]
fn a_sentence_may_say_what_the_page_knows_that_it_leads_to() {
    let story =
        "<!-- description: x -->\n\n# x {#story}\n\nIn 2014.{{cite docker-only}}\n\n## y {#end}\n";
    let front = "<!-- description: x -->\n\n# x {#front}\n\n\
                 It was 2014 ([why](story/cri.md)). It was 2019 ([why](story/cri.md#end)).\n\n\
                 - [Did it end in 2018?](story/cri.md)\n";
    let files = ["en", "zh-CN"].map(|language| {
        let file = |page: &str| format!("book/{language}/src/{page}");
        [(file("index.md"), front), (file("story/cri.md"), story)]
    });
    let files: Vec<(&str, &str)> =
        files.iter().flatten().map(|(file, text)| (file.as_str(), *text)).collect();
    let findings = Sample::with(&files).findings();
    let english = findings.lines().filter(|line| line.starts_with("book/en"));
    expect![[r#"
        book/en/src/index.md:5: “It was 2019 ([why).” says 2019, which is not in `docker-only`; mend the sentence or the facts in book/facts, or cite a fact that has it
        book/en/src/index.md:7: “- [Did it end in 2018?” says 2018, which is not in `docker-only`; mend the sentence or the facts in book/facts, or cite a fact that has it
    "#]].assert_eq(&english.map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn a_version_is_said_as_its_facts_say_it() {
    check(
        "Since 1.5, and not in 1.4; up to 1.4 it was not there.{{cite cri-introduced}}\n\n\
         Since 1.4.{{cite shim-reviewed}} Up to 1.5, not before 1.4.{{cite shim-reviewed}}\n\
         From 1.5 on.{{cite shim-reviewed}}\n",
        &expect![[r#"
            book/en/src/story/cri.md:5: “Since 1.5, and not in 1.4; up to 1.4 it was not there.” says 1.4, which is not in `cri-introduced`; mend the sentence or the facts in book/facts, or cite a fact that has it
            book/en/src/story/cri.md:8: “From 1.5 on.” says “from 1.5 on”, which is not in `shim-reviewed`; mend the sentence or the facts in book/facts, or cite a fact that has it
        "#]],
    );
}
