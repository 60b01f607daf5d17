//! A `timeline` block becomes a list of facts.

use expect_test::{Expect, expect};
use mdbook_simulator::language::Language;

use crate::sample::render;

fn check(info: &str, expected: &Expect) {
    expected.assert_eq(&render(Language::En, &format!("text\n\n```{info}\n```\n")));
}

/// The ids of the entries of a timeline.
fn entries(info: &str) -> Vec<String> {
    let rendered = render(Language::En, &format!("```{info}\n```\n"));
    rendered
        .split("id=\"event-")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

#[test]
fn a_list_by_year() {
    check(
        "timeline to=2015",
        &expect![[r##"
            text

            <ol class="timeline" role="list" aria-label="Timeline">
            <li class="timeline-year"><span class="timeline-year-label">2014</span><ol class="timeline-entries" role="list" aria-label="2014">
            <li class="timeline-entry track-kubernetes" id="event-docker-only" data-track="kubernetes" data-date="2014"><p class="timeline-head"><time class="timeline-date" datetime="2014">2014</time> <span class="timeline-track">Kubernetes</span></p><p class="timeline-claim">Docker was the only runtime.<span class="cite cite-disputed" id="cite-1">&#8288;<sup class="cite-marks"><a class="cite-mark" href="#source-1" role="doc-biblioref" aria-describedby="cite-1-remark cite-1-1"><span class="visually-hidden">source </span>1</a><span class="cite-doubt-sign" aria-hidden="true">?</span></sup><span class="cite-note" role="note" hidden><span class="cite-remarks" id="cite-1-remark"><span class="cite-remark"><strong>Disputed</strong>: One says 2014, one 2015.</span></span><span class="cite-entry" id="cite-1-1"><span class="cite-number" aria-hidden="true">1</span> <a class="source-link" href="https://www.example.org/post?a=1&#38;b=2"><cite>A post with &#42;stars&#42; &#124; and &#96;ticks&#96;</cite></a>, <span class="source-by">A. Writer</span>, <span class="source-site">example.org</span>, <time class="source-published" datetime="2016-12-19">19 December 2016</time>, <span class="source-read">read <time datetime="2026-11">November 2026</time></span></span></span></span></p></li>
            </ol></li>
            </ol>


            <section class="sources">

            ## Sources {#sources}

            <ol class="source-list">
            <li class="source" id="source-1"><a class="source-link" href="https://www.example.org/post?a=1&#38;b=2"><cite>A post with &#42;stars&#42; &#124; and &#96;ticks&#96;</cite></a>, <span class="source-by">A. Writer</span>, <span class="source-site">example.org</span>, <time class="source-published" datetime="2016-12-19">19 December 2016</time>, <span class="source-read">read <time datetime="2026-11">November 2026</time></span> <span class="source-back"><a class="source-back-link" href="#cite-1" role="doc-backlink"><span aria-hidden="true">↩</span><span class="visually-hidden">back to citation </span>1</a></span></li>
            </ol>
            </section>
        "##]],
    );
}

#[test]
fn in_chinese() {
    let rendered = render(Language::ZhCn, "```timeline kind=dockershim\n```\n");
    let list = rendered.split("<span class=\"cite").next().unwrap_or_default();
    expect![[r#"
        <ol class="timeline" role="list" aria-label="时间线">
        <li class="timeline-year"><span class="timeline-year-label">2016 年</span><ol class="timeline-entries" role="list" aria-label="2016 年">
        <li class="timeline-entry track-dockershim" id="event-shim-reviewed" data-track="dockershim" data-date="2016-07"><p class="timeline-head"><time class="timeline-date" datetime="2016-07"><span class="visually-hidden">2016 年 </span>7 月</time> <span class="timeline-track">dockershim</span> <span class="timeline-version">Kubernetes 1.4–1.5</span> <span class="timeline-version">containerd 1.1</span></p><p class="timeline-claim">第一个 dockershim 包通过评审。"#]].assert_eq(list);
}

#[test]
fn from_to_and_kind_choose() {
    assert_eq!(entries("timeline"), ["docker-only", "shim-reviewed", "cri-introduced"]);
    assert_eq!(entries("timeline from=2016-08"), ["cri-introduced"]);
    assert_eq!(entries("timeline to=2016-07"), ["docker-only", "shim-reviewed"]);
    assert_eq!(entries("timeline from=2014 to=2014"), ["docker-only"]);
    assert_eq!(entries("timeline kind=cri,kubernetes"), ["docker-only", "cri-introduced"]);
}

#[test]
fn two_timelines_on_a_page_do_not_share_ids() {
    let rendered = render(Language::En, "```timeline\n```\n\n```timeline kind=cri\n```\n");
    assert_eq!(rendered.matches("id=\"event-cri-introduced\"").count(), 1);
    assert_eq!(rendered.matches("data-track=\"cri\"").count(), 2);
}

#[test]
fn every_mistake_has_its_line() {
    let text = "```timeline form=2014 from=14 to=2016-13 kind=cry,cri\n```\n\n\
                ```timeline from=2030\n```\n\n```timeline,from=2014\n```\n\n```timline\n```\n\n\
                ```timeline 2014 to= to=2016 to=2017\nx\n```\n\n- ```timeline\n  ```\n";
    let rendered = render(Language::En, text);
    let findings: Vec<&str> = rendered.lines().filter(|line| line.starts_with("book/")).collect();
    expect![[r#"
        book/en/src/page.md:1: unknown key `form`; valid keys are `from`, `to` and `kind`; did you mean `from`?
        book/en/src/page.md:7: `timeline,from=2014` cannot be read; separate with spaces, as in `timeline from=2016`
        book/en/src/page.md:10: unknown block `timline`; did you mean `timeline`?
        book/en/src/page.md:13: the block is not empty; nothing may stand between its fences
        book/en/src/page.md:13: `2014` is not of the form key=value, without spaces; valid keys are `from`, `to` and `kind`
        book/en/src/page.md:13: `to=` is not of the form key=value, without spaces; valid keys are `from`, `to` and `kind`
        book/en/src/page.md:13: `to` is given twice; keep one
        book/en/src/page.md:17: the block stands in a list or a quotation; move it out, to the start of a line
        book/en/src/page.md:1: `from`: `14` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD
        book/en/src/page.md:1: `to`: `2016-13` is not in the calendar; check the month and the day
        book/en/src/page.md:1: unknown kind `cry`; valid kinds are `docker`, `kubernetes`, `dockershim`, `cri`, `containerd`, `cri-o`, `cri-dockerd` and `community`; did you mean `cri`?
        book/en/src/page.md:4: no fact with `timeline = true` is in this timeline; widen from, to and kind"#]].assert_eq(&findings.join("\n"));
}
