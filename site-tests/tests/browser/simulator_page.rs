//! The big page: everything can be set up, broken, looked at and taken along, and the address holds
//! it all.

use anyhow::{Context as _, Result, ensure};
use libtest_mimic::Trial;
use serde_json::Value;
use site_tests::browser::{Browser, Look};
use site_tests::pool::Pool;
use site_tests::site::LANGUAGES;
use thirtyfour::Key;

use crate::Context;

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    let mut trials = vec![
        context.test("simulator_page::one_call_fails", one_call),
        context.test("simulator_page::the_language_switch_keeps_the_state", language),
    ];
    for language in LANGUAGES {
        for (promise, kept) in IN_BOTH {
            let name = format!("simulator_page::{promise}::{language}");
            trials.push(context.test(name, move |pool, browser| kept(pool, browser, language)));
        }
        for width in [1440, 390] {
            let name = format!("simulator_page::no_violations::{language}::{width}");
            trials
                .push(context.test(name, move |pool, browser| {
                    no_violations(pool, browser, language, width)
                }));
        }
    }
    trials
}

/// A test of the page in one language.
pub(crate) type Kept = fn(&Pool, &Browser, &str) -> Result<()>;

/// What is kept in both languages.
const IN_BOTH: [(&str, Kept); 12] = [
    ("every_scenario_of_the_library_plays", library),
    ("docker_ps_is_empty_on_containerd", docker_ps),
    ("a_kubelet_that_calls_nothing_says_why", silent),
    ("what_opens_from_below_comes_into_sight", break_in_sight),
    ("a_scenario_asks_first", predict),
    ("mistakes_in_a_pod_have_their_place", mistakes),
    ("what_breaks_leaves_the_old_future_beside", fork),
    ("states_come_back_from_their_address", corpus),
    ("hostile_addresses_give_a_message", hostile),
    ("an_embedded_one_leads_to_the_whole", embedded),
    ("tabs_by_keyboard", tabs),
    ("what_is_pressed_keeps_the_focus", followed),
];

pub(crate) const READY: &str =
    "return !!document.querySelector('.is-live .studio .sim-inspector > div')
    && !document.querySelector('.sim-state').textContent.match(/Setting the stage|正在准备/)";
const LANES: &str = "return [...document.querySelectorAll('.sim-lanes li')].map((lane) =>
    lane.querySelector('strong').textContent + ' ' + lane.querySelector('.sim-made').classList[1])";

/// What a screen reader was told last beside the caption, as an expression.
const SAID: &str = "document.querySelector('dockershim-simulator > [role=status]').textContent";

pub(crate) fn open(pool: &Pool, browser: &Browser, language: &str, query: &str) -> Result<()> {
    browser.go("about:blank")?;
    browser.go(&pool.site.url(&format!("{language}/simulator/index.html{query}")))?;
    browser.wait_for("return !!document.querySelector('dockershim-simulator')")?;
    browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
    browser.wait_for(READY)?;
    Ok(())
}

/// What a page says in its language.
pub(crate) fn either<'a>(language: &str, english: &'a str, chinese: &'a str) -> &'a str {
    if language == "zh-CN" { chinese } else { english }
}

pub(crate) fn press(browser: &Browser, act: &str) -> Result<()> {
    let found = format!("document.querySelector('.studio [data-act=\"{act}\"]')");
    browser.wait_for(&format!("return !!{found}"))?;
    browser.run(&format!("{found}.click()"))?;
    browser.wait_for(READY)?;
    Ok(())
}

fn lanes(browser: &Browser) -> Result<Vec<String>> {
    let lanes = browser.run(LANES)?;
    let lanes = lanes.as_array().into_iter().flatten();
    Ok(lanes.filter_map(Value::as_str).map(str::to_owned).collect())
}

pub(crate) fn text(browser: &Browser, selector: &str) -> Result<String> {
    let script = format!("return document.querySelector('{selector}')?.textContent ?? ''");
    Ok(browser.run(&script)?.as_str().unwrap_or_default().to_owned())
}

