//! The picture of a scene as SVG text.
//!
//! Every colour is a class; the style sheet gives it its value, with another for the dark. What a
//! colour says, a shape, a line style or a word says too.

mod lanes;
mod marks;

use std::fmt::Write as _;

use crate::escape::escape;
use crate::scene::{CLOCK_PX, LifeBar, PhaseSpan, RunScene, Scene, TITLE_PX, text_px};
use crate::{Lang, Run, duration};

/// The picture as one `<svg>` element. `id` keeps the ids of two pictures on a page apart.
pub fn svg(id: &str, scene: &Scene, runs: &[&Run], lang: Lang) -> String {
    let (width, height) = (scene.width, scene.height);
    let mut out = format!(
        "<svg class=\"sim-svg\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} \
         {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-t\" \
         aria-describedby=\"{id}-d\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">",
        escape(&description(runs, lang))
    );
    for run in runs {
        write_rows(&mut out, run, lang);
    }
    // A picture has no parts to be read; Firefox hands them on all the same.
    out.push_str("</desc><g aria-hidden=\"true\">");
    for part in &scene.runs {
        lanes::write(&mut out, scene, part, runs[part.run], lang);
        part.spans.iter().for_each(|span| write_span(&mut out, part, span, lang));
        part.lives.iter().for_each(|life| write_life(&mut out, life));
        marks::write_arrows(&mut out, &part.arrows);
        marks::write_bars(&mut out, &part.bars);
    }
    write_clock(&mut out, scene, lang);
    out.push_str("</g></svg>");
    out
}

/// The picture in a sentence, for those who do not see it; the list says the rest.
pub fn description(runs: &[&Run], lang: Lang) -> String {
    let mut names = String::new();
    for run in runs {
        if !names.is_empty() {
            names.push_str(lang.pick(" and ", " 和 "));
        }
        names.push_str(run.path().title());
    }
    match lang {
        Lang::En => format!(
            "Lanes for the processes between the kubelet and the container, with {names}: who \
             called whom, and how long each call took. The list below says the same in words."
        ),
        Lang::ZhCn => format!(
            "kubelet 与容器之间各进程的泳道图（{names}）：谁调用了谁，每次调用花了多久。下面的列表用文字说明同样的内容。"
        ),
    }
}

/// What is drawn beside the lanes, in words: the socket into each, and whose child it is.
fn write_rows(out: &mut String, run: &Run, lang: Lang) {
    let [over, of, next, end] = match lang {
        Lang::En => [", over ", ", child of ", "; ", ". "],
        Lang::ZhCn => ["，经 ", "，父进程 ", "；", "。"],
    };
    let mut gap = lang.pick(": ", "：");
    out.push_str(run.path().title());
    for actor in run.lanes() {
        for text in [gap, actor.name(lang)] {
            out.push_str(text);
        }
        gap = next;
        let parent = actor.parent(run.path()).map(|parent| parent.name(lang));
        for (before, text) in [(over, actor.socket(run.path())), (of, parent)] {
            if let Some(text) = text {
                out.push_str(before);
                out.push_str(text);
            }
        }
    }
    out.push_str(end);
}

fn write_span(out: &mut String, part: &RunScene, span: &PhaseSpan, lang: Lang) {
    let Some(kubelet) = part.lanes.first() else { return };
    let (x, width) = (span.x, span.width);
    let y = kubelet.y + (kubelet.height - 18) / 2;
    write_rect(out, "span a-kubelet", 3, [x, y, width, 18]);
    if span.named {
        write_text(out, "name", x + 5, y + 13, span.phase.word(lang));
    }
}

fn write_life(out: &mut String, life: &LifeBar) {
    let (x, y) = (life.x, life.y);
    let class = "life a-".to_owned() + life.actor.class();
    write_rect(out, &class, 2, [x, y, life.width, 13]);
    if let Some(label) = &life.label {
        write_text(out, "name", x + 5, y + 10, label);
    }
}

fn write_clock(out: &mut String, scene: &Scene, lang: Lang) {
    let y = scene.clock_y;
    for segment in &scene.axis.segments {
        let (from, to) = (segment.from_px, segment.to_px);
        let _ = write!(out, "<path class=\"axis\" d=\"M{from} {y}H{to}\"/>");
    }
    for tick in scene.axis.ticks(58) {
        let _ = write!(out, "<path class=\"axis\" d=\"M{} {y}v5\"/>", tick.px);
        write_text(out, "tick", tick.px, y + 17, &tick_words(tick.at_us, lang));
    }
    let mut reached = 0;
    for (px, left_out_us) in scene.axis.breaks() {
        for part in &scene.runs {
            let (top, bottom) = (part.top + TITLE_PX, part.bottom());
            let _ = write!(out, "<path class=\"break\" d=\"M{px} {top}V{bottom}\"/>");
        }
        let words = format!("+{}", duration(left_out_us, lang));
        // Where breaks are close, not every one has room for its words.
        let half = text_px(&words) / 2;
        if px - half > reached {
            write_text(out, "gap", px, y + CLOCK_PX - 5, &words);
            reached = px + half;
        }
    }
}

/// Seconds, with as many digits as the instant has.
fn tick_words(at_us: i64, lang: Lang) -> String {
    let millis = at_us.abs() / 1_000;
    let sign = if at_us < 0 { "−" } else { "" };
    let (seconds, rest) = (millis / 1_000, millis % 1_000);
    let unit = lang.pick("s", "秒");
    match rest {
        0 => format!("{sign}{seconds} {unit}"),
        rest if rest % 100 == 0 => format!("{sign}{seconds}.{} {unit}", rest / 100),
        rest if rest % 10 == 0 => format!("{sign}{seconds}.{:02} {unit}", rest / 10),
        rest => format!("{sign}{seconds}.{rest:03} {unit}"),
    }
}

// These two are called from everywhere: a copy in each place would make the player larger.
#[inline(never)]
fn write_text(out: &mut String, class: &str, x: i32, y: i32, text: &str) {
    let _ = write!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(text));
}

#[inline(never)]
fn write_rect(out: &mut String, class: &str, rx: i32, [x, y, width, height]: [i32; 4]) {
    let _ = write!(
        out,
        "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
         rx=\"{rx}\"/>"
    );
}
