//! What is written as text around the picture: its elements outlive what is written.

use anyhow::{Context as _, Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::Browser;
use site_tests::pool::Pool;
use thirtyfour::Key;

use crate::Context;
use crate::simulator_page::{open, press, text};

type Kept = fn(&Pool, &Browser) -> Result<()>;

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    let promises: [(&str, Kept); 5] = [
        ("an_element_stays_when_its_part_is_written_anew", stays),
        ("what_the_reader_folded_stays_folded", folded),
        ("space_ticks_a_box", ticks),
        ("a_seed_that_is_none_gives_way", seed),
        ("a_translated_page_goes_on", translated),
    ];
    let trials =
        promises.map(|(promise, kept)| context.test(format!("simulator_parts::{promise}"), kept));
    trials.into()
}

fn stays(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en", "?sim=2~c.simple~l.dockershim~l.containerd")?;
    browser.run(
        "window.kept = ['[data-act=\"follow 1\"]', '.sim-slider', '.sim-caption']
             .map((it) => document.querySelector(`.studio ${it}`));
         kept[0].focus()",
    )?;
    browser.keys(Key::Enter)?;
    browser.wait_for("return kept[0].getAttribute('aria-pressed') === 'true'")?;
    ensure!(browser.run("return document.activeElement === kept[0]")? == true, "the focus is gone");
    press(browser, "toggle")?;
    // That the slider is hidden while it plays is another script's doing.
    browser
        .wait_for("return kept[1].value > 0 && kept[1].ariaHidden === 'true'")
        .context("the slider does not move, or is not hidden while it does")?;
    press(browser, "toggle")?;
    browser.wait_for("return kept[1].ariaHidden === null")?;
    let all = "return kept.every((it) => it.isConnected)";
    ensure!(browser.run(all)? == true, "an element was replaced");
    Ok(())
}

fn folded(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en", "?sim=2~c.docker_ps_empty~l.containerd~k.1.24")?;
    let open_is = |is: bool| format!("return document.querySelector('.sim-turns').open === {is}");
    browser.wait_for(&open_is(true)).context("what changes is not told")?;
    browser.run("document.querySelector('.sim-turns summary').click()")?;
    browser.wait_for(&open_is(false))?;
    for act in ["ask", "guess 0", "skip"] {
        press(browser, act)?;
        ensure!(browser.run(&open_is(false))? == true, "{act} unfolds it");
    }
    Ok(())
}

fn ticks(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en", "")?;
    browser.run("document.querySelector('.studio [data-act=polls]').focus()")?;
    for ticked in [true, false] {
        browser.keys(Key::Space)?;
        browser
            .wait_for(&format!(
                "const {{activeElement: box}} = document;
                 return box.checked === {ticked} && box.dataset.act === 'polls'
                     && document.querySelectorAll('.sim-steps [data-act=polls]').length
                         {} 0",
                if ticked { "===" } else { ">" }
            ))
            .with_context(|| format!("not {ticked}"))?;
    }
    // The other keys are the player's on a box as well.
    browser.run("window.at = document.querySelector('.sim-slider').value")?;
    browser.keys("n")?;
    browser.wait_for("return document.querySelector('.sim-slider').value !== at")?;
    let playing = "return document.querySelector('.sim-caption').ariaLive === 'off'";
    ensure!(browser.run(playing)? == false, "it plays");
    Ok(())
}

fn seed(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en", "?sim=2~c.simple~l.containerd~n.7")?;
    for wrong in ["", "-3", "1.5", "4294967296"] {
        let shown = browser.run(&format!(
            "const field = document.querySelector('.studio [data-act=seed]');
             field.value = '{wrong}';
             field.dispatchEvent(new Event('change', {{ bubbles: true }}));
             return field.value"
        ))?;
        ensure!(shown == "7", "after {wrong:?} the field has {shown}");
    }
    ensure!(text(browser, ".sim-state")?.is_empty(), "the stage is set anew");
    Ok(())
}

/// Translators of the browsers put elements of their own in place of texts.
fn translated(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en", "?sim=2~c.simple~l.dockershim")?;
    browser.run(
        "const walk = document.createTreeWalker(document.querySelector('.studio'), NodeFilter.SHOW_TEXT);
         const texts = [];
         while (walk.nextNode()) texts.push(walk.currentNode);
         for (const text of texts.filter((it) => it.parentElement.closest('.sim-part'))) {
             const font = document.createElement('font');
             text.replaceWith(font);
             font.append(text);
         }",
    )?;
    browser.run("window.at = document.querySelector('.sim-slider').value")?;
    let before = text(browser, ".sim-caption")?;
    press(browser, "phase")?;
    browser
        .wait_for("return document.querySelector('.sim-slider').value !== at")
        .context("the slider stays where it was")?;
    ensure!(text(browser, ".sim-caption")? != before, "the caption stays what it was");
    Ok(())
}