fn library(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "")?;
    press(browser, "open library")?;
    let names = browser.run(
        "return [...document.querySelectorAll('.sim-cards [data-act]')]
           .map((card) => card.dataset.act.slice('scenario '.length))",
    )?;
    let names: Vec<&str> =
        names.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(names.len() >= 20, "{} scenarios: {names:?}", names.len());
    press(browser, "close")?;
    for name in names {
        press(browser, "open library")?;
        press(browser, &format!("scenario {name}"))?;
        if !text(browser, ".sim-predict")?.is_empty() {
            press(browser, "skip")?;
        }
        let problem = text(browser, ".sim-problem")?;
        ensure!(problem.is_empty(), "{name}: {problem}");
        ensure!(!text(browser, ".sim-caption")?.is_empty(), "{name} has no caption");
        let hops = text(browser, ".sim-totals")?;
        ensure!(hops.contains(either(language, "hop", "次传递")), "{name}: {hops}");
    }
    Ok(())
}

fn docker_ps(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "")?;
    press(browser, "tab terminal")?;
    browser.wait_for("return document.querySelectorAll('.sim-screen pre').length === 2")?;
    let screens = browser.run(
        "return [...document.querySelectorAll('.sim-screen pre')].map((pre) => pre.textContent)",
    )?;
    let lines = |nth: usize| screens[nth].as_str().unwrap_or_default().lines().count();
    let first = screens[0].as_str().unwrap_or_default();
    ensure!(first.contains("k8s_POD_simple"), "dockershim: {first}");
    ensure!(lines(1) < lines(0), "containerd is not empty: {}", screens[1]);
    press(browser, "tool docker-ps-a")?;
    let told = either(
        language,
        "ps -a: [0-9]+ lines; .* ps -a: CONTAINER ID",
        "ps -a：[0-9]+ 行；.* ps -a：CONTAINER ID",
    );
    let heard = format!("return /{told}/.test({SAID})");
    browser.wait_for(&heard).context("nothing is said of what was printed")?;
    Ok(())
}

fn silent(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "?sim=2~c.kubelet_1_24_flags~l.dockershim")?;
    let caption = text(browser, ".sim-caption")?;
    ensure!(caption.contains("unknown flag"), "the page opens on: {caption}");
    let version = text(browser, "[data-act=kubelet] option:checked")?;
    ensure!(version.contains("1.24"), "the kubelet is said to be {version}");
    press(browser, "last")?;
    let now = text(browser, ".sim-now")?;
    ensure!(now.starts_with("37."), "the last attempt is at 37.8 s, the clock ends at {now}");
    press(browser, "log")?;
    browser.wait_for("return !!document.querySelector('.sim-screen pre')")?;
    let screen = text(browser, ".sim-screen pre")?;
    ensure!(screen.contains("unknown flag: --network-plugin"), "the log: {screen}");
    ensure!(browser.run("return document.activeElement.id")? == "sim-panel", "out of sight");
    Ok(())
}

fn break_in_sight(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "")?;
    browser.run("document.querySelector('.sim-panels').scrollIntoView({block: 'end'})")?;
    press(browser, "open break")?;
    browser.wait_for("return document.activeElement.className === 'sim-drawer'")?;
    browser.wait_for(
        "const {top, bottom} = document.querySelector('.sim-drawer').getBoundingClientRect();
         return top >= 0 && top < innerHeight && bottom > 0",
    )?;
    Ok(())
}

/// By keyboard alone: asked, answered, and led to the moment that decides it.
fn predict(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    let seen = |selector: &str| -> Result<bool> {
        let script =
            format!("return !!document.querySelector('{selector}')?.checkVisibility() ? 1 : 0");
        Ok(browser.run(&script)? == 1)
    };
    open(pool, browser, language, "?sim=2~c.docker_ps_empty~l.containerd~q")?;
    ensure!(seen(".sim-predict")?, "nothing is asked");
    ensure!(!seen(".sim-stage")? && !seen(".sim-watch")?, "the answer is in sight");
    browser.run("document.querySelector('[data-act=\"guess 0\"]').focus()")?;
    browser.keys(Key::Enter)?;
    browser.wait_for("return document.activeElement.className === 'sim-verdict'")?;
    ensure!(seen(".sim-stage")?, "the run is still hidden");
    let wrong = text(browser, ".sim-predict .is-wrong")?;
    ensure!(
        wrong.contains(either(language, "your answer", "你的回答")),
        "the reader's own answer is not marked: {wrong}"
    );
    browser.wait_for("return location.search.endsWith('~q.0')")?;
    // The wrong answer holds on another path, which comes onto the stage.
    browser.run("document.querySelector('[data-act=\"see 0\"]').focus()")?;
    browser.keys(Key::Enter)?;
    browser.wait_for("return document.querySelectorAll('.sim-screen pre').length === 2")?;
    ensure!(
        text(browser, ".sim-screen pre")?.contains("k8s_POD_simple"),
        "Docker does not list it"
    );
    ensure!(text(browser, ".sim-now")?.starts_with("10"), "{}", text(browser, ".sim-now")?);
    press(browser, "skip")?;
    ensure!(!seen(".sim-predict")?, "it does not go away");
    let asks = "return !!document.querySelector('[data-act=ask]')";
    browser.wait_for(asks)?;
    Ok(())
}

