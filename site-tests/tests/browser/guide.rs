//! The migration guide with scripts: questions one after the other, and checklists that stay ticked.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::Browser;
use site_tests::pool::Pool;
use thirtyfour::Key;

use crate::Context;

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    vec![
        context.test("guide::questions_lead_to_a_path_by_keyboard", questions_by_keyboard),
        context.test("guide::answers_survive_reload_and_language", answers_stay),
        context.test("guide::whoever_is_not_sure_is_told_how_to_find_out", not_sure),
        context.test("guide::a_link_to_a_question_shows_it", linked_question),
        context.test("guide::boxes_are_ticked_by_keyboard_and_stay", boxes_stay),
        context.test("guide::boxes_work_where_nothing_may_be_stored", boxes_without_storage),
        context.test("guide::boxes_are_empty_on_paper", boxes_on_paper),
    ]
}

const AID: &str = "en/migrate/index.html";
const LIST: &str = "en/migrate/containerd.html";
const FOCUS: &str = "return document.activeElement.id || document.activeElement.outerHTML";
const RESULT: &str = "return document.querySelector('.aid-path a')?.getAttribute('href') ?? ''";
const OPEN: &str = "return [...document.querySelectorAll('.question')]
    .filter((form) => form.checkVisibility()).map((form) => form.querySelector('h2').id).join()";
const COUNT: &str = "return document.querySelector('.checklist-count')?.textContent";

fn expect(browser: &Browser, script: &str, wanted: &str) -> Result<()> {
    let found = browser.run(script)?;
    ensure!(found == wanted, "`{wanted}` was expected, there is {found}");
    Ok(())
}

/// Goes on to the next answer, past the links on the way.
fn to_answers(browser: &Browser) -> Result<()> {
    browser.keys(Key::Tab)?;
    while !browser.run(FOCUS)?.as_str().unwrap_or_default().starts_with("q-") {
        browser.keys(Key::Tab)?;
    }
    Ok(())
}

/// Steps from the question to its first answer, down to the wanted one, and sends it off.
fn answer(browser: &Browser, id: &str, place: usize) -> Result<()> {
    to_answers(browser)?;
    browser.keys(Key::Space)?;
    for _ in 0..place {
        browser.keys(Key::Down)?;
    }
    expect(browser, FOCUS, id)?;
    browser.keys(Key::Enter)
}

fn questions_by_keyboard(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url(AID))?;
    browser.wait_for("return document.documentElement.classList.contains('asks')")?;
    expect(browser, OPEN, "q-nodes")?;
    browser.run("document.querySelector('#q-nodes').closest('fieldset').focus()")?;
    let way = [
        ("q-nodes-own", 1),
        ("q-runtime-docker", 1),
        ("q-version-is-1-23", 1),
        ("q-system-linux", 0),
        ("q-replace-no", 1),
        ("q-installer-kubeadm", 0),
        ("q-docker-builds", 1),
        ("q-choose-containerd", 1),
    ];
    for (id, place) in way {
        answer(browser, id, place)?;
    }
    expect(browser, RESULT, "containerd.html")?;
    expect(browser, OPEN, "q-extras")?;
    to_answers(browser)?;
    expect(browser, FOCUS, "q-extras-gpu")?;
    browser.keys(Key::Space)?;
    let reads = browser.run(
        "return [...document.querySelectorAll('.aid-result li a')].map((a) => a.getAttribute('href'))",
    )?;
    let reads = reads.to_string();
    for page in ["versions.html#kubelet-flags", "builds.html", "gpu.html"] {
        ensure!(reads.contains(page), "{page} is not among {reads}");
    }
    let said =
        browser.run("return document.querySelector('.aid-result + [role=status]').textContent")?;
    let said = said.as_str().unwrap_or_default();
    ensure!(said.starts_with("Your way: ") && said.contains("GPU"), "what is announced: {said}");
    Ok(())
}

