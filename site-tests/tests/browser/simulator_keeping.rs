//! What the address keeps while nobody asks for it, and the focus when what had it is gone.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::Browser;
use site_tests::pool::Pool;
use thirtyfour::Key;

use crate::Context;
use crate::simulator_page::{Kept, either, open, press, text};

const IN_BOTH: [(&str, Kept); 4] = [
    ("a_link_keeps_a_text_that_cannot_be_played", refused),
    ("the_address_follows_what_plays", follows),
    ("whoever_mends_or_takes_away_stays_in_the_lanes", stays),
    ("what_cannot_break_is_not_offered", offers),
];

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    context.in_both("simulator_keeping", IN_BOTH)
}

/// The text of another link, with a mistake in its last line.
const MISTAKEN: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: w}\nspec: {containrs: []}\n";

fn refused(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "?sim=2~c.simple~l.containerd")?;
    press(browser, "open own")?;
    browser.run_with(
        "const field = document.querySelector('.sim-own textarea'); field.value = arguments[0];
         field.dispatchEvent(new Event('change', {bubbles: true}))",
        vec![MISTAKEN.into()],
    )?;
    press(browser, "own")?;
    browser.wait_for(
        "return location.search.includes('~y.') && !!document.querySelector('.sim-problem')",
    )?;
    let link = browser.run("return location.search")?;
    let problem = text(browser, ".sim-problem")?;
    open(pool, browser, language, link.as_str().unwrap_or_default())?;
    ensure!(text(browser, ".sim-problem")? == problem, "the mistake is gone");
    ensure!(
        browser.run("return document.querySelector('.sim-own textarea').value")? == MISTAKEN,
        "another text"
    );
    let accused = "return [...document.querySelectorAll('.sim-note')]
        .some((note) => /cut off|不完整/.test(note.textContent)) ? 1 : 0";
    ensure!(browser.run(accused)? == 0, "the link is blamed");
    // What is done then does not cost the text.
    press(browser, "last")?;
    browser
        .wait_for("return location.search.includes('~y.') && location.search.includes('~a.')")?;
    Ok(())
}

fn follows(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "?sim=2~c.crash~l.containerd~a.0.t0~x.1")?;
    press(browser, "toggle")?;
    // Twice: once could be for the press.
    for _ in 0..2 {
        let before = browser.run("return location.search")?;
        browser.wait_for(&format!("return location.search !== {before}"))?;
    }
    let plays = either(language, "Pause", "暂停");
    let label = browser.run("return document.querySelector('[data-act=toggle]').ariaLabel")?;
    ensure!(label == plays, "it has stopped: {label}");
    Ok(())
}

fn stays(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    let broken = "l.dockershim~f.3000000.kill-container.main~l.containerd";
    open(pool, browser, language, &format!("?sim=2~c.simple~{broken}~a.0.t3000000"))?;
    for act in ["mend 0", "drop 1"] {
        browser.run(&format!("document.querySelector('[data-act=\"{act}\"]').focus()"))?;
        browser.keys(Key::Enter)?;
        browser.wait_for("return document.activeElement.dataset.act === 'follow 0'")?;
    }
    Ok(())
}

fn offers(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    let offered = |browser: &Browser, what: &str| -> Result<bool> {
        let script = format!(
            "return !!document.querySelector('.sim-drawer [data-act^=\"{what}\"]') ? 1 : 0"
        );
        Ok(browser.run(&script)? == 1)
    };
    let four = "l.dockershim~l.cri-dockerd~l.containerd~l.cri-o";
    open(pool, browser, language, &format!("?sim=2~c.simple~{four}~a.0.s80~d.break"))?;
    ensure!(offered(browser, "break fail-call")?, "a call under way cannot be made to fail");
    ensure!(offered(browser, "break kill-sandbox")?, "a pause process cannot be killed");
    ensure!(!offered(browser, "fork")?, "a fifth lane is promised");
    open(pool, browser, language, "?sim=2~c.simple~l.cri-o~a.0.t10000000~d.break")?;
    ensure!(!offered(browser, "break fail-call")?, "a call that is over can be made to fail");
    ensure!(!offered(browser, "break kill-sandbox")?, "CRI-O runs no pause process");
    ensure!(offered(browser, "fork")?, "nothing is kept");
    Ok(())
}
