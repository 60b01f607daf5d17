//! The figure in the page: it plays, steps, is scrubbed, keeps its place in the address, and never
//! leaves its reader with nothing.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use serde_json::Value;
use site_tests::browser::{Browser, Look};
use site_tests::pool::Pool;
use thirtyfour::Key;

use crate::Context;

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    let mut trials = vec![
        context.test("simulator::it_loads_only_when_it_comes_near", it_loads_when_near),
        context.test("simulator::one_program_for_all_figures_of_a_page", one_program),
        context.test("simulator::a_hostile_address_gives_a_message", a_hostile_address),
        context.test("simulator::a_recording_that_does_not_load_leaves_the_picture", no_recording),
        context.test("simulator::page_keys_stay_out", page_keys_stay_out),
        context.test("simulator::reduced_motion_is_a_sequence_of_stills", reduced_motion),
        context.test("simulator::polls_are_folded_until_asked_for", polls),
        context.test("simulator::an_unfolded_list_shows_where_it_stands", unfolded),
    ];
    for language in site_tests::site::LANGUAGES {
        let name = |promise: &str| format!("simulator::{promise}::{language}");
        trials.extend([
            context.test(name("plays_and_pauses"), move |pool, browser| {
                plays_and_pauses(pool, browser, language)
            }),
            context.test(name("steps_and_scrubs_by_keyboard"), move |pool, browser| {
                steps_by_keyboard(pool, browser, language)
            }),
            context.test(name("shows_request_and_response"), move |pool, browser| {
                shows_messages(pool, browser, language)
            }),
            context.test(name("the_address_brings_back_the_moment"), move |pool, browser| {
                the_address_brings_it_back(pool, browser, language)
            }),
            context.test(name("no_violations_while_open"), move |pool, browser| {
                no_violations(pool, browser, language)
            }),
        ]);
    }
    trials
}

const PLAYER: &str = "return !!document.querySelector('.is-live .sim')";
const CAPTION: &str = "return document.querySelector('.sim-caption').textContent";
const CURRENT: &str = "const rows = [...document.querySelectorAll('.sim-steps li button')];
    return rows.findIndex((row) => row.getAttribute('aria-current') === 'step')";

/// What a screen reader was told last beside the caption, as an expression.
const SAID: &str = "document.querySelector('dockershim-simulator > [role=status]').textContent";

/// Opens the stand-alone page and waits until its figure lives.
fn open(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    browser.go(&pool.site.url(&format!("{language}/simulator/index.html")))?;
    browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
    browser.wait_for(PLAYER)?;
    browser.run("document.querySelector('.sim').focus()")?;
    Ok(())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn plays_and_pauses(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language)?;
    browser.keys(Key::Home)?;
    let before = browser.run(CAPTION)?;
    browser.click(".sim [data-act=toggle]")?;
    browser.wait_for(&format!(
        "return document.querySelector('.sim-caption').textContent !== {before}"
    ))?;
    // A screen reader hears that it plays, and not of every frame.
    browser.wait_for(&format!("return {SAID} !== ''"))?;
    browser.wait_for("return !!document.querySelector('.sim-slider[aria-hidden=true]')")?;
    browser.click(".sim [data-act=toggle]")?;
    let paused = browser.run(CAPTION)?;
    browser.wait_for(&format!("return {SAID}.endsWith({paused})"))?;
    browser.wait_for("return !document.querySelector('.sim-slider').ariaHidden")?;
    std::thread::sleep(std::time::Duration::from_millis(600));
    ensure!(browser.run(CAPTION)? == paused, "it goes on although it was paused");
    Ok(())
}