fn answers_stay(pool: &Pool, browser: &Browser) -> Result<()> {
    let asked = format!("{AID}?answers=nodes.own,runtime.docker,version.from-1-24,keep.keep");
    browser.go(&pool.site.url(&asked))?;
    let path = "return document.querySelector('.aid-path a')?.getAttribute('href')
        === 'cri-dockerd.html#versions-fit'";
    browser.wait_for(path)?;
    browser.click("a[data-language]")?;
    browser.wait_for("return document.documentElement.lang === 'zh-CN'")?;
    browser.wait_for(path)?;
    browser.go(&pool.site.url(AID))?;
    browser.wait_for(path)?;
    browser.run("document.querySelector('.given li:nth-child(2) button').click()")?;
    expect(browser, OPEN, "q-runtime")?;
    browser.run("document.querySelector('.aid-tools button').click()")?;
    expect(browser, OPEN, "q-nodes")?;
    let address = browser.address()?;
    ensure!(!address.contains("answers="), "the answers are still in {address}");
    browser.go(&pool.site.url(AID))?;
    browser.wait_for("return document.documentElement.classList.contains('asks')")?;
    expect(browser, OPEN, "q-nodes")
}

fn not_sure(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url(&format!("{AID}?answers=nodes.unsure")))?;
    let told = browser.wait_for(
        "return document.querySelector('.aid-result .answer-rest')?.textContent ?? null",
    )?;
    ensure!(told.as_str().is_some_and(|it| it.contains("kubectl get nodes")), "{told}");
    expect(browser, OPEN, "")
}

fn linked_question(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url(&format!("{AID}#q-keep")))?;
    browser.wait_for("return document.querySelector('#q-keep').checkVisibility()")?;
    let all = browser.run(OPEN)?;
    ensure!(all.as_str().is_some_and(|it| it.contains("q-nodes,q-cloud")), "only {all}");
    Ok(())
}

fn boxes_stay(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url(LIST))?;
    browser.wait_for("return document.querySelector('.checklist') !== null")?;
    expect(browser, COUNT, "0 of 15 done")?;
    let whole = browser.run(
        "return [...document.querySelectorAll('.step')].every((step) => step.childNodes.length === 2)",
    )?;
    ensure!(whole == true, "beside each box its words are one, with their code and links");
    browser.run("document.querySelector('.step input').focus()")?;
    browser.keys(Key::Space)?;
    expect(browser, COUNT, "1 of 15 done")?;
    browser.go(&pool.site.url(LIST))?;
    browser.wait_for(&format!("{COUNT} === '1 of 15 done'"))?;
    browser.click("a[data-language]")?;
    browser.wait_for("return document.documentElement.lang === 'zh-CN'")?;
    browser.wait_for(&format!("{COUNT}.endsWith('已完成 1 项')"))?;
    browser.run("document.querySelector('.checklist-tools button').focus()")?;
    browser.keys(Key::Enter)?;
    browser.wait_for(&format!("{COUNT}.endsWith('已完成 0 项')"))?;
    browser.go(&pool.site.url(LIST))?;
    browser.wait_for(&format!("{COUNT} === '0 of 15 done'"))?;
    Ok(())
}

fn boxes_without_storage(pool: &Pool, browser: &Browser) -> Result<()> {
    let refuse =
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})";
    let added = browser
        .devtools("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({"source": refuse}))?;
    browser.go(&pool.site.url(LIST))?;
    browser.wait_for("return document.querySelector('.checklist') !== null")?;
    browser.run("document.querySelector('.step input').focus()")?;
    browser.keys(Key::Space)?;
    let ticked = expect(browser, COUNT, "1 of 15 done");
    browser.devtools(
        "Page.removeScriptToEvaluateOnNewDocument",
        serde_json::json!({"identifier": added["identifier"]}),
    )?;
    ticked
}

fn boxes_on_paper(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url(LIST))?;
    browser.wait_for("return document.querySelector('.checklist') !== null")?;
    browser.run("document.querySelector('.step input').click()")?;
    browser.devtools("Emulation.setEmulatedMedia", serde_json::json!({"media": "print"}))?;
    let drawn = browser.run(
        "const box = document.querySelector('.step input:checked');
         const {appearance, backgroundColor} = getComputedStyle(box);
         const bar = document.querySelector('.checklist').checkVisibility();
         return [appearance, backgroundColor, bar].join()",
    );
    browser.devtools("Emulation.setEmulatedMedia", serde_json::json!({"media": ""}))?;
    browser.run("localStorage.clear()")?;
    let drawn = drawn?;
    ensure!(drawn == "none,rgba(0, 0, 0, 0),false", "on paper: {drawn}");
    Ok(())
}
