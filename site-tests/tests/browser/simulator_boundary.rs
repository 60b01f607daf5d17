//! When the program of the simulator itself fails, its reader is told so, keeps the static figure,
//! and has a link that leads to the same moment.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::Browser;
use site_tests::pool::Pool;

use crate::Context;

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    let mut trials = vec![
        context.test("simulator_boundary::the_engine_fails", engine_fails),
        context.test("simulator_boundary::errors_of_others_change_nothing", others),
    ];
    for language in site_tests::site::LANGUAGES {
        let name = format!("simulator_boundary::the_player_fails::{language}");
        trials.push(context.test(name, move |pool, browser| player_fails(pool, browser, language)));
    }
    trials
}

const LIVES: &str = "return !!document.querySelector('.is-live .sim')";
const ALERT: &str = "return !!document.querySelector('dockershim-simulator [role=alert]')";

/// Lets the page call a wasm module of one function, which traps. As a script of the page: what a
/// driver runs itself is not of the page to Firefox, and neither are its errors.
const TRAP: &str = "const script = document.createElement('script');
    script.textContent = `
      const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0,
        7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
      const module = new WebAssembly.Module(new Uint8Array(bytes));
      setTimeout(new WebAssembly.Instance(module).exports.f);`;
    document.body.append(script)";

fn open(pool: &Pool, browser: &Browser, page: &str) -> Result<()> {
    browser.go(&pool.site.url(page))?;
    browser.wait_for(LIVES)?;
    Ok(())
}

fn text(browser: &Browser, script: &str) -> Result<String> {
    Ok(browser.run(script)?.as_str().unwrap_or_default().to_owned())
}

/// What is left: an alert that says what happened, the static figure, and no player.
fn is_told(browser: &Browser, said: &str) -> Result<()> {
    browser.wait_for(ALERT)?;
    let alert = text(browser, "return document.querySelector('[role=alert]').textContent")?;
    ensure!(alert.contains(said), "{alert}");
    let left = browser.run(
        "const figure = document.querySelector('dockershim-simulator');
         return !figure.querySelector('.sim') &&
           [...figure.querySelectorAll('svg')].some((svg) => svg.checkVisibility())",
    )?;
    ensure!(left == true, "the static figure is not all that is left");
    Ok(())
}

fn player_fails(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, &format!("{language}/simulator/index.html?sim=2~c.crash~l.cri-o"))?;
    browser.run("document.querySelector('.sim').focus()")?;
    browser.run(TRAP)?;
    is_told(browser, if language == "en" { "has stopped" } else { "模拟器停了" })?;
    let focused = browser.run("return document.activeElement.getAttribute('role')")?;
    ensure!(focused == "alert", "the keyboard's place is lost");
    let violations = browser.axe()?;
    ensure!(violations.is_empty(), "{}", violations.join("\n"));
    let link = text(browser, "return document.querySelector('[role=alert] a').href")?;
    browser.go(&link)?;
    browser.wait_for(LIVES)?;
    ensure!(browser.address()?.contains("c.crash"), "{link} has lost the scenario");
    Ok(())
}

fn engine_fails(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en/simulator/index.html?sim=2~c.simple~l.dockershim")?;
    browser.run_async(
        "const done = arguments[arguments.length - 1];
         document.querySelector('dockershim-simulator').engine().then((engine) => {
           engine.play = () => { throw new WebAssembly.RuntimeError('unreachable'); };
           done(true);
         })",
        Vec::new(),
    )?;
    // What was not recorded is played by the engine.
    browser.run(
        "const seed = document.querySelector('[data-act=seed]');
         seed.value = '7';
         seed.dispatchEvent(new Event('change', { bubbles: true }))",
    )?;
    is_told(browser, "unreachable")?;
    let link = "return document.querySelector('[role=alert] a').href.includes('~n.7') || null";
    browser.wait_for(link)?;
    Ok(())
}

fn others(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en/simulator/index.html")?;
    browser.run("setTimeout(() => { throw new TypeError('of an extension'); })")?;
    browser.run("Promise.reject('no reason')")?;
    std::thread::sleep(std::time::Duration::from_millis(200));
    ensure!(browser.run(ALERT)? == false, "an error of others ends the simulator");
    ensure!(browser.run(LIVES)? == true, "the player is gone");
    Ok(())
}
