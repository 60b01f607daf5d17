//! Where the focus goes when what had it is gone.

use crate::command::Command;
use crate::panel::{Asked, Drawer, Tab};
use crate::setup::Change;
use crate::studio::Studio;

/// The element that has the focus after a command, as a selector; none where it stays.
pub(crate) fn after(command: &Command, open: Option<Drawer>, studio: &Studio) -> Option<String> {
    match command {
        Command::Guess(_) => return Some(".sim-verdict".to_owned()),
        Command::See(_) if studio.tab == Tab::Terminal => return Some("#sim-panel".to_owned()),
        // It opens above what opens it, perhaps out of sight, or a few stops of the Tab key away.
        Command::Drawer(drawer) if studio.drawer == Some(*drawer) => {
            return Some(".sim-drawer".to_owned());
        }
        // The lane that is mended, or the one that is left in the place of the one that is gone.
        Command::Change(Change::Mend(lane) | Change::Drop(lane)) => {
            let lane = (*lane).min(studio.setup.lanes.len() - 1);
            return Some(format!(".sim-lanes [data-act=\"follow {lane}\"]"));
        }
        Command::Log => return Some("#sim-panel".to_owned()),
        Command::Skip | Command::See(_) => return Some(".sim-caption".to_owned()),
        Command::Ask | Command::Change(Change::Scenario(_)) if studio.asked == Asked::Open => {
            return Some(".sim-predict".to_owned());
        }
        _ => {}
    }
    // A drawer that closes gives it back to what opened it.
    let closed = open.filter(|_| studio.drawer.is_none())?;
    Some(format!("[data-act=\"open {}\"]", closed.name()))
}
