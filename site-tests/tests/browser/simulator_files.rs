//! What a reader takes along: files in every format, and pictures that stand by themselves.

use anyhow::{Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::{Browser, Look};
use site_tests::pool::Pool;
use site_tests::site::LANGUAGES;

use crate::Context;
use crate::simulator_page::{open, press};

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    let mut trials = vec![context.test("simulator_files::pictures_stand_by_themselves", pictures)];
    for language in LANGUAGES {
        let name = format!("simulator_files::of_every_format::{language}");
        trials.push(context.test(name, move |pool, browser| files(pool, browser, language)));
    }
    trials
}

fn files(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    open(pool, browser, language, "")?;
    browser.run(
        "window.saved = [];
         HTMLAnchorElement.prototype.click = function () {
           fetch(this.href).then(async (answer) => saved.push([this.download, await answer.text()]));
         }",
    )?;
    press(browser, "open share")?;
    for format in ["jsonl", "jaeger", "mermaid", "svg", "png", "storyboard"] {
        press(browser, &format!("save {format}"))?;
    }
    browser.wait_for("return saved.length === 6")?;
    let saved = browser.run("return Object.fromEntries(saved)")?;
    for (name, begin) in [
        ("simple-dockershim.jsonl", "{"),
        ("simple-dockershim.jaeger.json", "{\"data\""),
        ("simple-dockershim.mmd", "sequenceDiagram"),
        ("simple-dockershim.svg", "<svg"),
        ("simple-dockershim.html", "<!DOCTYPE html>"),
    ] {
        let text = saved[name].as_str().unwrap_or_default();
        ensure!(text.starts_with(begin), "{name} begins with {text:.60}");
    }
    // Its picture has its styles within: style sheets do not go along.
    let page = saved["simple-dockershim.html"].as_str().unwrap_or_default();
    ensure!(page.contains("stroke-width:") && !page.contains("<link"), "{page:.2000}");
    ensure!(
        saved["simple-dockershim.png"].as_str().is_some_and(|png| png.len() > 10_000),
        "no PNG"
    );
    Ok(())
}

/// In the dark, whose letters nobody could read on white; and without colours that only browsers
/// know, as other programs paint those black.
fn pictures(pool: &Pool, browser: &Browser) -> Result<()> {
    browser.look(Look { dark: true, still: true, ..Look::default() })?;
    open(pool, browser, "en", "?sim=2~c.simple~l.dockershim~l.containerd.s")?;
    browser.run(
        "window.saved = {};
         HTMLAnchorElement.prototype.click = function () {
           fetch(this.href).then((answer) => answer.blob()).then((file) => {
             saved[this.download.split('.').pop()] = file;
           });
         }",
    )?;
    press(browser, "open share")?;
    press(browser, "save svg")?;
    press(browser, "save png")?;
    browser.wait_for("return !!saved.svg && !!saved.png")?;
    browser.run(
        r#"(async () => {
           const text = await saved.svg.text();
           const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
           const png = await createImageBitmap(saved.png);
           const canvas = new OffscreenCanvas(1, 1).getContext('2d');
           canvas.drawImage(png, 0, 1 - png.height);
           const [red, green, blue, opaque] = canvas.getImageData(0, 0, 1, 1).data;
           window.told = {
             page: getComputedStyle(document.documentElement).backgroundColor,
             svg: svg.querySelector('svg > rect')?.getAttribute('fill'),
             png: `rgb(${red}, ${green}, ${blue})`,
             opaque,
             unknown: text.match(/\b(fill|stroke):(?!none;|rgba?\()[^;"]*/g) ?? [],
           };
         })()"#,
    )?;
    let told = browser.wait_for("return window.told ?? null")?;
    let page = &told["page"];
    ensure!(page != "rgb(255, 255, 255)" && told["opaque"] == 255, "{told}");
    ensure!(told["svg"] == *page && told["png"] == *page, "{told}");
    ensure!(told["unknown"].as_array().is_some_and(Vec::is_empty), "{told}");
    Ok(())
}
