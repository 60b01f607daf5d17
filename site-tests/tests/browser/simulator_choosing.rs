//! What a reader chooses from on the big page: scenarios by keyboard, files, tools and versions, in
//! the words of the page.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::{Browser, Look};
use site_tests::pool::Pool;
use thirtyfour::Key;

use crate::Context;
use crate::simulator_page::{open, press, text};

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    vec![
        context.test("simulator_choosing::a_scenario_by_keyboard", by_keyboard),
        context.test("simulator_choosing::a_pod_that_runs_is_not_hidden_by_its_text", own_pod),
        context.test("simulator_choosing::chinese_words_for_what_is_no_command", chinese),
        context.test("simulator_choosing::a_long_list_of_changes_leaves_a_phone_free", versions),
        context.test("simulator_choosing::a_simulated_node_has_its_processes", processes),
        context.test("simulator_choosing::the_scale_keeps_the_moment_in_sight", scale),
    ]
}

const FOCUSED: &str =
    "return document.activeElement.dataset.act ?? document.activeElement.className";

/// Four presses to the list, one to leave it; arrows inside; and typing finds.
fn by_keyboard(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en", "")?;
    browser.run("document.querySelector('[data-act=\"open library\"]').focus()")?;
    browser.keys(Key::Enter)?;
    browser.wait_for("return document.activeElement.className === 'sim-drawer'")?;
    for _ in 0..3 {
        browser.keys(Key::Tab)?;
    }
    ensure!(browser.run(FOCUSED)? == "scenario simple", "Tab leads to {}", browser.run(FOCUSED)?);
    browser.keys(Key::Right)?;
    ensure!(browser.run(FOCUSED)? == "scenario docker_ps_empty", "{}", browser.run(FOCUSED)?);
    browser.keys(Key::End)?;
    ensure!(browser.run(FOCUSED)? == "scenario startup", "{}", browser.run(FOCUSED)?);
    browser.keys(Key::Tab)?;
    let out = "return !document.activeElement.closest('.sim-drawer') ? 1 : 0";
    ensure!(browser.run(out)? == 1, "the list has more than one stop: {}", browser.run(FOCUSED)?);
    browser.run("document.querySelector('.sim-cards [tabindex=\"0\"]').focus()")?;
    ensure!(browser.run(FOCUSED)? == "scenario startup", "back at {}", browser.run(FOCUSED)?);
    browser.keys("live-restore")?;
    let found = "return [...document.querySelectorAll('.sim-cards li:not([hidden]) [data-act]')]
                   .map((card) => card.dataset.act).join()";
    let wanted = "scenario engine_restart_live,scenario dockerd_crash_live";
    ensure!(browser.run(found)? == wanted, "found {}", browser.run(found)?);
    let said = text(browser, ".sim-drawer [role=status]")?;
    ensure!(said.starts_with("2 of "), "said is: {said}");
    // What is found begins at its top, wherever the list was scrolled to.
    let top = "const list = document.querySelector('.sim-cards'); list.scrollTop = 9999;
               const field = document.querySelector('[data-find]'); field.value = 'container';
               const before = list.scrollTop;
               field.dispatchEvent(new Event('input', {bubbles: true}));
               const after = list.scrollTop;
               field.value = 'live-restore';
               field.dispatchEvent(new Event('input', {bubbles: true}));
               return [before > 0, after].join()";
    browser.run(
        "document.querySelector('[data-find]').value = '';
         document.querySelector('[data-find]').dispatchEvent(new Event('input', {bubbles: true}))",
    )?;
    ensure!(browser.run(top)? == "true,0", "what is found begins out of sight");
    browser.keys(Key::Down)?;
    browser.keys(Key::Enter)?;
    browser.wait_for("return location.search.includes('c.engine_restart_live')")?;
    // One that tells its story on a path that is not on the stage brings it there.
    press(browser, "open library")?;
    press(browser, "scenario two_sockets")?;
    browser.wait_for("return location.search.includes('c.two_sockets~l.cri-dockerd')")?;
    Ok(())
}

fn write(browser: &Browser, yaml: &str) -> Result<()> {
    browser.run_with(
        "const field = document.querySelector('.sim-own textarea'); field.value = arguments[0];
         field.dispatchEvent(new Event('change', {bubbles: true}))",
        vec![yaml.into()],
    )?;
    press(browser, "own")
}