fn mistakes(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "")?;
    press(browser, "open own")?;
    // As typed: the field still has the focus, and nothing has told of a change.
    let fill = |yaml: &str| {
        browser.run(&format!(
            "const field = document.querySelector('.sim-own textarea'); field.value = {};
             field.dispatchEvent(new Event('input', {{bubbles: true}}))",
            Value::from(yaml)
        ))
    };
    fill(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - nam: main\n",
    )?;
    press(browser, "own")?;
    let problem = text(browser, ".sim-state")?;
    ensure!(problem.contains('7'), "no line in: {problem}");
    ensure!(lanes(browser)?.len() == 2, "the stage is empty");
    fill(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: main\n    \
         image: nginx:1.27\n",
    )?;
    press(browser, "own")?;
    let now = lanes(browser)?;
    ensure!(now == ["dockershim is-simulated", "containerd is-simulated"], "{now:?}");
    browser.wait_for("return location.search.includes('~y.')")?;
    Ok(())
}

fn fork(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "?sim=2~c.simple~l.dockershim~l.containerd~a.1.t3000000")?;
    press(browser, "open break")?;
    press(browser, "break kill-container main")?;
    let now = lanes(browser)?;
    // The old future is simulated too: up to the break both have one past.
    let wanted = ["dockershim is-recorded", "containerd is-simulated", "containerd is-simulated"];
    ensure!(now == wanted, "{now:?}");
    let followed = "return [...document.querySelectorAll('.sim-lanes li')]
                      .findIndex((lane) => lane.matches('.is-followed'))";
    ensure!(browser.run(followed)? == 2, "the reader is left with the old future");
    let sources = "return document.querySelectorAll('.studio .sim-source > span').length";
    ensure!(browser.run(sources)? == 3, "the model is told of twice");
    let kill = either(language, "Kill its process", "杀死进程");
    ensure!(text(browser, ".sim-broken")?.contains(kill), "the lane does not say so");
    let wanted = either(
        language,
        "containerd: 3.000 s Kill its process main",
        "containerd：3.000 秒 杀死进程 main",
    );
    let said = format!("return {SAID} === '{wanted}'");
    browser.wait_for(&said).context("a screen reader does not say so")?;
    browser.wait_for("return location.search.includes('~f.3000000.kill-container.main')")?;
    Ok(())
}

/// The chosen call fails in a lane of its own, its link leads there, and it can be mended.
fn one_call(pool: &Pool, browser: &Browser) -> Result<()> {
    for (language, words) in [("en", "This call fails"), ("zh-CN", "这次调用失败")] {
        open(pool, browser, language, "?sim=2~c.simple~l.containerd")?;
        let choose = "const row = [...document.querySelectorAll('.sim-steps [data-act]')]
            .find((row) => row.textContent.includes('StartContainer'));
            row?.click(); return !!row";
        browser.wait_for(choose)?;
        press(browser, "open break")?;
        press(browser, "break fail-call StartContainer.0")?;
        let linked = "return /~f[.][0-9]+[.]fail-call[.]StartContainer[.]0~/.test(location.search)";
        browser.wait_for(linked)?;
        let query = browser.run("return location.search")?;
        open(pool, browser, language, query.as_str().unwrap_or_default())?;
        ensure!(lanes(browser)?.len() == 2, "{query} has lost a lane");
        let told = text(browser, ".sim-broken")?;
        ensure!(told.contains(words) && told.contains("StartContainer"), "the lane says: {told}");
        press(browser, "follow 1")?;
        press(browser, "error")?;
        let inspected = "document.querySelector('.sim-inspector').textContent";
        browser.wait_for(&format!("return {inspected}.includes('Unknown')"))?;
        let chosen = text(browser, ".sim-title")?;
        ensure!(chosen == "StartContainer", "{chosen} fails in its place");
        press(browser, "mend 1")?;
        ensure!(text(browser, ".sim-broken")?.is_empty(), "the fault is still told");
    }
    Ok(())
}

