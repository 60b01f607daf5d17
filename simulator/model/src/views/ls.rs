//! `ls -lR` over the logs, and what other files hold.

use super::calendar;
use crate::state::Moment;
use crate::state::files::{CONTAINER_LOGS, File, Kind, POD_LOGS};

/// `ls -lR /var/log/containers /var/log/pods`
pub(super) fn logs(moment: &Moment<'_>) -> String {
    let files = moment.files();
    let below = |file: &&File| {
        let path = file.path.as_str();
        let folder = matches!(file.kind, Kind::Folder(_));
        folder && (path == CONTAINER_LOGS || path.starts_with(POD_LOGS))
    };
    let folders = files.iter().filter(below);
    let sections: Vec<_> = folders.map(|folder| section(&folder.path, &files)).collect();
    sections.join("\n")
}

fn section(path: &str, files: &[File]) -> String {
    let inside: Vec<_> = files.iter().filter(|file| file.folder() == path).collect();
    let blocks: usize = inside.iter().map(|file| file.blocks()).sum();
    let sizes = inside.iter().map(|file| file.size().to_string().len());
    let width = sizes.max().unwrap_or(0);
    let mut text = format!("{path}:\ntotal {blocks}\n");
    for file in inside {
        let (links, arrow) = match &file.kind {
            Kind::Folder(folders) => (2 + folders, String::new()),
            Kind::Link(target) => (1, format!(" -> {target}")),
            Kind::File(_) => (1, String::new()),
        };
        let when = calendar::Moment::of(file.changed).ls();
        let (mode, size, name) = (file.mode, file.size(), file.name());
        let line = format!("{mode} {links} root root {size:width$} {when} {name}{arrow}\n");
        text.push_str(&line);
    }
    text
}

/// Each checkpoint with its content.
pub(super) fn checkpoints(moment: &Moment<'_>) -> String {
    let Some(folder) = crate::state::checkpoint::folder(moment.path()) else {
        return format!("`{}` writes no sandbox checkpoints.\n", moment.path());
    };
    let checkpoints = moment.checkpoints();
    if checkpoints.is_empty() {
        return format!("{folder}: empty\n");
    }
    let lines = checkpoints.into_iter().map(|(path, _, content)| format!("{path}\n  {content}\n"));
    lines.collect()
}

/// `find /sys/fs/cgroup/memory/kubepods -type d`
pub(super) fn cgroups(moment: &Moment<'_>) -> String {
    let root = "/sys/fs/cgroup/memory";
    let classes = ["/kubepods", "/kubepods/besteffort", "/kubepods/burstable"];
    let mut folders: Vec<_> = classes.iter().map(|&class| class.to_owned()).collect();
    folders.extend(moment.cgroups());
    folders.sort();
    folders.iter().map(|folder| format!("{root}{folder}\n")).collect()
}
