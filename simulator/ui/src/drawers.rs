//! What opens under the head of the big page: scenarios, one's own pod, faults, things to take along.

use std::fmt::Write as _;

use simulator_model::RuntimePath;
use simulator_view::{Lang, escape};

use crate::command::Format;
use crate::figure::Figure;
use crate::markup::{push, write_button, write_check, write_switch};
use crate::panel::Drawer;
use crate::playback::Playback;
use crate::setup::{FAIL_CALL, FAULTS_MAX, LANES_MAX, call_name};
use crate::studio::Studio;

/// The drawer that is open.
pub(crate) fn write_drawer(
    out: &mut String,
    studio: &Studio,
    figure: &Figure,
    playback: &Playback,
    lang: Lang,
) {
    let Some(drawer) = studio.drawer else { return };
    let label = match drawer {
        Drawer::Library => lang.pick("Scenarios", "场景"),
        Drawer::Own => lang.pick("Your own pod", "自己的 Pod"),
        Drawer::Break => lang.pick("Break something now", "此刻弄坏一样东西"),
        Drawer::Share => lang.pick("Share", "分享与导出"),
    };
    push(
        out,
        &[
            "<section class=\"sim-drawer\" aria-label=\"",
            label,
            "\" tabindex=\"-1\"><h2>",
            label,
            "</h2>",
        ],
    );
    write_button(out, "close", " class=\"sim-close\"", lang.pick("Close", "关闭"));
    match drawer {
        Drawer::Library => write_library(out, studio, lang),
        Drawer::Own => write_own(out, studio, lang),
        Drawer::Break => write_breaks(out, studio, figure, playback, lang),
        Drawer::Share => write_share(out, studio, lang),
    }
    out.push_str("</section>");
}

fn write_library(out: &mut String, studio: &Studio, lang: Lang) {
    *out += "<div><input type=\"search\" data-find=\"\" data-field=\"\" ";
    *out += lang.pick(
        "placeholder=\"Find a scenario: type, or ↑ ↓ ← →\"",
        "placeholder=\"查找场景：输入文字，或按 ↑ ↓ ← →\"",
    );
    *out += "><span role=\"status\"></span><ul class=\"sim-cards\" tabindex=\"-1\">";
    for entry in studio.library.entries() {
        let chosen = entry.name == studio.setup.scenario;
        let comma = lang.pick(", ", "、");
        let mut recorded = String::new();
        for (path, _) in &entry.recorded {
            let before = match (recorded.is_empty(), lang) {
                (false, _) => comma,
                (true, Lang::En) => "recorded: ",
                (true, Lang::ZhCn) => "有录制：",
            };
            recorded.push_str(before);
            recorded.push_str(path.title());
        }
        if recorded.is_empty() {
            lang.pick("simulated", "模拟").clone_into(&mut recorded);
        }
        let (title, question) = (escape(&entry.title), escape(&entry.question));
        let card =
            format!("<strong>{title}</strong><span>{question}</span><small>{recorded}</small>");
        *out += "<li>";
        write_switch(out, &format!("scenario {}", escape(&entry.name)), chosen, &card);
        *out += "</li>";
    }
    *out += "</ul></div>";
}

fn write_own(out: &mut String, studio: &Studio, lang: Lang) {
    let hint = lang.pick(
        "Paste or drop a Pod, Deployment, DaemonSet, Job, CronJob or StatefulSet; several documents \
         too. Nothing leaves this page.",
        "粘贴或拖入 Pod、Deployment、DaemonSet、Job、CronJob 或 StatefulSet，可以有多个文档。内容不会离开本页。",
    );
    push(
        out,
        &[
            "<div class=\"sim-own\"><label>",
            hint,
            "<textarea data-act=\"draft\" data-field=\"\" data-drop=\"\" rows=\"12\" \
             spellcheck=\"false\" autocapitalize=\"off\" placeholder=\"",
            EXAMPLE,
            // The first line end in a text area is none of its text.
            "\">\n",
            &escape(&studio.draft),
            "</textarea></label><p>",
        ],
    );
    write_button(out, "own", " class=\"sim-primary\"", lang.pick("Run it", "运行"));
    push(
        out,
        &[
            " <label class=\"sim-file\">",
            lang.pick("Open a file", "打开文件"),
            "<input type=\"file\" data-file=\"\" data-field=\"\" accept=\".yaml,.yml,.json\">\
             </label></p></div>",
        ],
    );
}

