//! The processes as a tree, as `ps --forest` draws it.

use crate::state::Moment;
use crate::state::process::Process;

/// `ps -e --forest -o pid,args`, from the first process down.
pub(super) fn forest(moment: &Moment<'_>) -> String {
    let processes = moment.processes();
    let mut text = String::from("    PID COMMAND\n");
    text.push_str("      1 init\n");
    let mut lines = Vec::new();
    children(1, "", &processes, &mut lines);
    for (pid, line) in lines {
        text.push_str(&format!("{pid:>7} {line}\n"));
    }
    text
}

fn children(of: u32, indent: &str, processes: &[Process], lines: &mut Vec<(u32, String)>) {
    let children: Vec<_> = processes.iter().filter(|process| process.parent == of).collect();
    for (place, child) in children.iter().enumerate() {
        lines.push((child.pid, format!("{indent} \\_ {}", child.args.join(" "))));
        let more = if place + 1 < children.len() { " |  " } else { "    " };
        self::children(child.pid, &format!("{indent}{more}"), processes, lines);
    }
}
