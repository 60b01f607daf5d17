//! The big page: what stands where, at every width.

use anyhow::{Context as _, Result, ensure};
use libtest_mimic::Trial;
use site_tests::browser::{Browser, Look};
use site_tests::pool::Pool;

use crate::Context;
use crate::simulator_page::{Kept, READY, open};

pub(crate) fn trials(context: &Context) -> Vec<Trial> {
    context.in_both("simulator_layout", IN_BOTH)
}

/// What is kept in both languages.
const IN_BOTH: [(&str, Kept); 4] = [
    ("a_link_on_a_phone_shows_its_moment", linked_moment),
    ("arrows_of_the_sequence_end_on_their_lines", on_lines),
    ("the_controls_take_two_rows_at_most", two_rows),
    ("no_field_is_broken_in_two", whole_names),
];

/// Whoever follows a link to a moment has its words, its terminal or what it opens before them; and
/// the tabs are not covered by the sheet below them.
fn linked_moment(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    browser.look(Look { size: (390, 844), ..Look::default() })?;
    let lanes = "2~c.simple~l.dockershim~l.containerd";
    let go = |state: &str| -> Result<()> {
        browser.go("about:blank")?;
        browser.go(&pool.site.url(&format!("{language}/simulator/index.html{state}")))?;
        browser.wait_for(READY)?;
        Ok(())
    };
    let states =
        [("", ".sim-caption"), ("~v.terminal", "#sim-panel"), ("~d.break", ".sim-drawer h2")];
    for (state, shown) in states {
        go(&format!("?sim={lanes}~a.0.s80{state}"))?;
        browser
            .wait_for(&format!(
                "const {{top, bottom}} = document.querySelector('{shown}').getBoundingClientRect();
                 return top > 0 && bottom < innerHeight"
            ))
            .with_context(|| format!("{shown} is out of sight"))?;
    }
    go(&format!("?sim={lanes}~a.0.s80"))?;
    let covered = "const tabs = document.querySelector('[role=tablist]');
         scrollTo({top: scrollY + tabs.getBoundingClientRect().bottom - innerHeight + 60,
                   behavior: 'instant'});
         const {left, top, width, height} = tabs.lastElementChild.getBoundingClientRect();
         const there = document.elementFromPoint(left + width / 2, top + height / 2);
         return there !== tabs.lastElementChild";
    ensure!(browser.run(covered)? == false, "something covers the tabs");
    go("")?;
    ensure!(browser.run("return scrollY")? == 0, "a page without a moment moves by itself");
    Ok(())
}

/// Calls and answers alike.
fn on_lines(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    browser.look(Look { size: (1440, 900), still: true, ..Look::default() })?;
    open(pool, browser, language, "?sim=2~c.simple~l.dockershim~a.0.s80~v.sequence")?;
    browser.wait_for("return !!document.querySelector('.sq-end .sq-hop')")?;
    let off = browser.run(
        "const middle = ({left, width}) => left + width / 2;
         const lines = [...document.querySelectorAll('.sq-heads > span + span')]
           .map((head) => middle(head.getBoundingClientRect()));
         return [...document.querySelectorAll('.sq-hop')].flatMap((hop) => {
           hop.closest('li').style.contentVisibility = 'visible';
           const {left, right} = hop.getBoundingClientRect();
           return [left, right].map((at) => Math.min(...lines.map((line) => Math.abs(line - at))));
         }).filter((far) => far > 8).length",
    )?;
    ensure!(off == 0, "{off} ends are beside the lines");
    Ok(())
}

/// From a tablet on; and the moment in words is in sight above them.
fn two_rows(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    for width in [768, 1024, 1440] {
        browser.look(Look { size: (width, 900), still: true, ..Look::default() })?;
        open(pool, browser, language, "?sim=2~c.simple~l.dockershim~l.containerd~l.cri-o")?;
        browser.run("scrollTo(0, 200)")?;
        let rows = browser.run(
            "const middles = [...document.querySelector('.sim-controls').children]
               .map((it) => it.getBoundingClientRect()).map(({top, bottom}) => (top + bottom) / 2);
             return middles.sort((a, b) => a - b)
               .filter((middle, at) => at === 0 || middle - middles[at - 1] > 10).length",
        )?;
        ensure!(rows.as_u64().is_some_and(|rows| rows <= 2), "{rows} rows at {width}");
        let seen = browser.run(
            "const caption = document.querySelector('.sim-caption').getBoundingClientRect();
             const controls = document.querySelector('.sim-controls').getBoundingClientRect();
             return caption.top > 0 && caption.bottom <= controls.top + 8
               ? '' : `${caption.top} to ${caption.bottom}, controls from ${controls.top} of ${innerHeight}`",
        )?;
        ensure!(seen == "", "no words in sight at {width}: {seen}");
    }
    Ok(())
}

/// A place in a message may end a line between two of its names, not within one.
fn whole_names(pool: &Pool, browser: &Browser, language: &str) -> Result<()> {
    for width in [390, 1440] {
        browser.look(Look { size: (width, 900), ..Look::default() })?;
        open(pool, browser, language, "?sim=2~c.simple~l.dockershim~a.0.s80~o")?;
        browser
            .wait_for("return document.querySelectorAll('.sim-translation code').length > 40")?;
        let broken = browser.run(
            "const lines = (name) => {
               const range = document.createRange();
               range.selectNodeContents(name);
               return new Set([...range.getClientRects()].map((line) => line.top)).size;
             };
             return [...document.querySelectorAll('.sim-translation code')]
               .flatMap((code) => [...code.childNodes])
               .filter((name) => name.data && !name.data.includes(' ') && lines(name) > 1)
               .map((name) => name.data).join()",
        )?;
        ensure!(broken == "", "at {width} px in two lines: {broken}");
    }
    Ok(())
}
