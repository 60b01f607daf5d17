//! `{{cite …}}` becomes numbered marks, with a list of the sources at the end of the page.

use expect_test::expect;
use mdbook_simulator::language::Language;

use crate::sample::render;

fn check(language: Language, text: &str, expected: &expect_test::Expect) {
    expected.assert_eq(&render(language, text));
}

/// How a text with one citation reads, the citation shown as `[^]`.
fn marks(text: &str) -> String {
    let rendered = render(Language::En, text);
    let body = rendered.split("\n\n<section").next().unwrap_or_default();
    let (before, rest) = body.split_once("<span class=\"cite\"").expect("a citation");
    let (_, after) = rest.rsplit_once("</span></span></span></span>").expect("its end");
    format!("{before}[^]{after}")
}

#[test]
fn a_citation_and_the_list_of_sources() {
    check(
        Language::En,
        "CRI came. {{cite cri-introduced}}\n",
        &expect![[r##"
        CRI came.<span class="cite" id="cite-1">&#8288;<sup class="cite-marks"><a class="cite-mark" href="#source-1" role="doc-biblioref" aria-describedby="cite-1-1"><span class="visually-hidden">source </span>1</a></sup><span class="cite-note" role="note" hidden><span class="cite-entry" id="cite-1-1"><span class="cite-number" aria-hidden="true">1</span> <a class="source-link" href="https://www.example.org/post?a=1&#38;b=2"><cite>A post with &#42;stars&#42; &#124; and &#96;ticks&#96;</cite></a>, <span class="source-by">A. Writer</span>, <span class="source-site">example.org</span>, <time class="source-published" datetime="2016-12-19">19 December 2016</time>, <span class="source-read">read <time datetime="2026-11">November 2026</time></span></span></span></span>


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
fn doubts_and_notes_are_told_in_the_language_of_the_page() {
    check(
        Language::ZhCn,
        "垫片。{{cite shim-reviewed docker-only}}\n",
        &expect![[r##"
            垫片。<span class="cite cite-disputed" id="cite-1">&#8288;<sup class="cite-marks"><a class="cite-mark" href="#source-1" role="doc-biblioref" aria-describedby="cite-1-remark cite-1-1"><span class="visually-hidden">来源 </span>1</a><a class="cite-mark" href="#source-2" role="doc-biblioref" aria-describedby="cite-1-remark cite-1-2"><span class="visually-hidden">来源 </span>2</a><span class="cite-doubt-sign" aria-hidden="true">?</span></sup><span class="cite-note" role="note" hidden><span class="cite-remarks" id="cite-1-remark"><span class="cite-remark"><strong>未经核实</strong>：具体日期不详。</span><span class="cite-remark"><strong>说法不一</strong>：一说 2014 年，一说 2015 年。</span></span><span class="cite-entry" id="cite-1-1"><span class="cite-number" aria-hidden="true">1</span> <a class="source-link" href="https://github.com/kubernetes/kubernetes/pull/29553"><cite lang="en">A pull request</cite></a>，<span class="source-site">github.com/kubernetes/kubernetes</span>，<span class="source-read">查阅于 <time datetime="2026-11-02">2026 年 11 月 2 日</time></span></span><span class="cite-entry" id="cite-1-2"><span class="cite-number" aria-hidden="true">2</span> <a class="source-link" href="https://www.example.org/post?a=1&#38;b=2"><cite lang="en">A post with &#42;stars&#42; &#124; and &#96;ticks&#96;</cite></a>，<span class="source-by">A. Writer</span>，<span class="source-site">example.org</span>，<time class="source-published" datetime="2016-12-19">2016 年 12 月 19 日</time>，<span class="source-read">查阅于 <time datetime="2026-11">2026 年 11 月</time></span></span></span></span>


            <section class="sources">

            ## 资料来源 {#sources}

            <ol class="source-list">
            <li class="source" id="source-1"><a class="source-link" href="https://github.com/kubernetes/kubernetes/pull/29553"><cite lang="en">A pull request</cite></a>，<span class="source-site">github.com/kubernetes/kubernetes</span>，<span class="source-read">查阅于 <time datetime="2026-11-02">2026 年 11 月 2 日</time></span> <span class="source-back"><a class="source-back-link" href="#cite-1" role="doc-backlink"><span aria-hidden="true">↩</span><span class="visually-hidden">回到引用处 </span>1</a></span></li>
            <li class="source" id="source-2"><a class="source-link" href="https://www.example.org/post?a=1&#38;b=2"><cite lang="en">A post with &#42;stars&#42; &#124; and &#96;ticks&#96;</cite></a>，<span class="source-by">A. Writer</span>，<span class="source-site">example.org</span>，<time class="source-published" datetime="2016-12-19">2016 年 12 月 19 日</time>，<span class="source-read">查阅于 <time datetime="2026-11">2026 年 11 月</time></span> <span class="source-back"><a class="source-back-link" href="#cite-1" role="doc-backlink"><span aria-hidden="true">↩</span><span class="visually-hidden">回到引用处 </span>1</a></span></li>
            </ol>
            </section>
        "##]],
    );
}

#[test]
fn a_source_cited_twice_is_listed_once_with_two_ways_back() {
    let text = "One {{cite cri-introduced}} and two {{cite docker-only}}.\n";
    let rendered = render(Language::En, text);
    assert_eq!(rendered.matches("<li class=\"source\"").count(), 1);
    assert_eq!(rendered.matches("href=\"#source-1\"").count(), 2);
    assert_eq!(rendered.matches("role=\"doc-backlink\"").count(), 2);
}

#[test]
fn white_space_before_a_citation_goes_but_never_that_of_a_block() {
    expect![[r#"
        "word {{cite cri-introduced}} more"
        "word[^] more"

        "word\n  {{cite cri-introduced}} more"
        "word[^] more"

        "{{cite cri-introduced}} first"
        "[^] first"

        "above\n\n{{cite cri-introduced}} first"
        "above\n\n[^] first"

        "- {{cite cri-introduced}} item"
        "- [^] item"

        "1. {{cite cri-introduced}} item"
        "1. [^] item"

        "> {{cite cri-introduced}} quotation"
        "> [^] quotation"

        "> word\n> {{cite cri-introduced}} quotation"
        "> word[^] quotation"

        "| {{cite cri-introduced}} | cell |"
        "| [^] | cell |"

    "#]]
    .assert_eq(
        &[
            "word {{cite cri-introduced}} more",
            "word\n  {{cite cri-introduced}} more",
            "{{cite cri-introduced}} first",
            "above\n\n{{cite cri-introduced}} first",
            "- {{cite cri-introduced}} item",
            "1. {{cite cri-introduced}} item",
            "> {{cite cri-introduced}} quotation",
            "> word\n> {{cite cri-introduced}} quotation",
            "| {{cite cri-introduced}} | cell |",
        ]
        .map(|text| format!("{text:?}\n{:?}\n\n", marks(text)))
        .concat(),
    );
}

#[test]
fn code_and_comments_are_left_alone() {
    let text = "`{{cite a}}` \\{{cite b}}\n\n```text\n{{cite c}}\n```\n\n    {{cite d}}\n\n\
                <!-- {{cite e}} -->\n";
    assert_eq!(render(Language::En, text), text);
}

#[test]
fn every_mistake_has_its_line() {
    check(
        Language::En,
        "# A {{cite cri-introduced}} {#a}\n\n{{cite cri-introduce}} and {{cite}}.\n\n\
         [x {{cite cri-introduced}}](b.md) {{site a}} {{cite cri-introduced\n\n{{ .Values.a }}\n",
        &expect![[r##"
            # A {{cite cri-introduced}} {#a}

            <span class="cite" id="cite-1">&#8288;<sup class="cite-marks"></sup><span class="cite-note" role="note" hidden></span></span> and {{cite}}.

            [x {{cite cri-introduced}}](b.md) {{site a}} {{cite cri-introduced

            {{ .Values.a }}
            book/en/src/page.md:1: citation in a heading; put it after a sentence of the text below
            book/en/src/page.md:3: citation without a fact; write the id of a fact, as in `{{cite dockershim-removed}}`
            book/en/src/page.md:5: citation inside a link or an image; put it after the closing bracket
            book/en/src/page.md:5: unknown directive `{{site}}`; there are `{{cite fact-id}}` and, in a decision aid, `{{answer id}}`; text that only looks like one goes into `code`; did you mean `cite`?
            book/en/src/page.md:5: `{{cite` has no `}}` on its line; write `{{cite fact-id}}` on one line
            book/en/src/page.md:7: unknown directive `{{.Values.a}}`; there are `{{cite fact-id}}` and, in a decision aid, `{{answer id}}`; text that only looks like one goes into `code`
            book/en/src/page.md:3: unknown fact `cri-introduce`; facts are in book/facts/*.toml, each with an `id`; did you mean `cri-introduced`?
        "##]],
    );
}
