//! The questions that lead to a migration path: what is wrong with them is told, both languages lead to
//! the same places, and every chain of answers ends at a page.

use std::collections::BTreeMap;
use std::path::Path;

use expect_test::expect;
use mdbook_simulator::decision_aid::{Question, questions};
use mdbook_simulator::language::Language;
use mdbook_simulator::manuscript::Manuscript;
use mdbook_simulator::page::AnswerEnd;
use mdbook_simulator::site::Site;

use crate::sample::{render, story_findings};

fn in_language(language: Language) -> Vec<Question> {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    let site = Site::around(&book).expect("the book");
    let book = Manuscript::load(&site, language);
    let (questions, findings) =
        questions(book.page(Path::new("migrate/index.md")).expect("the decision aid"));
    assert_eq!(findings, []);
    questions
}

#[test]
fn both_languages_ask_and_lead_alike() {
    let told = |language| -> Vec<_> {
        let answers = |question: &Question| -> Vec<_> {
            let answers = question.answers.iter();
            answers.map(|it| (it.call.id.clone(), it.call.end, it.links.clone())).collect()
        };
        in_language(language).iter().map(|it| (it.id.clone(), answers(it))).collect()
    };
    assert_eq!(told(Language::En), told(Language::ZhCn));
}

#[test]
fn every_question_leaves_a_choice_and_every_chain_of_answers_ends() {
    let questions = in_language(Language::En);
    let places: BTreeMap<&str, usize> =
        questions.iter().enumerate().map(|(place, it)| (it.id.as_str(), place)).collect();
    for (place, question) in questions.iter().enumerate() {
        assert!(question.answers.len() > 1, "`{}` leaves no choice", question.id);
        for next in question.answers.iter().filter_map(|answer| answer.next()) {
            assert!(places[next] > place, "`{}` leads back to `{next}`", question.id);
        }
    }
}

#[test]
fn whoever_is_not_sure_is_told_how_to_find_out() {
    for question in in_language(Language::En) {
        let has_way = question.answers.iter().any(|answer| {
            answer.call.id == "unsure" && answer.call.end != AnswerEnd::End
                || question.id == "q-cloud" && answer.call.id == "other"
                || question.id == "q-choose" && answer.call.id == "containerd"
        });
        assert!(has_way, "`{}` leaves no way for whoever is not sure", question.id);
    }
}

#[test]
fn mistakes_are_told() {
    let text = "# Story {#story}\n\n{{answer stray}}\n\n```decision-aid many=q-none\n```\n\n\
         ## First? {#q-first}\n\n- {{answer a}}**A.** [on](#q-second)\n- **B.** [on](#end)\n\
         - {{answer a}}**C.** Nowhere.\n\n## Second? {#q-second}\n\n\
         - {{answer A b c}}**D.** [on](#end)\n\n## Third? {#q-third}\n\n## End {#end}\n";
    expect![[r#"
            book/en/src/story/cri.md:4: answer `stray` stands in no question; it belongs at the start of an item of the list below a heading with an id such as `{#q-nodes}`
            book/en/src/story/cri.md:6: `q-none` is no question of this page; name the one that may have many answers
            book/en/src/story/cri.md:12: this answer has no id; begin it with `{{answer id}}`
            book/en/src/story/cri.md:13: answer `a` leads nowhere; end it with a link to a question or a page
            book/en/src/story/cri.md:13: question `q-first` has two answers `a`
            book/en/src/story/cri.md:17: this answer has no id; begin it with `{{answer id}}`
            book/en/src/story/cri.md:17: write `{{answer id}}`, `{{answer id end}}` or `{{answer id find}}`
            book/en/src/story/cri.md:19: no answer leads to question `q-third`
            book/zh-CN/src/story/cri.md:5: block `decision-aid many=q-none` of book/en/src/story/cri.md:6 is not on this page; put it at the same place
            book/zh-CN/src/story/cri.md:5: heading `## … {#end}` does not match `## … {#q-first}` in book/en/src/story/cri.md:9; both pages need the same headings, levels and ids
        "#]].assert_eq(&story_findings(text));
}

#[test]
fn an_answer_carries_where_it_leads() {
    let text = "# Page {#page}\n\n```decision-aid many=q-b\n```\n\n## A? {#q-a}\n\n\
                - {{answer x}}**X.** Read [this](a.md#b), then: [on](#q-b)\n\n## B? {#q-b}\n\n\
                - {{answer y find}}**Y.** [Look](c.md).\n";
    expect![[r##"
        # Page {#page}

        <div class="decision-aid" data-many="q-b"></div>

        ## A? {#q-a}

        - <span hidden data-answer="x" data-next="q-b" data-reads="&#91;&#123;&#34;href&#34;:&#34;a.html#b&#34;,&#34;title&#34;:&#34;a.md#b&#34;&#125;&#93;"></span>**X.** Read [this](a.md#b), then: [on](#q-b)

        ## B? {#q-b}

        - <span hidden data-answer="y" data-find data-reads="&#91;&#123;&#34;href&#34;:&#34;c.html&#34;,&#34;title&#34;:&#34;c.md&#34;&#125;&#93;"></span>**Y.** [Look](c.md).
    "##]].assert_eq(&render(Language::En, text));
}