/// States that a reader can reach; each is what its own address brings back.
const CORPUS: [&str; 15] = [
    "2~c.simple~l.dockershim~l.containerd~a.0.s99",
    "2~c.crash~l.dockershim~l.cri-dockerd~l.containerd~l.cri-o~a.3.t2000000",
    "2~c.simple~l.containerd.s~a.0.t1500000~v.sequence",
    "2~c.simple~l.cri-o~a.0.t1500000~v.table~p",
    "2~c.simple~l.dockershim.s~n.7~a.0.t900000",
    "2~c.simple~l.containerd~k.1.24~a.0.t900000",
    "2~c.simple~l.dockershim~f.2000000.restart-kubelet~a.0.t2500000",
    "2~c.simple~l.dockershim~l.containerd~a.1.t3000000~v.terminal",
    "2~c.simple~l.dockershim~l.containerd~a.1.t3000000~v.terminal~t.ctr-k8s",
    "2~c.simple~l.dockershim~a.0.t1500000~v.sequence~t.node-log~s",
    "2~c.simple~l.dockershim~a.0.s116~o~p",
    "2~c.simple~l.containerd~f.900000.fail-call.StartContainer.0~a.0.t1500000",
    "2~c.crash~l.dockershim~l.containerd~a.0.t2000000~q.1",
    "2~c.simple~l.dockershim~l.containerd~a.0.t1500000~x.40~d.break",
    "v1~sim-1.containerd.s12",
];

/// What is looked at: panel, tool, scale, specification, the answer given, what is open, the speed.
const VIEWS: &str = "const pressed = (act) =>
      document.querySelector(`[data-act^=\"${act}\"][aria-pressed=true]`)?.dataset.act;
    return {
      tab: document.querySelector('[role=tab][aria-selected=true]').dataset.act,
      tool: pressed('tool ') ?? null, s: !!pressed('scale'), o: !!pressed('oci'),
      q: document.querySelector('.sim-predict li:has(em) [data-act]')?.dataset.act ?? null,
      d: document.querySelector('.sim-drawer h2')?.textContent ?? null,
      x: document.querySelector('.sim-controls select').selectedOptions[0].text,
    }";

fn corpus(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    for state in CORPUS {
        open(pool, browser, language, &format!("?sim={state}"))?;
        ensure!(text(browser, ".sim-note")?.is_empty(), "{state}: {}", text(browser, ".sim-note")?);
        let (before, caption) = (lanes(browser)?, text(browser, ".sim-caption")?);
        let views = browser.run(VIEWS)?;
        for entry in state.split('~').filter(|entry| ["s", "o"].contains(entry)) {
            ensure!(views[entry] == true, "{state} shows {views}");
        }
        if let Some((_, tool)) = state.split_once("terminal~t.") {
            ensure!(views["tool"] == *format!("tool {tool}"), "{state} shows {views}");
        }
        if let Some((_, answer)) = state.split_once("~q.") {
            ensure!(views["q"] == *format!("see {answer}"), "{state} shows {views}");
        }
        if state.contains("~x.40~d.break") {
            ensure!(
                views["d"] == either(language, "Break something now", "此刻弄坏一样东西"),
                "{state} shows {views}"
            );
            ensure!(views["x"] == "1⁄40 ×", "{state} shows {views}");
        }
        // What the page itself says of the state, once somebody has touched it.
        browser.run("history.replaceState(null, '', location.pathname)")?;
        press(browser, "open break")?;
        press(browser, "open break")?;
        browser.wait_for(&format!(
            "return location.search.includes('sim=2~')
                && location.search.includes('~d.') == {}",
            state.contains("~d.")
        ))?;
        let query = browser.run("return location.search")?;
        open(pool, browser, language, query.as_str().unwrap_or_default())?;
        ensure!(lanes(browser)? == before, "{state}: other lanes after {query}");
        ensure!(text(browser, ".sim-caption")? == caption, "{state}: another moment after {query}");
        ensure!(browser.run(VIEWS)? == views, "{state}: other views after {query}");
        if state.starts_with('2') {
            ensure!(query == *format!("?sim={state}"), "{state} is told as {query}");
        }
    }
    Ok(())
}