fn steps_by_keyboard(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language)?;
    browser.run("document.querySelector('.sim-more').open = true")?;
    browser.keys(Key::Home)?;
    let first = browser.run(CAPTION)?;
    let mut seen = vec![text(&first).to_owned()];
    for _ in 0..5 {
        browser.keys(Key::Right)?;
        let caption = browser.run(CAPTION)?;
        ensure!(!seen.contains(&text(&caption).to_owned()), "a step twice: {caption}");
        seen.push(text(&caption).to_owned());
    }
    let row = browser.run(CURRENT)?;
    ensure!(row.as_i64().is_some_and(|row| row > 0), "the list is at row {row}");
    for _ in 0..5 {
        browser.keys(Key::Left)?;
    }
    ensure!(browser.run(CAPTION)? == first, "five steps back do not undo five forward");
    browser.keys(Key::End)?;
    ensure!(browser.run(CAPTION)? != first, "End stays at the beginning");
    browser.run(
        "const slider = document.querySelector('.sim-slider'); slider.value = 0;
         slider.dispatchEvent(new InputEvent('input', {bubbles: true}))",
    )?;
    browser.wait_for("return document.querySelector('.sim-slider').value === '0'")?;
    Ok(())
}

fn shows_messages(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language)?;
    browser.run("document.querySelector('.sim-more').open = true")?;
    browser.run(
        "[...document.querySelectorAll('.sim-steps li button')]
           .find((row) => row.textContent.includes('RunPodSandbox')).click()",
    )?;
    let wanted = "/var/log/pods/default_simple-node1_uid:simple-node1";
    browser.wait_for(&format!(
        "return document.querySelector('.sim-inspector').textContent.includes('{wanted}')"
    ))?;
    let details = browser.run("return document.querySelector('.sim-inspector').textContent")?;
    for part in ["log_directory", "pod_sandbox_id", "sandbox:simple-node1:0"] {
        ensure!(text(&details).contains(part), "no {part} in {details}");
    }
    Ok(())
}

fn the_address_brings_it_back(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language)?;
    browser.keys(Key::Home)?;
    for _ in 0..7 {
        browser.keys(Key::Right)?;
    }
    browser.wait_for("return location.search.includes('sim=2~')")?;
    std::thread::sleep(std::time::Duration::from_millis(500));
    let caption = browser.run(CAPTION)?;
    let address = browser.address()?;
    browser.go("about:blank")?;
    browser.go(&address)?;
    browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
    browser.wait_for(PLAYER)?;
    let restored = browser.run(CAPTION)?;
    ensure!(restored == caption, "{address}: {restored} is not {caption}");
    Ok(())
}

fn no_violations(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    for (size, dark) in [((1440, 900), false), ((1440, 900), true), ((390, 844), false)] {
        browser.look(Look { size, dark, still: true, ..Look::default() })?;
        open(pool, browser, language)?;
        browser.run("document.querySelector('.sim-more').open = true")?;
        browser.click(".sim-keys")?;
        browser.keys(Key::Right)?;
        std::thread::sleep(std::time::Duration::from_millis(300));
        let violations = browser.axe()?;
        ensure!(violations.is_empty(), "{size:?} dark {dark}: {}", violations.join("\n"));
    }
    Ok(())
}

fn it_loads_when_near(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.look(Look { size: (1280, 400), ..Look::default() })?;
    browser.go(&pool.site.url("en/history/the-shim.html"))?;
    let asked = "return performance.getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith('.wasm')).length";
    let figure_is_far = "const figure = document.querySelector('dockershim-simulator');
        return figure.getBoundingClientRect().top > innerHeight + 400";
    if browser.run(figure_is_far)? == true {
        std::thread::sleep(std::time::Duration::from_millis(500));
        ensure!(browser.run(asked)? == 0, "the program was loaded before it was needed");
    }
    browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
    browser.wait_for(PLAYER)?;
    ensure!(browser.run(asked)? == 1, "the program was not loaded once");
    Ok(())
}

fn one_program(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en")?;
    browser.run(
        "const first = document.querySelector('dockershim-simulator');
         const second = document.createElement('dockershim-simulator');
         for (const { name, value } of first.attributes) second.setAttribute(name, value);
         second.id = 'sim-9'; first.after(second); second.scrollIntoView();",
    )?;
    browser.wait_for("return document.querySelectorAll('.is-live .sim').length === 2")?;
    let loaded = browser.run(
        "return performance.getEntriesByType('resource')
           .filter((entry) => entry.name.endsWith('.wasm')).length",
    )?;
    ensure!(loaded == 1, "the program was loaded {loaded} times");
    Ok(())
}