fn own_pod(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "zh-CN", "")?;
    press(browser, "open own")?;
    write(browser, "apiVersion: v1\nkind: Pod\nmetadata: {name: w}\nspec: {containrs: []}\n")?;
    let problem = text(browser, ".sim-problem")?;
    ensure!(problem.contains("第 4 行第 "), "no place in words: {problem}");
    ensure!(!text(browser, ".sim-drawer")?.is_empty(), "what is to be mended is gone");
    let note = text(browser, ".sim-state .sim-note:not(.sim-problem)")?;
    ensure!(note.contains("还不是"), "the old picture passes for the new pod: {note}");
    write(browser, "apiVersion: v1\nkind: Service\nmetadata: {name: w}\n")?;
    browser.wait_for("return !document.querySelector('.sim-drawer')")?;
    browser.wait_for("return document.activeElement.dataset.act === 'open own'")?;
    let seen = "const note = document.querySelector('.sim-turns li');
                return note?.checkVisibility() && note.textContent.includes('Service') ? 1 : 0";
    ensure!(browser.run(seen)? == 1, "nobody is told that a Service makes no pods");
    Ok(())
}

fn chinese(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "zh-CN", "?sim=2~c.simple~l.cri-o~v.terminal~t.sockets")?;
    browser.wait_for("return !!document.querySelector('.sim-screen pre')")?;
    let ids = ["overview", "sockets", "conditions", "node-ready", "checkpoints"];
    for id in ids {
        let word = text(browser, &format!("[data-act=\"tool {id}\"]"))?;
        ensure!(!word.is_empty() && !word.is_ascii(), "{id} is called {word}");
    }
    ensure!(text(browser, ".sim-screen b")?.ends_with("套接字"), "the link names a tool");
    press(browser, "open own")?;
    let native = "return getComputedStyle(document.querySelector('[data-file]')).opacity";
    ensure!(browser.run(native)? == "0", "the browser's own words are in sight");
    Ok(())
}

fn versions(pool: &Pool, browser: &Browser) -> Result<()> {
    for (width, open_at_first) in [(1440, true), (390, false)] {
        browser.look(Look { size: (width, 900), ..Look::default() })?;
        open(pool, browser, "en", "?sim=2~c.simple~l.containerd~k.1.24")?;
        browser.wait_for(&format!(
            "return document.querySelector('.sim-turns')?.open === {open_at_first}"
        ))?;
        let summary = text(browser, ".sim-turns summary")?;
        ensure!(summary.contains("(15)"), "how much there is to read: {summary}");
    }
    Ok(())
}

/// As on the recorded node, and what is broken there can be chosen.
fn processes(pool: &Pool, browser: &Browser) -> Result<()> {
    let totals = |source: &str| -> Result<String> {
        let query = format!("?sim=2~c.simple~l.dockershim{source}~a.0.t5000000");
        open(pool, browser, "en", &query)?;
        text(browser, ".sim-totals")
    };
    let (recorded, simulated) = (totals("")?, totals(".s")?);
    ensure!(simulated == recorded, "simulated {simulated}, recorded {recorded}");
    press(browser, "open break")?;
    press(browser, "break kill-sandbox simple-node1")?;
    let lanes = "return document.querySelectorAll('.sim-lanes li').length";
    ensure!(browser.run(lanes)? == 2, "no fork");
    press(browser, "last")?;
    let differ = "const [old, young] = [...document.querySelectorAll('.sim-totals')]
                    .map((totals) => totals.textContent);
                  return old === young ? 0 : 1";
    ensure!(browser.run(differ)? == 1, "the death of the pause process changes nothing");
    Ok(())
}

fn scale(pool: &Pool, browser: &Browser) -> Result<()> {
    let at = "?sim=2~c.simple~l.dockershim~a.0.s605~v.sequence";
    open(pool, browser, "en", at)?;
    press(browser, "scale")?;
    browser.wait_for("return location.search.includes('~s')")?;
    browser.wait_for(
        "const box = (selector) => document.querySelector(selector).getBoundingClientRect();
         const [row, panel] = [box('#sim-panel [aria-current]'), box('#sim-panel')];
         return row.top >= panel.top && row.bottom <= panel.bottom",
    )?;
    Ok(())
}
