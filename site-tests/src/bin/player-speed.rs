//! How the simulator feels in a browser: `SITE_DIR` is the built site. Prints what a reader waits
//! for on load, how long a frame takes in a run of a hundred thousand calls, and what is left in
//! memory after an hour of play.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use site_tests::browser::Browser;
use site_tests::engine::{Engine, Installed};
use site_tests::pool::Pool;
use site_tests::site;

/// A page of text with a figure, and the big page.
const PAGES: [&str; 2] = ["en/index.html", "en/simulator/index.html"];
/// How many times a page is loaded. The quickest counts, as other work only makes it slower; of the
/// first picture the one in the middle, as a slow script would flatter it.
const LOADS: usize = 7;
/// How much slower than this machine the one that loads is, as a number of times.
const SLOWER: u32 = 4;

/// Notes when the static picture is on the screen, when the simulator's script starts, when the live
/// picture is on the screen, and long tasks.
const WATCH: &str = "
const seen = globalThis.seen = { tasks: [] };
const painted = (name) => requestAnimationFrame(() => setTimeout(() => { seen[name] = performance.now(); }));
const parsed = new MutationObserver(() => {
  if (!document.querySelector('.sim-static .sim-svg')) return;
  parsed.disconnect();
  painted('first');
});
parsed.observe(document, { subtree: true, childList: true });
new PerformanceObserver((list) => seen.tasks.push(...list.getEntries()))
  .observe({ type: 'longtask', buffered: true });
const define = customElements.define.bind(customElements);
customElements.define = (...element) => { seen.script ??= performance.now(); define(...element); };
const drawn = new MutationObserver(() => {
  if (!document.querySelector('.is-live .sim-live .sim-svg')) return;
  drawn.disconnect();
  painted('live');
});
drawn.observe(document, { subtree: true, childList: true, attributeFilter: ['class'] });";

/// ms from script to the first picture (it may be there before) and to the live one, and the longest
/// task since the script started, 0 below 50 ms.
const SEEN: &str = "
return [seen.first - seen.script, seen.live - seen.script, Math.max(0, ...seen.tasks
  .filter((task) => task.startTime + task.duration > seen.script).map((task) => task.duration))]";

/// A pod that is watched for hours: more than a hundred thousand calls, nearly all of them polls.
const LONG: &str = "
format: scenario/1
name: long
about: Hours of one pod.
source: static
manifests:
- {apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: main, image: '127.0.0.1:5000/library/busybox:1.36'}]}}
behaviour:
  main: [{runs: forever, on_term: ignored}]
steps:
- {at: 0s, do: apply, pod: web}
- {at: 390m, do: delete, pod: web}
";

/// Puts a text onto the stage and shows the polls; the number of polls.
const STAGE: &str = "
const find = (selector) => document.querySelector(selector);
const settled = async (ready) => {
  for (let waits = 0; !ready(); waits += 1) {
    if (waits > 2000) throw new Error(find('.sim-state').textContent);
    await new Promise((go) => setTimeout(go, 50));
  }
};
find('[data-act=\"open own\"]').click();
await settled(() => find('.sim-own textarea'));
const field = find('.sim-own textarea');
field.value = arguments[0];
field.dispatchEvent(new Event('change', { bubbles: true }));
find('[data-act=own]').click();
await settled(() => find('.sim-state').textContent === '' && find('.is-simulated'));
find('.sim-check input').click();
await settled(() => find('.sim-check input').checked);
return Number(/\\d+/.exec(find('.sim-controls .sim-check').textContent)[0]);";

/// Scrubs once across, an instant a frame. For each frame how long the browser worked on it, and
/// how long after the one before it came, in ms, in order of size; and the elements on the page.
const SCRUB: &str = "
const slider = document.querySelector('.sim-slider');
const frame = () => new Promise(requestAnimationFrame);
const drawn = () => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = done;
  channel.port2.postMessage(null);
});
const work = [], apart = [];
await new Promise((rested) => setTimeout(rested, 1000));
let before = await frame();
for (let px = 2; px < 1000; px += 2) {
  const now = await frame();
  apart.push(now - before);
  before = now;
  const start = performance.now();
  slider.value = px;
  slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await drawn();
  work.push(performance.now() - start);
}
const sorted = (numbers) => numbers.sort((one, other) => one - other);
return [sorted(work), sorted(apart), document.querySelectorAll('.studio *').length];";

/// From here on a tenth of a second passes from frame to frame, whatever the clock on the wall says.
const HURRY: &str = "
let now = performance.now(), asked = new Map(), number = 0;
globalThis.frames_seen = 0;
globalThis.requestAnimationFrame = (callback) => { asked.set(++number, callback); return number; };
globalThis.cancelAnimationFrame = (one) => asked.delete(one);
const turn = () => {
  now += 100;
  frames_seen += 1;
  const due = [...asked.values()];
  asked.clear();
  due.forEach((callback) => callback(now));
  setTimeout(turn);
};
turn();
document.querySelector('.sim-controls select').selectedIndex = 3;
document.querySelector('.sim-controls select')
  .dispatchEvent(new Event('change', { bubbles: true }));";

/// How many frames [`HURRY`] makes of a minute.
const FRAMES_A_MINUTE: u32 = 600;