fn a_hostile_address(pool: &Pool, browser: &Browser) -> Result<()> {
    let hostile = [
        "v1~sim-1.dockershim.s99999999",
        "v1~sim-1.podman.s3",
        "v1~sim-1",
        "v9~sim-1.dockershim.s3",
        "v1~sim-1.dockershim.t999999999999999999999",
        "%00%ff~~~..",
        "v1~sim-1.%3Cscript%3Ealert(1)%3C/script%3E.s1",
    ];
    for state in hostile {
        browser.go("about:blank")?;
        browser.go(&pool.site.url(&format!("en/simulator/index.html?sim={state}")))?;
        browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
        browser.wait_for(PLAYER)?;
        let note = browser.run(
            "const note = document.querySelector('.sim .sim-note');
             return note && note.textContent",
        )?;
        ensure!(!text(&note).is_empty(), "`{state}` is passed over in silence");
        ensure!(!text(&browser.run(CAPTION)?).is_empty(), "`{state}` leaves no caption");
    }
    Ok(())
}

fn no_recording(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.devtools("Network.enable", serde_json::json!({}))?;
    let block = |urls: &[&str]| {
        browser.devtools("Network.setBlockedURLs", serde_json::json!({ "urls": urls }))
    };
    for blocked in ["*/recordings/*", "*.wasm"] {
        block(&[blocked])?;
        browser.go(&pool.site.url("en/simulator/index.html"))?;
        browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
        std::thread::sleep(std::time::Duration::from_secs(1));
        let shown = browser.run(
            "const figure = document.querySelector('dockershim-simulator');
             return [...figure.querySelectorAll('svg, ol')].filter((e) => e.checkVisibility()).length",
        );
        block(&[])?;
        ensure!(shown?.as_u64() > Some(1), "without {blocked} nothing of the figure is left");
    }
    Ok(())
}

fn page_keys_stay_out(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en")?;
    let before = browser.run("return location.pathname")?;
    for key in [Key::Right, Key::Left] {
        browser.keys(key)?;
    }
    browser.keys("s")?;
    browser.keys("?")?;
    std::thread::sleep(std::time::Duration::from_millis(300));
    ensure!(browser.run("return location.pathname")? == before, "the page was turned");
    let open = browser.run("return !!document.querySelector('dialog[open]')")?;
    ensure!(open == false, "a key meant for the figure opened a dialog of the page");
    Ok(())
}

fn reduced_motion(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.look(Look { still: true, ..Look::default() })?;
    open(pool, browser, "en")?;
    browser.keys(Key::Home)?;
    browser.click(".sim [data-act=toggle]")?;
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let moving = browser.run(
        "return document.getAnimations()
           .filter((animation) => animation.effect.getTiming().duration > 1).length",
    )?;
    ensure!(moving == 0, "{moving} animations run although motion is to be reduced");
    Ok(())
}

/// The list of the front page is folded away at first, and has no row to scroll to.
fn unfolded(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.go(&pool.site.url("en/index.html"))?;
    browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
    browser.wait_for("return !!document.querySelector('.sim-steps [aria-current]')")?;
    browser.run("document.querySelector('.sim-more').open = true")?;
    browser.wait_for(
        "const [row, list] = ['.sim-steps [aria-current]', '.sim-steps']
           .map((it) => document.querySelector(it).getBoundingClientRect());
         return row.height > 0 && row.top >= list.top && row.bottom <= list.bottom",
    )?;
    Ok(())
}

fn polls(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en")?;
    browser.run("document.querySelector('.sim-more').open = true")?;
    let rows = "return document.querySelectorAll('.sim-steps li button').length";
    let folded = browser.run(rows)?.as_u64().unwrap_or(0);
    browser.click(".sim-check input")?;
    browser.wait_for(&format!(
        "return document.querySelectorAll('.sim-steps li button').length > {folded} + 100"
    ))?;
    Ok(())
}
