//! The facts are read, and every mistake in them is told at once.

use expect_test::{Expect, expect};
use mdbook_simulator::facts::{Date, Versions};
use mdbook_simulator::language::Language;

use crate::sample::{Sample, facts};

fn check(text: &str, expected: &Expect) {
    let sample = Sample::with(&[("book/facts/facts.toml", text)]);
    expected.assert_eq(&sample.findings());
}

#[test]
fn sources_know_their_site() {
    let facts = facts();
    let sites: Vec<String> =
        facts.sources.values().map(mdbook_simulator::facts::Source::site).collect();
    assert_eq!(sites, ["example.org", "github.com/kubernetes/kubernetes"]);
}

#[test]
fn dates_in_words() {
    let words = |text: &str| {
        let date: Date = text.parse().expect("a date");
        format!("{} | {}", date.in_words(Language::En), date.in_words(Language::ZhCn))
    };
    assert_eq!(words("2022-05-03"), "3 May 2022 | 2022 年 5 月 3 日");
    assert_eq!(words("2022-05"), "May 2022 | 2022 年 5 月");
    assert_eq!(words("2022"), "2022 | 2022 年");
}

#[test]
fn dates_that_are_none() {
    let mistake = |text: &str| match text.parse::<Date>() {
        Ok(date) => format!("{date}\n"),
        Err(mistake) => format!("{mistake}\n"),
    };
    expect![[r#"
        2024-02-29
        `2023-02-29` is not in the calendar; check the month and the day
        `2022-13` is not in the calendar; check the month and the day
        `2022-5` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
        `22` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
        `2022-05-03-01` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
        `May 2022` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
        `` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
    "#]]
    .assert_eq(
        &["2024-02-29", "2023-02-29", "2022-13", "2022-5", "22", "2022-05-03-01", "May 2022", ""]
            .map(mistake)
            .concat(),
    );
}

#[test]
fn versions_in_words() {
    let words = |text: &str| match text.parse::<Versions>() {
        Ok(Versions(spans)) => {
            let spans: Vec<String> = spans.iter().map(ToString::to_string).collect();
            format!("{}\n", spans.join(" + "))
        }
        Err(mistake) => format!("{mistake}\n"),
    };
    expect![[r#"
        Kubernetes 1.24
        Kubernetes ≤ 1.0
        Kubernetes 1.3–1.5
        Kubernetes 1.7 + Kubernetes 1.8
        containerd 1.1.0
        CRI-O 1.0.0-alpha.0
        `1` is not a version; write `1.24`, `1.3 to 1.5`, `≤1.0` or `containerd 1.1`
        the versions `1.5 to 1.3` end before they start; write the earlier one first
        `v1.24` is not a version; write `1.24`, `1.3 to 1.5`, `≤1.0` or `containerd 1.1`
        `1.24.x` is not a version; write `1.24`, `1.3 to 1.5`, `≤1.0` or `containerd 1.1`
        `1.2-3` is not a version; write `1.24`, `1.3 to 1.5`, `≤1.0` or `containerd 1.1`
        `` is not a version; write `1.24`, `1.3 to 1.5`, `≤1.0` or `containerd 1.1`
    "#]]
    .assert_eq(
        &[
            "1.24",
            "≤1.0",
            "1.3 to 1.5",
            "1.7, 1.8",
            "containerd 1.1.0",
            "CRI-O 1.0.0-alpha.0",
            "1",
            "1.5 to 1.3",
            "v1.24",
            "1.24.x",
            "1.2-3",
            "",
        ]
        .map(words)
        .concat(),
    );
}

#[test]
fn no_mistakes() {
    assert_eq!(Sample::with(&[]).findings(), "");
}

#[test]
fn mistakes_of_sources() {
    check(
        r#"
[[source]]
id = "Post 1"
titel = "Post"
url = "example.org"
published = "2022-02-30"

[[source]]
id = "two"
title = ""
url = 1

[[source]]
id = "two"
title = "Two"
url = "https://example.org"
read = "today"

[[sources]]
id = "three"
"#,
        &expect![[r#"
            book/facts/facts.toml:2: source `Post 1` has no `read`; add read = "YYYY-MM", when it was read
            book/facts/facts.toml:2: source `Post 1` has no `title`; add title = "…", as the document has it
            book/facts/facts.toml:3: id `Post 1` may hold only lower-case letters, digits and hyphens
            book/facts/facts.toml:4: unknown key `titel` in source `Post 1`; valid keys are `id`, `title`, `by`, `url`, `published`, `read` and `lang`; did you mean `title`?
            book/facts/facts.toml:5: `url` of source `Post 1` is `example.org`, but it does not begin with `https://`; write the whole address
            book/facts/facts.toml:6: `published` of source `Post 1`: `2022-02-30` is not in the calendar; check the month and the day
            book/facts/facts.toml:8: source `two` has no `read`; add read = "YYYY-MM", when it was read
            book/facts/facts.toml:10: `title` of source `two` must be a text in quotation marks, not empty
            book/facts/facts.toml:11: `url` of source `two` must be a text in quotation marks, not empty
            book/facts/facts.toml:13: source `two` is already in book/facts/facts.toml:8; give one of them another id, or remove it
            book/facts/facts.toml:17: `read` of source `two`: `today` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
            book/facts/facts.toml:19: unknown key `sources` in the file; valid keys are `[[source]]`, `[[fact]]`, `[[table]]`, `[[row]]` and `[[term]]`; did you mean `source`?
        "#]],
    );
}

#[test]
fn mistakes_of_facts() {
    check(
        r#"
[[source]]
id = "post"
title = "Post"
url = "https://example.org"
read = "2026-11"

[[fact]]
id = "one"
claim.en = "One."
claim.zh-TW = "一。"
sources = []
confidence = "sure"
timeline = true

[[fact]]
id = "two"
date = "2022-5-3"
versions = "latest"
kind = "dockershin"
timeline = "yes"
claim = "Two."
sources = ["pots", "post", "nowhere"]
confidence = "disputed"
keywords = "x"

[[fact]]
claim.en = "Three."
claim.zh-CN = "三。"

[[fact]]
id = "one"
claim.en = "One."
claim.zh-CN = "一。"
sources = ["post"]
confidence = "confirmed"
"#,
        &expect![[r#"
            book/facts/facts.toml:8: fact `one` has `timeline = true` but no `date`; add it, or remove `timeline`
            book/facts/facts.toml:8: fact `one` has `timeline = true` but no `kind`; add it, or remove `timeline`
            book/facts/facts.toml:10: `claim.zh-CN` of fact `one` must be there in each language, as a text that is not empty
            book/facts/facts.toml:11: unknown key `zh-TW` in `claim` of fact `one`; valid keys are `en` and `zh-CN`; did you mean `zh-CN`?
            book/facts/facts.toml:12: `sources` of fact `one` must be a list of texts in square brackets, not empty
            book/facts/facts.toml:13: unknown confidence `sure` in fact `one`; valid ones are `confirmed`, `unverified` and `disputed`
            book/facts/facts.toml:16: fact `two` is disputed but has no `note`; say in note.en and note.zh-CN who says what
            book/facts/facts.toml:18: `date` of fact `two`: `2022-5-3` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
            book/facts/facts.toml:19: `versions` of fact `two`: `latest` is not a version; write `1.24`, `1.3 to 1.5`, `≤1.0` or `containerd 1.1`
            book/facts/facts.toml:20: unknown kind `dockershin` in fact `two`; valid ones are `docker`, `kubernetes`, `dockershim`, `cri`, `containerd`, `cri-o`, `cri-dockerd` and `community`; did you mean `dockershim` or `docker`?
            book/facts/facts.toml:21: `timeline` of fact `two` must be true or false
            book/facts/facts.toml:22: `claim` of fact `two` must be given for each language: `.en` and `.zh-CN`
            book/facts/facts.toml:23: unknown source `nowhere` in fact `two`; every source needs a `[[source]]`
            book/facts/facts.toml:23: unknown source `pots` in fact `two`; every source needs a `[[source]]`; did you mean `post`?
            book/facts/facts.toml:25: unknown key `keywords` in fact `two`; valid keys are `id`, `date`, `versions`, `kind`, `timeline`, `claim`, `sources`, `confidence` and `note`
            book/facts/facts.toml:27: a fact has no `confidence`; add confidence = "confirmed", "unverified" or "disputed"
            book/facts/facts.toml:27: a fact has no `id`; add id = "short-name"
            book/facts/facts.toml:27: a fact has no `sources`; add sources = ["…"], the ids of documents that say so
            book/facts/facts.toml:31: fact `one` is already in book/facts/facts.toml:8; give one of them another id, or remove it
        "#]],
    );
}

#[test]
fn text_that_is_not_toml() {
    check(
        "[[source]\nid = \"post\"\ntitle = Post\n",
        &expect![[r#"
        book/facts/facts.toml:1: unclosed array table, expected `]`; the file is TOML, see https://toml.io
    "#]],
    );
}

#[test]
fn no_facts_at_all() {
    let sample = Sample::with(&[]).without("book/facts/facts.toml");
    assert_eq!(sample.findings(), "");
}