const EXAMPLE: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
                       - name: main\n    image: nginx\n";

/// What can break, as the engine calls it.
const BREAKS: [(&str, Target, &str, &str); 18] = [
    (FAIL_CALL, Target::Call, "This call fails (gRPC Unknown)", "这次调用失败（gRPC Unknown）"),
    ("kill-container", Target::Container, "Kill its process", "杀死进程"),
    ("oom-kill", Target::Container, "Out of memory", "内存耗尽"),
    ("kill-sandbox", Target::Pod, "Kill its pause process", "杀死 pause 进程"),
    ("delete", Target::Pod, "Delete the pod", "删除 Pod"),
    ("stop-runtime", Target::Node, "Stop the runtime for 10 s", "停止运行时 10 秒"),
    ("crash-runtime", Target::Node, "Crash the runtime", "让运行时崩溃"),
    ("crash-cri-dockerd", Target::Node, "Crash cri-dockerd", "让 cri-dockerd 崩溃"),
    (
        "crash-containerd",
        Target::Node,
        "Crash containerd below Docker",
        "让 Docker 之下的 containerd 崩溃",
    ),
    ("restart-kubelet", Target::Node, "Restart the kubelet", "重启 kubelet"),
    ("registry-down", Target::Node, "Registry refuses", "镜像仓库拒绝连接"),
    ("registry-unavailable", Target::Node, "Registry answers 503", "镜像仓库返回 503"),
    ("registry-stalls", Target::Node, "Registry stalls", "镜像仓库停滞"),
    ("lose-cni", Target::Node, "Take the CNI configuration away", "移走 CNI 配置"),
    ("remove-pause-image", Target::Node, "Remove the pause image", "删除 pause 镜像"),
    ("docker-build", Target::Node, "docker build the pods' images", "docker build 各 Pod 的镜像"),
    ("import-images", Target::Node, "Import them from Docker", "从 Docker 导入这些镜像"),
    ("fill-disk", Target::Node, "Fill the disk", "写满磁盘"),
];

/// What is said where nothing can be done with what is on the stage.
pub(crate) fn mend_first(lang: Lang) -> &'static str {
    lang.pick("First mend what is wrong.", "请先改正上面的错误。")
}

/// The words for a fault.
pub(crate) fn told(fault: &str, lang: Lang) -> &'static str {
    let found = BREAKS.iter().find(|(what, ..)| *what == fault);
    found.map_or("", |(_, _, en, zh)| lang.pick(en, zh))
}

#[derive(Clone, Copy, PartialEq)]
enum Target {
    Call,
    Container,
    Pod,
    Node,
}