/// Plays so many frames, again from the start whenever the run has ended.
const PLAY: &str = "
const until = frames_seen + arguments[0];
const play = document.querySelector('[data-act=toggle]');
let paused = play.getAttribute('aria-label');
while (frames_seen < until) {
  if (play.getAttribute('aria-label') === paused) play.click();
  await new Promise((go) => setTimeout(go, 20));
}
if (play.getAttribute('aria-label') !== paused) play.click();";

fn main() -> Result<()> {
    let dir = site::dir().context("SITE_DIR names no site; use `cargo xtask bench`")?;
    let installed = Installed::from_environment(Engine::Chromium)
        .context("CHROMIUM and CHROMEDRIVER are not set; use `cargo xtask bench`")?;
    let pool = Pool::start(installed, &dir)?;
    for page in PAGES {
        pool.with_browser(|browser| load(&pool, browser, page))?;
    }
    pool.with_browser(|browser| {
        browser.go(&pool.site.url("en/simulator/index.html?sim=2~c.simple~l.containerd"))?;
        browser.wait_for("return !!document.querySelector('.studio .sim-steps li')")?;
        let polls = script(browser, STAGE, vec![json!(LONG)])?;
        ensure!(polls.as_u64() > Some(100_000), "what is to be scrubbed: {polls}");
        for tab in ["steps", "sequence", "table"] {
            scrub(browser, tab, &polls)?;
        }
        play(browser)
    })?;
    pool.stop();
    Ok(())
}

/// A script that may wait.
fn script(browser: &Browser, text: &str, arguments: Vec<Value>) -> Result<Value> {
    let waiting = format!(
        "const [done] = [...arguments].slice(-1);
         (async () => {{ {text} }})().then(done, (error) => done(String(error)))"
    );
    // An arrow function has the arguments of the one around it.
    browser.run_async(&waiting, arguments)
}

fn load(pool: &Pool, browser: &Browser, page: &str) -> Result<()> {
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }))?;
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER }))?;
    let (mut first, mut live, mut task) = (Vec::new(), f64::INFINITY, f64::INFINITY);
    for _ in 0..LOADS {
        browser.go("about:blank")?;
        browser.devtools("Network.clearBrowserCache", json!({}))?;
        browser.go(&pool.site.url(page))?;
        browser.wait_for("return globalThis.seen.live ?? false")?;
        // What follows the picture is part of loading as well.
        std::thread::sleep(std::time::Duration::from_millis(1500));
        let seen = browser.run(SEEN)?;
        let [of_first, of_live, of_task] =
            [0, 1, 2].map(|at| seen[at].as_f64().unwrap_or(f64::INFINITY));
        first.push(of_first);
        (live, task) = (live.min(of_live), task.min(of_task));
    }
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }))?;
    first.sort_by(f64::total_cmp);
    let first = first[LOADS / 2];
    let task = if task < 50.0 { "below 50 ms".to_owned() } else { format!("{task:.0} ms") };
    println!(
        "  {page:28} after script: static picture {first:.0} ms (100), live {live:.0} ms, \
         longest task {task} (50)"
    );
    Ok(())
}

fn scrub(browser: &Browser, tab: &str, polls: &Value) -> Result<()> {
    browser.run(&format!("document.querySelector('[data-act=\"tab {tab}\"]').click()"))?;
    let told = script(browser, SCRUB, vec![])?;
    let of = |which: usize, percent: usize| {
        let all = told[which].as_array().map_or(&[][..], Vec::as_slice);
        all.get(all.len() * percent / 100).and_then(Value::as_f64).unwrap_or(f64::NAN)
    };
    ensure!(told[2].is_u64(), "scrubbing: {told}");
    println!(
        "  scrubbing {polls} polls, {tab:8} {:5.1} ms a frame, 95 % below {:5.1} ms (16.7), \
         99 % {:5.1} ms; every {:.1} ms, 95 % {:.1} ms; {} elements",
        of(0, 50),
        of(0, 95),
        of(0, 99),
        of(1, 50),
        of(1, 95),
        told[2]
    );
    Ok(())
}

fn play(browser: &Browser) -> Result<()> {
    browser.run("document.querySelector('[data-act=\"tab steps\"]').click()")?;
    browser.run(HURRY)?;
    let mut played = 0;
    for until in [1, 10, 60] {
        // A minute a script, as a script has a limited time.
        for _ in played..until {
            let told = script(browser, PLAY, vec![json!(FRAMES_A_MINUTE)])?;
            ensure!(told.is_null(), "playing: {told}");
        }
        played = until;
        browser.devtools("HeapProfiler.collectGarbage", json!({}))?;
        let memory = script(browser, MEMORY, vec![])?;
        let [heap, wasm, elements] = [0, 1, 2].map(|at| memory[at].as_f64().unwrap_or(f64::NAN));
        println!(
            "  after {played:2} min of play: JavaScript {heap:.1} MiB, wasm {wasm:.1} MiB, \
             {elements} elements"
        );
    }
    Ok(())
}

/// MiB of JavaScript, MiB of the player's wasm, and the elements on the page.
const MEMORY: &str = "
const element = document.querySelector('dockershim-simulator');
const player = await import(new URL(element.getAttribute('data-module'), document.baseURI).href);
const { memory } = await player.default();
return [performance.memory.usedJSHeapSize / 1048576, memory.buffer.byteLength / 1048576,
  document.querySelectorAll('*').length];";