fn hostile(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    let hostile = [
        "2",
        "2~c.simple",
        "2~c.nowhere~l.dockershim",
        "2~c.simple~l.podman",
        "2~c.simple~l.dockershim~a.0.s99999999",
        "2~c.simple~l.dockershim~f.5.no-such-thing",
        "2~c.simple~l.dockershim~k.9.99",
        "2~y.AAAA~l.dockershim",
        "2~c.simple~l.dockershim~v.terminal~t.no-such-tool",
        "2~c.%3Cscript%3E~l.dockershim",
        "3~c.simple~l.dockershim",
    ];
    for state in hostile {
        open(pool, browser, language, &format!("?sim={state}"))?;
        browser.wait_for("return !!document.querySelector('.studio .sim-note')")?;
        ensure!(!text(browser, ".sim-caption")?.is_empty(), "`{state}` leaves no caption");
    }
    Ok(())
}

fn embedded(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "?embed=1&sim=2~c.simple~l.containerd~a.0.t1500000")?;
    let around = browser.run(
        "return [...document.querySelectorAll('.topbar, h1, .site-foot')]
           .filter((element) => element.checkVisibility()).length",
    )?;
    ensure!(around == 0, "{around} parts of the page are around the embedded one");
    let caption = text(browser, ".sim-caption")?;
    let whole = browser.run("return document.querySelector('.sim-whole').href")?;
    let whole = whole.as_str().unwrap_or_default();
    ensure!(!whole.contains("embed"), "{whole} is embedded too");
    browser.go("about:blank")?;
    browser.go(whole)?;
    browser.run("document.querySelector('dockershim-simulator').scrollIntoView()")?;
    browser.wait_for(READY)?;
    ensure!(text(browser, ".sim-caption")? == caption, "{whole} leads to another moment");
    ensure!(!text(browser, ".sim-paths")?.is_empty(), "{whole} is not the whole");
    Ok(())
}

fn language(pool: &Pool, browser: &Browser) -> Result<()> {
    open(pool, browser, "en", "?sim=2~c.crash~l.cri-o~a.0.t2000000~v.table")?;
    browser.run("document.querySelector('[data-language]').click()")?;
    browser.wait_for("return document.documentElement.lang === 'zh-CN'")?;
    browser.wait_for(READY)?;
    ensure!(lanes(browser)? == ["CRI-O is-recorded"], "other lanes");
    let tab = browser.run("return document.querySelector('[aria-selected=true]').dataset.act")?;
    ensure!(tab == "tab table", "{tab}");
    Ok(())
}

fn tabs(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "")?;
    browser.run("document.querySelector('[role=tab]').focus()")?;
    for wanted in ["sequence", "table"] {
        browser.keys(Key::Right)?;
        browser.wait_for(&format!(
            "return document.activeElement.id === 'sim-tab-{wanted}'
               && !!document.querySelector('.sim-steps.is-{wanted} [aria-current=step]')"
        ))?;
    }
    Ok(())
}

/// The inspector is drawn anew for what its button does, with another button in it.
fn followed(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "?sim=2~c.simple~l.dockershim~l.containerd~a.0.s80")?;
    browser.run("document.querySelector('.sim-translation').open = true")?;
    for pressed in ["true", "false"] {
        browser.run("document.querySelector('[data-act=oci]').focus()")?;
        browser.keys(Key::Enter)?;
        browser.wait_for(&format!(
            "const on = document.activeElement;
             return on.matches('[data-act=oci][aria-pressed={pressed}]') && on.checkVisibility()"
        ))?;
    }
    Ok(())
}

fn no_violations(pool: &Pool, browser: &Browser, language: &str, width: u32) -> Result<()> {
    for dark in [false, true] {
        browser.look(Look { size: (width, 900), dark, still: true, ..Look::default() })?;
        open(pool, browser, language, "?sim=2~c.simple~l.dockershim~l.containerd.s~k.1.24")?;
        let states = [
            // Playing, and stopped.
            "toggle",
            "toggle",
            "open library",
            "open own",
            "open break",
            "open share",
            "tab sequence",
            "scale",
            "tab table",
            "tab terminal",
            "ask",
            "guess 1",
        ];
        for state in states {
            if state == "ask" {
                open(pool, browser, language, "?sim=2~c.crash~l.dockershim~l.containerd.s")?;
            }
            press(browser, state)?;
            std::thread::sleep(std::time::Duration::from_millis(150));
            let violations = browser.axe()?;
            ensure!(violations.is_empty(), "{state}, dark {dark}: {}", violations.join("\n"));
        }
    }
    Ok(())
}
