//! How fast the model is in a browser: `SITE_DIR` has `model.wasm`, the module of `simulator-proofs`.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

use anyhow::{Context, Result};
use site_tests::engine::{Engine, Installed};
use site_tests::pool::Pool;
use site_tests::site;

/// Plays `simple` many times and a day of a full node once, and looks instants of that day up, on
/// each path.
const SCRIPT: &str = "
const taken = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const times = 200;
return fetch('model.wasm').then((answer) => answer.arrayBuffer())
  .then((bytes) => WebAssembly.instantiate(bytes, {}))
  .then(({ instance: { exports: model } }) => {
    const simple = model.scenario_number_of_simple();
    return ['dockershim', 'cri-dockerd', 'containerd', 'cri-o'].map((path, number) => {
      model.play(simple, number, times);
      const run = taken(() => model.play(simple, number, times)) / times;
      const day = taken(() => model.play_hours(24, number));
      model.put_hours_by(24, number);
      // Whole numbers by a rule, so that each run looks the same instants up.
      const seeks = Array.from({ length: 500 }, (_, index) => {
        const at = (index * 7919 % 500) / 500 * 86400000;
        return Math.min(taken(() => model.seek(at)), taken(() => model.seek(at)));
      }).sort((one, other) => one - other);
      return `  ${path.padEnd(12)} simple, whole run ${run.toFixed(2).padStart(6)} ms;`
        + `  24 h, 110 pods ${day.toFixed(0).padStart(6)} ms;`
        + `  seek ${seeks[250].toFixed(2)} ms median, ${seeks[499].toFixed(2)} ms longest;`
        + `  ${(model.memory.buffer.byteLength / 1048576).toFixed(0)} MiB`;
    });
  });";

fn main() -> Result<()> {
    let dir = site::dir().context("SITE_DIR names no folder; use `cargo xtask bench`")?;
    let installed = Installed::from_environment(Engine::Chromium)
        .context("CHROMIUM and CHROMEDRIVER are not set; use `cargo xtask bench`")?;
    let pool = Pool::start(installed, &dir)?;
    pool.with_browser(|browser| {
        browser.go(&pool.site.url("index.html"))?;
        let lines = browser.run(SCRIPT)?;
        for line in lines.as_array().into_iter().flatten() {
            println!("{}", line.as_str().unwrap_or_default());
        }
        Ok(())
    })?;
    pool.stop();
    Ok(())
}