fn write_breaks(
    out: &mut String,
    studio: &Studio,
    figure: &Figure,
    playback: &Playback,
    lang: Lang,
) {
    let Some(run) = figure.run(playback.run) else { return };
    if !studio.problems.is_empty() {
        return push(out, &["<p>", mend_first(lang), "</p>"]);
    }
    let lanes = &studio.setup.lanes;
    if lanes.get(playback.run).is_some_and(|lane| lane.faults.len() >= FAULTS_MAX) {
        let full = lang.pick(
            "This lane holds no more breaks. Mend it, and break something else.",
            "这条路径上不能再弄坏更多了。先复原，再弄坏别的。",
        );
        return push(out, &["<p>", full, "</p>"]);
    }
    let (containers, pods) = Studio::victims(run);
    let at = simulator_view::instant(playback.now_us.max(0), lang);
    let _ = match lang {
        Lang::En => write!(out, "<p>In the lane {} at {at}.</p>", run.path().title()),
        Lang::ZhCn => write!(out, "<p>在 {} 这条路径上，时刻 {at}。</p>", run.path().title()),
    };
    let mut group = |wanted: Target, name: &str, to: &str| {
        let shown = if wanted == Target::Call { call_name(to) } else { to };
        let head = format!("{name} {}", escape(shown));
        push(
            out,
            &[
                "<div class=\"sim-breaks\" role=\"group\" aria-label=\"",
                &head,
                "\"><h3>",
                &head,
                "</h3>",
            ],
        );
        for (what, target, en, zh) in BREAKS {
            let known = match what {
                "crash-cri-dockerd" => run.path() == RuntimePath::CriDockerd,
                "crash-containerd" => run.path() <= RuntimePath::CriDockerd,
                "kill-sandbox" => run.path() != RuntimePath::CriO,
                _ => true,
            };
            if target == wanted && known {
                let act = format!("break {what} {}", escape(to));
                write_button(out, act.trim_end(), "", lang.pick(en, zh));
            }
        }
        out.push_str("</div>");
    };
    // A call that is over cannot fail any more.
    let step = playback.step(figure.score());
    let step = step.filter(|step| {
        let call = run.outermost(*step);
        call.dur_us.is_none() || call.end_us() >= playback.now_us
    });
    if let Some(call) = step.and_then(|step| run.nth_call(step)) {
        group(Target::Call, lang.pick("Call", "调用"), &call);
    }
    for container in &containers {
        group(Target::Container, lang.pick("Container", "容器"), container);
    }
    for pod in &pods {
        group(Target::Pod, "Pod", pod);
    }
    group(Target::Node, lang.pick("Node", "节点"), "");
    if lanes.len() < LANES_MAX {
        let keep = lang.pick("Keep the old future beside the new", "把原来的走向留在旁边对照");
        write_check(out, "fork", studio.fork, keep);
    } else {
        let instead = lang.pick(
            "There is no room for a fifth lane: the new future takes the place of the old.",
            "放不下第五条路径：新的走向会取代原来的。",
        );
        push(out, &["<p>", instead, "</p>"]);
    }
}

fn write_share(out: &mut String, studio: &Studio, lang: Lang) {
    push(
        out,
        &[
            "<p>",
            lang.pick(
                "The address in your browser always holds all of this, your own pod included. It is \
                 nowhere else.",
                "浏览器地址栏里的地址始终包含这一切，也包括你自己的 Pod；它不存放在别处。",
            ),
            "</p><div class=\"sim-breaks\"><h3>",
            lang.pick("Link", "链接"),
            "</h3>",
        ],
    );
    let link = lang.pick("Copy the link", "复制链接");
    write_button(out, "copy-link", " class=\"sim-primary\"", link);
    if !studio.embed {
        write_button(out, "copy-embed", "", lang.pick("Copy the code to embed it", "复制嵌入代码"));
    }
    let file = lang.pick(
        "As a file: the lane that is followed, or the picture as you see it",
        "存为文件：当前路径，或眼前的图",
    );
    push(out, &["</div><div class=\"sim-breaks\"><h3>", file, "</h3>"]);
    for format in Format::ALL {
        let label = match format {
            Format::Recording => "cri-recording/1",
            Format::Jaeger => lang.pick("Jaeger trace", "Jaeger 跟踪"),
            Format::Mermaid => "Mermaid",
            Format::Svg => "SVG",
            Format::Png => "PNG",
            Format::Storyboard => lang.pick("Storyboard, to print", "分镜（可打印）"),
        };
        write_button(out, &format!("save {}", format.name()), "", label);
    }
    out.push_str("</div>");
}
