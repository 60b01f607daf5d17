//! Commands that reach beyond the page's own state: clipboard, files, full screen.

use crate::app::Source;
use crate::command::{Command, Format};
use crate::effects;
use crate::player::Player;
use crate::shell;
use crate::storyboard::storyboard;
use crate::studio::Studio;

/// Carries a command out, as far as it reaches beyond.
pub(crate) fn carry_out(command: &Command, studio: &mut Studio, player: &Player, source: &Source) {
    let lang = source.lang;
    match command {
        Command::CopyLink => {
            shell::copy(&source.element, &address(studio, player, false));
            studio.said = Some(lang.pick("The link is in the clipboard.", "链接已复制。"));
        }
        Command::CopyEmbed => {
            let url = address(studio, player, true);
            let code = format!(
                "<iframe src=\"{url}\" width=\"100%\" height=\"720\" style=\"border:0\" \
                 loading=\"lazy\" allow=\"clipboard-write; fullscreen\" title=\"{}\"></iframe>",
                lang.pick("dockershim simulator", "dockershim 模拟器")
            );
            shell::copy(&source.element, &code);
            studio.said = Some(lang.pick("The code is in the clipboard.", "嵌入代码已复制。"));
        }
        Command::Full => shell::full(&source.element),
        Command::Save(format) => save(*format, studio, player, source),
        _ => {}
    }
}

/// The address of what is shown.
pub(crate) fn address(studio: &Studio, player: &Player, embed: bool) -> String {
    let query = player.address(studio).write(if embed { "?embed=1" } else { "" });
    effects::page() + &query
}

fn save(format: Format, studio: &Studio, player: &Player, source: &Source) {
    let number = player.playback.run;
    let Some((run, lane)) = player.figure.run(number).zip(studio.lanes.get(number)) else { return };
    let name = format!("{}-{}.{}", studio.setup.scenario, run.path(), format.extension());
    let element = &source.element;
    match format {
        Format::Svg | Format::Png => shell::save_picture(element, &name, format.name()),
        Format::Storyboard => {
            let entry = studio.library.get(&studio.setup.scenario);
            let title = entry.map_or(studio.setup.scenario.as_str(), |entry| &entry.title);
            let page = storyboard(run, title, source.lang);
            shell::save(element, &name, "text/html", &page);
        }
        Format::Recording | Format::Jaeger | Format::Mermaid => {
            let (element, text) = (element.clone(), lane.text.clone());
            shell::export(element, name, text, format.name());
        }
    }
}
